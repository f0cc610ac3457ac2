"""What customers, contacts and opportunities ask for: their part of the reminders panel."""

from __future__ import annotations

import sqlite3

from leadtui.clock import minutes_late
from leadtui.labels import label
from leadtui.values import ReminderKind, ReminderRow

_NAMED = {
    "customer": ("''", "customer.name", "''"),
    "contact": (
        "''",
        "coalesce((SELECT name FROM customer WHERE id = contact.customer_id), contact.name)",
        "contact.name",
    ),
    "opportunity": (
        "grade",
        "coalesce((SELECT name FROM customer WHERE id = opportunity.customer_id), opportunity.name)",
        "opportunity.name",
    ),
}
"""Grade, company and name of each kind of record."""
_UNPLANNED = """stage IN ('discovery', 'proposal', 'quotation', 'negotiation', 'contract')
AND next_due IS NULL AND deleted_at IS NULL AND merged_into = ''"""
"""The open stages stand here one by one, so that an index finds them."""


def records_due_between(
    connection: sqlite3.Connection, first: int, last: int, now: int, limit: int
) -> tuple[int, list[ReminderRow]]:
    """How many records are due between two moments, and the first of them."""
    total, found = 0, []
    for record in _NAMED:
        where = f"FROM {record} INDEXED BY ix_{record}_due WHERE due_at BETWEEN ? AND ?"
        (count,) = connection.execute(f"SELECT count(*) {where}", (first, last)).fetchone()
        if count:
            total += count
            found += _rows(connection, record, f"{where} ORDER BY due_at LIMIT ?", (first, last, limit), now)
    found.sort(key=lambda row: row.due or 0)
    return total, found[:limit]


def unplanned_opportunities(
    connection: sqlite3.Connection, now: int, limit: int
) -> tuple[int, list[ReminderRow]]:
    """How many open opportunities have nothing planned, and the first of them by grade (R59)."""
    (total,) = connection.execute(f"SELECT count(*) FROM opportunity WHERE {_UNPLANNED}").fetchone()
    if not total:
        return 0, []
    where = f"FROM opportunity WHERE {_UNPLANNED} ORDER BY grade = '', grade, seq LIMIT ?"
    found = _rows(connection, "opportunity", where, (limit,), now)
    kind = ReminderKind.NO_NEXT_STEP
    return total, [row._replace(kind=str(kind), title=label("reminder", kind)) for row in found]


def due_now(connection: sqlite3.Connection, row: ReminderRow) -> int | None:
    """When what a reminder is about is due as things stand; None when it is gone or nothing is."""
    if row.record != "lead" and row.record not in _NAMED:
        raise ValueError(row.record)
    found = connection.execute(f"SELECT due_at FROM {row.record} WHERE id = ?", (row.lead_id,)).fetchone()
    return found[0] if found else None


def _rows(
    connection: sqlite3.Connection, record: str, where: str, parameters: tuple[object, ...], now: int
) -> list[ReminderRow]:
    grade, company, name = _NAMED[record]
    statement = f"SELECT due_kind, id, seq, number, {grade}, {company}, {name}, next_step, due_at {where}"
    return [
        ReminderRow(
            kind=kind,
            lead_id=identity,
            seq=seq,
            number=number,
            tier=tier,
            company=firm,
            contact=who,
            title=step if kind == ReminderKind.NEXT_STEP and step else label("reminder", kind),
            due=due,
            late_minutes=minutes_late(due, now),
            record=record,
        )
        for kind, identity, seq, number, tier, firm, who, step, due in connection.execute(
            statement, parameters
        )
    ]
