"""The field of the filter bar; apart, because it is loaded when somebody filters for the first time."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import Input

from leadtui.i18n import gettext as _


class FilterInput(Input):
    """Tells of every letter before its frame is painted, and of keys that mean something else here."""

    def __init__(self, text: str, typed: Callable[[str], None], handle: Callable[[str], bool]) -> None:
        super().__init__(
            text,
            id="filter-input",
            compact=True,
            select_on_focus=False,
            placeholder=_("name, company, phone, tag, tier:a, score:>70, source:expo, overdue, …"),
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
