"""Everything that is known of one lead, for the detail panel, `leadtui show` and the forms."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from leadtui.clock import minutes_late
from leadtui.details import ActivityRow, LeadDetail, LeadFacts, Standing, TaskRow
from leadtui.followup.cadence import content_tasks
from leadtui.followup.facts import facts_of_lead
from leadtui.followup.response import response_limit
from leadtui.followup.runs import run_on
from leadtui.followup.standing import reminders, standing
from leadtui.followup.tasks import tasks_of_lead
from leadtui.labels import label
from leadtui.playbooks.library import latest
from leadtui.playbooks.occasion import Situation, node_of
from leadtui.qualify.approval import TEMPLATE
from leadtui.qualify.changing import survivor_number
from leadtui.qualify.collaborators import collaborators
from leadtui.qualify.fields import custom_fields, custom_texts
from leadtui.qualify.match_keys import seqs_sharing
from leadtui.qualify.pool import CLAIMABLE, pool_note
from leadtui.qualify.score import score_detail
from leadtui.qualify.tier import suggest_tier, unanswered
from leadtui.settings import Settings
from leadtui.store.columns import LEAD_JOURNALED
from leadtui.store.named import named_row
from leadtui.values import RECORDS, LeadRow, ReminderKind, ReminderRow, Status

_ACTIVITY = ", ".join(ActivityRow._fields)


def lead_detail(
    connection: sqlite3.Connection,
    lead_id: str,
    settings: Settings,
    now: int,
    zone: tzinfo,
    activities: int = 20,
) -> LeadDetail | None:
    """The lead with that id and its newest `activities`, or None when it is gone."""
    lead = named_row(connection, "SELECT * FROM lead WHERE id = ?", lead_id)
    if lead is None:
        return None
    facts = facts_of_lead(connection, lead)
    tasks, run = tasks_of_lead(connection, lead_id), run_on(connection, lead_id)
    stands = standing(facts, settings, now, zone)
    detail = score_detail(facts, settings)
    custom = json.loads(lead["custom"])
    suggested, _source, because = suggest_tier(facts, detail.total, settings)
    return LeadDetail(
        row=_row_of(lead),
        fields={name: lead[name] for name in LEAD_JOURNALED if name != "custom"},
        custom=custom,
        custom_texts=custom_texts(custom, custom_fields(connection, settings)) if custom else (),
        tags=tuple(
            name
            for (name,) in connection.execute(
                "SELECT name FROM tag WHERE lead_id = ? ORDER BY name", (lead_id,)
            )
        ),
        facts=facts,
        standing=stands,
        score=detail,
        suggested_tier=suggested,
        suggested_because=tuple(because),
        response=response_limit(facts, settings, zone, lead["created_at"]),
        reminders=tuple(_reminders(lead, facts, tasks, settings, now, zone)),
        activities=_activities(connection, lead_id, activities),
        activity_count=_activity_count(connection, lead_id),
        possible_duplicates=_possible_duplicates(connection, lead, settings),
        merged_into=survivor_number(connection, lead_id),
        collaborators=collaborators(connection, lead_id),
        pool=pool_note(connection, lead_id, lead["status"], lead["retry_at"])
        if lead["status"] in CLAIMABLE
        else None,
        tasks=tasks,
        became=tuple(_became(connection, lead)) if lead["status"] == Status.CONVERTED else (),
        run=run and run._replace(playbook=playbook_name(run.playbook)),
        content=content_tasks(stands.stage, settings) if lead["status"] == Status.NURTURING else (),
        unanswered=unanswered(facts, settings),
        proposed="" if run or not stands.open else proposed_playbook(situation(lead, facts, stands)),
    )


def _became(connection: sqlite3.Connection, lead: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The records that a converted lead is linked to."""
    for record in RECORDS:
        found = connection.execute(
            f"SELECT number, name FROM {record} WHERE id = ? AND deleted_at IS NULL", (lead[f"{record}_id"],)
        ).fetchone()
        if found:
            yield record, *found


def _possible_duplicates(
    connection: sqlite3.Connection, lead: Mapping[str, Any], settings: Settings
) -> tuple[tuple[str, str, str], ...]:
    """Leads with the same mail, phone, or company and person that are likely the same."""
    if lead["status"] == Status.MERGED or len(seqs_sharing(connection, lead)) < 2:
        return ()
    from leadtui.qualify.duplicates.reasons import reasons
    from leadtui.qualify.duplicates.search import pairs_of

    return tuple(
        (
            pair.other.number,
            ", ".join(filter(None, (pair.other.company, pair.other.contact))),
            reasons(pair.evidence),
        )
        for pair in pairs_of(connection, lead, settings, thorough=False)
    )


def situation(lead: Mapping[str, Any], facts: LeadFacts, stands: Standing) -> Situation:
    """What of a lead decides which playbooks and texts are of use."""
    return Situation(stands.tier, stands.stage, lead["status"], node_of(facts), lead["industry"])


def playbook_name(code: str) -> str:
    """The name of a playbook, as far as the playbooks were read."""
    known = latest()
    playbook = known.playbooks.get(code) if known else None
    return playbook.name if playbook else code


def proposed_playbook(where: Situation) -> str:
    """The name of the playbook that fits best, as far as the playbooks were read."""
    known = latest()
    fitting = known.playbooks_for(where) if known else []
    return fitting[0].name if fitting else ""


def _row_of(lead: Mapping[str, Any]) -> LeadRow:
    return LeadRow(**{name: lead[name] for name in LeadRow._fields if name in lead})


def _reminders(
    lead: Mapping[str, Any],
    facts: LeadFacts,
    tasks: Sequence[TaskRow],
    settings: Settings,
    now: int,
    zone: tzinfo,
) -> list[ReminderRow]:
    titles = {
        ReminderKind.NEXT_STEP: lead["next_step"],
        ReminderKind.TASK: next((task.title for task in tasks if task.template != TEMPLATE), ""),
    }
    return [
        ReminderRow(
            kind=kind,
            lead_id=lead["id"],
            seq=lead["seq"],
            number=lead["number"],
            tier=lead["tier"],
            company=lead["company"],
            contact=lead["contact"],
            title=titles.get(ReminderKind(kind)) or label("reminder", kind),
            due=due,
            late_minutes=minutes_late(due, now),
        )
        for kind, due in reminders(facts, settings, now, zone)
    ]


def _activities(connection: sqlite3.Connection, lead_id: str, limit: int) -> tuple[ActivityRow, ...]:
    found = connection.execute(
        f"""SELECT {_ACTIVITY} FROM activity WHERE lead_id = ? AND deleted_at IS NULL
            ORDER BY at DESC, id DESC LIMIT ?""",
        (lead_id, limit),
    )
    return tuple(map(ActivityRow.stored, found))


def _activity_count(connection: sqlite3.Connection, lead_id: str) -> int:
    (number,) = connection.execute(
        "SELECT count(*) FROM activity WHERE lead_id = ? AND deleted_at IS NULL", (lead_id,)
    ).fetchone()
    return int(number)
