"""What a list that stays open overnight says in the morning."""

from __future__ import annotations

import pytest
from inbox_app import AddLead, app_on, company, inbox_of, press, screen_lines, settle

from leadtui.clock import FixedClock
from leadtui.followup.activities import log_follow_up
from leadtui.workspace import Workspace

DAY = 86_400_000


@pytest.fixture
def evening(workspace: Workspace, add_lead: AddLead, clock: FixedClock) -> Workspace:
    """A minute to midnight: `Arbor` is due today, `Birch` tomorrow."""
    midnight = clock.at - clock.at % DAY + DAY
    planned = {"Arbor": midnight - DAY, "Birch": midnight}
    for name, due in planned.items():
        lead = add_lead(company=name, status="working", acquired_at=clock.at - DAY)
        said = {"channel": "phone", "result": "reached", "content": "asked"}
        with workspace.act("Log follow-up") as act:
            plan = {"next_step": "call", "next_due": due, "next_due_all_day": True}
            log_follow_up(act, [lead], {**said, **plan})
    clock.at = midnight - 60_000
    return workspace


async def test_the_list_stays_and_says_that_it_is_of_yesterday(evening: Workspace, clock: FixedClock) -> None:
    app = app_on(evening)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert inbox_of(pilot).leads.line_count == 1
        clock.at += 120_000
        app._minute()
        await settle(pilot)
        lines = screen_lines(pilot)
        assert company(pilot) == "Arbor" and "1d late" in lines[3]
        assert "Inbox ▾ 2" in lines[0] and "a new day: R sorts again" in lines[-1]
        await press(pilot, "resort")
        assert inbox_of(pilot).leads.line_count == 2
        assert "sorts again" not in screen_lines(pilot)[-1]


async def test_an_empty_list_is_filled_with_what_comes_to_its_day(
    evening: Workspace, clock: FixedClock
) -> None:
    app = app_on(evening)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "snooze", "3", "resort")
        assert inbox_of(pilot).leads.line_count == 0
        clock.at += 120_000
        app._minute()
        await settle(pilot)
        assert company(pilot) == "Birch"
