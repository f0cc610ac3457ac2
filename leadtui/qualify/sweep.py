"""The daily sweep: new leads that nobody has judged yet, and what each still lacks (R24 to R31)."""

from __future__ import annotations

import sqlite3
from datetime import tzinfo
from typing import NamedTuple

from leadtui.clock import moment_on, to_local
from leadtui.qualify.completeness import (
    EITHER,
    TO_CONVERT,
    missing_to_convert,
    missing_to_pass,
    missing_to_save,
)
from leadtui.settings import Settings
from leadtui.settings.working_hours import working_day_from
from leadtui.values import Milliseconds

_WAITING = "status IN ('new', 'screening') AND screened_at IS NULL AND created_at < ? AND deleted_at IS NULL"
_COLUMNS = tuple(
    dict.fromkeys(
        ("company", "contact", "need", "need_clarity", *EITHER["phone_or_email"], *TO_CONVERT[:6], "title")
    )
)


class Unscreened(NamedTuple):
    """A lead that waits for its screening."""

    id: str
    seq: int
    number: str
    tier: str
    score: int
    company: str
    contact: str
    created_at: Milliseconds
    to_save: tuple[str, ...]
    """What it lacks to be saved, as codes; each of the three gates of C18 has its own list."""
    to_pass: tuple[str, ...]
    to_convert: tuple[str, ...]


def screening_hour(now: Milliseconds, settings: Settings, zone: tzinfo) -> Milliseconds | None:
    """When today's screening begins; None on a day that isn't worked."""
    day = to_local(now, zone).date()
    if working_day_from(day, settings.work_hours) != day:
        return None
    return moment_on(day, settings.screening.hour, zone)


def unscreened(
    connection: sqlite3.Connection, before: Milliseconds, settings: Settings, limit: int = 500
) -> list[Unscreened]:
    """The first leads that were entered before a moment and wait for their screening, in inbox order."""
    found = connection.execute(
        f"""SELECT id, seq, number, tier, score, created_at, {", ".join(_COLUMNS)}
            FROM lead INDEXED BY ix_inbox WHERE {_WAITING} ORDER BY rank LIMIT ?""",
        (before, limit),
    )
    rows = []
    for lead_id, seq, number, tier, score, created_at, *values in found:
        lead = dict(zip(_COLUMNS, values, strict=True))
        gates = missing_to_save(lead), missing_to_pass(lead, settings), missing_to_convert(lead)
        who = str(lead["company"]), str(lead["contact"])
        rows.append(Unscreened(lead_id, seq, number, tier, score, *who, created_at, *gates))
    return rows


def count_unscreened(connection: sqlite3.Connection, before: Milliseconds) -> int:
    """How many leads that were entered before a moment wait for their screening."""
    (count,) = connection.execute(
        f"SELECT count(*) FROM lead INDEXED BY ix_inbox WHERE {_WAITING}", (before,)
    ).fetchone()
    return int(count)
