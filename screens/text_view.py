"""Reading: a text, or the history of a lead."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.modal import Modal
from widgets.box import Box
from widgets.plain import plain


class Reading(VerticalScroll):
    """A text that scrolls, with the keys of the lists too."""

    DEFAULT_CSS = "Reading { height: auto; } Reading Static { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
        Binding("space", "page_down", show=False),
    ]


class TextScreen(Modal[None]):
    """Shows `text`, foreign or our own, until it is closed."""

    DEFAULT_CSS = """
    TextScreen { align: center middle; }
    TextScreen Box { width: 100%; max-width: 100; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,f1", "close", show=False)]

    def __init__(self, title: str, text: str | Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def content(self) -> Content:
        """What is shown."""
        return self._text if isinstance(self._text, Content) else plain(self._text, one_line=False)

    def compose(self) -> ComposeResult:
        yield Box(self._title, Reading(Static(self.content())))

    def on_mount(self) -> None:
        self.query_one(Reading).focus()

    def on_resize(self, event: events.Resize) -> None:
        self.query_one(Reading).styles.max_height = max(event.size.height - 2, 1)

    def action_close(self) -> None:
        self.dismiss(None)
