"""The board of opportunities: columns by stage, cards that move with `<` and `>`."""

from __future__ import annotations

from typing import Any

import pytest
from inbox_app import app_on, press, screen_lines, settle
from textual.pilot import Pilot

from leadtui.clock import Today
from leadtui.customers.board import board
from leadtui.customers.records import create_record
from leadtui.customers.stages import lose
from leadtui.workspace import Workspace
from screens.board import BoardScreen
from screens.records import RecordsScreen


@pytest.fixture
def deals(workspace: Workspace) -> Workspace:
    """Four opportunities in three stages, one of them lost."""
    with workspace.act("Make") as act:
        customer = create_record(act, "customer", {"name": "上海启明科技有限公司"})
        of = {"customer_id": customer}
        create_record(
            act, "opportunity", {"name": "ERP替换", "amount": 120_000_000, "urgency": "urgent", **of}
        )
        create_record(act, "opportunity", {"name": "MES", "amount": 40_000_000, "currency": "EUR", **of})
        create_record(act, "opportunity", {"name": "Robots", "stage": "contract", **of})
        lost = create_record(act, "opportunity", {"name": "Pilot", "amount": 5, **of})
        lose(act, [lost], "price")
    return workspace


def board_of(pilot: Pilot[Any]) -> BoardScreen:
    assert isinstance(pilot.app.screen, BoardScreen)
    return pilot.app.screen


def card(pilot: Pilot[Any]) -> str:
    row = board_of(pilot).leads.row
    return row.name if row else ""


def stage(workspace: Workspace, name: str) -> str:
    with workspace.read() as connection:
        (found,) = connection.execute("SELECT stage FROM opportunity WHERE name = ?", (name,)).fetchone()
        return str(found)


def test_columns_are_counted_and_summed_by_currency(deals: Workspace) -> None:
    today = Today.at(deals.clock.now(), deals.zone)
    with deals.read() as connection:
        columns = {column.stage: column for column in board(connection, today, "ana")}
        found = {column.stage: column.total for column in board(connection, today, "ana", "mes")}
    first = columns["discovery"]
    assert [row.name for row in first.rows] == ["ERP替换", "MES"]
    assert (first.total, dict(first.sums)) == (2, {"CNY": 120_000_000, "EUR": 40_000_000})
    assert (columns["contract"].total, columns["contract"].sums) == (1, ())
    assert (columns["lost"].total, columns["proposal"].total) == (1, 0)
    assert found["discovery"] == 1


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
async def test_a_card_moves_one_stage_and_back(deals: Workspace, size: tuple[int, int]) -> None:
    async with app_on(deals).run_test(size=size) as pilot:
        await press(pilot, "board")
        assert card(pilot) == "ERP替换"
        await press(pilot, "stage-on")
        assert (card(pilot), stage(deals, "ERP替换")) == ("ERP替换", "proposal")
        await press(pilot, "undo")
        assert stage(deals, "ERP替换") == "discovery"
        await press(pilot, "stage-back")
        assert stage(deals, "ERP替换") == "discovery"


async def test_the_cursor_goes_over_empty_columns_and_the_board_scrolls(deals: Workspace) -> None:
    async with app_on(deals).run_test(size=(80, 24)) as pilot:
        await press(pilot, "board", "down")
        assert card(pilot) == "MES"
        await press(pilot, "right")
        assert card(pilot) == "Robots"
        assert any("Robots" in line for line in screen_lines(pilot))
        await press(pilot, "right", "right")
        assert card(pilot) == "Pilot"
        await press(pilot, "left", "left", "left")
        assert any("ERP替换" in line for line in screen_lines(pilot))


async def test_the_last_stage_asks_for_the_terms(deals: Workspace) -> None:
    async with app_on(deals).run_test(size=(120, 36)) as pilot:
        await press(pilot, "board", "right", "stage-on")
        await pilot.press(*"2m", "f2")
        await settle(pilot)
        assert stage(deals, "Robots") == "won"
        await press(pilot, "stage-back")
        assert stage(deals, "Robots") == "won"
        await press(pilot, "reopen")
        assert stage(deals, "Robots") == "contract"


async def test_marked_cards_are_lost_together(deals: Workspace) -> None:
    async with app_on(deals).run_test(size=(120, 36)) as pilot:
        await press(pilot, "board", "mark-all", "disqualify", "1", "f2")
        assert [stage(deals, name) for name in ("ERP替换", "MES")] == ["lost", "lost"]


async def test_a_card_opens_and_comes_back(deals: Workspace) -> None:
    async with app_on(deals).run_test(size=(80, 24)) as pilot:
        await press(pilot, "board", "open")
        assert isinstance(pilot.app.screen, RecordsScreen)
        await press(pilot, "back")
        assert card(pilot) == "ERP替换"
        await press(pilot, "open", "panel-list", "back")
        assert card(pilot) == "ERP替换"
        await press(pilot, "filter", *"mes", "enter")
        assert card(pilot) == "MES"
        await press(pilot, "back", "back")
        assert pilot.app.screen is pilot.app.inbox  # type: ignore[attr-defined]


async def test_an_empty_board_says_so(workspace: Workspace) -> None:
    async with app_on(workspace).run_test(size=(80, 24)) as pilot:
        await press(pilot, "board")
        assert any("No opportunities here." in line for line in screen_lines(pilot))
        await press(
            pilot, "stage-on", "stage-back", "right", "left", "open", "move-last", "win", "mark", "edit"
        )
        assert isinstance(pilot.app.screen, BoardScreen)
