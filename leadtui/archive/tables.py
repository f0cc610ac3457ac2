"""Which tables an archive holds: all that the file has but those that are made from others."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

_MADE_AGAIN = frozenset(("match_key", "record_key", "alembic_version"))
"""Keys by which duplicates are found, computed from the records; and the schema, which the manifest tells."""
COUNTERS = "sqlite_sequence"
"""Where SQLite keeps which row numbers were given away, so that none is given again."""

Value = str | int | float | bytes | None


def archived_tables(connection: sqlite3.Connection) -> list[str]:
    """The names of the tables, in the order of their making; search indexes are made again."""
    kinds = dict(connection.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'"))
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    names = [name for (name,) in found if kinds.get(name) == "table" and name not in _MADE_AGAIN]
    return [name for name in names if not name.startswith("sqlite_") or name == COUNTERS]


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table."""
    found = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return tuple(name for (name,) in found)


def count_of(connection: sqlite3.Connection, table: str) -> int:
    """How many rows a table has."""
    (count,) = connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()
    return int(count)


def lines_of(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[bytes]:
    """Each row as a line of JSON, in the order in which the rows were made."""
    names = ", ".join(map(quoted, columns))
    for values in connection.execute(
        f"SELECT {names} FROM {quoted(table)} ORDER BY {_order(connection, table)}"
    ):
        row = dict(zip(columns, map(_as_json, values), strict=True))
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def row_of(line: bytes, columns: Sequence[str]) -> tuple[Value, ...]:
    """The values that a line was made from; ValueError when it is none of those columns."""
    row = json.loads(line)
    if not isinstance(row, dict) or row.keys() != set(columns):
        raise ValueError(line)
    return tuple(_from_json(row[name]) for name in columns)


def quoted(name: str) -> str:
    """A name of the schema as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _order(connection: sqlite3.Connection, table: str) -> str:
    (without_rowid,) = connection.execute(
        "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (table,)
    ).fetchone()
    if not without_rowid:
        return "rowid"
    keys = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    return ", ".join(quoted(name) for (name,) in keys)


def _as_json(value: Value) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _from_json(value: Any) -> Value:
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, dict) and value.keys() == {"base64"}:
        return base64.b64decode(value["base64"], validate=True)
    raise ValueError(value)
