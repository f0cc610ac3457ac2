from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from leadtui.clock import to_local, to_milliseconds
from leadtui.followup.cadence import content_tasks, next_touch
from leadtui.settings import Settings, WorkHours

ZONE = ZoneInfo("Asia/Shanghai")
SETTINGS = Settings()
FRIDAY = to_milliseconds(datetime(2026, 11, 20, 10, 42, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("tier", "stage", "status", "step", "day"),
    [
        ("A", "awareness", "working", "call", "2026-11-21 00:00"),
        ("A", "consideration", "new", "call", "2026-11-21 00:00"),
        ("B", "interest", "working", "call", "2026-11-23 00:00"),
        ("C", "awareness", "working", "send news", "2026-11-27 00:00"),
        ("C", "interest", "qualified", "send case study", "2026-11-27 00:00"),
        ("B", "awareness", "nurturing", "send news", "2026-12-20 00:00"),
        ("B", "interest", "nurturing", "send case study", "2026-12-04 00:00"),
        ("A", "consideration", "nurturing", "send proposal", "2026-11-27 00:00"),
        ("C", "awareness", "watch", "second look", "2026-11-27 00:00"),
    ],
)
def test_the_next_touch(tier: str, stage: str, status: str, step: str, day: str) -> None:
    touch = next_touch(tier, stage, status, FRIDAY, SETTINGS, ZONE)
    assert (touch.step, f"{to_local(touch.due, ZONE):%Y-%m-%d %H:%M}", touch.all_day) == (step, day, True)


def test_it_waits_for_a_working_day_when_there_are_office_hours() -> None:
    settings = Settings(work_hours=WorkHours(enabled=True, holidays=("2026-11-23",)))
    touch = next_touch("A", "interest", "working", FRIDAY, settings, ZONE)
    assert to_local(touch.due, ZONE).date().isoformat() == "2026-11-24"


def test_a_cadence_of_no_days_still_looks_ahead() -> None:
    settings = Settings(cadence=SETTINGS.cadence.but(a_days=0))
    assert next_touch("A", "interest", "working", FRIDAY, settings, ZONE).due > FRIDAY


@pytest.mark.parametrize(
    ("mail", "call", "step", "day"),
    [
        (14, 14, "send case study", "2026-12-04"),
        (14, 5, "call", "2026-11-25"),
        (0, 14, "call", "2026-12-04"),
        (10, 0, "send case study", "2026-11-30"),
        (0, 0, "call", "2026-11-23"),
    ],
)
def test_what_comes_sooner_of_mails_and_calls_is_proposed(mail: int, call: int, step: str, day: str) -> None:
    cadence = SETTINGS.cadence.but(interest_mail_days=mail, interest_call_days=call)
    touch = next_touch("B", "interest", "nurturing", FRIDAY, Settings(cadence=cadence), ZONE)
    assert (touch.step, to_local(touch.due, ZONE).date().isoformat()) == (step, day)


def test_content_by_stage() -> None:
    tasks = {
        stage: [(task.channel, task.every_days, task.optional) for task in content_tasks(stage, SETTINGS)]
        for stage in ("awareness", "interest", "consideration")
    }
    assert tasks == {
        "awareness": [("mail", 30, False)],
        "interest": [("mail", 14, False), ("phone", 14, False)],
        "consideration": [("phone", 7, False), ("visit", 90, True)],
    }
