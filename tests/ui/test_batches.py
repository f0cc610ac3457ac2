"""Many marked leads: what can't be done is told first, how far it is is shown, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from inbox_app import AddLead, app_on, inbox_of, press, screen_lines, settle
from waiting import until

from leadtui.workspace import Undone, Workspace
from screens import acting, work
from screens.batch import BatchScreen, TakingBackScreen
from screens.confirm import ConfirmScreen
from screens.form_screen import FormScreen


def count(workspace: Workspace, condition: str) -> int:
    with workspace.read() as connection:
        return int(connection.execute(f"SELECT count(*) FROM lead WHERE {condition}").fetchone()[0])


async def test_what_cannot_be_done_for_some_is_said_before(leads: Workspace, add_lead: AddLead) -> None:
    add_lead(number="L-000008", company="Gone Ltd", status="invalid")
    app = app_on(leads, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "mark-all", "snooze")
        assert isinstance(app.screen, ConfirmScreen)
        said = " ".join(" ".join(screen_lines(pilot)).split())
        assert "can't be done for 1 of 8 leads: 1 invalid" in said
        await press(pilot, "y", "3")
        assert count(leads, "snoozed_until IS NOT NULL") == 7
        await press(pilot, "undo")
        assert count(leads, "snoozed_until IS NOT NULL") == 0


async def test_what_can_be_done_for_none_is_not_begun(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "mark", "mark", "claim")
        assert app.screen is inbox_of(pilot)
        assert any("any of the 2 leads" in note.message for note in app._notifications)


async def test_the_same_step_is_planned_for_all(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "mark-all", "plan", *"send catalogue", "enter")
        assert isinstance(app.screen, FormScreen), "a step needs a day"
        await press(pilot, *"+2d", "enter")
        assert count(leads, "next_step = 'send catalogue'") == 7
        await press(pilot, "undo")
        assert count(leads, "next_step = 'send catalogue'") == 0


async def test_status_collaborators_and_owner_of_several(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "mark", "mark", "status", "n")
        assert count(leads, "status = 'nurturing'") == 2
        await press(pilot, "move-first", "mark", "mark", "collaborators", *"bob, 王芳", "enter", "f2")
        await press(pilot, "move-first", "mark", "mark", "owner", *"cid", "enter")
        assert count(leads, "owner = 'cid'") == 2
        inbox = inbox_of(pilot)
        await press(pilot, "move-first")
        assert inbox.detail.detail is not None
        assert inbox.detail.detail.collaborators == ("bob", "王芳")


async def test_a_lead_goes_to_the_pool_and_is_claimed_with_one_key(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "give-back", "1", *"too dear", "tab", "ctrl+u", *"today", "f2")
        assert count(leads, "status = 'recycled' AND status_reason = 'price' AND owner = ''") == 1
        assert "Try again 1" in screen_lines(pilot)[0]
        await press(pilot, "view", "7")
        text = "\n".join(screen_lines(pilot))
        assert "recycled: price" in text
        assert "too dear" in text
        await press(pilot, "claim")
        assert count(leads, "status = 'working' AND owner = 'ana'") == 1


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Already a few leads count as many."""
    monkeypatch.setattr(acting, "_SOON_DONE", 2)


@pytest.mark.usefixtures("small_batches")
async def test_an_act_on_many_shows_its_progress_and_is_one_act(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "mark-all", "status", "q")
        assert count(leads, "status = 'qualified'") == 7
        await press(pilot, "undo", "mark-all", "plan", *"ring", "tab", *"fri", "enter")
        assert count(leads, "next_step = 'ring'") == 7
        await press(pilot, "undo")
        assert count(leads, "next_step = 'ring'") == 0


@pytest.mark.usefixtures("small_batches")
async def test_a_stopped_act_changes_nothing(leads: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(self: Any) -> None:
        self._stop.set()
        mounted(self)

    mounted = BatchScreen.on_mount
    monkeypatch.setattr(BatchScreen, "on_mount", stopped)
    app = app_on(leads)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "mark-all", "status", "q")
        assert count(leads, "status = 'qualified'") == 0
        assert any("Stopped: nothing was changed." in note.message for note in app._notifications)
        assert inbox_of(pilot).leads.marked_count == 7, "the marks are kept, to try again"


async def test_a_long_undo_shows_how_far_it_is_and_can_be_stopped(
    leads: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_SOON_REVERSED", 3)
    app = app_on(leads, view="all")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "mark-all", "snooze", "3")
        await settle(pilot)
        assert count(leads, "snoozed_until IS NOT NULL") == 7
        may_go_on, begun = Event(), Event()
        reverse = leads.undo

        def slow(progress: Callable[[int, int], None]) -> Undone | None:
            def told(done: int, total: int) -> None:
                begun.set()
                assert may_go_on.wait(20)
                progress(done, total)

            return reverse(told)

        monkeypatch.setattr(leads, "undo", slow)
        await pilot.press("u")
        await until(pilot, begun.is_set, "the undo")
        assert isinstance(app.screen, TakingBackScreen)
        assert "Undo: Snooze" in "\n".join(screen_lines(pilot))
        await pilot.press("escape")
        may_go_on.set()
        await until(pilot, lambda: app.screen is inbox_of(pilot), "the inbox")
        assert count(leads, "snoozed_until IS NOT NULL") == 7
        await press(pilot, "undo")
        await until(pilot, lambda: app.screen is inbox_of(pilot), "the inbox")
        assert count(leads, "snoozed_until IS NOT NULL") == 0
        await press(pilot, "redo")
        await until(pilot, lambda: app.screen is inbox_of(pilot), "the inbox")
        assert count(leads, "snoozed_until IS NOT NULL") == 7
    assert any("Done again: Snooze" in note.message for note in app._notifications)
