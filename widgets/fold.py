"""A section that stays folded until it is wanted."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from widgets.form import FormRow
from widgets.plain import plain


class FoldHeading(Widget, can_focus=True):
    """The line that opens and closes a fold, with enter, space or a click."""

    DEFAULT_CSS = """
    FoldHeading { height: 1; color: $text-muted; }
    FoldHeading:focus { background: $boost; color: $text-accent; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "flip", show=False)]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def render(self) -> Content:
        fold = self.parent
        sign = "- " if isinstance(fold, Fold) and fold.open else "+ "
        return Content(sign) + plain(self._title)

    def action_flip(self) -> None:
        fold = self.parent
        if isinstance(fold, Fold):
            fold.open = not fold.open

    def on_click(self, event: events.Click) -> None:
        self.action_flip()


class Fold(Container):
    """Rows that are neither built nor in the way of tab until the heading opens them."""

    DEFAULT_CSS = """
    Fold { height: auto; layout: vertical; }
    Fold > FormRow { display: none; }
    Fold.-open > FormRow { display: block; }
    """
    open: reactive[bool] = reactive(False, toggle_class="-open", init=False)

    def __init__(self, title: str, *rows: FormRow) -> None:
        super().__init__()
        self._heading = FoldHeading(title)
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield self._heading

    def watch_open(self) -> None:
        self._heading.refresh()
        if self.open and not self.rows[0].is_attached:
            self.mount(*self.rows)
