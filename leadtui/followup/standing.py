"""Where a lead stands: what it is worth, and when it wants attention.

Time enters only through the facts and the snooze, so a standing can be stored and stays right.
"""

from __future__ import annotations

from datetime import time, tzinfo

from leadtui.clock import to_local
from leadtui.details import LeadFacts, Standing
from leadtui.followup.cadence import visit_late
from leadtui.followup.response import response_due
from leadtui.qualify.score import priority_of, score_parts, stage_of
from leadtui.qualify.tier import tier_of
from leadtui.settings import Settings
from leadtui.settings.working_hours import add_working, day_end, late_after
from leadtui.values import OPEN_STATUSES, Milliseconds, ReminderKind, Status

_HOUR = 60

Due = tuple[Milliseconds, ReminderKind]


def standing(facts: LeadFacts, settings: Settings, now: Milliseconds, zone: tzinfo) -> Standing:
    """The standing of a lead.

    `due_at` is the earliest moment at which one of its reminders is late, and not before a snooze ends; one
    until a day leaves that whole day.
    `due_kind` says which reminder that is; a lead that was contacted and has nothing planned is told so
    instead, because planning settles the rest. It belongs in the inbox (`wake_at`) at once while it was never
    contacted or has nothing planned, else when it is due; a running snooze goes first.
    """
    score, behaviour, fit = score_parts(facts, settings)
    tier, source = tier_of(facts, score, settings)
    priority = priority_of(score, settings)
    is_open = facts.status in OPEN_STATUSES
    limit = due_at = None
    due_kind = ""
    wake_at = 0
    if is_open:
        contacted = facts.touches.first_contact_at is not None
        if not contacted:
            limit = response_due(facts.acquired_at, tier, priority, settings, zone)
        dated = _dated(facts, tier, limit, settings, zone)
        if dated:
            due_at, due_kind = min(dated, key=_moment)
        if _wants_plan(facts):
            due_kind = ReminderKind.NO_NEXT_STEP
        elif due_at is None:
            due_kind = ReminderKind.FIRST_CONTACT
        elif contacted or facts.status == Status.WATCH:
            wake_at = due_at
        if facts.snoozed_until is not None:
            due_at = None if due_at is None else put_off(due_at, facts.snoozed_until, zone)
            if facts.snoozed_until > now:
                wake_at = max(wake_at, facts.snoozed_until)
    return Standing(
        open=is_open,
        score=score,
        score_behaviour=behaviour,
        score_fit=fit,
        tier=tier,
        tier_source=source,
        priority=priority,
        stage=stage_of(score, settings),
        response_due=limit,
        due_at=due_at,
        due_kind=str(due_kind),
        wake_at=wake_at,
    )


def reminders(
    facts: LeadFacts, settings: Settings, now: Milliseconds, zone: tzinfo
) -> tuple[tuple[str, Milliseconds | None], ...]:
    """All reminders of an open lead with the moments at which they are late, the worst first: what is late by
    how much, then what has no date, then what is to come.

    That it wants a visit (R49, C9) is said behind them, until it gets one: other touches don't wait for that.
    That its profile is stale (R64) is said last, and only while nothing is late: it is no reason to contact a
    lead. Neither has a part in where the lead stands.
    """
    if facts.status not in OPEN_STATUSES:
        return ()
    found = standing(facts, settings, now, zone)
    dated = _dated(facts, found.tier, found.response_due, settings, zone)
    due: list[tuple[Milliseconds, str, Milliseconds | None]] = [
        (moment, kind, moment)
        for moment, kind in ((put_off(at, facts.snoozed_until, zone), kind) for at, kind in dated)
    ]
    if _wants_plan(facts):
        due.append((now, ReminderKind.NO_NEXT_STEP, None))
    elif not dated:
        due.append((now, ReminderKind.FIRST_CONTACT, None))
    due.sort(key=lambda item: item[0])
    touches = facts.touches
    visit = visit_late(found.stage, touches.last_visit_at, touches.first_contact_at, settings, zone)
    if 0 < visit < now and facts.status != Status.WATCH:
        due.append((visit, ReminderKind.VISIT, visit))
    stale = _stale_profile(facts, settings, zone)
    if 0 < stale < now and not any(moment is not None and moment < now for _place, _kind, moment in due):
        due.append((stale, ReminderKind.STALE_PROFILE, stale))
    return tuple((str(kind), moment) for _place, kind, moment in due)


def put_off(due: Milliseconds, until: Milliseconds | None, zone: tzinfo) -> Milliseconds:
    """A due moment after a snooze: what was put off to a day is late when that day is over."""
    if until is None or due >= until:
        return due
    return until if to_local(until, zone).time() != time() else day_end(until, zone)


def _moment(due: Due) -> Milliseconds:
    return due[0]


def _wants_plan(facts: LeadFacts) -> bool:
    """Whether nothing is planned for a lead that is past its first contact, or put off for a second look."""
    if facts.next_due is not None or facts.task_due is not None:
        return False
    return facts.touches.first_contact_at is not None or facts.status == Status.WATCH


def _dated(
    facts: LeadFacts, tier: str, limit: Milliseconds | None, settings: Settings, zone: tzinfo
) -> list[Due]:
    """The reminders that have a moment; of several at the same moment, the one that says most comes first.

    A lead on watch waits for its second look alone.
    """
    found: list[Due] = []
    watched = facts.status == Status.WATCH
    if limit is not None and not watched:
        found.append((limit, ReminderKind.FIRST_CONTACT))
    if facts.next_due is not None:
        late = late_after(facts.next_due, facts.next_due_all_day, zone)
        found.append((late, ReminderKind.NEXT_STEP))
    if facts.task_due is not None:
        late = late_after(facts.task_due, facts.task_all_day, zone)
        found.append((late, ReminderKind.TASK))
    if facts.touches.first_contact_at is not None and not watched:
        settled = facts.acknowledged_at or 0
        late = _no_answer(facts, settings, zone)
        if late > settled:
            found.append((late, ReminderKind.NO_ANSWER))
        late = _silence(facts, tier, settings, zone)
        if late > settled:
            found.append((late, ReminderKind.SILENCE))
    return found


def _no_answer(facts: LeadFacts, settings: Settings, zone: tzinfo) -> Milliseconds:
    """When an unanswered touch of ours wants another (R60); 0 for never."""
    touches, hours = facts.touches, settings.reminders.no_answer_hours
    sent, answered = touches.last_outbound_at, touches.last_inbound_at
    if not hours or sent is None or (answered is not None and answered >= sent):
        return 0
    return add_working(sent, hours * _HOUR, settings.work_hours, zone)


def _stale_profile(facts: LeadFacts, settings: Settings, zone: tzinfo) -> Milliseconds:
    """When nobody has changed the profile for too many days (R64); 0 for never."""
    days = settings.reminders.profile_days
    if not days or facts.profile_at is None or facts.touches.first_contact_at is None:
        return 0
    return day_end(facts.profile_at, zone, days)


def _silence(facts: LeadFacts, tier: str, settings: Settings, zone: tzinfo) -> Milliseconds:
    """When nothing has happened for too many days (R59, C8): at the end of the last of them; 0 for never."""
    limits, last = settings.reminders, facts.touches.last_activity_at
    days = {"A": limits.silence_a_days, "B": limits.silence_b_days}.get(tier, limits.silence_c_days)
    if not days or last is None:
        return 0
    return day_end(last, zone, days)
