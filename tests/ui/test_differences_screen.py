"""Where a converted lead and what it became differ is shown, and settled with one key."""

from __future__ import annotations

import pytest
from convert_app import NOVA, column, keys, lead, wizard
from inbox_app import app_on, inbox_of, press, screen_lines, settle
from textual.pilot import Pilot

from leadtui.customers.records import create_record, edit_records
from leadtui.workspace import Workspace
from screens.choose import ChooseScreen
from screens.differences import DifferencesScreen
from screens.records import RecordsScreen

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])


async def converted(pilot: Pilot[int], workspace: Workspace, **changes: object) -> None:
    """Convert the lead, and change the customer since."""
    await wizard(pilot)
    await keys(pilot, "i", "b", "e", "enter", "enter", "enter", "enter")
    (customer,) = column(workspace, "SELECT id FROM customer")
    with workspace.act("Meanwhile") as act:
        edit_records(act, "customer", [customer], changes)
    await settle(pilot)


def differing(pilot: Pilot[int]) -> str:
    assert isinstance(pilot.app.screen, DifferencesScreen)
    return "\n".join(screen_lines(pilot))


@SIZES
async def test_each_side_is_taken_over_and_back(workspace: Workspace, size: tuple[int, int]) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=size, notifications=True) as pilot:
        await converted(pilot, workspace, industry="机械制造", website="nova.example")
        await press(pilot, "customers", "differences")
        shown = differing(pilot)
        assert "robotics" in shown and "机械制造" in shown
        assert "nothing" in shown and "nova.example" in shown
        await keys(pilot, "left")
        assert column(workspace, "SELECT industry FROM lead") == ["机械制造"]
        assert "robotics" not in differing(pilot)
        await keys(pilot, "u")
        assert column(workspace, "SELECT industry FROM lead") == ["robotics"]
        await keys(pilot, "right")
        assert column(workspace, "SELECT industry FROM customer") == ["robotics"]
        await keys(pilot, "escape")
        assert isinstance(app.screen, RecordsScreen)
        await press(pilot, "undo")
        assert column(workspace, "SELECT industry FROM customer") == ["机械制造"]


async def test_several_are_settled_in_one_act_or_none(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await converted(pilot, workspace, industry="machines", website="nova.example")
        await press(pilot, "differences")
        await keys(pilot, "space", "space", "right")
        assert "can't be taken over" in differing(pilot)
        assert column(workspace, "SELECT industry FROM customer") == ["machines"]
        await keys(pilot, "left")
        assert column(workspace, "SELECT industry FROM lead") == ["machines"]
        assert column(workspace, "SELECT website FROM lead") == ["nova.example"]
        assert "The lead and its customer say the same." in differing(pilot)
        await keys(pilot, "right", "space", "u")
        assert column(workspace, "SELECT website FROM lead") == [""]
        await keys(pilot, "escape")
        assert app.screen is inbox_of(pilot)


async def test_what_changed_meanwhile_is_shown_before_anything_is_written(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await converted(pilot, workspace, industry="machines")
        await press(pilot, "differences")
        (customer,) = column(workspace, "SELECT id FROM customer")
        with workspace.act("Meanwhile") as act:
            edit_records(act, "customer", [customer], {"industry": "drones"})
        await keys(pilot, "right")
        assert column(workspace, "SELECT industry FROM customer") == ["drones"]
        assert "customer changed" in differing(pilot)
        assert "drones" in differing(pilot)


async def test_without_a_conversion_there_is_nothing_to_compare(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    with workspace.act("Make") as act:
        create_record(act, "customer", {"name": "Kestrel"})
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "differences")
        assert app.screen is inbox_of(pilot)
        assert any("isn't converted" in line for line in screen_lines(pilot))
        await press(pilot, "customers", "differences")
        assert isinstance(app.screen, RecordsScreen)
        assert any("nothing to compare" in line for line in screen_lines(pilot))


async def test_of_several_leads_one_is_chosen(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await converted(pilot, workspace, industry="machines")
        lead(workspace, company="Nova Robotics", contact="Ada", source_channel="expo")
        (customer,) = column(workspace, "SELECT id FROM customer")
        with workspace.act("Join") as act:
            act.connection.execute(
                "UPDATE lead SET customer_id = ?, status = 'converted' WHERE contact = 'Ada'", (customer,)
            )
        await press(pilot, "customers", "differences")
        assert isinstance(app.screen, ChooseScreen)
        await keys(pilot, "2")
        assert isinstance(app.screen, DifferencesScreen)
