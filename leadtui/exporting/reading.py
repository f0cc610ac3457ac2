"""Leads read for an export, some hundred at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from leadtui.store.named import named_rows
from leadtui.text import clean

_CHUNK = 500


class LeadValues(NamedTuple):
    """All columns of a lead by name, and its tags by name."""

    columns: dict[str, Any]
    tags: list[str]


def lead_values(connection: sqlite3.Connection, seqs: Sequence[int]) -> Iterator[LeadValues]:
    """The leads with these row numbers, in their order; those that are gone are left out."""
    for start in range(0, len(seqs), _CHUNK):
        chunk = seqs[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        cursor = connection.execute(f"SELECT * FROM lead WHERE seq IN ({marks})", chunk)
        leads = {lead["seq"]: lead for lead in named_rows(cursor)}
        tags: dict[int, list[str]] = {}
        for seq, name in connection.execute(
            f"SELECT seq, name FROM tag JOIN lead ON lead.id = lead_id WHERE seq IN ({marks}) ORDER BY name",
            chunk,
        ):
            tags.setdefault(seq, []).append(name)
        for seq in chunk:
            if seq in leads:
                yield LeadValues(leads[seq], tags.get(seq, []))


def cleaned(values: LeadValues) -> LeadValues:
    """The same without the characters that would break the lines of a card or a calendar."""
    columns = {
        name: clean(value) if isinstance(value, str) else value for name, value in values.columns.items()
    }
    return LeadValues(columns, [clean(tag) for tag in values.tags])
