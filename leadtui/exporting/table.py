"""Leads as the rows of a table that our own import reads back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any

from leadtui.clock import to_local
from leadtui.exporting.cells import Cell
from leadtui.exporting.reading import LeadValues, lead_values
from leadtui.settings.model import minor_units
from leadtui.store.columns import LEAD_FLAGS, LEAD_JOURNALED, LEAD_TIMES

_LEFT_OUT = frozenset(
    ("id", "custom", "batch_id", "created_by", "created_at", "screened_at", "snoozed_until",
     "acknowledged_at", "deleted_at", "next_due_all_day", "customer_id", "contact_id", "opportunity_id",
     "merged_into", "converted_at", "profile_at", "retry_at")
)  # fmt: skip
"""What says something inside this file alone."""
DERIVED: tuple[str, ...] = ("tier", "score")
"""What the rules make of a lead: written for whoever reads the table, computed anew by an import."""
COLUMNS: tuple[str, ...] = (
    "number",
    *DERIVED,
    *(name for name in LEAD_JOURNALED if name != "number" and name not in _LEFT_OUT),
    "tags",
)
"""The headers of the table; the custom fields follow."""
CUSTOM = "custom."
"""Stands before the key of a custom field in its header, so that none is taken for a column of ours."""
DAYS: frozenset[str] = frozenset(("next_due",))
"""Columns that hold either a moment or a whole day."""
_MOMENTS = frozenset((*LEAD_TIMES, *DAYS))
_AMOUNTS = frozenset(("budget_min", "budget_max"))
_FLAGS = frozenset(LEAD_FLAGS)


def tags_in_a_cell(names: Sequence[str]) -> str:
    """Tags as one text that `tags_of` reads: parted by semicolons, unless one has some itself."""
    if any(";" in name for name in names):
        return "".join(f"{name}\n" for name in names)
    return "; ".join(names)


def tags_of(cell: str) -> tuple[str, ...]:
    """The tags in a cell of ours, each once."""
    names = map(str.strip, cell.split("\n" if "\n" in cell else ";"))
    return tuple(dict.fromkeys(filter(None, names)))


def custom_keys(connection: sqlite3.Connection) -> list[str]:
    """The keys of all custom values that leads have, sorted."""
    found = connection.execute(
        "SELECT DISTINCT json_each.key FROM lead, json_each(lead.custom) WHERE lead.custom <> '{}'"
    )
    return sorted(key for (key,) in found)


def lead_table(
    connection: sqlite3.Connection,
    seqs: Sequence[int],
    keys: Sequence[str],
    kinds: Mapping[str, str],
    zone: tzinfo,
) -> Iterator[list[Cell]]:
    """The cells of each lead, in the order of `COLUMNS` and then of the custom `keys`.

    `kinds` are those of the custom fields by key.
    """
    for lead in lead_values(connection, seqs):
        custom = json.loads(lead.columns["custom"])
        yield [
            *lead_cells(lead, zone).values(),
            *(_custom_cell(custom.get(key), kinds.get(key)) for key in keys),
        ]


def lead_cells(lead: LeadValues, zone: tzinfo) -> dict[str, Cell]:
    """The cell of each of `COLUMNS`, by its name."""
    columns = {**lead.columns, "tags": tags_in_a_cell(lead.tags)}
    return {name: _cell(name, columns, zone) for name in COLUMNS}


def _cell(name: str, lead: dict[str, Any], zone: tzinfo) -> Cell:
    value: str | int | None = lead[name]
    if not isinstance(value, int):
        return value
    if name in _FLAGS:
        return bool(value)
    if name in _AMOUNTS:
        return Decimal(value) / minor_units(lead["currency"])
    if name in DAYS and lead["next_due_all_day"]:
        return to_local(value, zone).date()
    return to_local(value, zone) if name in _MOMENTS else value


def _custom_cell(value: object, kind: str | None) -> Cell:
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
