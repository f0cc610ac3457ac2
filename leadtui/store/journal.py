"""The journal: one record of change for undo, history and teams."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadtui.i18n import gettext as _
from leadtui.store.columns import JOURNALED_TABLES, PARTS
from leadtui.store.ids import new_id
from leadtui.values import RECORDS


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

    @property
    def told(self) -> str:
        """What was done, in words: an act, or an act that was taken back or done again."""
        sentences = {"undo": _("Undone: {label}"), "redo": _("Done again: {label}")}
        return sentences.get(self.kind, "{label}").format(label=self.label)


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
) -> tuple[int, int]:
    """Begin an entry inside the running transaction; returns its local number and its moment.

    The moment (ms) is `now`, unless something was written here by a clock that was ahead.
    """
    connection.execute("UPDATE journal_state SET clock = max(clock + 1, ? << 16)", (now,))
    (clock,) = connection.execute("SELECT clock FROM journal_state").fetchone()
    cursor = connection.execute(
        """INSERT INTO journal_entry (id, kind, label, author, replica, clock, undoes, first_change)
           SELECT ?, ?, ?, ?, replica, clock, ?, (SELECT coalesce(max(seq), 0) + 1 FROM journal_change)
           FROM journal_state""",
        (new_id(clock >> 16), kind, label, author, undoes),
    )
    number = int(cursor.lastrowid or 0)
    connection.execute("UPDATE journal_state SET entry = ?", (number,))
    return number, clock >> 16


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


def undoable(connection: sqlite3.Connection, author: str) -> Entry | None:
    """The entry that undo would take back: the newest act that `author` made here and that still stands."""
    return _newest(connection, "kind = 'act' AND undone = 0 AND author = ?1", author)


def redoable(connection: sqlite3.Connection, author: str) -> Entry | None:
    """The undo that redo would take back: the newest of `author` that stands and that none of their acts
    followed."""
    return _newest(
        connection,
        """kind = 'undo' AND undone = 0 AND author = ?1
           AND no > (SELECT coalesce(max(no), 0) FROM journal_entry
                     WHERE kind = 'act' AND author = ?1 AND replica = (SELECT replica FROM journal_state))""",
        author,
    )


def undoable_by_others(connection: sqlite3.Connection, author: str) -> Entry | None:
    """The newest act made here that still stands and is not of `author`: who has nothing of their own to undo
    may mean that one."""
    return _newest(connection, "kind = 'act' AND undone = 0 AND author <> ?1", author)


def _newest(connection: sqlite3.Connection, condition: str, author: str) -> Entry | None:
    """The newest entry made here that meets a condition."""
    row = connection.execute(
        f"""{_ENTRY} WHERE {condition} AND replica = (SELECT replica FROM journal_state)
            ORDER BY no DESC LIMIT 1""",
        (author,),
    ).fetchone()
    return Entry(*row) if row else None


_LINKS = {"merged_into": "", "lead_id": "lead", **{f"{record}_id": record for record in RECORDS}}
"""The columns that name another record, and the table of those; empty for the same one."""


def history(
    connection: sqlite3.Connection, record_id: str, limit: int = 200, record: str = "lead"
) -> list[tuple[Entry, list[Change]]]:
    """Who changed what of a record (by default a lead) and of what belongs to it, newest first."""
    rows = {record_id, *_parts(connection, f"{record}_id", record_id)}
    found = [
        Change(*values)
        for row in rows
        for values in connection.execute(
            f"""{_CHANGE} WHERE row = ? AND (field IS NOT NULL OR old IS NOT NULL
                                             OR record NOT IN ('lead', 'activity'))""",
            (row,),
        )
    ]
    deaths = [change.seq for change in found if change.field is None and change.old is not None]
    found += _births(connection, rows, deaths)
    by_entry: dict[int, tuple[Entry, list[Change]]] = {}
    for change in sorted(found, key=lambda change: change.seq):
        entry = _entry_of(connection, change.seq)
        by_entry.setdefault(entry.no, (entry, []))[1].append(_with_numbers(connection, change))
    return sorted(by_entry.values(), key=lambda pair: pair[0].no, reverse=True)[:limit]


def _with_numbers(connection: sqlite3.Connection, change: Change) -> Change:
    """A change of what a record belongs to or was merged into, with the numbers of those records."""
    if change.field not in _LINKS:
        return change
    table = _LINKS[change.field] or change.record

    def number(identity: object) -> object:
        found = connection.execute(f"SELECT number FROM {table} WHERE id = ?", (identity,)).fetchone()
        return found[0] if found and found[0] else identity

    return replace(change, old=number(change.old), new=number(change.new))


def _parts(connection: sqlite3.Connection, parent: str, record_id: str) -> set[str]:
    """The activities, tags, tasks and so on of a record, those included that are gone."""
    statements = [
        f"SELECT id FROM {table} WHERE {parent} = :id" for table in PARTS if parent in JOURNALED_TABLES[table]
    ]
    statements.append(
        f"""SELECT row FROM journal_change WHERE record IN {PARTS} AND field IS NULL AND old IS NOT NULL
            AND json_extract(old, '$.{parent}') = :id"""
    )
    return {row for (row,) in connection.execute(" UNION ".join(statements), {"id": record_id})}


def changed_since(
    connection: sqlite3.Connection, row: str, since: int, until: int | None = None
) -> list[str]:
    """The fields of a row that aren't as they were after the change `since`, as far as the change `until`."""
    first: dict[str, object] = {}
    last: dict[str, object] = {}
    for field, old, new in connection.execute(
        """SELECT field, old, new FROM journal_change
           WHERE row = ?1 AND field IS NOT NULL AND seq > ?2 AND (?3 IS NULL OR seq <= ?3) ORDER BY seq""",
        (row, since, until),
    ):
        first.setdefault(field, old)
        last[field] = new
    return [field for field in first if first[field] != last[field]]


def _births(connection: sqlite3.Connection, rows: set[str], deaths: Sequence[int]) -> list[Change]:
    """The births of leads and activities among `rows`, and those that took back these deaths.

    They have no index, being the bulk of the journal; but a UUIDv7 begins with the millisecond of its entry.
    """
    ranges: set[tuple[int, int]] = set()
    for time in {int(row[:8] + row[9:13], 16) for row in rows if row[14:15] == "7"}:
        ranges.update(
            connection.execute(
                "SELECT first_change, last_change FROM journal_entry WHERE clock BETWEEN ? AND ?",
                ((time - _DRIFT) << 16, (time + _DRIFT) << 16),
            )
        )
    for death in deaths:
        ranges.update(
            connection.execute(
                """SELECT later.first_change, later.last_change FROM journal_change c
                   JOIN journal_entry e ON e.no = c.entry JOIN journal_entry later ON later.undoes = e.id
                   WHERE c.seq = ?""",
                (death,),
            )
        )
    wanted = json.dumps(sorted(rows))
    return [
        Change(*values)
        for first, last in sorted(ranges)
        for values in connection.execute(
            f"""{_CHANGE} WHERE seq BETWEEN ? AND ? AND field IS NULL AND old IS NULL
                AND record IN ('lead', 'activity') AND row IN (SELECT value FROM json_each(?))""",
            (first, last, wanted),
        )
    ]


def _entry_of(connection: sqlite3.Connection, change: int) -> Entry:
    row = connection.execute(
        f"{_ENTRY} WHERE no = (SELECT entry FROM journal_change WHERE seq = ?)", (change,)
    ).fetchone()
    return Entry(*row)
