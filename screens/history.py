"""Who changed what on a lead, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from textual.content import Content

from leadtui.followup.describe import format_when
from leadtui.i18n import gettext as _
from leadtui.i18n import with_signs
from leadtui.labels import label
from leadtui.store.journal import Change, Entry
from screens.text_view import TextScreen
from widgets.plain import cut, plain

_TIMES = ("_at", "_due", "_until")


class HistoryScreen(TextScreen):
    """Shows `entries` as `leadtui.store.journal.history` gives them, times in `zone`."""

    def __init__(self, title: str, entries: Sequence[tuple[Entry, Sequence[Change]]], zone: tzinfo) -> None:
        super().__init__(title, history_content(entries, zone))


def history_content(entries: Sequence[tuple[Entry, Sequence[Change]]], zone: tzinfo) -> Content:
    """One line for each entry, and one beneath for each field that it changed."""
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
        lines += [Content("  ") + line for line in _changes(changes, zone)]
    return Content("\n").join(lines)


def _changes(changes: Iterable[Change], zone: tzinfo) -> Iterable[Content]:
    for change in changes:
        record = label("record", change.record)
        if change.field is None:
            text = _("{record} created") if change.old is None else _("{record} removed")
            yield plain(text.format(record=record))
        else:
            name = label("field", change.field)
            where = name if change.record == "lead" else f"{record}, {name}"
            old, new = _value(change.field, change.old, zone), _value(change.field, change.new, zone)
            yield plain(f"{where}: {old} {with_signs('→')} {new}")


def _value(field: str, value: object, zone: tzinfo) -> str:
    if value in (None, ""):
        return _("empty")
    if isinstance(value, int) and field.endswith(_TIMES):
        return format_when(value, False, zone)
    return cut(str(value), 60)
