"""The search index of customers, contacts and opportunities, asked with the same words as that of leads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

KINDS: tuple[str, ...] = ("customer", "contact", "opportunity")
"""The kinds of record in the index; a rowid is `seq * 4 + place of the kind`."""


def put(connection: sqlite3.Connection, record: str, entries: Iterable[tuple[int, str]]) -> None:
    """Store (`seq`, search text) of records of one kind, in place of what was stored of them."""
    rows = [(seq * 4 + KINDS.index(record), text) for seq, text in entries]
    connection.executemany("DELETE FROM record_search WHERE rowid = ?", ((rowid,) for rowid, _text in rows))
    connection.executemany("INSERT INTO record_search (rowid, text) VALUES (?, ?)", rows)


def remove(connection: sqlite3.Connection, record: str, seqs: Iterable[int]) -> None:
    """Forget records of one kind."""
    place = KINDS.index(record)
    connection.executemany("DELETE FROM record_search WHERE rowid = ?", ((seq * 4 + place,) for seq in seqs))


def clear(connection: sqlite3.Connection) -> None:
    """Forget everything."""
    connection.execute("DELETE FROM record_search")


def hits(connection: sqlite3.Connection, record: str, expression: str, limit: int = 10_000) -> list[int]:
    """The `seq` of the records of one kind that an expression of `store.search.match_expression` finds,
    the newest first."""
    found = connection.execute(
        """SELECT rowid FROM record_search WHERE record_search MATCH ? AND rowid % 4 = ?
           ORDER BY rowid DESC LIMIT ?""",
        (expression, KINDS.index(record), limit),
    )
    return [rowid // 4 for (rowid,) in found]
