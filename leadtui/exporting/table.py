"""Leads as the rows of a table that our own import reads back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from leadtui.exporting.leads import iso_time
from leadtui.settings.model import minor_units
from leadtui.store.columns import LEAD_FLAGS, LEAD_JOURNALED, LEAD_TIMES

_LEFT_OUT = frozenset(
    ("id", "custom", "batch_id", "created_by", "created_at", "screened_at", "snoozed_until",
     "acknowledged_at", "deleted_at", "next_due_all_day")
)  # fmt: skip
"""What says something inside this file alone."""
COLUMNS: tuple[str, ...] = (*(name for name in LEAD_JOURNALED if name not in _LEFT_OUT), "tags")
"""The headers of the table; the custom fields follow under their keys."""
_MOMENTS = frozenset((*LEAD_TIMES, "next_due"))
_AMOUNTS = frozenset(("budget_min", "budget_max"))
_FLAGS = frozenset(LEAD_FLAGS)
_CHUNK = 500


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
        tags = dict(
            connection.execute(
                f"""SELECT seq, group_concat(name, '; ') FROM tag JOIN lead ON lead.id = lead_id
                    WHERE seq IN ({marks}) GROUP BY seq""",
                chunk,
            )
        )
        cursor = connection.execute(f"SELECT * FROM lead WHERE seq IN ({marks})", chunk)
        names = [name for name, *_rest in cursor.description]
        leads = {lead["seq"]: lead for lead in (dict(zip(names, values, strict=True)) for values in cursor)}
        for seq in chunk:
            if seq in leads:
                lead = {**leads[seq], "tags": tags.get(seq, "")}
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
        return (iso_time(value, zone) or "")[:10]
    if name in _MOMENTS:
        return iso_time(value, zone) or ""
    if name in _FLAGS:
        return "yes" if value else ""
    return str(value)


def _custom_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
