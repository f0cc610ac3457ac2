"""The search index of customers, contacts and opportunities, asked with the same words as that of leads.

A rowid is `seq * 4` and the place of the kind among `RECORDS`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from leadtui.values import RECORDS


def put(connection: sqlite3.Connection, record: str, entries: Iterable[tuple[int, str]]) -> None:
    """Store (`seq`, search text) of records of one kind, in place of what was stored of them."""
    rows = [(seq * 4 + RECORDS.index(record), text) for seq, text in entries]
    connection.executemany("DELETE FROM record_search WHERE rowid = ?", ((rowid,) for rowid, _text in rows))
    connection.executemany("INSERT INTO record_search (rowid, text) VALUES (?, ?)", rows)


def remove(connection: sqlite3.Connection, record: str, seqs: Iterable[int]) -> None:
    """Forget records of one kind."""
    place = RECORDS.index(record)
    connection.executemany("DELETE FROM record_search WHERE rowid = ?", ((seq * 4 + place,) for seq in seqs))


def clear(connection: sqlite3.Connection) -> None:
    """Forget everything."""
    connection.execute("DELETE FROM record_search")


def matching(record: str, expression: str) -> str:
    """The query for the `seq` of the records of one kind; `expression` is the name of the parameter."""
    return f"""SELECT rowid / 4 FROM record_search
        WHERE record_search MATCH {expression} AND rowid % 4 = {RECORDS.index(record)}"""


def hits(connection: sqlite3.Connection, record: str, expression: str, limit: int = 10_000) -> list[int]:
    """The `seq` of the records of one kind that an expression of `store.search.match_expression` finds,
    the newest first."""
    statement = f"{matching(record, ':expression')} ORDER BY rowid DESC LIMIT :limit"
    return [seq for (seq,) in connection.execute(statement, {"expression": expression, "limit": limit})]
