"""Custom fields as columns of a table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from leadtui.exporting.cells import Cell

CUSTOM = "custom."
"""Stands before the key of a custom field in its header, so that none is taken for a column of ours."""


def custom_keys(connection: sqlite3.Connection, record: str) -> list[str]:
    """The keys of all custom values that records of a kind have, sorted."""
    found = connection.execute(
        f"SELECT DISTINCT json_each.key FROM {record}, json_each({record}.custom) WHERE custom <> '{{}}'"
    )
    return sorted(key for (key,) in found)


def custom_cells(custom: str, keys: Sequence[str], kinds: Mapping[str, str]) -> list[Cell]:
    """The cells of a record's custom values for each of `keys`; `kinds` are those of the fields by key."""
    values = json.loads(custom)
    return [_cell(values.get(key), kinds.get(key)) for key in keys]


def _cell(value: object, kind: str | None) -> Cell:
    if isinstance(value, str):
        return _day(value) if kind == "date" else value
    if value is None or isinstance(value, bool | int | float):
        return value
    return json.dumps(value, ensure_ascii=False)


def _day(text: str) -> Cell:
    """The day that a custom date is; what stood there before the field became a date is left as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.isoformat() == text else text
