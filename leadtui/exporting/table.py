"""Leads as the rows of a table that our own import reads back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from leadtui.clock import to_local
from leadtui.settings.model import minor_units
from leadtui.store.columns import LEAD_FLAGS, LEAD_JOURNALED, LEAD_TIMES

_LEFT_OUT = frozenset(
    ("id", "custom", "batch_id", "created_by", "created_at", "screened_at", "snoozed_until",
     "acknowledged_at", "deleted_at", "next_due_all_day")
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
_MOMENTS = frozenset((*LEAD_TIMES, "next_due"))
_AMOUNTS = frozenset(("budget_min", "budget_max"))
_FLAGS = frozenset(LEAD_FLAGS)
_CHUNK = 500


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
    connection: sqlite3.Connection, seqs: Sequence[int], keys: Sequence[str], zone: tzinfo
) -> Iterator[list[str]]:
    """The cells of each lead, in the order of `COLUMNS` and then `keys`."""
    for start in range(0, len(seqs), _CHUNK):
        chunk = seqs[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        tags: dict[int, list[str]] = {}
        for seq, name in connection.execute(
            f"SELECT seq, name FROM tag JOIN lead ON lead.id = lead_id WHERE seq IN ({marks}) ORDER BY name",
            chunk,
        ):
            tags.setdefault(seq, []).append(name)
        cursor = connection.execute(f"SELECT * FROM lead WHERE seq IN ({marks})", chunk)
        names = [name for name, *_rest in cursor.description]
        leads = {lead["seq"]: lead for lead in (dict(zip(names, values, strict=True)) for values in cursor)}
        for seq in chunk:
            if seq in leads:
                lead = {**leads[seq], "tags": tags_in_a_cell(tags.get(seq, []))}
                custom = json.loads(lead["custom"])
                yield [
                    *(_cell(name, lead, zone) for name in COLUMNS),
                    *(_custom_cell(custom.get(key)) for key in keys),
                ]


def _cell(name: str, lead: dict[str, Any], zone: tzinfo) -> str:
    value = lead[name]
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if name in _AMOUNTS:
        return str(Decimal(value) / minor_units(lead["currency"]))
    if name == "next_due" and lead["next_due_all_day"]:
        return to_local(value, zone).date().isoformat()
    if name in _MOMENTS:
        return to_local(value, zone).isoformat(timespec="milliseconds" if value % 1000 else "seconds")
    if name in _FLAGS:
        return "yes" if value else ""
    return str(value)


def _custom_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
