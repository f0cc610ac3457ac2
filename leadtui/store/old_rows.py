"""Rows of records that are gone, as the journal keeps them: JSON of what isn't their columns' default."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

_AT_ONCE = 50
"""One json_object call takes at most 127 arguments, so a wide row is put together from pieces."""


def default_texts(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table, each with its default as SQL."""
    return {
        name: "NULL" if default is None else default
        for _number, name, _kind, _not_null, default, _key in connection.execute(
            f"PRAGMA table_info({table})"
        )
    }


def kept_row(defaults: Mapping[str, str]) -> str:
    """The SQL that makes the JSON of the row OLD: a merge patch leaves out what is null."""
    values = [
        f"'{name}', OLD.{name}" if default == "NULL" else f"'{name}', nullif(OLD.{name}, {default})"
        for name, default in defaults.items()
    ]
    whole = "'{}'"
    for piece in _pieces(values):
        whole = f"json_patch({whole}, json_object({', '.join(piece)}))"
    return whole


class OldRows:
    """Reads such JSON back into whole rows of one table, with the columns that the table has now."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        texts = default_texts(connection, table)
        values = connection.execute(f"SELECT {', '.join(texts.values())}").fetchone()
        self._defaults: dict[str, Any] = dict(zip(texts, values, strict=True))
        marks = ", ".join("?" * len(texts))
        self.insert = f"INSERT INTO {table} ({', '.join(texts)}) VALUES ({marks})"
        """The statement that brings a row back; its parameters are the values in their order."""

    def row(self, text: str) -> dict[str, Any]:
        """Every column of the row, by name."""
        whole = {**self._defaults, **json.loads(text)}
        for unknown in whole.keys() - self._defaults.keys():
            del whole[unknown]
        return whole


def _pieces(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE)]
