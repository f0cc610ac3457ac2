"""Naming a file: typed with completion, pasted or dropped with quotes and escapes, or found in a tree."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote

from rich.text import Text, TextType
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DirectoryTree

from leadtui.capture.files.endings import may_hold_leads
from leadtui.text import one_line
from widgets.short_text import ShortText

_FILE_ADDRESS = re.compile(r"file://[^/\s]*(/\S*)")


def read_path(text: str) -> Path | None:
    """The path that was typed, pasted or dropped; None for none.

    Takes `~`, quotes, backslash escapes and `file://` addresses; of several dropped files the first. Never
    fails, whatever the text is: what is wrong with the file is told by whoever opens it.
    """
    text = text.strip()
    if not text:
        return None
    if address := _FILE_ADDRESS.match(text):
        return Path(unquote(address[1]))
    if os.path.exists(whole := os.path.expanduser(text)):
        return Path(whole)
    if os.name != "nt" and re.search(r"['\"\\]", text):
        try:
            words = shlex.split(text)
        except ValueError:
            words = []
        if words:
            return Path(os.path.expanduser(words[0]))
    return Path(os.path.expanduser(text.strip("'\"")))


def complete_path(text: str) -> str:
    """`text` with as much of the file's name added as is certain; itself when nothing is."""
    folder_text, _slash, start = text.rpartition("/")
    folder = os.path.expanduser(f"{folder_text}/" if "/" in text else ".")
    try:
        found = [
            entry.name + ("/" if entry.is_dir() else "")
            for entry in os.scandir(folder)
            if entry.name.casefold().startswith(start.casefold())
            and (start.startswith(".") or not entry.name.startswith("."))
            and (entry.is_dir() or may_hold_leads(entry.name))
        ]
    except OSError:
        return text
    if not found:
        return text
    common = os.path.commonprefix(found)  # noqa: RUF071 - character by character is meant
    if len(common) < len(start):
        return text
    return text[: len(text) - len(start)] + common


def pasted_leads(text: str) -> str:
    """What was pasted, when it holds leads itself: it has several lines or cells, and the first is no file;
    else an empty text. Terminals end lines with a carriage return."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n ")
    if "\t" not in text and "\n" not in text:
        return ""
    path = read_path(text.partition("\n")[0])
    return "" if path is not None and os.path.exists(path) else text


class PathInput(ShortText):
    """An input for a path: tab completes, and moves on when there is nothing to complete."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False)]

    @dataclass
    class TextPasted(Message):
        """What was pasted is no path but the leads themselves."""

        text: str

    def _on_paste(self, event: events.Paste) -> None:
        if text := pasted_leads(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(self.TextPasted(text))
        else:
            event.text = "".join(event.text.splitlines()[:1])

    def action_complete(self) -> None:
        completed = complete_path(self.value)
        if completed == self.value:
            self.screen.focus_next()
        else:
            self.value = completed
            self.cursor_position = len(completed)


class FileTree(DirectoryTree):
    """The folders and the files that may hold leads."""

    ICON_NODE = "+ "
    ICON_NODE_EXPANDED = "- "
    ICON_FILE = "  "

    def on_mount(self) -> None:
        # Lines that branch, which few terminals without Unicode know.
        self.show_guides = not self.app.has_class("ascii")

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        return [
            path
            for path in paths
            if not path.name.startswith(".") and (may_hold_leads(path.name) or self._safe_is_dir(path))
        ]

    def process_label(self, label: TextType) -> Text:
        """A file's name may hold anything: it is shown cleaned, and never as markup."""
        return Text(one_line(label if isinstance(label, str) else label.plain))
