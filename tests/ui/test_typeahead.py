"""Keys wait for what the key before them opens, but never for long."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from inbox_app import app_on, inbox_of, press, settle
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input

from leadtui.workspace import Workspace
from screens.choose import ChooseScreen
from screens.typeahead import TypeAhead


class Host(TypeAhead, App[None]):
    """Writes down what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.holding = False

    def compose(self) -> ComposeResult:
        yield Input()

    async def on_key(self, event: events.Key) -> None:
        self.seen.append(event.key)
        if event.key == "f2":
            await self.mount(late := Input(id="late"))
            late.focus()
        elif event.key == "f3":
            self.let_go = self.hold_keys()
            self.holding = True

    def type(self, *keys: str) -> None:
        """Keys of one burst."""
        for key in keys:
            self.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_a_burst_goes_where_the_focus_goes() -> None:
    async with Host().run_test() as pilot:
        app = pilot.app
        assert isinstance(app, Host)
        app.type("a", "f2", "b", "c", "d")
        await pilot.pause()
        first, late = app.query(Input)
        assert (first.value, late.value) == ("a", "bcd")


async def test_keys_wait_until_they_are_let_go() -> None:
    async with Host().run_test() as pilot:
        app = pilot.app
        assert isinstance(app, Host)
        app.type("f3", "a", "b")
        while not app.holding:
            await pilot.pause()
        assert app.query_one(Input).value == ""
        app.let_go()
        await pilot.pause()
        assert app.query_one(Input).value == "ab"
        app.let_go()
        app.type("c")
        await pilot.pause()
        assert app.query_one(Input).value == "abc"


async def test_what_is_never_let_go_holds_nobody_up() -> None:
    async with Host().run_test() as pilot:
        app = pilot.app
        assert isinstance(app, Host)
        app.held_seconds = 0.01
        app.type("f3", "a", "b")
        while app.query_one(Input).value != "ab":
            await pilot.pause(0.02)


async def test_the_views_open_while_the_file_is_written_to(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        with closing(sqlite3.connect(leads.path)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await press(pilot, "move-down")
            await pilot.press("v")
            await pilot.pause()
            assert app.screen is inbox_of(pilot)
            other.rollback()
        await settle(pilot)
        assert isinstance(app.screen, ChooseScreen)
