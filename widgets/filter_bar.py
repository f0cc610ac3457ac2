"""The line under the list in which a filter is typed; the list follows every letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from leadtui.i18n import gettext as _
from widgets.plain import plain

Complete = Callable[[str], Sequence[str]]
"""What a text can become when its last word is completed, best first."""


class _FilterInput(Input):
    """Tells its bar of every letter before the frame is painted, and completes words with tab."""

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        if isinstance(self.parent, FilterBar):
            self.parent.typed(value)

    async def _on_key(self, event: events.Key) -> None:
        bar = self.parent
        if isinstance(bar, FilterBar) and bar.handle(event.key):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)


class FilterBar(Horizontal):
    """Hidden until it is opened; stays as long as a filter holds."""

    BLANK = True

    class Left(Message):
        """Typing is over: with enter or an arrow, or with escape, which clears."""

        def __init__(self, move: str = "") -> None:
            super().__init__()
            self.move = move

    def __init__(self, on_text: Callable[[str], None], complete: Complete) -> None:
        super().__init__()
        self._on_text = on_text
        self._complete = complete
        self._completions: list[str] = []
        self._silent = False
        self.display = False

    _LEAVING: ClassVar[dict[str, str]] = {"enter": "", "down": "move-down", "up": "move-up"}

    def compose(self) -> ComposeResult:
        yield Static("/", id="filter-sign", markup=False)
        yield _FilterInput(
            id="filter-input",
            compact=True,
            select_on_focus=False,
            placeholder=_("name, company, phone, tag, tier:a, score:>70, source:expo, overdue, …"),
        )
        yield Static("", id="filter-hint", markup=False)

    @property
    def text(self) -> str:
        return self.query_one(_FilterInput).value

    def open(self) -> None:
        """Show the bar and type in it."""
        self.display = True
        field = self.query_one(_FilterInput)
        field.cursor_position = len(field.value)
        field.focus()

    def set_text(self, text: str) -> None:
        """Show a filter that already holds."""
        self._silent = True
        self.query_one(_FilterInput).value = text
        self._silent = False
        self.display = bool(text)

    def close(self) -> None:
        """Hide the bar and forget the filter, without telling anybody."""
        self.set_text("")
        self.hint("")

    def hint(self, text: str) -> None:
        """Say something short at the right end: how many were found, or what wasn't understood."""
        self.query_one("#filter-hint", Static).update(plain(text))

    def typed(self, text: str) -> None:
        """A letter was typed."""
        if not self._silent:
            self._on_text(text)

    def handle(self, key: str) -> bool:
        """Do what a key means here beside typing; False when it is for the input."""
        if key in self._LEAVING:
            self.post_message(self.Left(self._LEAVING[key]))
        elif key == "escape":
            self._completions = []
            self.query_one(_FilterInput).value = ""
            self.display = False
            self.post_message(self.Left())
        elif key == "tab":
            self._next_completion()
            return True
        else:
            self._completions = []
            return False
        self._completions = []
        return True

    def _next_completion(self) -> None:
        """Put the next completion of the last word in its place; tab again goes on to the next one."""
        field = self.query_one(_FilterInput)
        text = field.value
        if not self._completions:
            self._completions = [longer for longer in self._complete(text) if longer != text]
        if self._completions:
            chosen = self._completions.pop(0)
            field.value = chosen
            field.cursor_position = len(chosen)
