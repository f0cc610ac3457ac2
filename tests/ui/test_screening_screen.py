"""The daily screening: one key a lead, each an act that can be taken back."""

from __future__ import annotations

import pytest
from inbox_app import AddLead, app_on, inbox_of, press, screen_lines, settle

from leadtui.clock import FixedClock
from leadtui.workspace import Workspace
from screens.screening import ScreeningScreen
from widgets.key_bar import KeyBar

HOUR = 3_600_000
DAY = 24 * HOUR
WHOLE = {"contact": "王芳", "phone": "+8613812345678", "need": "ERP", "source_channel": "expo"}


@pytest.fixture
def fresh(workspace: Workspace, add_lead: AddLead) -> Workspace:
    """Three leads of yesterday, one of today."""
    yesterday = {"acquired_at": workspace.clock.now() - DAY, "created_at": workspace.clock.now() - DAY}
    add_lead(number="L-000001", company="上海启明科技有限公司", tier_chosen="A", **WHOLE, **yesterday)
    add_lead(number="L-000002", company="Bare Ltd", source_channel="expo", tier_chosen="B", **yesterday)
    add_lead(number="L-000003", company="Cedar Tools", tier_chosen="C", **WHOLE, **yesterday)
    add_lead(number="L-000004", company="Today Inc", tier_chosen="C", **WHOLE)
    return workspace


def statuses(workspace: Workspace) -> list[str]:
    with workspace.read() as connection:
        return [status for (status,) in connection.execute("SELECT status FROM lead ORDER BY number")]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_one_key_each_and_a_counter(fresh: Workspace, size: tuple[int, int]) -> None:
    app = app_on(fresh)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "screening")
        text = "\n".join(screen_lines(pilot))
        assert "3 left" in text
        assert "上海启明科技有限公司" in text
        assert "lacks a contact's name" in text
        await press(pilot, "v", "w", "x", "1")
        assert statuses(fresh) == ["working", "watch", "invalid", "new"]
        assert "Nothing is left to screen" in "\n".join(screen_lines(pilot))
        await press(pilot, "u", "u")
        assert statuses(fresh) == ["working", "new", "new", "new"]
        assert "2 left" in "\n".join(screen_lines(pilot))
        await press(pilot, "escape")
        assert app.screen is inbox_of(pilot)


async def test_a_click_on_a_key_does_what_the_key_does(fresh: Workspace) -> None:
    app = app_on(fresh)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "screening")
        await pilot.click(KeyBar, offset=(screen_lines(pilot)[-1].index("Watch"), 0))
        await settle(pilot)
        assert statuses(fresh) == ["watch", "new", "new", "new"]
        await pilot.click(KeyBar, offset=(screen_lines(pilot)[-1].index("Undo"), 0))
        await settle(pilot)
        assert statuses(fresh) == ["new"] * 4


async def test_what_cannot_pass_is_said_and_stays(fresh: Workspace) -> None:
    app = app_on(fresh)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "screening", "s", "v")
        assert statuses(fresh) == ["new"] * 4
        assert any("can't pass yet" in note.message for note in app._notifications)
        assert "3 left" in "\n".join(screen_lines(pilot))


async def test_skipping_today_and_going_to_a_lead(fresh: Workspace) -> None:
    app = app_on(fresh)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "screening", "s", "t")
        assert "4 left" in "\n".join(screen_lines(pilot))
        await press(pilot, "s", "o")
        row = inbox_of(pilot).leads.row
        assert row is not None
        assert row.company == "Bare Ltd"


async def test_duplicates_and_editing_are_one_key_away(fresh: Workspace) -> None:
    app = app_on(fresh)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "screening", "D", "escape")
        assert isinstance(app.screen, ScreeningScreen)
        await press(pilot, "s", "e", *"Li Wei", "f2")
        assert isinstance(app.screen, ScreeningScreen)
        with fresh.read() as connection:
            found = connection.execute("SELECT contact FROM lead WHERE number = 'L-000002'").fetchone()
        assert found == ("Li Wei",)


async def test_the_hour_reminds_once_when_some_are_left(fresh: Workspace, clock: FixedClock) -> None:
    def told() -> int:
        return sum("wait for their screening" in note.message for note in app._notifications)

    clock.at -= HOUR
    app = app_on(fresh)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        assert told() == 0
        clock.at += HOUR
        for _minute in range(2):
            inbox_of(pilot).tick()
            await settle(pilot)
        assert told() == 1
