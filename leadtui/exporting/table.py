"""A lead as the row of a table that our own import reads back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from leadtui.clock import to_local
from leadtui.exporting.cells import Cell
from leadtui.exporting.reading import LeadValues
from leadtui.settings.model import minor_units
from leadtui.store.columns import LEAD_FLAGS, LEAD_JOURNALED, LEAD_TIMES

_LEFT_OUT = frozenset(
    ("id", "custom", "batch_id", "created_by", "created_at", "screened_at", "snoozed_until",
     "acknowledged_at", "deleted_at", "next_due_all_day", "customer_id", "contact_id", "opportunity_id",
     "merged_into", "converted_at", "retry_at", "profile_at")
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


def lead_cells(lead: LeadValues, zone: tzinfo) -> dict[str, Cell]:
    """The cell of each of `COLUMNS`, by its name."""
    columns = {**lead.columns, "tags": tags_in_a_cell(lead.tags)}
    return {name: _cell(name, columns, zone) for name in COLUMNS}


def planned(at: int, all_day: bool | int, zone: tzinfo) -> Cell:
    """When a step is due: a moment, or a day."""
    local = to_local(at, zone)
    return local.date() if all_day else local


def amount(minor: int, currency: str) -> Decimal:
    """An amount in whole units of its currency."""
    return Decimal(minor) / minor_units(currency)


def _cell(name: str, lead: dict[str, Any], zone: tzinfo) -> Cell:
    value: str | int | None = lead[name]
    if not isinstance(value, int):
        return value
    if name in _FLAGS:
        return bool(value)
    if name in _AMOUNTS:
        return amount(value, lead["currency"])
    if name in DAYS:
        return planned(value, lead["next_due_all_day"], zone)
    return to_local(value, zone) if name in _MOMENTS else value
