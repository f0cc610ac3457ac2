"""The forms over the real main screen: from a key to what stands in the file."""

from __future__ import annotations

from pathlib import Path

from inbox_app import app_on, press, settle
from textual.widgets import Input
from waiting import until

from leadtui.workspace import Workspace
from screens.fields import FieldsScreen
from screens.follow_up import FollowUpScreen
from screens.help import HelpScreen
from screens.import_file import ImportScreen
from screens.lead_form import LeadFormScreen
from widgets.bar import ItemBar
from widgets.form import FormRow


def cell(workspace: Workspace, statement: str) -> object:
    with workspace.read() as connection:
        return connection.execute(statement).fetchone()[0]


async def test_a_follow_up_on_one_lead_after_the_other(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for sentence in ("wants a demo", "asks for a quote"):
            await press(pilot, "follow-up")
            assert isinstance(app.screen, FollowUpScreen)
            await pilot.press(*sentence, "tab", "r", "enter")
            await settle(pilot)
            assert not isinstance(app.screen, FollowUpScreen)
    with leads.read() as connection:
        logged = connection.execute(
            "SELECT company, content, result FROM activity JOIN lead ON lead.id = lead_id"
        ).fetchall()
    assert set(logged) == {
        ("Nova Robotics", "wants a demo", "reached"),
        ("Kestrel Foods", "asks for a quote", "reached"),
    }


async def test_a_field_is_defined_and_filled_in_on_a_new_lead(workspace: Workspace) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "fields")
        assert isinstance(app.screen, FieldsScreen)
        await pilot.press("n", *"Staff", "tab", "n", "enter")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        await press(pilot, "new-lead")
        assert isinstance(app.screen, LeadFormScreen)
        await pilot.press(*"Ana", "f2")
        await settle(pilot)
        rows = {row.field: row for row in app.screen.query(FormRow)}
        assert rows["source_channel"].problem, "a lead needs a source"
        await pilot.press("x")
        control = rows["custom.staff"].control
        assert isinstance(control, Input)
        control.value = "1,200"
        await pilot.press("f2")
        await settle(pilot)
        assert not isinstance(app.screen, LeadFormScreen)
    assert cell(workspace, "SELECT contact FROM lead") == "Ana"
    assert cell(workspace, "SELECT json_extract(custom, '$.staff') FROM lead") == 1200


async def test_help_import_and_escape_come_back_to_the_list(leads: Workspace, tmp_path: Path) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for command, screen in (("help", HelpScreen), ("import", ImportScreen), ("edit", LeadFormScreen)):
            await pilot.press(app.keys[command][0])
            await until(pilot, lambda kind=screen: isinstance(app.screen, kind), f"the screen of {command}")
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.inbox, f"the list after {command}")
            assert {bar.size.width for bar in app.inbox.query(ItemBar)} == {80}, command
