"""What marks mean for each command: forms that begin empty, and what is always about one lead."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from inbox_app import AddLead, app_on, company, inbox_of, press, screen_lines, settle

from leadtui.workspace import Workspace


def values(workspace: Workspace, column: str) -> list[object]:
    with workspace.read() as connection:
        return [value for (value,) in connection.execute(f"SELECT {column} FROM lead ORDER BY number")]


async def test_several_leads_are_edited_in_an_empty_form(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "mark", "mark", "edit")
        shown = "\n".join(screen_lines(pilot))
        assert "2 leads" in shown and "Li Wei" not in shown
        await press(pilot, *["tab"] * 7, *"x", "tab", *"y", "f2")
        assert app.screen is app.inbox
    assert values(leads, "industry")[:3] == ["y", "y", ""]
    assert values(leads, "contact")[:2] == ["Li Wei", "M. Okafor"]


async def test_a_follow_up_on_several_names_none_of_them(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "mark", "mark", "follow-up")
        shown = "\n".join(screen_lines(pilot))
        assert "2 leads" in shown and "It is logged on each of them." in shown
        await press(pilot, *"mailed", "tab", "l", "enter")
    with leads.read() as connection:
        found = connection.execute("SELECT content, count(*) FROM activity GROUP BY content").fetchall()
    assert found == [("mailed", 2)]


async def test_notes_and_copies_are_about_the_lead_under_the_cursor(
    leads: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\necho noted >> "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        monkeypatch.setattr(app, "suspend", nullcontext)
        await settle(pilot)
        await press(pilot, "mark", "mark", "edit-notes")
        assert inbox_of(pilot).leads.marked_count == 2
        await press(pilot, "panel-reminders", "move-last", "copy", "n")
        assert app.clipboard == "L-000007"
    assert [note for note in values(leads, "notes") if note] == ["noted"]
    assert values(leads, "notes")[2] == "noted"


async def test_taking_back_and_doing_again_keep_the_detail(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "redo")
        assert [note.message for note in app._notifications] == [
            "Nothing was taken back that could be done again."
        ]
        await press(pilot, "snooze", "3", "undo")
        assert company(pilot) == "Nova Robotics"
        for command in ("redo", "undo"):
            await press(pilot, command)
            detail = inbox_of(pilot).detail.detail
            assert detail is not None and detail.row.company == "Nova Robotics"
        assert len(app._notifications) == 1, "what is said takes the place of what was said"


async def test_a_lead_that_is_taken_back_leaves_the_list(leads: Workspace, add_lead: AddLead) -> None:
    add_lead(number="L-000009", company="Zed", tier_chosen="C")
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-last")
        assert company(pilot) == "Zed"
        await press(pilot, "undo")
        assert inbox_of(pilot).leads.line_count == 7
        assert company(pilot) == "Cedar Tools"
        await press(pilot, "redo")
        assert inbox_of(pilot).leads.line_count == 8


async def test_a_closed_lead_is_refused_before_anything_is_typed(leads: Workspace) -> None:
    app = app_on(leads, view="all")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "disqualify", "i", "1", "enter", "move-up")
        for command in ("follow-up", "line-entry"):
            await press(pilot, command)
            assert app.screen is app.inbox
            assert [note.message for note in app._notifications] == [
                "L-000001 is closed (invalid): screen it as valid first."
            ]


async def test_tags_that_only_some_leads_have(leads: Workspace) -> None:
    from leadtui.qualify.leads import add_tags

    with leads.act("Tag") as act:
        ids = [row[0] for row in act.connection.execute("SELECT id FROM lead ORDER BY number LIMIT 2")]
        add_tags(act, ids, ["both"])
        add_tags(act, ids[:1], ["one"])
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "mark", "mark", "tags")
        shown = "\n".join(screen_lines(pilot))
        assert "[x] both" in shown and "[-] one" in shown
        await press(pilot, "down", "space", "f2")
    with leads.read() as connection:
        left = connection.execute("SELECT name, count(*) FROM tag GROUP BY name").fetchall()
    assert left == [("one", 1)]
