"""Choosing the sheets of a workbook: one, several, or all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from leadtui.i18n import gettext as _
from screens.modal import Modal
from widgets.box import Box
from widgets.plain import plain


class SheetsScreen(Modal[tuple[str, ...] | None]):
    """Returns the names of the chosen sheets, or None; `read` are those that are read now.

    Enter takes the sheet under the cursor, or those that are marked; the keys for marking are those of lists.
    """

    DEFAULT_CSS = """
    SheetsScreen { align: center middle; }
    SheetsScreen Box { width: 52; }
    SheetsScreen OptionList { height: auto; padding: 0; background: $surface; }
    SheetsScreen .hint { color: $text-muted; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("space", "mark", show=False),
        Binding("A,a", "mark_all", show=False),
    ]

    def __init__(self, sheets: Sequence[str], read: Sequence[str]) -> None:
        super().__init__()
        self._sheets = tuple(sheets)
        self._marked = {*read} if len(read) > 1 else set()
        self._current = self._sheets.index(read[0]) if read and read[0] in self._sheets else 0

    def compose(self) -> ComposeResult:
        yield Box(
            _("Sheets"),
            OptionList(*(Option(self._prompt(name)) for name in self._sheets), compact=True),
            Static(_("space marks · A all · enter takes them"), classes="hint"),
        )

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = self._current
        options.focus()

    def on_resize(self, event: events.Resize) -> None:
        self.query_one(OptionList).styles.max_height = max(event.size.height - 4, 1)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        marked = tuple(name for name in self._sheets if name in self._marked)
        self.dismiss(marked or (self._sheets[event.option_index],))

    def action_mark(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._marked ^= {self._sheets[options.highlighted]}
            self._show()
            options.action_cursor_down()

    def action_mark_all(self) -> None:
        everything = set(self._sheets)
        self._marked = set() if self._marked == everything else everything
        self._show()

    def action_leave(self) -> None:
        self.dismiss(None)

    def _show(self) -> None:
        options = self.query_one(OptionList)
        for position, name in enumerate(self._sheets):
            options.replace_option_prompt_at_index(position, self._prompt(name))

    def _prompt(self, name: str) -> Content:
        return Content("[x] " if name in self._marked else "[ ] ") + plain(name)
