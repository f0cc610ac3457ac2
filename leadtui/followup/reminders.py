"""What wants attention when: the groups of the reminders panel and of `leadtui due`."""

from __future__ import annotations

import sqlite3
from datetime import timedelta, tzinfo
from typing import NamedTuple

from leadtui.clock import Today, minutes_late, to_local
from leadtui.followup.facts import LEAD_TASK
from leadtui.followup.record_reminders import records_due_between, unplanned_opportunities
from leadtui.labels import label
from leadtui.values import ReminderKind, ReminderRow

_ROW = f"""due_kind, id, seq, number, tier, company, contact,
CASE due_kind WHEN 'task' THEN (
    SELECT title FROM task WHERE lead_id = lead.id AND {LEAD_TASK} ORDER BY due, task.id LIMIT 1)
ELSE next_step END, due_at"""


class ReminderGroup(NamedTuple):
    """One group of reminders: how many there are, and the first of them."""

    total: int = 0
    rows: tuple[ReminderRow, ...] = ()
    leads: int = 0
    """How many of them are leads."""


class ReminderPanel(NamedTuple):
    """All groups, in the order in which they are shown; one line a record, its most urgent reminder."""

    overdue: ReminderGroup
    today: ReminderGroup
    tomorrow: ReminderGroup
    week: ReminderGroup
    no_next_step: ReminderGroup


def reminder_panel(connection: sqlite3.Connection, now: int, zone: tzinfo, limit: int = 50) -> ReminderPanel:
    """The reminders of all open leads and records around `now`; the longest overdue first (R59, R64)."""
    today = Today.at(now, zone)
    tomorrow = Today.at(today.end + 1, zone)
    week = _end_of_week(today, zone)
    return ReminderPanel(
        overdue=_due_between(connection, 0, now - 1, now, limit),
        today=_due_between(connection, now, today.end, now, limit),
        tomorrow=_due_between(connection, tomorrow.start, tomorrow.end, now, limit),
        week=_due_between(connection, tomorrow.end + 1, week, now, limit),
        no_next_step=_unplanned(connection, now, limit),
    )


def _end_of_week(today: Today, zone: tzinfo) -> int:
    """The end of the coming Sunday; tomorrow's end is past it on a Saturday, and then nothing is left."""
    day = to_local(today.now, zone)
    sunday = day + timedelta(days=6 - day.weekday())
    return Today.at(int(sunday.timestamp() * 1000), zone).end


def _due_between(
    connection: sqlite3.Connection, first: int, last: int, now: int, limit: int
) -> ReminderGroup:
    source = "FROM lead INDEXED BY ix_due WHERE open = 1 AND due_at IS NOT NULL AND due_at BETWEEN ? AND ?"
    (number,) = connection.execute(f"SELECT count(*) {source}", (first, last)).fetchone()
    found = connection.execute(
        f"SELECT {_ROW} {source} ORDER BY due_at, seq LIMIT ?",
        (first, last, limit),
    )
    rows = [_reminder(values, now) for values in found]
    records, more = records_due_between(connection, first, last, now, limit)
    if more:
        rows = sorted([*rows, *more], key=lambda row: row.due or 0)[:limit]
    return ReminderGroup(number + records, tuple(rows), number)


def _unplanned(connection: sqlite3.Connection, now: int, limit: int) -> ReminderGroup:
    source = "FROM lead INDEXED BY ix_unplanned WHERE open = 1 AND due_kind = 'no_next_step'"
    (number,) = connection.execute(f"SELECT count(*) {source}").fetchone()
    found = connection.execute(f"SELECT {_ROW} {source} ORDER BY rank LIMIT ?", (limit,))
    deals, first = unplanned_opportunities(connection, now, limit)
    rows = [*first, *(_reminder(values, now) for values in found)][:limit]
    return ReminderGroup(number + deals, tuple(rows), number)


def _reminder(values: tuple[object, ...], now: int) -> ReminderRow:
    kind, lead_id, seq, number, tier, company, contact, what, due = values
    named = kind in (ReminderKind.NEXT_STEP, ReminderKind.TASK)
    at = due if isinstance(due, int) else None
    return ReminderRow(
        kind=str(kind),
        lead_id=str(lead_id),
        seq=int(str(seq)),
        number=str(number),
        tier=str(tier),
        company=str(company),
        contact=str(contact),
        title=str(what) if named and what else label("reminder", str(kind)),
        due=at,
        late_minutes=minutes_late(at, now),
    )
