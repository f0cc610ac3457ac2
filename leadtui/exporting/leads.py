"""Leads as JSON documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

from leadtui.clock import to_local

_COLUMNS = """seq, id, number, tier, tier_source, score, score_behaviour, score_fit, priority, status,
company, contact, title, phone, mobile, email, source_channel, owner, next_step, next_due, due_at, open,
last_activity_at, acquired_at, custom"""
_CHUNK = 500


def lead_documents(
    connection: sqlite3.Connection, seqs: Sequence[int], now: int, zone: tzinfo
) -> Iterator[dict[str, Any]]:
    """The leads with these row numbers as JSON, in their order; those that are gone are left out."""
    for start in range(0, len(seqs), _CHUNK):
        chunk = seqs[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        cursor = connection.execute(f"SELECT {_COLUMNS} FROM lead WHERE seq IN ({marks})", chunk)
        names = [name for name, *_rest in cursor.description]
        leads = {values[0]: dict(zip(names, values, strict=True)) for values in cursor}
        tags: dict[int, list[str]] = {}
        for seq, name in connection.execute(
            f"SELECT seq, name FROM tag JOIN lead ON lead.id = lead_id WHERE seq IN ({marks}) ORDER BY name",
            chunk,
        ):
            tags.setdefault(seq, []).append(name)
        for seq in chunk:
            if seq in leads:
                yield _document(leads[seq], tags.get(seq, []), now, zone)


def iso_time(at: int | None, zone: tzinfo) -> str | None:
    """A moment in ISO 8601 with the offset of `zone`; None stays None."""
    return None if at is None else to_local(at, zone).isoformat(timespec="seconds")


def _document(lead: dict[str, Any], tags: list[str], now: int, zone: tzinfo) -> dict[str, Any]:
    late = lead["open"] and lead["due_at"] is not None and lead["due_at"] < now
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
        "tags": tags,
        "next_step": lead["next_step"],
        "next_due": iso_time(lead["next_due"], zone),
        "overdue_minutes": (now - lead["due_at"]) // 60_000 if late else 0,
        "last_activity_at": iso_time(lead["last_activity_at"], zone),
        "acquired_at": iso_time(lead["acquired_at"], zone),
        "custom": json.loads(lead["custom"]),
    }
