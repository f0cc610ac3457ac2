"""From the rows of the file to the facts that the rules judge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from leadtui.details import LeadFacts, Touches
from leadtui.qualify.approval import TEMPLATE
from leadtui.store.columns import OPEN_TASK
from leadtui.values import ENGAGEMENTS, SIGNALS, Milliseconds

FACT_COLUMNS: tuple[str, ...] = (
    "status",
    "acquired_at",
    "company",
    "company_size",
    "title",
    "role",
    "need",
    "need_clarity",
    "timing",
    "asked_for_material",
    "budget_min",
    "budget_max",
    "budget_fit",
    "bant_budget",
    "bant_authority",
    "bant_need",
    "bant_timing",
    "tier_chosen",
    "next_step",
    "next_due",
    "next_due_all_day",
    "snoozed_until",
    "acknowledged_at",
    *(f"signal_{name}" for name in SIGNALS),
)
"""The columns of a lead that the rules look at."""

_ANSWERS = frozenset({"reached", "replied", "meeting_set", "not_interested"})
"""Results of a follow-up that show the lead answered."""


WANTED_TASK = f"""{OPEN_TASK} AND due IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM playbook_run WHERE playbook_run.id = run_id
                AND (paused_at IS NOT NULL OR ended_at IS NOT NULL))"""
"""Which tasks want to be done: those of a playbook that is paused or over don't."""
LEAD_TASK = f"{WANTED_TASK} AND template <> '{TEMPLATE}'"
"""Those that its lead waits for; a confirmation is the supervisor's business."""

NextTask = tuple[Milliseconds, bool]
"""When a task is due, and whether that is a day."""


def facts_of(lead: Mapping[str, Any], touches: Touches, task: NextTask | None = None) -> LeadFacts:
    """The facts of a lead: its columns by name, what its activities amount to, and its first open task."""
    return LeadFacts(
        status=lead["status"],
        acquired_at=lead["acquired_at"],
        company=lead["company"],
        company_size=lead["company_size"],
        title=lead["title"],
        role=lead["role"],
        need=lead["need"],
        need_clarity=lead["need_clarity"],
        timing=lead["timing"],
        asked_for_material=bool(lead["asked_for_material"]),
        budget_min=lead["budget_min"],
        budget_max=lead["budget_max"],
        budget_fit=lead["budget_fit"],
        signals=frozenset(name for name in SIGNALS if lead[f"signal_{name}"]),
        bant=(lead["bant_budget"], lead["bant_authority"], lead["bant_need"], lead["bant_timing"]),
        tier_chosen=lead["tier_chosen"],
        next_step=lead["next_step"],
        next_due=lead["next_due"],
        next_due_all_day=bool(lead["next_due_all_day"]),
        snoozed_until=lead["snoozed_until"],
        acknowledged_at=lead["acknowledged_at"],
        touches=touches,
        profile_at=lead.get("profile_at"),
        task_due=task[0] if task else None,
        task_all_day=bool(task and task[1]),
    )


def facts_of_lead(connection: sqlite3.Connection, lead: Mapping[str, Any]) -> LeadFacts:
    """The facts of a lead of the file, from its columns by name."""
    return facts_of(lead, touches_of_lead(connection, lead["id"]), next_task(connection, lead["id"]))


def next_task(connection: sqlite3.Connection, lead_id: str) -> NextTask | None:
    """When the open task of a lead that comes first is due."""
    found = connection.execute(
        f"SELECT due, due_all_day FROM task WHERE lead_id = ? AND {LEAD_TASK} ORDER BY due, id LIMIT 1",
        (lead_id,),
    ).fetchone()
    return (found[0], bool(found[1])) if found else None


def touches_of(activities: Iterable[tuple[int, str, str, str]]) -> Touches:
    """What activities, as (at, kind, channel, result), amount to."""
    first = last = outbound = inbound = visit = None
    events: dict[str, int] = {}
    for at, kind, channel, result in activities:
        if kind == "engagement":
            if channel in ENGAGEMENTS:
                events[channel] = events.get(channel, 0) + 1
            inbound = at if inbound is None else max(inbound, at)
        elif channel == "note":
            continue
        else:
            first = at if first is None else min(first, at)
            outbound = at if outbound is None else max(outbound, at)
            if channel == "visit":
                visit = at if visit is None else max(visit, at)
            if result == "replied":
                events["reply"] = events.get("reply", 0) + 1
            if result in _ANSWERS:
                inbound = at if inbound is None else max(inbound, at)
        last = at if last is None else max(last, at)
    return Touches(first, last, outbound, inbound, events, visit)


def touches_of_lead(connection: sqlite3.Connection, lead_id: str) -> Touches:
    """What the activities of one lead amount to."""
    return touches_of(
        connection.execute(
            "SELECT at, kind, channel, result FROM activity WHERE lead_id = ? AND deleted_at IS NULL",
            (lead_id,),
        )
    )
