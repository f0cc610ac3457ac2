"""Who changed what on a lead, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from textual.content import Content

from leadtui.customers.changes import ToldChange
from leadtui.followup.describe import format_when
from leadtui.i18n import gettext as _
from leadtui.store.journal import Entry
from screens.text_view import TextScreen
from widgets.plain import cut, plain

_MOST = 160


class HistoryScreen(TextScreen):
    """Shows `entries` as `leadtui.customers.changes.told_history` gives them, their moments in `zone`."""

    def __init__(
        self, title: str, entries: Sequence[tuple[Entry, Sequence[ToldChange]]], zone: tzinfo
    ) -> None:
        super().__init__(title, history_content(entries, zone))


def history_content(entries: Sequence[tuple[Entry, Sequence[ToldChange]]], zone: tzinfo) -> Content:
    """One line for each entry, and one beneath for each change."""
    if not entries:
        return plain(_("Nothing is recorded yet."))
    lines: list[Content] = []
    for entry, changes in entries:
        lines.append(
            Content.assemble(
                (format_when(entry.at, False, zone), "$text-muted"),
                "  ",
                plain(entry.told).stylize("bold"),
                "  ",
                plain(entry.author).stylize("$text-muted"),
            )
        )
        for change in changes:
            told = f"{change.what}: {cut(change.text, _MOST)}" if change.text else change.what
            lines.append(Content("  ") + plain(told))
    return Content("\n").join(lines)
