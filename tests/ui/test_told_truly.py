"""What is said of an act is true: that it changed something, and what undo will take back."""

from __future__ import annotations

import pytest
from inbox_app import AddLead, app_on, company, press, screen_lines, settle
from textual.pilot import Pilot
from textual.widgets import OptionList

from leadtui.customers.records import create_record
from leadtui.errors import LeadTUIError
from leadtui.workspace import Workspace
from screens.confirm import ConfirmScreen
from screens.history import history_content
from screens.tags import TagsScreen

UNCHANGED = "Nothing was changed: it was so already."


def said(pilot: Pilot[None]) -> list[str]:
    """What was told and still stands on the screen."""
    return [note.message for note in pilot.app._notifications]


def count(workspace: Workspace, what: str) -> int:
    with workspace.read() as connection:
        (number,) = connection.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(number)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("signals", "f2"), id="signals"),
        pytest.param(("edit", "f2"), id="edit"),
        pytest.param(("plan", "f2"), id="plan"),
        pytest.param(("status", "w"), id="status"),
    ],
)
async def test_an_act_that_changes_nothing_says_so_and_is_not_undone(
    leads: Workspace, keys: tuple[str, ...]
) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "tags", *"hot", "enter", "enter")
        entries = count(leads, "journal_entry")
        await press(pilot, *keys)
        assert app.screen is app.inbox
        assert said(pilot)[-1] == UNCHANGED
        assert not any("\u2713 edited" in line or "\u2713 next" in line for line in screen_lines(pilot))
        assert count(leads, "journal_entry") == entries


async def test_many_leads_that_are_so_already_are_told_alike(workspace: Workspace, add_lead: AddLead) -> None:
    for number in range(301):
        add_lead(company=f"Company {number}", status="working", tier_chosen="A", tier_reason="so")
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "mark-all", "status", "w")
        assert said(pilot)[-1] == UNCHANGED


async def test_undo_names_the_lead(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "snooze", "1", "undo")
        assert said(pilot)[-1] == "Undone: Snooze \u00b7 Kestrel Foods"
        await press(pilot, "redo")
        assert said(pilot)[-1] == "Done again: Snooze \u00b7 Kestrel Foods"
        await press(pilot, "undo", "mark", "mark", "tags", *"hot", "f2", "undo")
        assert said(pilot)[-1] == "Undone: Change tags \u00b7 2 leads"


async def test_undo_names_the_record(workspace: Workspace) -> None:
    with workspace.act("Make") as act:
        for name in ("Robot arms", "备件"):
            create_record(act, "opportunity", {"name": name})
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "opportunities", "stage-on", "undo")
        assert said(pilot)[-1] in {"Undone: Move stage · Robot arms", "Undone: Move stage · 备件"}
        await press(pilot, "mark-all", "snooze", "1", "undo")
        assert said(pilot)[-1] == "Undone: Snooze · 2 records"


async def test_the_history_says_what_was_taken_back(leads: Workspace) -> None:
    from leadtui.customers.changes import told_history

    with leads.read() as connection:
        (lead,) = connection.execute("SELECT id FROM lead WHERE number = 'L-000002'").fetchone()
    with leads.act("Change the company") as act:
        act.connection.execute("UPDATE lead SET company = 'Other' WHERE id = ?", (lead,))
    leads.undo()
    leads.redo()
    with leads.read() as connection:
        told = told_history(connection, "lead", lead, leads.settings, leads.zone)
    shown = history_content(told, leads.zone).plain
    heads = [line.split("  ")[1] for line in shown.splitlines() if not line.startswith(" ")]
    assert heads[:3] == ["Done again: Change the company", "Undone: Change the company", "Change the company"]


async def test_a_new_lead_is_told_with_the_key_that_undoes_it(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "new-lead", *"Zoe", "f2", "x", "f2")
        assert company(pilot) == "" and said(pilot)[-1] == "Zoe: entered \u00b7 u undoes it"


async def test_the_same_refusal_is_told_once(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "done", "done", "done")
        assert len(said(pilot)) == 1 and "was never contacted" in said(pilot)[0]


async def test_a_tag_that_is_half_typed_is_saved_too(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "tags", *"hot", "f2")
        assert count(leads, "tag WHERE name = 'hot'") == 1


async def test_what_narrowed_the_tags_is_no_tag(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "tags", *"important", "f2", "resort", "move-down")
        app.inbox.vocabulary = {"tag": ("important",)}
        await press(pilot, "tags", *"imp", "down", "space", "f2")
        assert count(leads, "tag WHERE name = 'important'") == 2
        assert count(leads, "tag WHERE name = 'imp'") == 0


async def test_ticked_tags_are_not_lost_by_escape(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "tags", *"hot", "escape")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "n")
        assert isinstance(app.screen, TagsScreen)
        await press(pilot, "escape", "y")
        assert app.screen is app.inbox


async def test_a_saved_view_can_be_forgotten_and_brought_back(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"nova", "enter", "save-view", *"mine", "enter", "view")
        assert any("del forgets a saved view" in line for line in screen_lines(pilot))
        await press(pilot, "delete")
        assert count(leads, "saved_view") == 1
        app.screen.query_one(OptionList).highlighted = 12
        await press(pilot, "delete")
        assert count(leads, "saved_view") == 0
        assert said(pilot)[-1] == "mine: view forgotten \u00b7 u undoes it"
        await press(pilot, "undo")
        assert count(leads, "saved_view") == 1


async def test_what_was_said_makes_room_for_what_opens(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "snooze", "1")
        assert "snoozed" in said(pilot)[-1]
        await press(pilot, "line-entry")
        assert said(pilot) == []
        assert not any("undoes it" in line for line in screen_lines(pilot))


async def test_closing_a_task_is_told_and_a_burst_closes_the_next_one(leads: Workspace) -> None:
    from leadtui.followup.tasks import add_task

    with leads.act("New task") as act:
        (lead,) = act.connection.execute("SELECT id FROM lead WHERE number = 'L-000002'").fetchone()
        for number in (1, 2, 3):
            add_task(act, [lead], f"Task {number}", act.now + number, False)
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "tasks")
        await pilot.press("d", "d")
        await settle(pilot)
        assert said(pilot)[-1] == "Task 2: done · u undoes it"
        await press(pilot, "mark", "x")
        assert said(pilot)[-1] == "Task 3: cancelled · u undoes it"
        assert count(leads, "task WHERE done_at IS NULL AND cancelled_at IS NULL") == 0


async def test_many_leads_that_were_taken_back_are_not_called_changed(
    workspace: Workspace, add_lead: AddLead
) -> None:
    for number in range(150):
        add_lead(company=f"Company {number}", status="working", tier_chosen="A")
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "mark-all", "tags", *"hot", "f2")
        assert "150 changed" in screen_lines(pilot)[-1]
        await press(pilot, "undo")
        assert app.inbox.acted == set() and "changed" not in screen_lines(pilot)[-1]


async def test_an_error_stays_to_be_read_until_something_was_done(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        sentence = "This is what was wrong, and what can be done about it. " * 4
        app.tell_error(LeadTUIError(sentence))
        await settle(pilot)
        (note,) = app._notifications
        assert note.timeout == pytest.approx(10 + len(sentence.strip()) / 10)
        await press(pilot, "help", "escape", "move-down")
        assert said(pilot) == [sentence.strip()]
        await press(pilot, "snooze", "1")
        assert sentence.strip() not in said(pilot)
