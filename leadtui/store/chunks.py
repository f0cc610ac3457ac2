"""Asking about any number of things by name: SQLite takes only so many parameters at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

CHUNK = 500


def rows_of(
    connection: sqlite3.Connection, statement: str, wanted: Sequence[object], *more: object
) -> Iterator[tuple[Any, ...]]:
    """The rows of `statement`, with `{marks}` where the list of what is `wanted` belongs, before all other
    parameters; asked in chunks, each in an order of its own."""
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        marks = ",".join("?" * len(chunk))
        yield from connection.execute(statement.format(marks=marks), (*chunk, *more))
