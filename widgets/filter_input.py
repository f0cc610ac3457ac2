"""What stands in the filter bar; apart, because it is loaded when somebody filters for the first time."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from leadtui.i18n import gettext as _
from widgets.plain import plain
from widgets.short_text import LineInput


class FilterLine(Horizontal):
    """The sign, the field and a hint at the right end."""

    DEFAULT_CSS = """
    FilterLine {
        height: auto;
        background: $background;

        #filter-sign { width: 4; padding: 0 0 0 1; color: $text-accent; text-style: bold; }
        #filter-input { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
        #filter-hint { width: auto; max-width: 60%; height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, typed: Callable[[str], None], handle: Callable[[str], bool], words: str = "") -> None:
        super().__init__()
        self.field = FilterInput("", typed, handle, words)
        self._hint = Static("", id="filter-hint", markup=False)

    def compose(self) -> ComposeResult:
        yield Static("/", id="filter-sign", markup=False)
        yield self.field
        yield self._hint

    def hint(self, text: str) -> None:
        """Say something short: what wasn't understood."""
        self._hint.update(plain(text))


class FilterInput(LineInput):
    """Tells of every letter before its frame is painted, and of keys that mean something else here."""

    def __init__(
        self, text: str, typed: Callable[[str], None], handle: Callable[[str], bool], words: str = ""
    ) -> None:
        super().__init__(
            text,
            id="filter-input",
            compact=True,
            select_on_focus=False,
            placeholder=words or _("name, company, phone, tag, tier:a, score:>70, source:expo, overdue, …"),
        )
        self._typed = typed
        self._handle = handle

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        if self.is_attached:
            self._typed(value)

    async def _on_key(self, event: events.Key) -> None:
        if self._handle(event.key):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)
