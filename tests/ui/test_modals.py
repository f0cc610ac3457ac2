"""Screens over the main screen under keys that come faster than frames."""

from __future__ import annotations

from inbox_app import app_on, press, settle
from textual.events import Key

from leadtui.workspace import Workspace
from screens.choose import ChooseScreen
from screens.problem import ProblemScreen
from screens.too_small import TooSmallScreen


async def test_a_key_that_comes_twice_leaves_once(workspace: Workspace) -> None:
    app = app_on(workspace)
    screen = ChooseScreen("?", [("a", "A", "first")])
    left: list[str | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(ProblemScreen("below"))
        app.push_screen(screen, left.append)
        await settle(pilot)
        for _time in range(2):
            screen.post_message(Key("a", "a"))
        await settle(pilot)
        assert left == ["A"]
        assert isinstance(app.screen, ProblemScreen)
        for _time in range(2):
            app.screen.post_message(Key("space", " "))
        await settle(pilot)
        assert app.screen is app.inbox


async def test_a_covered_screen_goes_when_what_covers_it_does(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "engagement")
        menu = app.screen
        assert isinstance(menu, ChooseScreen)
        await pilot.resize_terminal(20, 5)
        await settle(pilot)
        assert isinstance(app.screen, TooSmallScreen)
        menu.dismiss("reply")
        await settle(pilot)
        assert isinstance(app.screen, TooSmallScreen)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert app.screen is app.inbox
    with leads.read() as connection:
        assert connection.execute("SELECT channel FROM activity").fetchall() == [("reply",)]
