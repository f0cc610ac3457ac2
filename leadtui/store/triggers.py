"""The SQL triggers that record every change, whoever makes it.

They are plain SQL, so an edit made with another SQLite tool is recorded too: without an act of ours under way
(`journal_state.entry` is NULL) an entry of kind `outside` is opened for its change.

There is a trigger for each column, and every connection reads all of them before its first statement. So they
are short: they insert into views, whose triggers say once how a change is written down.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from leadtui.store.columns import JOURNALED_TABLES
from leadtui.store.old_rows import default_texts, kept_row

_NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_UUID7 = (
    f"substr(printf('%012x', {_NOW}), 1, 8) || '-' || substr(printf('%012x', {_NOW}), 9, 4) || '-7' "
    "|| substr(lower(hex(randomblob(2))), 2, 3) || '-a' || substr(lower(hex(randomblob(2))), 2, 3) || '-' "
    "|| lower(hex(randomblob(6)))"
)
_RECORDING = "(SELECT applying FROM journal_state) = 0"
_ENTRY = "coalesce((SELECT entry FROM journal_state), (SELECT max(no) FROM journal_entry))"
_OPEN_ENTRY = "INSERT INTO journal_outside SELECT entry FROM journal_state WHERE entry IS NULL"
_OUTSIDE = (
    "CREATE VIEW journal_outside AS SELECT entry FROM journal_state WHERE entry IS NULL",
    f"""CREATE TRIGGER journal_opening INSTEAD OF INSERT ON journal_outside
BEGIN
  UPDATE journal_state SET clock = max(clock + 1, {_NOW} << 16);
  INSERT INTO journal_entry (id, kind, label, author, replica, clock, first_change, last_change)
    SELECT {_UUID7}, 'outside', 'Changed outside LeadTUI', '', replica, clock,
      (SELECT coalesce(max(seq), 0) + 1 FROM journal_change),
      (SELECT coalesce(max(seq), 0) + 1 FROM journal_change)
    FROM journal_state;
END""",
)
"""A row that is inserted here opens an entry for a change that is no act of ours."""
_NOTE = (
    "CREATE VIEW journal_note AS SELECT record, row, field, old, new FROM journal_change",
    f"""CREATE TRIGGER journal_noting INSTEAD OF INSERT ON journal_note WHEN {_RECORDING}
BEGIN
  {_OPEN_ENTRY};
  INSERT INTO journal_change (entry, record, row, field, old, new, base) VALUES (
    {_ENTRY}, NEW.record, NEW.row, NEW.field, NEW.old, NEW.new,
    (SELECT e.clock FROM journal_change c JOIN journal_entry e ON e.no = c.entry
      WHERE c.row = NEW.row AND c.field = NEW.field ORDER BY c.seq DESC LIMIT 1));
END""",
)
"""A row that is inserted here is written down as a change, with the version that its writer saw."""


def recording_statements(tables: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The views and triggers that record every change of `JOURNALED_TABLES`.

    `tables` are all columns of each table, each with its default as SQL.
    """
    yield from (*_OUTSIDE, *_NOTE)
    for table, columns in JOURNALED_TABLES.items():
        yield from _of_table(table, columns, tables[table])


def _of_table(table: str, columns: Sequence[str], defaults: Mapping[str, str]) -> Iterator[str]:
    """The triggers of one table: birth, death with the whole old row, the columns that an update changed."""
    # An import is all births: they go straight into the journal.
    yield f"""CREATE TRIGGER journal_{table}_birth AFTER INSERT ON {table} WHEN {_RECORDING}
BEGIN
  {_OPEN_ENTRY};
  INSERT INTO journal_change (entry, record, row) VALUES ({_ENTRY}, '{table}', NEW.id);
END"""
    yield f"""CREATE TRIGGER journal_{table}_death AFTER DELETE ON {table}
BEGIN INSERT INTO journal_note (record, row, old) VALUES ('{table}', OLD.id, {kept_row(defaults)}); END"""
    yield f"""CREATE TRIGGER journal_{table}_id BEFORE UPDATE OF id ON {table} WHEN OLD.id IS NOT NEW.id
BEGIN SELECT RAISE(ABORT, 'the id of a record never changes'); END"""
    names = [name for name in columns if name != "id"]
    others = (f"SELECT '{name}', OLD.{name}, NEW.{name}" for name in names[1:])
    named = f"SELECT '{names[0]}' AS field, OLD.{names[0]} AS old, NEW.{names[0]} AS new"
    yield f"""CREATE TRIGGER journal_{table}_update AFTER UPDATE OF {", ".join(names)} ON {table}
BEGIN
  INSERT INTO journal_note SELECT '{table}', NEW.id, field, old, new
    FROM ({" UNION ALL ".join((named, *others))}) WHERE old IS NOT new;
END"""


def expected_recording(connection: sqlite3.Connection) -> dict[str, str]:
    """What the schema that the connection has now is to be recorded by: names and statements."""
    tables = {table: default_texts(connection, table) for table in JOURNALED_TABLES}
    return {statement.split(maxsplit=3)[2]: statement for statement in recording_statements(tables)}


def found_recording(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """What records changes in this file: names, kinds and statements."""
    return {
        name: (kind, sql)
        for name, kind, sql in connection.execute(
            """SELECT name, type, sql FROM sqlite_master
               WHERE type IN ('trigger', 'view') AND name GLOB 'journal_*' ORDER BY type"""
        )
    }


def install_triggers(connection: sqlite3.Connection) -> None:
    """Make what records changes anew from the schema that the connection has now."""
    for name, (kind, _statement) in found_recording(connection).items():
        connection.execute(f'DROP {kind} "{name}"')
    for statement in expected_recording(connection).values():
        connection.execute(statement)
