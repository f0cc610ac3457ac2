"""Rows with their values by the names of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any


def named_rows(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """The rows of a statement that was executed."""
    names = [name for name, *_more in cursor.description]
    return (dict(zip(names, values, strict=True)) for values in cursor)


def named_row(connection: sqlite3.Connection, statement: str, *parameters: object) -> dict[str, Any] | None:
    """The first row that a statement finds."""
    return next(named_rows(connection.execute(statement, parameters)), None)
