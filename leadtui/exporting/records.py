"""Customers, contacts and opportunities as rows and as JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import time, tzinfo
from typing import Any

from leadtui.clock import to_local
from leadtui.exporting.cells import Cell, as_json
from leadtui.exporting.custom import custom_of_document
from leadtui.exporting.reading import LeadValues
from leadtui.exporting.table import amount, planned, tags_in_a_cell
from leadtui.qualify.fields import FieldDefinition
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.store.named import named_rows

_LEFT_OUT = frozenset(
    ("id", "number", "name", "custom", "batch_id", "created_by", "snoozed_until", "deleted_at", "merged_into",
     "status", "next_due_all_day", "source_snapshot", "customer_id", "contact_id", "lead_id")
)  # fmt: skip
"""What says something inside this file alone, and what stands in front."""
_LINKS: Mapping[str, tuple[str, ...]] = {
    "customer": (),
    "contact": ("customer",),
    "opportunity": ("customer", "contact", "lead"),
}
_NAMES: Mapping[str, str] = {
    "customer": "name",
    "contact": "name",
    "lead": "coalesce(nullif(company, ''), contact)",
}
_AMOUNTS = frozenset(("budget_min", "budget_max", "amount"))
_CHUNK = 500


def record_columns(record: str) -> tuple[str, ...]:
    """The headers of a table of records; their custom fields follow.

    A record that it belongs to is told by its number and its name.
    """
    links = [name for link in _LINKS[record] for name in (f"{link}_number", link)]
    grade = ["grade"] if record == "opportunity" else []
    rest = [name for name in JOURNALED_TABLES[record] if name not in _LEFT_OUT]
    tags = ["tags"] if _has_tags(record) else []
    return ("number", "name", *links, *grade, *rest, *tags)


def record_values(connection: sqlite3.Connection, record: str, seqs: Sequence[int]) -> Iterator[LeadValues]:
    """The columns of each record with the numbers and names of those that it belongs to, and its tags."""
    links = "".join(
        f""", (SELECT number FROM {link} WHERE id = {record}.{link}_id) AS {link}_number,
            (SELECT {_NAMES[link]} FROM {link} WHERE id = {record}.{link}_id) AS {link}"""
        for link in _LINKS[record]
    )
    for start in range(0, len(seqs), _CHUNK):
        chunk = seqs[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        cursor = connection.execute(f"SELECT *{links} FROM {record} WHERE seq IN ({marks})", chunk)
        rows = {row["seq"]: row for row in named_rows(cursor)}
        tags: dict[str, list[str]] = {}
        if _has_tags(record):
            for identity, name in connection.execute(
                f"""SELECT {record}_id, tag.name FROM tag JOIN {record} ON {record}.id = {record}_id
                    WHERE seq IN ({marks}) ORDER BY tag.name""",
                chunk,
            ):
                tags.setdefault(identity, []).append(name)
        for seq in chunk:
            if seq in rows:
                yield LeadValues(rows[seq], tags.get(rows[seq]["id"], []))


def record_cells(record: str, values: LeadValues, zone: tzinfo) -> dict[str, Cell]:
    """The cell of each of `record_columns`, by its name."""
    row = {**values.columns, "tags": tags_in_a_cell(values.tags)}
    return {name: _cell(name, row, zone) for name in record_columns(record)}


def record_document(
    record: str, values: LeadValues, custom: Mapping[str, FieldDefinition], zone: tzinfo
) -> dict[str, Any]:
    """A record as JSON: its `id`, every column of its table, and what its `custom` fields are."""
    cells = record_cells(record, values, zone)
    document = {"id": values.columns["id"], **{name: as_json(cell) for name, cell in cells.items()}}
    tags = {"tags": values.tags} if "tags" in cells else {}
    return document | tags | custom_of_document(values.columns["custom"], custom)


def in_columns_of_a_lead(record: str, values: LeadValues) -> LeadValues:
    """The record as far as a card or a calendar asks for it."""
    row = values.columns
    name = {"customer": "company", "contact": "contact"}.get(record, "need")
    more = {
        "company": row.get("customer") or "",
        "contact": row.get("contact") or "",
        "mobile": row.get("mobile", ""),
        "phone": row.get("phone", ""),
        "other_phones": row.get("other_phones", ""),
        "email": row.get("email", ""),
        "other_emails": row.get("other_emails", ""),
        "title": row.get("title", ""),
        "tier": row.get("grade", ""),
        "open": row.get("stage") not in {"won", "lost"},
        "address": row.get("address", ""),
        "city": row.get("city", ""),
        "score": None,
        name: row["name"],
    }
    return LeadValues({**row, **more}, values.tags)


def _has_tags(record: str) -> bool:
    return f"{record}_id" in JOURNALED_TABLES["tag"]


def _cell(name: str, row: dict[str, Any], zone: tzinfo) -> Cell:
    value: str | int | None = row[name]
    if not isinstance(value, int):
        return value
    if name in _AMOUNTS:
        return amount(value, row["currency"])
    if name == "next_due":
        return planned(value, row["next_due_all_day"], zone)
    if name == "expected_close":
        local = to_local(value, zone)
        return planned(value, local.time() == time(), zone)
    return to_local(value, zone) if name.endswith("_at") else value
