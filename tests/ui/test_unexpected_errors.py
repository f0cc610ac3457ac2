"""An error that nobody expected ends the app with one sentence, and shows nobody what the leads say."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from inbox_app import app_on, settle
from textual.pilot import Pilot

from leadtui.workspace import Workspace
from screens.inbox import InboxScreen


def test_an_error_in_a_command_is_raised_and_not_printed(
    leads: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_screen: InboxScreen) -> None:
        raise ZeroDivisionError("a slip")

    async def press(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("s")

    monkeypatch.setattr(InboxScreen, "action_snooze", broken)
    app = app_on(leads)
    monkeypatch.setattr(app, "run", partial(app.run, headless=True, auto_pilot=press))
    with pytest.raises(ZeroDivisionError, match="a slip"):
        app.run_to_its_end()
    told = capfd.readouterr()
    assert "Nova Robotics" not in told.out + told.err
    assert "Traceback" not in told.out + told.err
