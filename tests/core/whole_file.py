"""The contents of a database to the last row, to see that nothing changed or that all came back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

Contents = dict[str, list[tuple[object, ...]]]

TABLES = ("lead", "activity", "tag", "custom_field", "saved_view", "import_batch", "match_key")


def contents(path: Path) -> Contents:
    """Every row of every table but the journal, and every word of the search with the leads that have it."""
    with closing(sqlite3.connect(path)) as connection:
        found = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES
        }
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, lead_search, instance)")
        found["search"] = connection.execute("SELECT term, doc FROM temp.terms ORDER BY 1, 2").fetchall()
        return found


def is_whole(path: Path) -> bool:
    """Whether SQLite finds nothing wrong, and every record belongs to one that exists."""
    with closing(sqlite3.connect(path)) as connection:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchall() == []
        )
