"""The frame that small modal screens stand in."""

from __future__ import annotations

from textual import events
from textual.containers import Vertical
from textual.widget import Widget

from widgets.plain import cut, plain


class Box(Vertical):
    """A framed box in the middle of its screen, as wide as it needs and never wider than the terminal."""

    DEFAULT_CSS = """
    Box {
        width: auto; min-width: 30; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; border-title-color: $text-primary; padding: 0 1;
    }
    """

    def __init__(self, title: str, *children: Widget) -> None:
        super().__init__(*children)
        self._title = title
        self.border_title = plain(title).markup

    def on_resize(self, event: events.Resize) -> None:
        self.border_title = plain(cut(self._title, self.size.width - 2)).markup
