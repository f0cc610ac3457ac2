"""Writing many new leads at once, with one statement that records them instead of a trigger for each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any


def insert_leads(
    connection: sqlite3.Connection, entry: int, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert leads whose first column is `seq`, counting up, and record their births in the entry."""
    if not rows:
        return
    marks = ", ".join("?" * len(columns))
    connection.execute("UPDATE journal_state SET applying = 1")
    connection.executemany(f"INSERT INTO lead ({', '.join(columns)}) VALUES ({marks})", rows)
    connection.execute("UPDATE journal_state SET applying = 0")
    connection.execute(
        """INSERT INTO journal_change (entry, record, row)
           SELECT ?, 'lead', id FROM lead WHERE seq BETWEEN ? AND ? ORDER BY seq""",
        (entry, rows[0][0], rows[-1][0]),
    )
