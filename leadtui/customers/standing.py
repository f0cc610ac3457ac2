"""Where a record stands: its grade and what it asks for next, kept in the file for lists and reminders."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from leadtui.customers.due import RecordFacts, record_reminders
from leadtui.customers.grade import grade_facts, grade_of
from leadtui.followup.facts import WANTED_TASK
from leadtui.settings import Settings
from leadtui.settings.working_hours import late_after
from leadtui.store.columns import RECORD_DERIVED


def record_facts(
    connection: sqlite3.Connection, record: str, row: Mapping[str, Any], settings: Settings, zone: tzinfo
) -> RecordFacts:
    """What the reminders of a record depend on, from its columns by name and what belongs to it."""
    of_opportunity = {}
    if record == "opportunity":
        names = RecordFacts._fields[RecordFacts._fields.index("stage") :]
        of_opportunity = {name: row[name] for name in names if name in row}
        of_opportunity["grade"] = grade_of(grade_facts(row), settings)
        of_opportunity["objection_at"] = _first_objection(connection, row["id"])
    return RecordFacts(
        record=record,
        created_at=row["created_at"],
        next_due=row["next_due"],
        next_due_all_day=bool(row["next_due_all_day"]),
        snoozed_until=row["snoozed_until"],
        task_due=_first_task(connection, record, row["id"], zone),
        profile_at=row.get("profile_at"),
        **of_opportunity,
    )


def derived_values(
    connection: sqlite3.Connection, record: str, row: Mapping[str, Any], settings: Settings, zone: tzinfo
) -> tuple[Any, ...]:
    """The values of `RECORD_DERIVED` for a record; nothing is due on one that is gone or was merged."""
    facts = record_facts(connection, record, row, settings, zone)
    grade = (facts.grade,) if record == "opportunity" else ()
    if row["deleted_at"] is not None or row["merged_into"] or row.get("status", "active") != "active":
        return (*grade, None, "")
    due = record_reminders(facts, settings, zone)
    return (*grade, due[0][0], str(due[0][1])) if due else (*grade, None, "")


def keep_derived(
    connection: sqlite3.Connection, record: str, row: Mapping[str, Any], settings: Settings, zone: tzinfo
) -> None:
    """Write what is derived of a record, if it differs."""
    names = RECORD_DERIVED[record]
    derived = derived_values(connection, record, row, settings, zone)
    if derived != tuple(row[name] for name in names):
        assignments = ", ".join(f"{name} = ?" for name in names)
        connection.execute(f"UPDATE {record} SET {assignments} WHERE seq = ?", (*derived, row["seq"]))


def _first_objection(connection: sqlite3.Connection, opportunity_id: str) -> int | None:
    (at,) = connection.execute(
        """SELECT min(at) FROM objection
           WHERE opportunity_id = ? AND answered_at IS NULL AND deleted_at IS NULL""",
        (opportunity_id,),
    ).fetchone()
    return None if at is None else int(at)


def _first_task(connection: sqlite3.Connection, record: str, identity: str, zone: tzinfo) -> int | None:
    tasks = connection.execute(
        f"SELECT due, due_all_day FROM task WHERE {record}_id = ? AND {WANTED_TASK}",
        (identity,),
    )
    moments = [late_after(due, all_day, zone) for due, all_day in tasks]
    return min(moments, default=None)
