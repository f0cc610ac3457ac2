"""Choosing one of many by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from leadtui.i18n import gettext as _
from screens.modal import Modal
from widgets.box import Box
from widgets.plain import plain
from widgets.short_text import ShortText


class PickScreen(Modal[str | None]):
    """Returns the value of the (value, label) that was picked, or None; starts at `current`."""

    DEFAULT_CSS = """
    PickScreen { align: center middle; }
    PickScreen Box { width: 46; }
    PickScreen Input { background: $boost; }
    PickScreen OptionList { height: auto; max-height: 14; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, str]], current: str = "") -> None:
        super().__init__()
        self._title = title
        self._options = tuple(options)
        self._current = current
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        yield Box(self._title, ShortText(placeholder=_("type to narrow")), OptionList(compact=True))

    def on_mount(self) -> None:
        self._list("")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one(OptionList).styles.max_height = max(event.size.height - 4, 1)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value.strip().casefold())

    @on(Input.Submitted)
    def _take(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self.dismiss(self._shown[highlighted])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])

    def action_move(self, by: int) -> None:
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def action_leave(self) -> None:
        self.dismiss(None)

    def _list(self, typed: str) -> None:
        found = [
            (value, label)
            for value, label in self._options
            if typed in label.casefold() or typed in value.casefold()
        ]
        found.sort(key=lambda each: not each[1].casefold().startswith(typed))
        self._shown = [value for value, _label in found]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(plain(label)) for _value, label in found)
        if found:
            options.highlighted = self._shown.index(self._current) if self._current in self._shown else 0
