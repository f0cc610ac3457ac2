"""What other programs write to the file, where nothing is listed yet."""

from __future__ import annotations

import pytest
from inbox_app import AddLead, app_on, company, inbox_of, press, screen_lines, settle

from leadtui.customers.records import create_record
from leadtui.workspace import Workspace
from screens.records import RecordsScreen


async def test_leads_that_come_into_an_empty_file_are_listed(workspace: Workspace, add_lead: AddLead) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        assert any("No leads yet." in line for line in screen_lines(pilot))
        other = Workspace.open(workspace.path, workspace.settings, workspace.clock, "bo")
        with other.act("New lead") as act:
            from leadtui.qualify.leads import create_lead

            create_lead(act, {"company": "Nova", "source_channel": "website"})
        other.close()
        app._look_at_file()
        await settle(pilot)
        assert company(pilot) == "Nova"
        assert not any("changed elsewhere" in line for line in screen_lines(pilot))
        await press(pilot, "undo")
        assert inbox_of(pilot).leads.line_count == 1
        said = [note.message for note in app._notifications]
        assert said == ["There is nothing of yours to take back; the last act is bo's."]


@pytest.mark.parametrize("command", ["customers"])
async def test_customers_that_come_are_listed(workspace: Workspace, command: str) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, command)
        with workspace.act("New customer") as act:
            create_record(act, "customer", {"name": "Nova"})
        app._look_at_file()
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, RecordsScreen) and screen.leads.line_count == 1


async def test_a_list_that_was_read_again_is_no_longer_called_old(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.inbox.changed_outside()
        await settle(pilot)
        assert "changed elsewhere" in screen_lines(pilot)[-1]
        await press(pilot, "view", "b")
        assert "changed elsewhere" not in screen_lines(pilot)[-1]
