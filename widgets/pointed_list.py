"""A list in which the cursor is the choice."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList


class PointedList(OptionList):
    """A click chooses and does nothing more; `enter` says that the user is through with the list."""

    DEFAULT_CSS = """
    PointedList { padding: 0; background: $surface; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
        Binding("enter", "submit", show=False),
    ]

    class Submitted(Message):
        """The user pressed enter."""

    def action_select(self) -> None:
        """What a click asks for beside the cursor: nothing."""

    def action_submit(self) -> None:
        self.post_message(self.Submitted())
