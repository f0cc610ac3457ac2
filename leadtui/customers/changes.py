"""Who changed what of a record, in words: what the journal keeps is for machines."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from leadtui.followup.column_text import column_text
from leadtui.followup.told import activity_head
from leadtui.i18n import gettext as _
from leadtui.i18n import with_signs
from leadtui.labels import label
from leadtui.qualify.fields import custom_fields
from leadtui.settings import Settings
from leadtui.store.journal import Change, Entry, history
from leadtui.store.named import named_row
from leadtui.text import shortened
from leadtui.values import RECORDS

_MOST_CALLED = 40
_LINKS = frozenset(("lead_id", *(f"{record}_id" for record in RECORDS)))
"""The columns that name another record; the history has its number."""
_UNTOLD = frozenset(
    ("next_due_all_day", "due_all_day", "profile_at", "batch_id", "source_snapshot", "run_id", "template")
)
"""What says nothing to people: it follows from the rest."""
_ACTIVITY = ("kind", "channel", "result", "content")
_CALLED = {
    "tag": "name",
    "collaborator": "name",
    "task": "title",
    "objection": "content",
    "playbook_run": "playbook",
}


class ToldChange(NamedTuple):
    """A change in words."""

    what: str
    """The field, or what was created or removed."""
    text: str
    """From what to what, or what it is that came or went."""


def told_history(
    connection: sqlite3.Connection, record: str, identity: str, settings: Settings, zone: tzinfo
) -> list[tuple[Entry, list[ToldChange]]]:
    """Who changed what of a record and of what belongs to it, newest first."""
    teller = _Teller(connection, record, identity, settings, zone)
    entries = history(connection, identity, record=record)
    return [(entry, list(teller.told(changes))) for entry, changes in entries]


class _Teller:
    """Tells changes of one record in words."""

    def __init__(
        self, connection: sqlite3.Connection, record: str, identity: str, settings: Settings, zone: tzinfo
    ) -> None:
        self._connection = connection
        self._record = record
        self._zone = zone
        self._fields = {field.key: field.label for field in custom_fields(connection, settings, record)}
        self._currency = settings.import_.currency
        if record != "contact":
            found = connection.execute(f"SELECT currency FROM {record} WHERE id = ?", (identity,)).fetchone()
            self._currency = found[0] if found and found[0] else self._currency

    def told(self, changes: Sequence[Change]) -> Iterator[ToldChange]:
        for change in changes:
            if change.field is None:
                yield self._came_or_went(change)
            elif change.field == "custom":
                yield from self._custom(change)
            elif change.field not in _UNTOLD:
                yield from self._field(change, change.field)

    def _field(self, change: Change, field: str) -> Iterator[ToldChange]:
        """A field of the record, or of something that belongs to it, of which it isn't told where else."""
        name = label("field", field)
        sides = (column_text(field, value, self._currency, self._zone) for value in (change.old, change.new))
        text = _between(side or _("empty") for side in sides)
        if change.record == self._record:
            yield ToldChange(name, text)
        elif field not in _LINKS:
            whose = shortened(_called(change.record, self._row(change.record, change.row)), _MOST_CALLED)
            text = f"{whose}: {text}" if whose else text
            yield ToldChange(f"{label('record', change.record)}, {name}", text)

    def _came_or_went(self, change: Change) -> ToldChange:
        came = change.old is None
        text = _("{record} created") if came else _("{record} removed")
        values = self._row(change.record, change.row) if came else json.loads(str(change.old))
        return ToldChange(text.format(record=label("record", change.record)), _called(change.record, values))

    def _row(self, record: str, row: str) -> Mapping[str, Any]:
        """What stands in the record now, or stood there when it went."""
        if record not in (*_CALLED, "activity"):
            return {}
        found = named_row(self._connection, f"SELECT * FROM {record} WHERE id = ?", row)
        if found is not None:
            return found
        gone = self._connection.execute(
            """SELECT old FROM journal_change WHERE row = ? AND field IS NULL AND old IS NOT NULL
               ORDER BY seq DESC LIMIT 1""",
            (row,),
        ).fetchone()
        return json.loads(gone[0]) if gone else {}

    def _custom(self, change: Change) -> Iterator[ToldChange]:
        before, after = json.loads(str(change.old or "{}")), json.loads(str(change.new or "{}"))
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                text = _between(str(side.get(key) or _("empty")) for side in (before, after))
                yield ToldChange(self._fields.get(key, key), text)


def _between(sides: Iterable[str]) -> str:
    """From what to what."""
    return with_signs(" → ").join(sides)


def _called(record: str, values: Mapping[str, Any]) -> str:
    """What a record that belongs to another one is about."""
    if record == "activity":
        kind, channel, result, content = (str(values.get(name) or "") for name in _ACTIVITY)
        return ", ".join(filter(None, (activity_head(kind, channel, result), content)))
    name = _CALLED.get(record, "name")
    return str(values.get(name) or "")
