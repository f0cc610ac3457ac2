"""What was typed and not saved when the app had to end is there when the same form is opened again."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import inbox_app
import pytest
from inbox_app import press, screen_lines, settle
from textual.pilot import Pilot
from textual.widgets import Input

from leadtui.clock import FixedClock
from leadtui.workspace import Workspace
from screens.app import LeadApp
from screens.confirm import ConfirmScreen
from screens.form_screen import FormScreen
from screens.unsaved import Unsaved
from widgets.when_input import WhenInput

SAID = "What you typed last time is back"
DAY = 86_400_000


def kept(workspace: Workspace) -> Path:
    return workspace.path.with_name("unsaved.json")


def unsaved(workspace: Workspace) -> Unsaved:
    return Unsaved(kept(workspace), workspace.path, workspace.user)


def app_on(workspace: Workspace) -> LeadApp:
    return inbox_app.app_on(workspace, state_path=workspace.path.with_name("state.json"))


def form_of(pilot: Pilot[Any]) -> FormScreen[Any]:
    assert isinstance(pilot.app.screen, FormScreen)
    return pilot.app.screen


def is_said(pilot: Pilot[Any]) -> bool:
    return SAID in "\n".join(screen_lines(pilot))


async def typed_and_ended(workspace: Workspace, *keys: str) -> None:
    """Open what the first key opens, type the rest, and end as the system tells an app to."""
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press(keys[0])
        await settle(pilot)
        await pilot.press(*keys[1:])
        await settle(pilot)
        app.exit(return_code=143)


FOLLOW_UP = ("f", *"wants seven", "enter", *"crates", "tab", "r")


async def test_a_follow_up_is_back_for_its_lead_alone(leads: Workspace) -> None:
    await typed_and_ended(leads, *FOLLOW_UP)
    assert stat.S_IMODE(kept(leads).stat().st_mode) == 0o600
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "f")
        await settle(pilot)
        assert form_of(pilot).text("content") == "" and not is_said(pilot)
        await pilot.press("escape", "k", "f")
        await settle(pilot)
        assert form_of(pilot).text("content") == "wants seven\ncrates" and is_said(pilot)
        assert form_of(pilot).text("result") == "reached"
        await pilot.press(*" now", "f2")
        await settle(pilot)
        assert not kept(leads).exists()
        await pilot.press("k", "f")
        await settle(pilot)
        assert form_of(pilot).text("content") == "" and not is_said(pilot)
    with leads.read() as connection:
        rows = connection.execute("SELECT company, content FROM activity JOIN lead ON lead.id = lead_id")
        assert rows.fetchall() == [("Nova Robotics", "wants seven\ncrates now")]


async def test_an_error_that_nobody_expected_costs_nothing_typed(leads: Workspace) -> None:
    def fail() -> None:
        raise RuntimeError("boom")

    app = app_on(leads)
    with pytest.raises(RuntimeError, match="boom"):
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("n", *"Ada")
            app.call_later(fail)
            await pilot.pause()
    assert unsaved(leads).of("lead") == {"contact": "Ada"}


async def test_one_key_drops_it(leads: Workspace) -> None:
    await typed_and_ended(leads, *FOLLOW_UP)
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f", "f4")
        await settle(pilot)
        assert form_of(pilot).text("content") == form_of(pilot).text("result") == ""
        assert not is_said(pilot) and not kept(leads).exists()
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, FormScreen | ConfirmScreen)


async def test_it_is_kept_until_it_is_saved_or_dropped(leads: Workspace) -> None:
    await typed_and_ended(leads, *FOLLOW_UP)
    await typed_and_ended(leads, "f")
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert is_said(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ConfirmScreen) and kept(leads).exists()
        await pilot.press("y")
        await settle(pilot)
        assert not kept(leads).exists()


async def test_a_day_is_the_day_that_was_meant(leads: Workspace, clock: FixedClock) -> None:
    await typed_and_ended(leads, "f", "tab", "tab", "tab", "tab", *["backspace"] * 10, *"tomorrow 9")
    clock.at += 2 * DAY
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        when = form_of(pilot).query_one(WhenInput)
        assert when.value == "2026-11-22 09:00" and when.due is not None


async def test_a_form_is_not_kept_for_what_stood_there_anyway(leads: Workspace) -> None:
    for command in ("f", "n", "e"):
        await typed_and_ended(leads, command)
    assert not kept(leads).exists()


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        (("n", *"Ada Byron"), "contact", "Ada Byron"),
        (("e", "end", "backspace", *"y"), "contact", "Li Wey"),
        (("e", "tab", "tab", "d"), "role", "decision_maker"),
    ],
    ids=["new lead", "changed lead", "choice"],
)
async def test_a_lead_is_back(leads: Workspace, keys: tuple[str, ...], field: str, value: str) -> None:
    await typed_and_ended(leads, *keys)
    async with app_on(leads).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press(keys[0])
        await settle(pilot)
        assert form_of(pilot).values()[field] == value and is_said(pilot)
        assert form_of(pilot).draft() == {field: value}


async def test_a_record_is_back(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "customers", "new-lead")
        await pilot.press(*"Nova AG")
        app.exit()
    async with app_on(leads).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "customers", "new-lead")
        assert form_of(pilot).text("name") == "Nova AG" and is_said(pilot)


async def test_a_line_is_back(leads: Workspace) -> None:
    await typed_and_ended(leads, ";", *"phone reached, wants")
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(";")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "phone reached, wants" and is_said(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "" and not kept(leads).exists()
        await pilot.press("escape", ";")
        await settle(pilot)
        assert not is_said(pilot)


async def test_nobody_is_offered_what_another_typed(leads: Workspace) -> None:
    await typed_and_ended(leads, *FOLLOW_UP)
    leads.user = "ben"
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert not is_said(pilot)
    assert kept(leads).exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"WHOSE": 3}',
        '{"WHOSE": {"lead": 3}}',
        '{"WHOSE": {"lead": {"role": "x", "contact": [1]}}}',
    ],
)
async def test_a_file_that_says_nothing_is_no_reason_to_trouble_anybody(leads: Workspace, text: str) -> None:
    kept(leads).write_text(text.replace("WHOSE", f"{leads.user} {leads.path}"))
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert form_of(pilot).draft() == {} and not is_said(pilot)


def test_what_others_keep_stays(tmp_path: Path) -> None:
    kept, database = tmp_path / "state" / "unsaved.json", tmp_path / "leads.db"
    ana, ben = (Unsaved(kept, database, user) for user in ("ana", "ben"))
    ana.keep({"lead": {"contact": "王芳"}, "follow-up L-1": {"content": "a"}})
    ben.keep({"lead": {"contact": "b"}})
    ana.drop("follow-up L-1")
    assert ana.of("lead") == {"contact": "王芳"} and ana.of("follow-up L-1") == {}
    ana.drop("lead")
    assert json.loads(kept.read_text()) == {f"ben {database}": {"lead": {"contact": "b"}}}
    assert Unsaved(kept, tmp_path / "other.db", "ben").of("lead") == {}
    ben.drop("lead")
    assert list(kept.parent.iterdir()) == []
