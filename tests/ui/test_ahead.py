"""What is read ahead of a cursor key is shown only while it is what stands in the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from inbox_app import app_on, inbox_of, press, screen_lines, settle
from waiting import until

from leadtui.clock import FixedClock
from leadtui.followup.views import save_view
from leadtui.workspace import Workspace
from screens.ahead import ReadAhead


def test_it_is_taken_once_and_only_while_it_holds(workspace: Workspace, clock: FixedClock) -> None:
    asked: list[str] = []

    def read(_connection: sqlite3.Connection, identity: str) -> int:
        asked.append(identity)
        return len(asked)

    ahead = ReadAhead(read, clock.now)
    with workspace.read() as connection:
        assert ahead.look(connection, "a") == 1
        assert ahead.take(connection, "a") == 1
        assert ahead.take(connection, "a") == 2, "once"
        ahead.look(connection, "a")
        assert ahead.take(connection, "b") == 4, "another lead"
        ahead.look(connection, "a")
        with workspace.act("Save view") as act:
            save_view(act, "mine", "tier:A")
        assert ahead.take(connection, "a") == 6, "somebody wrote"
        ahead.look(connection, "a")
        clock.at += 60_000
        assert ahead.take(connection, "a") == 8, "a minute passed"
        ahead.look(connection, "a")
        with closing(sqlite3.connect(workspace.path)) as other:
            assert ahead.take(other, "a") == 10, "another connection knows nothing of the first one's"


async def test_the_next_lead_is_ready_and_looks_as_if_it_was_not(leads: Workspace) -> None:
    app = app_on(leads, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        detail = inbox_of(pilot).detail
        for command in ("move-down", "move-up"):
            await press(pilot, command)
            await until(pilot, lambda: detail._prepared is not None, "the next lead")
            prepared = detail._prepared
            assert prepared is not None
            await press(pilot, command)
            assert detail.detail is prepared[0], "read ahead in the direction of the cursor"
            shown = screen_lines(pilot)
            detail._prepared = None
            inbox_of(pilot).show_detail_now()
            detail.touch_all()
            await settle(pilot)
            assert detail.detail is not prepared[0]
            assert screen_lines(pilot) == shown


async def test_what_another_program_wrote_meanwhile_is_shown(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down")
        detail = inbox_of(pilot).detail
        await until(pilot, lambda: detail._prepared is not None, "the next lead")
        prepared = detail._prepared
        assert prepared is not None
        number = prepared[0].row.number
        with leads.act("Edit lead") as act:
            act.connection.execute("UPDATE lead SET need = 'wants it blue' WHERE number = ?", (number,))
        await press(pilot, "move-down")
        assert detail.detail is not None
        assert detail.detail.row.number == number
        assert any("wants it blue" in line for line in screen_lines(pilot))
