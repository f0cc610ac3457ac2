"""The SQL triggers that record every change, whoever makes it.

They are plain SQL, so an edit made with another SQLite tool is recorded too: without an act of ours under way
(`journal_state.entry` is NULL) a trigger opens an entry of kind `outside` for its change.
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
_OUTSIDE = f"""
  UPDATE journal_state SET clock = max(clock + 1, {_NOW} << 16) WHERE entry IS NULL;
  INSERT INTO journal_entry (id, kind, label, author, replica, clock, first_change, last_change)
    SELECT {_UUID7}, 'outside', 'Changed outside LeadTUI', '', replica, clock,
      (SELECT coalesce(max(seq), 0) + 1 FROM journal_change),
      (SELECT coalesce(max(seq), 0) + 1 FROM journal_change)
    FROM journal_state WHERE entry IS NULL;"""
_ENTRY = "coalesce((SELECT entry FROM journal_state), (SELECT max(no) FROM journal_entry))"
_RECORDING = "(SELECT applying FROM journal_state) = 0"


def trigger_statements(table: str, columns: Sequence[str], defaults: Mapping[str, str]) -> Iterator[str]:
    """The triggers of one table: birth, death with the whole old row, one for each recorded column.

    `defaults` are all its columns, each with its default as SQL.
    """
    yield f"""CREATE TRIGGER journal_{table}_birth AFTER INSERT ON {table} WHEN {_RECORDING}
BEGIN {_OUTSIDE}
  INSERT INTO journal_change (entry, record, row) VALUES ({_ENTRY}, '{table}', NEW.id);
END"""
    yield f"""CREATE TRIGGER journal_{table}_death AFTER DELETE ON {table} WHEN {_RECORDING}
BEGIN {_OUTSIDE}
  INSERT INTO journal_change (entry, record, row, old)
    VALUES ({_ENTRY}, '{table}', OLD.id, {kept_row(defaults)});
END"""
    yield f"""CREATE TRIGGER journal_{table}_id BEFORE UPDATE OF id ON {table} WHEN OLD.id IS NOT NEW.id
BEGIN SELECT RAISE(ABORT, 'the id of a record never changes'); END"""
    for name in columns:
        if name == "id":
            continue
        yield f"""CREATE TRIGGER journal_{table}_{name} AFTER UPDATE OF {name} ON {table}
WHEN OLD.{name} IS NOT NEW.{name} AND {_RECORDING}
BEGIN {_OUTSIDE}
  INSERT INTO journal_change (entry, record, row, field, old, new, base) VALUES (
    {_ENTRY}, '{table}', NEW.id, '{name}', OLD.{name}, NEW.{name},
    (SELECT e.clock FROM journal_change c JOIN journal_entry e ON e.no = c.entry
      WHERE c.row = NEW.id AND c.field = '{name}' ORDER BY c.seq DESC LIMIT 1));
END"""


def install_triggers(connection: sqlite3.Connection) -> None:
    """Make the triggers anew from the schema that the connection has now."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'journal_*'"
    )
    for (name,) in names.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for table, columns in JOURNALED_TABLES.items():
        for statement in trigger_statements(table, columns, default_texts(connection, table)):
            connection.execute(statement)
