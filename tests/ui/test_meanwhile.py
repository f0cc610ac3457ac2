"""What somebody else writes while a form is open is never overwritten unseen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from inbox_app import app_on, inbox_of, press, screen_lines, settle
from textual.pilot import Pilot

from leadtui.customers.records import create_record, edit_records
from leadtui.qualify.leads import edit_leads
from leadtui.workspace import Workspace


def elsewhere(workspace: Workspace, number: str, **changes: object) -> None:
    """A colleague's copy of the app changes a lead."""
    with closing(Workspace.open(workspace.path, workspace.settings, workspace.clock, "bo")) as other:
        with other.read() as connection:
            (lead,) = connection.execute("SELECT id FROM lead WHERE number = ?", (number,)).fetchone()
        with other.act("Edit lead") as act:
            edit_leads(act, [lead], changes)


def value(workspace: Workspace, column: str, record: str = "lead") -> object:
    with workspace.read() as connection:
        return connection.execute(f"SELECT {column} FROM {record} ORDER BY number LIMIT 1").fetchone()[0]


def shown(pilot: Pilot[None]) -> str:
    """The words on the screen, lines folded into one."""
    return " ".join(" ".join(line.strip("│┃ ") for line in screen_lines(pilot)).split())


async def test_a_field_that_somebody_changed_is_shown_before_it_is_replaced(leads: Workspace) -> None:
    async with app_on(leads).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "edit", *"Mr ")
        elsewhere(leads, "L-000001", contact="Li Wei 王")
        await press(pilot, "f2")
        assert "Somebody wrote “Li Wei 王” meanwhile" in shown(pilot)
        assert value(leads, "contact") == "Li Wei 王"
        await press(pilot, "f2")
        assert pilot.app.screen is inbox_of(pilot)
    mine = str(value(leads, "contact"))
    assert "Mr" in mine and "王" not in mine


async def test_other_fields_are_no_matter(leads: Workspace) -> None:
    async with app_on(leads).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "edit", *"Mr ")
        elsewhere(leads, "L-000001", title="CEO", phone="+8613900009999")
        await press(pilot, "f2")
        assert pilot.app.screen is inbox_of(pilot)
    assert (value(leads, "title"), value(leads, "phone")) == ("CEO", "+8613900009999")
    assert "Mr" in str(value(leads, "contact"))


async def test_notes_that_somebody_changed_stand_and_ours_are_kept(
    leads: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    app = app_on(leads)

    @contextmanager
    def suspended() -> Iterator[None]:
        elsewhere(leads, "L-000001", notes="bo was here")
        yield

    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\necho mine > "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        monkeypatch.setattr(app, "suspend", suspended)
        await settle(pilot)
        await press(pilot, "edit-notes")
        (said,) = [note.message for note in app._notifications]
    assert said.startswith("Somebody wrote “bo was here” meanwhile")
    assert Path(said.rpartition(" is in ")[2].rstrip(".")).read_text() == "mine\n"
    assert value(leads, "notes") == "bo was here"


async def test_a_customer_that_somebody_changed_is_shown_too(workspace: Workspace) -> None:
    with workspace.act("New customer") as act:
        nova = create_record(act, "customer", {"name": "Nova"})
    async with app_on(workspace).run_test(size=(120, 36)) as pilot:
        await press(pilot, "customers", "edit", *"X")
        with workspace.act("Edit") as act:
            edit_records(act, "customer", [nova], {"name": "Nova Robotics"})
        await press(pilot, "f2")
        assert "Somebody wrote “Nova Robotics” meanwhile" in shown(pilot)
    assert value(workspace, "name", "customer") == "Nova Robotics"
