"""Everything that is known of one customer, contact or opportunity, for the detail, the forms and `show`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from leadtui.clock import minutes_late
from leadtui.customers.due import record_reminders
from leadtui.customers.grade import grade_detail, grade_facts
from leadtui.customers.lists import row_by_id
from leadtui.customers.playbooks import playbook_on
from leadtui.customers.rows import ObjectionRow, RecordDetail, RecordRow, RecordTask, Related, TimelineRow
from leadtui.customers.standing import record_facts
from leadtui.details import ActivityRow
from leadtui.labels import label
from leadtui.qualify.fields import custom_fields, custom_texts
from leadtui.settings import Settings
from leadtui.settings.working_hours import late_after
from leadtui.store.columns import OPEN_TASK
from leadtui.store.named import named_row
from leadtui.values import ReminderKind, ReminderRow

_ACTIVITY = ", ".join(ActivityRow._fields)
_THERE = "deleted_at IS NULL AND merged_into = ''"

_LEADS: Mapping[str, str] = {
    "customer": "SELECT id FROM lead WHERE customer_id = :id AND customer_id <> ''",
    "contact": """SELECT lead.id FROM contact JOIN lead
        ON lead.customer_id = contact.customer_id AND lead.customer_id <> ''
        WHERE contact.id = :id AND lead.contact_id = :id""",
    "opportunity": """SELECT lead_id FROM opportunity WHERE id = :id AND lead_id IS NOT NULL
        UNION SELECT lead.id FROM opportunity JOIN lead
        ON lead.customer_id = opportunity.customer_id AND lead.customer_id <> ''
        WHERE opportunity.id = :id AND lead.opportunity_id = :id""",
}
"""The leads that became a record."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    "customer": (
        "contact_id IN (SELECT id FROM contact WHERE customer_id = :id)",
        "opportunity_id IN (SELECT id FROM opportunity WHERE customer_id = :id)",
    ),
    "contact": (),
    "opportunity": (),
}
"""What else an activity of a record may belong to."""


def record_detail(
    connection: sqlite3.Connection,
    record: str,
    identity: str,
    settings: Settings,
    now: int,
    zone: tzinfo,
    activities: int = 50,
) -> RecordDetail | None:
    """The record with that id and the newest `activities` of its timeline, or None when it is gone."""
    row = row_by_id(connection, record, identity)
    fields = named_row(connection, f"SELECT * FROM {record} WHERE id = ?", identity)
    if row is None or fields is None:
        return None
    custom = json.loads(str(fields.pop("custom")))
    facts = record_facts(connection, record, fields, settings, zone)
    timeline, count = _timeline(connection, record, identity, activities)
    run, proposed = playbook_on(connection, fields) if record == "opportunity" else (None, "")
    due = () if fields["merged_into"] else record_reminders(facts, settings, zone)
    return RecordDetail(
        row=row,
        fields=fields,
        custom=custom,
        custom_texts=custom_texts(custom, custom_fields(connection, settings, record)),
        tags=_tags(connection, record, fields),
        related=tuple(_related(connection, record, fields)),
        collaborators=_column(
            connection, "SELECT name FROM collaborator WHERE customer_id = ? ORDER BY since", identity
        )
        if record == "customer"
        else (),
        tasks=_tasks(connection, record, identity, zone),
        objections=_objections(connection, identity) if record == "opportunity" else (),
        reminders=tuple(record_reminder(row, str(kind), at, now) for at, kind in due),
        grade=grade_detail(grade_facts(fields), settings) if record == "opportunity" else None,
        timeline=timeline,
        activity_count=count,
        snapshot=json.loads(str(fields.get("source_snapshot") or "{}")),
        run=run,
        proposed=proposed,
    )


def record_reminder(row: RecordRow, kind: str, due: int | None, now: int) -> ReminderRow:
    """A reminder of a record, as the panel shows it."""
    is_step = kind == ReminderKind.NEXT_STEP
    return ReminderRow(
        kind=kind,
        lead_id=row.id,
        seq=row.seq,
        number=row.number,
        tier=row.grade,
        company=row.company or row.name,
        contact=row.name if row.company else row.person,
        title=row.next_step if is_step and row.next_step else label("reminder", kind),
        due=due,
        late_minutes=minutes_late(due, now),
        record=row.record,
    )


def _timeline(
    connection: sqlite3.Connection, record: str, identity: str, limit: int
) -> tuple[tuple[TimelineRow, ...], int]:
    """The newest activities of a record and of what belongs to it, and how many there are in all."""
    places = (f"{record}_id = :id", f"lead_id IN ({_LEADS[record]})", *_PARTS[record])
    found = " UNION ".join(f"SELECT id FROM activity WHERE {place}" for place in places)
    wanted = f"FROM activity WHERE id IN ({found}) AND deleted_at IS NULL"
    rows = connection.execute(
        f"""SELECT {_ACTIVITY}, lead_id, opportunity_id, contact_id {wanted}
            ORDER BY at DESC, id DESC LIMIT :limit""",
        {"id": identity, "limit": limit},
    ).fetchall()
    (count,) = connection.execute(f"SELECT count(*) {wanted}", {"id": identity}).fetchone()
    return tuple(_logged(connection, identity, values) for values in rows), int(count)


def _logged(connection: sqlite3.Connection, identity: str, values: tuple[Any, ...]) -> TimelineRow:
    *said, lead_id, opportunity_id, contact_id = values
    activity = ActivityRow.stored(said)
    owners = (("lead", lead_id), ("opportunity", opportunity_id), ("contact", contact_id))
    record, owner = next(((record, owner) for record, owner in owners if owner), ("", identity))
    if owner == identity:
        return TimelineRow(activity, "")
    (number,) = connection.execute(f"SELECT number FROM {record} WHERE id = ?", (owner,)).fetchone()
    return TimelineRow(activity, str(number))


def _related(connection: sqlite3.Connection, record: str, fields: Mapping[str, Any]) -> Iterator[Related]:
    identity = fields["id"]
    customer = identity if record == "customer" else fields["customer_id"]
    if record != "customer":
        yield from _related_rows(connection, "customer", "lifecycle, '', NULL, ''", "id = ?", customer)
    if record != "contact":
        chain = "instr('decision_maker influencer user blocker', role), seq"
        where = f"customer_id = ? AND {_THERE} AND status = 'active' ORDER BY role = '', {chain}"
        yield from _related_rows(connection, "contact", "role, title, NULL, ''", where, customer)
    if record != "opportunity":
        where = f"{record}_id = ? AND {_THERE} ORDER BY stage IN ('won', 'lost'), seq DESC"
        yield from _related_rows(connection, "opportunity", "stage, '', amount, currency", where, identity)
    leads = connection.execute(
        f"""SELECT id, number, company, contact, status FROM lead
            WHERE id IN ({_LEADS[record]}) ORDER BY seq""",
        {"id": identity},
    )
    for lead, number, company, contact, status in leads:
        yield Related("lead", lead, number, ", ".join(filter(None, (company, contact))), status)


def _related_rows(
    connection: sqlite3.Connection, record: str, columns: str, where: str, identity: str | None
) -> Iterator[Related]:
    statement = f"SELECT id, number, name, {columns} FROM {record} WHERE {where}"
    for values in connection.execute(statement, (identity,)):
        yield Related(record, *values)


def _tasks(
    connection: sqlite3.Connection, record: str, identity: str, zone: tzinfo
) -> tuple[RecordTask, ...]:
    found = connection.execute(
        f"""SELECT id, title, due, due_all_day, owner FROM task WHERE {record}_id = ? AND {OPEN_TASK}
            ORDER BY due IS NULL, due""",
        (identity,),
    )
    return tuple(
        RecordTask(task, title, late_after(due, due and all_day, zone), owner)
        for task, title, due, all_day, owner in found
    )


def _objections(connection: sqlite3.Connection, identity: str) -> tuple[ObjectionRow, ...]:
    found = connection.execute(
        """SELECT id, at, content, answer, answered_at, escalated_to FROM objection
           WHERE opportunity_id = ? AND deleted_at IS NULL ORDER BY answered_at IS NOT NULL, at DESC""",
        (identity,),
    )
    return tuple(ObjectionRow(*values) for values in found)


def _tags(connection: sqlite3.Connection, record: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    customer = fields["id"] if record == "customer" else fields["customer_id"]
    return _column(connection, "SELECT name FROM tag WHERE customer_id = ? ORDER BY name", customer)


def _column(connection: sqlite3.Connection, statement: str, identity: str | None) -> tuple[str, ...]:
    return tuple(name for (name,) in connection.execute(statement, (identity,)))
