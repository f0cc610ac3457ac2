"""What the user's settings change on the screen, and what is said of those that can't be taken."""

from __future__ import annotations

import pytest
from inbox_app import app_on, company, press, screen_lines, settle

from leadtui.followup.tasks import add_task
from leadtui.settings import Settings
from leadtui.workspace import Workspace


async def test_problems_of_the_settings_are_told_at_the_start(leads: Workspace) -> None:
    leads.settings = Settings(keys={"folow-up": "f"})
    app = app_on(leads, problems=["config.toml, line 3: [/] is no colour"])
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        told = [note.message for note in app._notifications]
        assert any("line 3" in message for message in told)
        assert any("follow-up" in message for message in told)


async def test_many_problems_of_the_settings_leave_the_list_in_sight(leads: Workspace) -> None:
    app = app_on(leads, problems=[f"config.toml:{line}: wrong" for line in range(1, 29)])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        told = [note.message for note in app._notifications]
        assert told[:3] == [f"config.toml:{line}: wrong" for line in (1, 2, 3)]
        assert told[3:] == ["25 more settings aren't taken: `leadtui doctor` names all of them."]


async def test_a_command_without_a_key_is_told_of_by_its_name_in_the_palette(leads: Workspace) -> None:
    leads.settings = Settings(keys={"resort": "", "undo": ""})
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "snooze", "1")
        assert app._notifications and "^p Undo undoes it" in next(iter(app._notifications)).message
        assert "^p Sort again sorts again" in screen_lines(pilot)[-1]


async def test_a_changed_key_is_the_key(leads: Workspace) -> None:
    leads.settings = Settings(keys={"move-down": "ctrl+n"})
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert company(pilot) == "Kestrel Foods"
        await pilot.press("j")
        await settle(pilot)
        assert company(pilot) == "Kestrel Foods"


@pytest.mark.parametrize(("undo", "shown"), [("f6", "f6"), ("d, f6", "f6"), ("d", "u"), ("", "u")])
async def test_lists_of_entries_take_back_with_the_users_key_where_it_is_free(
    leads: Workspace, undo: str, shown: str
) -> None:
    leads.settings = Settings(keys={"undo": undo, "done": "f7"})
    with leads.act("New task") as act:
        ids = [lead_id for (lead_id,) in act.connection.execute("SELECT id FROM lead LIMIT 1")]
        add_task(act, ids, "ring them", act.now)
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "tasks", "d")
        assert f"ring them: done · {shown} undoes it" in [note.message for note in app._notifications]
        assert f" {shown} Undo " in screen_lines(pilot)[-1]
        assert open_tasks(leads) == 0
        await press(pilot, shown)
        assert open_tasks(leads) == 1
        await press(pilot, "redo")
        assert open_tasks(leads) == 0


def open_tasks(workspace: Workspace) -> int:
    with workspace.read() as connection:
        return int(connection.execute("SELECT count(*) FROM task WHERE done_at IS NULL").fetchone()[0])
