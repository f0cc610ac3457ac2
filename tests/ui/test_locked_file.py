"""Keys that are pressed while another program has the file wait for it, and mean what they meant."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest
from inbox_app import app_on, press, settle

import screens.work
from leadtui.workspace import Workspace
from screens.follow_up import FollowUpScreen


async def test_an_act_in_the_same_burst_is_for_the_next_lead(
    leads: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens.work, "_WAITING_SECONDS", 0.0)
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down")
        with closing(sqlite3.connect(leads.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("s", "1", "s", "1")
            while not app._notifications:
                await asyncio.sleep(0.01)
            assert "so do your keys" in next(iter(app._notifications)).message
            other.rollback()
        while app._typed or app.writing.locked():
            await asyncio.sleep(0.01)
        await pilot.pause()
        assert len([note for note in app.inbox.leads._notes.values() if "snoozed" in note]) == 2


async def test_what_is_typed_for_a_form_that_waits_is_no_command(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.inbox.detail.show(None)
        with closing(sqlite3.connect(leads.path)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await pilot.press("f", *"called")
            await asyncio.sleep(screens.typeahead._PATIENCE_SECONDS + 0.1)
            assert app.screen is app.inbox and app._typed
            other.rollback()
        while app._typed:
            await asyncio.sleep(0.01)
        await settle(pilot)
        assert isinstance(app.screen, FollowUpScreen)
        assert app.screen.text("content") == "called"
