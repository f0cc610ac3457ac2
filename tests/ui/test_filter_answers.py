"""Of what is asked for again and again while a filter is typed, only the last answer is shown."""

from __future__ import annotations

import pytest
from inbox_app import app_on, inbox_of, press, screen_lines, settle
from textual import events

from leadtui.demo.fill import fill
from leadtui.workspace import Workspace


async def test_an_order_that_comes_late_is_no_answer_to_a_filter_without_leads(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(workspace, 300)
    monkeypatch.setattr("screens.inbox.TYPING_SECONDS", 30)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await settle(pilot)
        app.post_message(events.Paste("tier:c,b,a"))
        await pilot.pause()
        inbox = inbox_of(pilot)
        assert inbox.leads.line_count > 60
        # The whole order of what was typed so far is still to be read.
        assert any(worker.group == "order" for worker in app.workers if not worker.is_finished)
        app.post_message(events.Paste(" qqqq"))
        await pilot.pause()
        await settle(pilot)
        assert inbox.leads.line_count == 0
        assert inbox.leads.row is None
        assert inbox.detail.detail is None


async def test_what_is_wrong_with_a_filter_is_told_to_the_end(leads: Workspace) -> None:
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"status:xyz")
        told = " ".join(" ".join(screen_lines(pilot)[8:16]).split())
        for word in ("is not known", "screening", "nurturing", "merged."):
            assert word in told
        await press(pilot, "backspace", "backspace", "backspace")
        assert [line[1:2] for line in screen_lines(pilot)].count("/") == 1
