"""What to do next with a lead, and when: by tier (R32 to R34), and by nurture stage (R47, R49; C8, C9)."""

from __future__ import annotations

from datetime import timedelta, tzinfo
from typing import NamedTuple

from leadtui.clock import day_start, to_local
from leadtui.details import ContentTask
from leadtui.settings import Settings
from leadtui.settings.working_hours import day_end, working_day_from
from leadtui.values import Milliseconds, Status

_STEPS = {"awareness": "send news", "interest": "send case study", "consideration": "send proposal"}


class NextTouch(NamedTuple):
    """A proposal for the next step; `step` is a code of the label group `step`."""

    step: str
    due: Milliseconds
    """The start of a local day."""
    all_day: bool


def next_touch(
    tier: str,
    stage: str,
    status: str,
    now: Milliseconds,
    settings: Settings,
    zone: tzinfo,
    visit_since: Milliseconds = 0,
) -> NextTouch:
    """The next touch to propose after one was made at `now`.

    Its day comes from the tier, moved to a working day when office hours are switched on; a lead that is only
    nurtured is touched as often as its stage asks. A and B leads are called, C leads are sent something; one
    that wants a visit (`visit_since`, of `visit_late`) gets it; a lead on watch gets its second look.
    """
    cadence = settings.cadence
    days = {"A": cadence.a_days, "B": cadence.b_days}.get(tier, cadence.c_days)
    step = "call" if tier in ("A", "B") else _STEPS[stage]
    if status == Status.WATCH:
        step = "second look"
    elif status == Status.NURTURING:
        tasks = [task for task in content_tasks(stage, settings) if task.every_days and not task.optional]
        if tasks:
            often = min(tasks, key=lambda task: task.every_days)
            days, step = often.every_days, often.step
    if 0 < visit_since < now and status != Status.WATCH:
        step = "visit"
    day = to_local(now, zone).date() + timedelta(days=max(days, 1))
    day = working_day_from(day, settings.work_hours)
    return NextTouch(step, day_start(day, zone), True)


def visit_late(
    stage: str, visited: Milliseconds | None, met: Milliseconds | None, settings: Settings, zone: tzinfo
) -> Milliseconds:
    """When a lead with high intent was last visited too long ago (R49, C9), or met without any visit since; 0
    for never."""
    days, last = settings.cadence.consideration_visit_days, visited or met
    if stage != "consideration" or not days or last is None:
        return 0
    return day_end(last, zone, days)


def content_tasks(stage: str, settings: Settings) -> tuple[ContentTask, ...]:
    """What a nurture stage asks for, the most frequent first (R47); the visit is optional (C9)."""
    cadence = settings.cadence
    if stage == "consideration":
        return (
            ContentTask(
                "phone",
                "send proposal",
                ("custom_proposal", "business_talk"),
                cadence.consideration_call_days,
            ),
            ContentTask("visit", "visit", ("invitation",), cadence.consideration_visit_days, optional=True),
        )
    if stage == "interest":
        return (
            ContentTask(
                "mail", "send case study", ("case", "testimonial", "free_trial"), cadence.interest_mail_days
            ),
            ContentTask("phone", "call", ("case", "free_trial"), cadence.interest_call_days),
        )
    return (
        ContentTask("mail", "send news", ("product_basics", "trend_report"), cadence.awareness_mail_days),
    )
