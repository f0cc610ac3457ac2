"""The app on an open file, and how a test works with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot
from waiting import settle

from leadtui.workspace import Workspace
from screens.app import LeadApp
from screens.inbox import InboxScreen

AddLead = Callable[..., str]
"""Adds a lead with the given values and returns its id."""


def app_on(workspace: Workspace, **options: Any) -> LeadApp:
    """The app on an open file."""
    return LeadApp(workspace, **options)


async def press(pilot: Pilot[Any], *commands: str) -> None:
    """Press the first key of each command, or the key itself where no command has that id."""
    assert isinstance(pilot.app, LeadApp)
    for command in commands:
        await pilot.press(pilot.app.keys.get(command, (command,))[0])
        await settle(pilot)


def inbox_of(pilot: Pilot[Any]) -> InboxScreen:
    """The main screen."""
    assert isinstance(pilot.app, LeadApp)
    return pilot.app.inbox


def screen_lines(pilot: Pilot[Any]) -> list[str]:
    """What stands on the screen, line by line."""
    return [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


def company(pilot: Pilot[Any]) -> str:
    """The company under the cursor."""
    row = inbox_of(pilot).leads.row
    return row.company if row else ""
