"""Leads as JSON documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from leadtui.clock import minutes_late, to_local
from leadtui.exporting.cells import as_json
from leadtui.exporting.custom import custom_of_document
from leadtui.exporting.reading import LeadValues, lead_values
from leadtui.exporting.table import lead_cells
from leadtui.qualify.fields import FieldDefinition


def lead_documents(
    connection: sqlite3.Connection, seqs: Sequence[int], now: int, zone: tzinfo
) -> Iterator[dict[str, Any]]:
    """The leads with these row numbers as JSON, in their order; those that are gone are left out."""
    for lead in lead_values(connection, seqs):
        yield _document(lead, now, zone)


def complete_documents(
    connection: sqlite3.Connection,
    seqs: Sequence[int],
    custom: Mapping[str, FieldDefinition],
    now: int,
    zone: tzinfo,
) -> Iterator[dict[str, Any]]:
    """As `lead_documents`, with every field beside them, and what the `custom` fields are, so that an import
    brings back the same lead.

    Where both have a name it is the field that counts: `phone` is the lead's phone and not its mobile, and
    `next_due` a bare day when the step has no time.
    """
    for lead in lead_values(connection, seqs):
        fields = {name: as_json(cell) for name, cell in lead_cells(lead, zone).items() if name != "tags"}
        yield _document(lead, now, zone) | fields | custom_of_document(lead.columns["custom"], custom)


def iso_time(at: int | None, zone: tzinfo) -> str | None:
    """A moment in ISO 8601 with the offset of `zone`; None stays None."""
    return None if at is None else to_local(at, zone).isoformat(timespec="seconds")


def _document(values: LeadValues, now: int, zone: tzinfo) -> dict[str, Any]:
    lead = values.columns
    return {
        "id": lead["id"],
        "number": lead["number"],
        "tier": lead["tier"],
        "tier_source": lead["tier_source"],
        "score": lead["score"],
        "score_behaviour": lead["score_behaviour"],
        "score_fit": lead["score_fit"],
        "priority": lead["priority"],
        "status": lead["status"],
        "company": lead["company"],
        "contact": lead["contact"],
        "title": lead["title"],
        "phone": lead["phone"] or lead["mobile"],
        "email": lead["email"],
        "source": lead["source_channel"],
        "owner": lead["owner"],
        "tags": values.tags,
        "next_step": lead["next_step"],
        "next_due": iso_time(lead["next_due"], zone),
        "overdue_minutes": minutes_late(lead["due_at"], now) if lead["open"] else 0,
        "last_activity_at": iso_time(lead["last_activity_at"], zone),
        "acquired_at": iso_time(lead["acquired_at"], zone),
        "custom": json.loads(lead["custom"]),
    }
