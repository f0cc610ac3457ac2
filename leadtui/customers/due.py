"""What customers, contacts and opportunities ask for by themselves, and when it is late.

The moments depend on the facts alone, so the earliest of them can be stored with the record.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import NamedTuple

from leadtui.customers.codes import OPEN_STAGES
from leadtui.followup.standing import Due, put_off
from leadtui.settings import Settings
from leadtui.settings.working_hours import add_working, day_end, late_after
from leadtui.values import Milliseconds, ReminderKind

_HOUR, _DAY = 60, 24 * 60
"""In minutes."""


class RecordFacts(NamedTuple):
    """What the reminders of a record depend on; what a kind of record doesn't have stays empty."""

    record: str
    created_at: Milliseconds
    next_due: Milliseconds | None = None
    next_due_all_day: bool = False
    snoozed_until: Milliseconds | None = None
    task_due: Milliseconds | None = None
    """When the first of its open tasks is late."""
    profile_at: Milliseconds | None = None
    """When the profile of a customer was last changed or looked through."""
    stage: str = ""
    grade: str = ""
    graded_at: Milliseconds | None = None
    grade_a_at: Milliseconds | None = None
    report_submitted_at: Milliseconds | None = None
    expected_close: Milliseconds | None = None
    objection_at: Milliseconds | None = None
    """When the first objection was raised that has no answer yet."""
    won_at: Milliseconds | None = None
    handed_over_at: Milliseconds | None = None


def record_reminders(facts: RecordFacts, settings: Settings, zone: tzinfo) -> tuple[Due, ...]:
    """The reminders of a record with the moments at which they are late, the earliest first.

    A snooze puts off all of them. A profile is stale only where a customer asks for nothing else (R64).
    """
    found = [*_planned(facts, zone)]
    if facts.record == "opportunity":
        found += _of_opportunity(facts, settings, zone)
    days = settings.reminders.profile_days
    if facts.record == "customer" and days and not found:
        kept = facts.profile_at or facts.created_at
        found.append((day_end(kept, zone, days), ReminderKind.STALE_PROFILE))
    until = facts.snoozed_until
    return tuple(sorted(((put_off(at, until, zone), kind) for at, kind in found), key=lambda due: due[0]))


def _planned(facts: RecordFacts, zone: tzinfo) -> list[Due]:
    found: list[Due] = []
    if facts.next_due is not None:
        late = late_after(facts.next_due, facts.next_due_all_day, zone)
        found.append((late, ReminderKind.NEXT_STEP))
    if facts.task_due is not None:
        found.append((facts.task_due, ReminderKind.TASK))
    return found


def _of_opportunity(facts: RecordFacts, settings: Settings, zone: tzinfo) -> list[Due]:
    rules, hours = settings.opportunity, settings.work_hours
    found: list[Due] = []
    if facts.stage == "won":
        if facts.won_at is not None and facts.handed_over_at is None and rules.handover_days:
            late = add_working(facts.won_at, rules.handover_days * _DAY, hours, zone)
            found.append((late, ReminderKind.HAND_OVER))
        return found
    if facts.stage not in OPEN_STAGES:
        return found
    if facts.objection_at is not None and rules.objection_hours:
        late = add_working(facts.objection_at, rules.objection_hours * _HOUR, hours, zone)
        found.append((late, ReminderKind.OBJECTION))
    if facts.grade == "A" and facts.report_submitted_at is None and rules.report_hours:
        since = facts.grade_a_at or facts.created_at
        late = add_working(since, rules.report_hours * _HOUR, hours, zone)
        found.append((late, ReminderKind.PROJECT_REPORT))
    if facts.expected_close is not None:
        found.append((day_end(facts.expected_close, zone), ReminderKind.CLOSE_PASSED))
    if rules.regrade_days:
        graded = facts.graded_at or facts.created_at
        found.append((day_end(graded, zone, rules.regrade_days), ReminderKind.REGRADE))
    return found
