"""Acting on leads: one key, one visible result, the cursor on the next lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from inbox_app import app_on, company, inbox_of, press, screen_lines, settle

from leadtui.settings import Look, Settings
from leadtui.workspace import Workspace
from screens.follow_up import FollowUpScreen


def value(workspace: Workspace, number: str, column: str) -> object:
    with workspace.read() as connection:
        return connection.execute(f"SELECT {column} FROM lead WHERE number = ?", (number,)).fetchone()[0]


async def test_a_snooze_marks_the_row_goes_on_and_can_be_undone(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "snooze", "3")
        assert value(leads, "L-000002", "snoozed_until") is not None
        assert "✓ snoozed to Tue" in screen_lines(pilot)[4], "the row stays where it stood"
        assert company(pilot) == "上海启明科技有限公司"
        assert "1 changed: R sorts again" in screen_lines(pilot)[-1]
        assert any("u undoes it" in note.message for note in app._notifications)
        await press(pilot, "undo")
        assert value(leads, "L-000002", "snoozed_until") is None
        assert "snoozed" not in screen_lines(pilot)[4]
        assert company(pilot) == "Kestrel Foods"
        await press(pilot, "redo", "resort")
        assert inbox_of(pilot).leads.line_count == 6
        assert "Inbox ▾ 6" in screen_lines(pilot)[0]


async def test_the_cursor_stays_when_the_settings_say_so(leads: Workspace) -> None:
    leads.settings = Settings(look=Look(timezone="UTC", after_action="stay"))
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "snooze", "w")
        assert company(pilot) == "Kestrel Foods"
        assert "✓ snoozed" in screen_lines(pilot)[4]


async def test_many_marked_leads_are_one_act(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "mark", "mark", "mark", "snooze", "w")
        assert [value(leads, f"L-00000{number}", "snoozed_until") is not None for number in range(1, 6)] == [
            False, True, True, True, False,
        ]  # fmt: skip
        assert inbox_of(pilot).leads.marked_count == 0
        await press(pilot, "undo")
        assert all(value(leads, f"L-00000{number}", "snoozed_until") is None for number in range(1, 8))


async def test_a_follow_up_takes_four_keys_and_a_sentence(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "follow-up")
        assert isinstance(app.screen, FollowUpScreen)
        await press(pilot, *"wants demo", "tab", "r", "f2")
        assert app.screen is inbox_of(pilot), screen_lines(pilot)
        with leads.read() as connection:
            found = connection.execute("SELECT channel, result, content FROM activity").fetchall()
        assert found == [("phone", "reached", "wants demo")]
        assert "✓ followed up" in screen_lines(pilot)[3]
        assert company(pilot) == "Kestrel Foods"
        assert "done 1 · left" in screen_lines(pilot)[0]


async def test_an_act_from_the_reminders_is_for_their_lead(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "panel-reminders", "move-last", "snooze", "1")
        assert value(leads, "L-000007", "snoozed_until") is not None
        assert company(pilot) == "Nova Robotics"
        assert inbox_of(pilot).reminders.has_focus


async def test_tier_watch_and_disqualify(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "tier", "c", *"vague", "enter")
        assert value(leads, "L-000001", "tier_chosen") == "C"
        assert value(leads, "L-000001", "tier_reason") == "vague"
        await press(pilot, "tier", "s")
        assert value(leads, "L-000001", "tier_chosen") == ""
        assert value(leads, "L-000001", "tier_reason") == ""
        assert company(pilot) == "Nova Robotics", "the row tells of it, the cursor stays"
        await press(pilot, "disqualify", "i", "1", "enter")
        assert value(leads, "L-000001", "status") == "invalid"
        await press(pilot, "watch", "1", "enter")
        assert value(leads, "L-000002", "status") == "watch"


async def test_tags_owner_and_engagement(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "tags", *"vip", "enter", "f2")
        await press(pilot, "engagement", "3")
        await press(pilot, "owner", "ctrl+u", *"bob", "enter")
        assert value(leads, "L-000001", "owner") == "bob"
        detail = inbox_of(pilot).detail.detail
        assert detail is not None
        assert detail.tags == ("vip",)
        assert detail.activities[0].channel == "webinar"


async def test_a_new_lead_is_gone_to(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "new-lead", *"Zoe", "f2")
        if app.screen is not inbox_of(pilot):
            pytest.skip("the form asks for more than a contact")
        assert inbox_of(pilot).leads.row is not None
        assert inbox_of(pilot).leads.row.contact == "Zoe"


async def test_notes_are_edited_in_the_users_editor(
    leads: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'long note' >> \"$2\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"'{editor}' --wait")
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        monkeypatch.setattr(type(app._driver), "can_suspend", True)
        monkeypatch.setattr(type(app._driver), "suspend_application_mode", lambda self: None)
        monkeypatch.setattr(type(app._driver), "resume_application_mode", lambda self: None)
        await settle(pilot)
        await press(pilot, "edit-notes")
        assert value(leads, "L-000001", "notes") == "long note"
        monkeypatch.setenv("VISUAL", "false")
        await press(pilot, "edit-notes")
        assert value(leads, "L-000001", "notes") == "long note"
        monkeypatch.delenv("VISUAL")
        monkeypatch.setenv("EDITOR", "")
        await press(pilot, "edit-notes")
        assert any("EDITOR=nano" in note.message for note in app._notifications)


async def test_copying(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "copy", "p")
        assert app.clipboard == "+8613800001234"
        await press(pilot, "copy", "c")
        assert app.clipboard.splitlines()[:2] == ["Nova Robotics", "Li Wei, CTO"]


async def test_what_is_refused_is_said_and_nothing_is_done(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "done")
        assert value(leads, "L-000001", "status") == "new"
        assert [note.severity for note in app._notifications] == ["error"]
        assert company(pilot) == "Nova Robotics"


async def test_an_empty_list_has_nothing_to_act_on(workspace: Workspace) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        for command in ("follow-up", "snooze", "done", "tier", "copy", "history", "mark", "undo", "open"):
            await press(pilot, command)
            assert app.screen is inbox_of(pilot)
            await press(pilot, "panel-list")


async def test_the_reminders_are_gone_through_from_top_to_bottom(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        panel = app.inbox.reminders
        await press(pilot, "panel-reminders")
        expected = []
        for _time in range(3):
            assert panel.row is not None
            expected.append(panel.row.company)
            await press(pilot, "move-down")
        await press(pilot, "move-first")
        for name in expected:
            assert panel.row is not None and panel.row.company == name
            await press(pilot, "snooze", "1")
        await press(pilot, "undo")
        assert panel.has_focus
