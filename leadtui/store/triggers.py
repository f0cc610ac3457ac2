"""The SQL triggers that record every change, whoever makes it.

They are plain SQL, so an edit made with another SQLite tool is recorded too: without an act of ours under way
(`journal_state.entry` is NULL) a trigger opens an entry of kind `outside` for its change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from leadtui.store.columns import JOURNALED_TABLES

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


def trigger_statements(table: str, columns: Sequence[str], all_columns: Sequence[str]) -> Iterator[str]:
    """The triggers of one table: birth, death with the whole old row, one for each recorded column."""
    yield f"""CREATE TRIGGER journal_{table}_birth AFTER INSERT ON {table} WHEN {_RECORDING}
BEGIN {_OUTSIDE}
  INSERT INTO journal_change (entry, record, row) VALUES ({_ENTRY}, '{table}', NEW.id);
END"""
    # One json_object call takes at most 127 arguments, so a wide row is patched together.
    pieces = [all_columns[start : start + 50] for start in range(0, len(all_columns), 50)]
    whole_row = "json_object(" + ", ".join(f"'{name}', OLD.{name}" for name in pieces[0]) + ")"
    for piece in pieces[1:]:
        more = ", ".join(f"'$.{name}', OLD.{name}" for name in piece)
        whole_row = f"json_set({whole_row}, {more})"
    yield f"""CREATE TRIGGER journal_{table}_death AFTER DELETE ON {table} WHEN {_RECORDING}
BEGIN {_OUTSIDE}
  INSERT INTO journal_change (entry, record, row, old) VALUES ({_ENTRY}, '{table}', OLD.id, {whole_row});
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
        all_columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        for statement in trigger_statements(table, columns, all_columns):
            connection.execute(statement)
