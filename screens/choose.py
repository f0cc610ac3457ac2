"""Choosing one of a list with one key: a tier, a view, what to copy, a channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.modal import Modal
from widgets.box import Box
from widgets.plain import plain

Value = TypeVar("Value")
_PLACES = "1234567890abcdefghilmnopqrstuvwxyz"
"""Without j and k, which move."""


def place_key(place: int, taken: str = "") -> str:
    """The key for the option at a place, counted from 1, beside keys that are taken: a digit, then a letter,
    then none."""
    return _PLACES.translate(dict.fromkeys(map(ord, taken)))[place - 1 : place]


class ChooseScreen(Modal[Value | None], Generic[Value]):
    """Offers `options` as (key, value, label) and returns the value that was chosen, or None.

    A key is one character, or empty for options that only the arrows reach.
    """

    DEFAULT_CSS = """
    ChooseScreen { align: center middle; }
    ChooseScreen OptionList {
        width: auto; min-width: 30; height: auto; max-height: 20; padding: 0;
        background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, options: Sequence[tuple[str, Value, str]]) -> None:
        super().__init__()
        self._title = title
        self._options = tuple(options)

    def compose(self) -> ComposeResult:
        # Keys have no colour of their own: few themes have one that is seen on the highlight too.
        keyed = any(key for key, _value, _label in self._options)
        yield Box(
            self._title,
            OptionList(
                *(
                    Option(Content.assemble((f"{key or ' ':<2} " if keyed else "", "bold"), plain(label)))
                    for key, _value, label in self._options
                ),
                compact=True,
            ),
        )

    def on_resize(self, event: events.Resize) -> None:
        styles = self.query_one(OptionList).styles
        styles.max_height = max(event.size.height - 2, 1)
        styles.max_width = max(event.size.width - 4, 1)

    def on_key(self, event: events.Key) -> None:
        for key, value, _label in self._options:
            if key and event.character == key:
                event.stop()
                event.prevent_default()
                self.dismiss(value)
                return
        if event.character in {"j", "k"}:
            event.stop()
            options = self.query_one(OptionList)
            (options.action_cursor_down if event.character == "j" else options.action_cursor_up)()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._options[event.option_index][1])

    def action_leave(self) -> None:
        self.dismiss(None)
