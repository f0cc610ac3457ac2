"""What each screen looks like; look at a picture before it is accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pressing import SIZES, SMALL, WIDE, Snap, keys
from textual.pilot import Pilot
from waiting import settle, until

from leadtui.settings import Look, Settings
from leadtui.workspace import Workspace
from screens.app import LeadApp


@SIZES
def test_inbox(leads: Workspace, snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=size, run_before=keys())


@SIZES
def test_long_chinese_names(leads: Workspace, snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(LeadApp(leads, view="all"), terminal_size=size, run_before=keys("j"))


def test_welcome(empty: Workspace, snap_compare: Snap, tmp_path: Path) -> None:
    app = LeadApp(empty, state_path=tmp_path / "state.json")
    assert snap_compare(app, terminal_size=SMALL, run_before=keys())


def test_no_leads(empty: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(empty), terminal_size=WIDE, run_before=keys())


def test_empty_view(leads: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(leads, view="closed"), terminal_size=SMALL, run_before=keys())


def test_filter(leads: Workspace, snap_compare: Snap) -> None:
    steps = keys("slash", *"qiming")
    assert snap_compare(LeadApp(leads, view="all"), terminal_size=SMALL, run_before=steps)


def test_marks(leads: Workspace, snap_compare: Snap) -> None:
    steps = keys("space", "j", "space")
    assert snap_compare(LeadApp(leads, view="all"), terminal_size=SMALL, run_before=steps)


def test_acts(leads: Workspace, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.work.SAID_SECONDS", 3600)
    steps = keys("j", "s", "3", "space", "j", "space", "t", "a", *"budget", "enter")
    assert snap_compare(LeadApp(leads, view="all"), terminal_size=WIDE, run_before=steps)


def test_reminders_on_a_narrow_screen(leads: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=SMALL, run_before=keys("3"))


@SIZES
def test_follow_up(leads: Workspace, snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=size, run_before=keys("f", *"he", "f2"))


def test_snooze(leads: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=SMALL, run_before=keys("s"))


def test_signals(leads: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=SMALL, run_before=keys("i"))


def test_help(leads: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=WIDE, run_before=keys("question_mark"))


def test_lead_form_with_a_problem(leads: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=WIDE, run_before=keys("n", *"Eve", "f2"))


def test_too_small(leads: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(leads), terminal_size=(60, 15), run_before=keys())


@pytest.mark.parametrize("end", ["plan", "result"])
def test_import(
    leads: Workspace, snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    from screens.import_file import ImportScreen

    monkeypatch.chdir(tmp_path)
    Path("leads.csv").write_text(
        "Name,Emial,公司,Stand\nAda,ada@x.example,启明科技,A4\nBob,bob@y.example,Halden,B2\n,,,C1\n"
    )

    async def steps(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        screen = ImportScreen(leads, Path("leads.csv"))
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: screen.face == "plan", "the plan")
        if end == "result":
            await pilot.press("f2")
            await until(pilot, lambda: screen.face == "result", "the result")
        await settle(pilot)

    assert snap_compare(LeadApp(leads), terminal_size=WIDE, run_before=steps)


def test_chinese(leads: Workspace, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    from leadtui import i18n

    monkeypatch.setattr(i18n, "_catalogue", i18n._catalogue)
    i18n.use_language("zh_CN")
    leads.settings = Settings(look=Look(timezone="UTC", language="zh_CN"))
    assert snap_compare(LeadApp(leads), terminal_size=SMALL, run_before=keys())
