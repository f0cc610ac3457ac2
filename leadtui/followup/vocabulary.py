"""The words that this file knows: its sources, owners, tags and cities, for completion and for choosing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

_RECENT = 20_000
"""Only so many leads are looked at, the newest ones, so that it takes no longer in a large file."""


def vocabulary(connection: sqlite3.Connection, most: int = 200) -> Mapping[str, Sequence[str]]:
    """The values of each filter word that has values of the user's own, the most frequent first."""
    columns = {"source": "source_channel", "owner": "owner", "city": "city", "industry": "industry"}
    words: dict[str, Sequence[str]] = {}
    for name, column in columns.items():
        words[name] = _frequent(
            connection, f"SELECT {column} AS word FROM lead ORDER BY seq DESC LIMIT {_RECENT}", most
        )
    words["tag"] = _frequent(connection, f"SELECT name AS word FROM tag LIMIT {_RECENT}", most)
    words["collaborator"] = _frequent(
        connection, f"SELECT name AS word FROM collaborator LIMIT {_RECENT}", most
    )
    return words


def _frequent(connection: sqlite3.Connection, source: str, most: int) -> tuple[str, ...]:
    found = connection.execute(
        f"SELECT word FROM ({source}) WHERE word <> '' GROUP BY word ORDER BY count(*) DESC, word LIMIT ?",
        (most,),
    )
    return tuple(word for (word,) in found)
