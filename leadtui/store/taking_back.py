"""Undo: the old values are written back, last change first, unless something newer stands in their place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

from leadtui.errors import UndoRefused
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.store.columns import JOURNALED_TABLES, PARTS
from leadtui.store.journal import Entry, changed_since
from leadtui.store.old_rows import OldRows

_AT_ONCE = 2000
_TOLD_EVERY = 200
_NAMED = 3


class _Change(NamedTuple):
    record: str
    row: str
    field: str | None
    old: object
    new: object


def take_back(connection: sqlite3.Connection, entry: Entry, progress: Callable[[int], None]) -> None:
    """Write the old values of `entry` back, inside the running act; `progress` is told how many changes of it
    were looked at, and what it raises ends the act.

    UndoRefused, with the names of the records, when something newer stands in their place: then the act must
    be rolled back.
    """
    reversal = _Reversal(connection, entry)
    stale: dict[str, None] = {}
    for number, change in enumerate(_changes_backwards(connection, entry)):
        if number % _TOLD_EVERY == 0:
            progress(number)
        if not reversal.reverse(change):
            stale[change.row] = None
    if stale:
        raise UndoRefused(_refusal(connection, stale, reversal.until))
    connection.execute("UPDATE journal_entry SET undone = 1 WHERE no = ?", (entry.no,))
    if entry.undoes is not None:
        connection.execute("UPDATE journal_entry SET undone = 0 WHERE id = ?", (entry.undoes,))


def records_of(connection: sqlite3.Connection, entry: Entry) -> tuple[str, ...]:
    """What the customers, contacts or opportunities of an entry are called, those that are there: of the kind
    that it changed first."""
    changed = connection.execute(
        """SELECT record, row FROM journal_change WHERE seq BETWEEN ? AND ? AND entry = ?
           AND record IN ('customer', 'contact', 'opportunity') GROUP BY record, row ORDER BY min(seq)""",
        (entry.first_change, entry.last_change, entry.no),
    ).fetchall()
    return tuple(
        name
        for record, row in changed
        if record == changed[0][0]
        for (name,) in connection.execute(f"SELECT name FROM {record} WHERE id = ?", (row,))
    )


def _changes_backwards(connection: sqlite3.Connection, entry: Entry) -> Iterator[_Change]:
    """What an entry changed, last first, a part at a time: an import has a change for each lead."""
    last = entry.last_change
    while last >= entry.first_change:
        first = max(entry.first_change, last - _AT_ONCE + 1)
        yield from map(
            _Change._make,
            connection.execute(
                """SELECT record, row, field, old, new FROM journal_change
                   WHERE seq BETWEEN ? AND ? AND entry = ? ORDER BY seq DESC""",
                (first, last, entry.no),
            ).fetchall(),
        )
        last = first - 1


class _Reversal:
    """Reverses changes one by one, each only if the record still is as the change left it."""

    def __init__(self, connection: sqlite3.Connection, entry: Entry) -> None:
        self._connection = connection
        self._since = entry.last_change
        (self.until,) = connection.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()
        """The newest change that isn't of the undo itself."""
        self._old_rows: dict[str, OldRows] = {}

    def reverse(self, change: _Change) -> bool:
        """Whether the change could be reversed."""
        table = _known(change.record, JOURNALED_TABLES)
        try:
            if change.field is not None:
                return self._reverse_update(table, change)
            if change.old is None:
                return self._reverse_birth(table, change.row)
            return self._reverse_death(table, str(change.old))
        except sqlite3.IntegrityError:
            # Records that came later belong to this one, or its place is taken.
            return False

    def _reverse_update(self, table: str, change: _Change) -> bool:
        field = _known(str(change.field), JOURNALED_TABLES[table])
        done = self._connection.execute(
            f"UPDATE {table} SET {field} = ? WHERE id = ? AND {field} IS ?",
            (change.old, change.row, change.new),
        )
        return done.rowcount == 1

    def _reverse_birth(self, table: str, row: str) -> bool:
        if changed_since(self._connection, row, self._since, self.until):
            return False
        return self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,)).rowcount == 1

    def _reverse_death(self, table: str, old: str) -> bool:
        if table not in self._old_rows:
            self._old_rows[table] = OldRows(self._connection, table)
        rows = self._old_rows[table]
        self._connection.execute(rows.insert, tuple(rows.row(old).values()))
        return True


def _refusal(connection: sqlite3.Connection, stale: Iterable[str], until: int) -> str:
    rows = list(stale)
    names = [_name(connection, row, until) or _("a record that is gone") for row in rows[:_NAMED]]
    listed = ", ".join(dict.fromkeys(names))
    more = len(rows) - len(names)
    if more > 0:
        listed += ngettext(" and {count} more", " and {count} more", more).format(count=more)
    return _(
        "Nothing was changed: {names} changed since. Undo the newer change first, or edit by hand."
    ).format(names=listed)


_NAMES = {
    "lead": ("number", "company", "contact"),
    "customer": ("number", "name"),
    "contact": ("number", "name"),
    "opportunity": ("number", "name"),
}
"""What each kind of record is called by."""


def _name(connection: sqlite3.Connection, row: str, until: int) -> str:
    """How the record was called before the undo began that a row is or belongs to; empty when it is gone."""
    for record, fields in _NAMES.items():
        belongs = " ".join(
            f"OR id IN (SELECT {record}_id FROM {table} WHERE id = :row)"
            for table in PARTS
            if f"{record}_id" in JOURNALED_TABLES[table]
        )
        found = connection.execute(
            f"SELECT id, {', '.join(fields)} FROM {record} WHERE id = :row {belongs}", {"row": row}
        ).fetchone()
        if found is not None:
            return _name_before(connection, found[0], dict(zip(fields, found[1:], strict=True)), until)
    return ""


def _name_before(connection: sqlite3.Connection, row: str, names: dict[str, str], until: int) -> str:
    """The names with what the undo itself changed put back."""
    changes = connection.execute(
        """SELECT field, old FROM journal_change
           WHERE row = ? AND field IS NOT NULL AND seq > ? ORDER BY seq DESC""",
        (row, until),
    )
    names.update((field, old) for field, old in changes if field in names)
    return " ".join(filter(None, names.values()))


def _known(name: str, names: Container[str]) -> str:
    """The name itself, once it is sure to be one of ours: it goes into SQL."""
    if name in names:
        return name
    raise UndoRefused(
        _("Nothing was changed: the journal speaks of “{name}”, which this version doesn't know.").format(
            name=name
        )
    )
