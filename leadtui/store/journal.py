"""The journal: one record of change for undo, history and teams."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from leadtui.errors import UndoRefused
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal."""

    no: int
    id: str
    kind: str
    """`act`, `undo`, `redo`, or `outside` for an edit made with another tool."""
    label: str
    author: str
    clock: int
    undoes: str | None
    first_change: int
    last_change: int

    @property
    def at(self) -> int:
        """When it was written, in UTC milliseconds."""
        return self.clock >> 16


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record; without a field a birth (`old` is None) or a death (`old` is the row)."""

    seq: int
    record: str
    row: str
    field: str | None
    old: object
    new: object


_ENTRY = "SELECT no, id, kind, label, author, clock, undoes, first_change, last_change FROM journal_entry"
_CHANGE = "SELECT seq, record, row, field, old, new FROM journal_change"
_DRIFT = 120_000
"""How far, in milliseconds, the clock of an entry may be from the ids that were made in it."""


def open_entry(
    connection: sqlite3.Connection,
    label: str,
    author: str,
    now: int,
    kind: str = "act",
    undoes: str | None = None,
) -> tuple[int, str]:
    """Begin an entry inside the running transaction; returns its local number and its identity."""
    connection.execute("UPDATE journal_state SET clock = max(clock + 1, ? << 16)", (now,))
    identity = new_id(now)
    cursor = connection.execute(
        """INSERT INTO journal_entry (id, kind, label, author, replica, clock, undoes, first_change)
           SELECT ?, ?, ?, ?, replica, clock, ?, (SELECT coalesce(max(seq), 0) + 1 FROM journal_change)
           FROM journal_state""",
        (identity, kind, label, author, undoes),
    )
    number = int(cursor.lastrowid or 0)
    connection.execute("UPDATE journal_state SET entry = ?", (number,))
    return number, identity


def close_entry(connection: sqlite3.Connection, number: int) -> bool:
    """End an entry; one that changed nothing is taken out again. Returns whether it changed something."""
    connection.execute("UPDATE journal_state SET entry = NULL")
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()
    changed = connection.execute(
        "UPDATE journal_entry SET last_change = ? WHERE no = ? AND first_change <= ?", (last, number, last)
    )
    if changed.rowcount:
        return True
    connection.execute("DELETE FROM journal_entry WHERE no = ?", (number,))
    return False


def undoable(connection: sqlite3.Connection) -> Entry | None:
    """The entry that undo would take back: the newest act made here that still stands."""
    row = connection.execute(
        f"""{_ENTRY} WHERE kind = 'act' AND undone = 0 AND replica = (SELECT replica FROM journal_state)
            ORDER BY no DESC LIMIT 1"""
    ).fetchone()
    return Entry(*row) if row else None


def redoable(connection: sqlite3.Connection) -> Entry | None:
    """The undo that redo would take back: the newest that stands and is followed by no new act."""
    row = connection.execute(
        f"""{_ENTRY} WHERE kind = 'undo' AND undone = 0 AND replica = (SELECT replica FROM journal_state)
            AND no > (SELECT coalesce(max(no), 0) FROM journal_entry WHERE kind = 'act'
                      AND replica = (SELECT replica FROM journal_state))
            ORDER BY no DESC LIMIT 1"""
    ).fetchone()
    return Entry(*row) if row else None


def entry_by_id(connection: sqlite3.Connection, identity: str) -> Entry | None:
    """The entry with that identity."""
    row = connection.execute(f"{_ENTRY} WHERE id = ?", (identity,)).fetchone()
    return Entry(*row) if row else None


def changes_of(connection: sqlite3.Connection, entry: Entry) -> list[Change]:
    """What an entry changed, in order."""
    rows = connection.execute(
        f"{_CHANGE} WHERE seq BETWEEN ? AND ? AND entry = ? ORDER BY seq",
        (entry.first_change, entry.last_change, entry.no),
    )
    return [Change(*row) for row in rows]


def take_back(connection: sqlite3.Connection, entry: Entry) -> int:
    """Write the old values of `entry` back, inside the running act; returns how many changes were reversed.

    UndoRefused, with the names of the records, when something newer stands in their place: then the act must
    be rolled back.
    """
    changes = changes_of(connection, entry)
    _refuse_if_stale(connection, changes)
    try:
        for change in reversed(changes):
            _reverse(connection, change)
    except sqlite3.IntegrityError as error:
        raise UndoRefused(
            _("“{label}” can't be undone: newer records belong to what it created. Undo those first.").format(
                label=entry.label
            )
        ) from error
    connection.execute("UPDATE journal_entry SET undone = 1 WHERE no = ?", (entry.no,))
    if entry.undoes is not None:
        connection.execute("UPDATE journal_entry SET undone = 0 WHERE id = ?", (entry.undoes,))
    return len(changes)


def _reverse(connection: sqlite3.Connection, change: Change) -> None:
    table = _known_table(change.record)
    if change.field is not None:
        field = _known_field(change.record, change.field)
        connection.execute(f"UPDATE {table} SET {field} = ? WHERE id = ?", (change.old, change.row))
    elif change.old is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (change.row,))
    else:
        old_row = json.loads(str(change.old))
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] in old_row]
        marks = ", ".join("?" * len(names))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [old_row[name] for name in names]
        )


def _refuse_if_stale(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Every cell must still hold what the entry left there, and a record it created must be as it left it."""
    final: dict[tuple[str, str, str], object] = {}
    born: dict[str, str] = {}
    dead: dict[str, str] = {}
    for change in changes:
        if change.field is not None:
            final[change.record, change.row, change.field] = change.new
        elif change.old is None:
            born[change.row] = change.record
            dead.pop(change.row, None)
        else:
            dead[change.row] = change.record
            born.pop(change.row, None)
    stale: dict[str, str] = {
        row: record
        for (record, row, field), value in final.items()
        if row not in dead and _value(connection, record, row, field) != (value,)
    }
    last = changes[-1].seq if changes else 0
    stale |= {
        row: record
        for row, record in born.items()
        if not _exists(connection, record, row) or _differs_from_birth(connection, row, last)
    }
    stale |= {row: record for row, record in dead.items() if _exists(connection, record, row)}
    if stale:
        raise UndoRefused(_refusal(connection, stale))


def _value(connection: sqlite3.Connection, record: str, row: str, field: str) -> tuple[object] | None:
    table, column = _known_table(record), _known_field(record, field)
    found: tuple[object] | None = connection.execute(
        f"SELECT {column} FROM {table} WHERE id = ?", (row,)
    ).fetchone()
    return found


def _exists(connection: sqlite3.Connection, record: str, row: str) -> bool:
    found = connection.execute(f"SELECT 1 FROM {_known_table(record)} WHERE id = ?", (row,)).fetchone()
    return found is not None


def _differs_from_birth(connection: sqlite3.Connection, row: str, since: int) -> bool:
    """Whether the changes made to `row` after change `since` leave any field other than it was."""
    first: dict[str, object] = {}
    last: dict[str, object] = {}
    for field, old, new in connection.execute(
        """SELECT field, old, new FROM journal_change
           WHERE row = ? AND field IS NOT NULL AND seq > ? ORDER BY seq""",
        (row, since),
    ):
        first.setdefault(field, old)
        last[field] = new
    return first != last


def _refusal(connection: sqlite3.Connection, stale: dict[str, str]) -> str:
    names = []
    for row in list(stale)[:3]:
        found = connection.execute(
            "SELECT number, company, contact FROM lead WHERE id = ?", (row,)
        ).fetchone()
        if found is None:
            found = connection.execute(
                """SELECT number, company, contact FROM lead WHERE id IN
                   (SELECT lead_id FROM activity WHERE id = ? UNION SELECT lead_id FROM tag WHERE id = ?)""",
                (row, row),
            ).fetchone()
        names.append(" ".join(part for part in found if part) if found else _("a record that is gone"))
    more = len(stale) - len(names)
    listed = ", ".join(dict.fromkeys(names))
    if more > 0:
        listed += ngettext(" and {count} more", " and {count} more", more).format(count=more)
    return _(
        "Nothing was undone: {names} changed since. Undo the newer change first, or edit by hand."
    ).format(names=listed)


def _known_table(record: str) -> str:
    """The name itself, once it is sure to be one of ours: it goes into SQL."""
    if record not in JOURNALED_TABLES:
        raise UndoRefused(_unknown(record))
    return record


def _known_field(record: str, field: str) -> str:
    if field not in JOURNALED_TABLES[record]:
        raise UndoRefused(_unknown(field))
    return field


def _unknown(name: str) -> str:
    return _("Nothing was undone: the journal speaks of “{name}”, which this version doesn't know.").format(
        name=name
    )


def history(
    connection: sqlite3.Connection, lead_id: str, limit: int = 200
) -> list[tuple[Entry, list[Change]]]:
    """Who changed what of a lead and of its activities and tags, newest first."""
    children = {
        row
        for (row,) in connection.execute(
            """SELECT id FROM activity WHERE lead_id = ? UNION SELECT id FROM tag WHERE lead_id = ?
               UNION SELECT row FROM journal_change WHERE record IN ('activity', 'tag') AND field IS NULL
                 AND old IS NOT NULL AND json_extract(old, '$.lead_id') = ?""",
            (lead_id, lead_id, lead_id),
        )
    }
    found = _births_by_time(connection, {lead_id, *children})
    for row in (lead_id, *children):
        found += [
            Change(*values)
            for values in connection.execute(f"{_CHANGE} WHERE row = ? AND field IS NOT NULL", (row,))
        ]
    for row in children:
        found += [
            Change(*values)
            for values in connection.execute(
                f"{_CHANGE} WHERE row = ? AND record NOT IN ('lead', 'activity') AND field IS NULL", (row,)
            )
        ]
    by_entry: dict[int, tuple[Entry, list[Change]]] = {}
    for change in sorted({change.seq: change for change in found}.values(), key=lambda change: change.seq):
        entry = _entry_of(connection, change.seq)
        by_entry.setdefault(entry.no, (entry, []))[1].append(change)
    return sorted(by_entry.values(), key=lambda pair: pair[0].no, reverse=True)[:limit]


def _births_by_time(connection: sqlite3.Connection, rows: set[str]) -> list[Change]:
    """The births and deaths of leads and activities among `rows`.

    They have no index, being the bulk of the journal; but a UUIDv7 begins with the millisecond of its entry.
    """
    times = {int(row[:8] + row[9:13], 16) for row in rows if row[14:15] == "7"}
    near: set[tuple[int, int]] = set()
    for time in times:
        near.update(
            connection.execute(
                "SELECT first_change, last_change FROM journal_entry WHERE clock BETWEEN ? AND ?",
                ((time - _DRIFT) << 16, (time + _DRIFT) << 16),
            )
        )
    wanted = json.dumps(sorted(rows))
    return [
        Change(*values)
        for first, last in sorted(near)
        for values in connection.execute(
            f"""{_CHANGE} WHERE seq BETWEEN ? AND ? AND field IS NULL AND record IN ('lead', 'activity')
                AND row IN (SELECT value FROM json_each(?))""",
            (first, last, wanted),
        )
    ]


def _entry_of(connection: sqlite3.Connection, change: int) -> Entry:
    row = connection.execute(
        f"{_ENTRY} WHERE no = (SELECT entry FROM journal_change WHERE seq = ?)", (change,)
    ).fetchone()
    return Entry(*row)
