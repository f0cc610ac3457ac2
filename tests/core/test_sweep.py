"""The daily sweep: which leads wait for their screening, what they lack, and when it is time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from leadtui.clock import FixedClock, Today, to_milliseconds
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.leads import create_lead
from leadtui.qualify.screening import screen
from leadtui.qualify.sweep import count_unscreened, screening_hour, unscreened
from leadtui.settings import Screening, Settings, WorkHours
from leadtui.workspace import Workspace

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOW = to_milliseconds(FRIDAY)
DAY = 86_400_000


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def add(workspace: Workspace, at: int, **values: Any) -> str:
    assert isinstance(workspace.clock, FixedClock)
    workspace.clock.at = at
    with workspace.act("New lead") as act:
        lead = create_lead(act, {"source_channel": "expo", "company": "Nova", **values})
    workspace.clock.at = NOW
    return lead


def waiting(workspace: Workspace) -> list[str]:
    with workspace.read() as connection:
        before = Today.at(NOW, UTC).start
        found = unscreened(connection, before, workspace.settings)
        assert count_unscreened(connection, before) == len(found)
    return [lead.id for lead in found]


def test_leads_of_today_and_those_that_were_judged_or_begun_do_not_wait(workspace: Workspace) -> None:
    old, yesterday, judged, begun = (add(workspace, NOW - days * DAY) for days in (9, 1, 1, 1))
    add(workspace, NOW)
    with workspace.act("Judge") as act:
        screen(act, [judged], "watch")
        log_follow_up(act, [begun], {"channel": "phone", "result": "no_answer"})
    assert sorted(waiting(workspace)) == sorted([old, yesterday])
    workspace.undo()
    assert len(waiting(workspace)) == 4


def test_each_gate_tells_what_is_missing(workspace: Workspace) -> None:
    add(workspace, NOW - DAY, contact="Li Wei", email="li@nova.example")
    with workspace.read() as connection:
        (lead,) = unscreened(connection, NOW, workspace.settings)
    assert lead.to_save == ()
    assert lead.to_pass == ("need",)
    assert lead.to_convert == ("industry", "company_size", "title", "phone", "need")


@pytest.mark.parametrize(
    ("hour", "zone", "expected"),
    [
        ("10:00", UTC, FRIDAY.replace(hour=10)),
        ("08:30", UTC, FRIDAY.replace(hour=8, minute=30)),
        ("10:00", timezone(timedelta(hours=8)), FRIDAY.replace(hour=2)),
    ],
)
def test_the_hour_is_that_of_the_settings_where_the_user_is(
    hour: str, zone: timezone, expected: datetime
) -> None:
    settings = Settings(screening=Screening(hour=hour))
    assert screening_hour(NOW, settings, zone) == to_milliseconds(expected)


def test_a_day_off_has_no_screening() -> None:
    settings = Settings(work_hours=WorkHours(enabled=True))
    assert screening_hour(NOW, settings, UTC) is not None
    assert screening_hour(NOW + DAY, settings, UTC) is None
