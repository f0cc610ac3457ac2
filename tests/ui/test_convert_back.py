"""Taking a conversion back from the converted lead."""

from __future__ import annotations

from convert_app import NOVA, column, keys, lead, meanwhile, wizard
from inbox_app import app_on, inbox_of, press, screen_lines

from leadtui.customers.records import edit_records
from leadtui.workspace import Workspace
from screens.convert_back import TakeBackScreen
from screens.records import RecordsScreen


async def test_the_list_is_seen_before_it_happens(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        await wizard(pilot)
        await keys(pilot, "i", "b", "e", "enter", "enter", "enter", "enter")
        (number,) = column(workspace, "SELECT number FROM customer")
        await press(pilot, "convert")
        assert isinstance(app.screen, TakeBackScreen)
        lines = screen_lines(pilot)
        assert any("Removed, because nobody has touched it since" in line for line in lines)
        assert any(f"customer {number} Nova Robotics" in line for line in lines)
        await keys(pilot, "escape")
        assert column(workspace, "SELECT status FROM lead") == ["converted"]
        await press(pilot, "convert")
        await keys(pilot, "f2")
        assert app.screen is inbox_of(pilot)
        assert column(workspace, "SELECT status FROM lead") == ["new"]
        assert column(workspace, "SELECT 1 FROM customer WHERE deleted_at IS NULL") == []
        await press(pilot, "undo")
        assert column(workspace, "SELECT status FROM lead") == ["converted"]


async def test_the_customer_is_one_key_away(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await wizard(pilot)
        await keys(pilot, "i", "b", "e", "enter", "enter", "enter", "enter")
        await press(pilot, "convert")
        await keys(pilot, "c")
        assert isinstance(app.screen, RecordsScreen)
        assert any("Nova Robotics" in line for line in screen_lines(pilot))


async def test_what_was_worked_on_is_kept_and_named(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await wizard(pilot)
        await keys(pilot, "i", "b", "e", "enter", "enter", "enter", "enter")
        (customer,) = column(workspace, "SELECT id FROM customer")
        await meanwhile(
            workspace, lambda act: edit_records(act, "customer", [customer], {"industry": "drones"})
        )
        await press(pilot, "convert")
        lines = screen_lines(pilot)
        kept = next(y for y, line in enumerate(lines) if "Stays, because it was worked on since" in line)
        assert any("Nova Robotics" in line for line in lines[kept:])
        await pilot.click("#back")
        await keys(pilot)
        assert column(workspace, "SELECT status FROM lead") == ["new"]
        assert column(workspace, "SELECT industry FROM customer") == ["drones"]
