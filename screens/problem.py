"""An error that nobody expected: what was being done stands, and here is the whole story for a report."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from leadtui.i18n import gettext as _
from screens.modal import Modal
from widgets.plain import plain


class ProblemScreen(Modal[None]):
    """Shows a long text; any of its closing keys closes it and does nothing else."""

    DEFAULT_CSS = """
    ProblemScreen { align: center middle; }
    ProblemScreen VerticalScroll {
        width: 90%; max-width: 110; height: auto; max-height: 80%; padding: 0 1;
        background: $surface; border: round $error;
    }
    """
    CLOSING: ClassVar[frozenset[str]] = frozenset({"escape", "enter", "q", "space"})

    def __init__(self, story: str) -> None:
        super().__init__()
        self._story = story

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(_("Something went wrong that should not. Nothing was half done."), markup=False)
            yield Static(_("Please report this text; esc closes it."), markup=False)
            yield Static("", markup=False)
            yield Static(plain(self._story, one_line=False))

    def on_key(self, event: events.Key) -> None:
        if event.key in self.CLOSING:
            event.stop()
            event.prevent_default()
            self.dismiss()
