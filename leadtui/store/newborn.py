"""Writing many new leads at once, with one statement that records them instead of a trigger for each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

_VALUES = 1000
"""So many values go into one statement, well below what any SQLite takes."""


def insert_leads(
    connection: sqlite3.Connection, entry: int, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert leads whose first column is `seq`, counting up, and record their births in the entry."""
    if not rows:
        return
    connection.execute("UPDATE journal_state SET applying = 1")
    insert_rows(connection, f"INSERT INTO lead ({', '.join(columns)})", rows)
    connection.execute("UPDATE journal_state SET applying = 0")
    connection.execute(
        """INSERT INTO journal_change (entry, record, row)
           SELECT ?, 'lead', id FROM lead WHERE seq BETWEEN ? AND ? ORDER BY seq""",
        (entry, rows[0][0], rows[-1][0]),
    )


def insert_rows(connection: sqlite3.Connection, insert: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, many with each statement: to begin and end one takes as long as to write a short row."""
    width = len(rows[0]) if rows else 1
    at_once = max(_VALUES // width, 1)
    marks = f"({', '.join('?' * width)})"
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        statement = f"{insert} VALUES {', '.join([marks] * len(some))}"
        connection.execute(statement, [*chain.from_iterable(some)])
