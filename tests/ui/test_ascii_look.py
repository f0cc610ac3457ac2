"""On a terminal that knows only ASCII nothing else is drawn, but for what users wrote themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from inbox_app import app_on, press, screen_lines, settle
from textual.pilot import Pilot

from leadtui.customers.records import create_record
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.leads import create_lead
from leadtui.settings import Look, Settings
from leadtui.workspace import Workspace
from screens.confirm import ConfirmScreen
from widgets.plain import cut, joined, use_ascii

LONG = "A company with a name that is longer than any column of a list could ever hold"
IN_LISTS = """follow-up line-entry convert snooze new-lead edit signals engagement tier tags owner
collaborators give-back plan playbook tasks templates screening watch disqualify duplicates merge history copy
filter view save-view import export fields help palette undo redo""".split()
OF_RECORDS = "follow-up edit sort playbook history stage-on win objection view filter help new-lead".split()


@pytest.fixture
def plain_file(workspace: Workspace) -> Workspace:
    """Leads and records with names in ASCII, too long for their columns."""
    workspace.settings = Settings(look=Look(timezone="UTC", ascii=True))
    now = workspace.clock.now()
    with workspace.act("Make") as act:
        for number in range(40):
            lead = {"company": f"{number} {LONG}", "contact": "Ann", "need": LONG * 6, "email": "a@b.example"}
            more = {"next_step": "call", "budget_min": 100_00, "budget_max": 900_00, "notes": LONG * 9}
            lead_id = create_lead(act, {**lead, **more, "source_channel": "expo"})
        act.connection.execute("UPDATE lead SET next_due = ?", (now - 3_600_000,))
    with workspace.act("Log") as act:
        log_follow_up(act, [lead_id], {"channel": "phone", "result": "reached", "content": LONG * 3})
        customer = create_record(act, "customer", {"name": LONG, "email": "a@c.example", "industry": "tools"})
        contact = create_record(act, "contact", {"name": LONG, "customer_id": customer, "title": "CEO"})
        deal = {"name": LONG, "customer_id": customer, "contact_id": contact, "amount": 5_000_000}
        create_record(act, "opportunity", {**deal, "next_due": now - 3_600_000})
    return workspace


def strange(pilot: Pilot[Any]) -> list[str]:
    """The lines of the screen that not every terminal can show."""
    return [line for line in screen_lines(pilot) if not line.isascii()]


async def leave(pilot: Pilot[Any], depth: int) -> None:
    """Go back until so many screens are left."""
    for _ in range(6):
        if len(pilot.app.screen_stack) <= depth:
            return
        await pilot.press("y" if isinstance(pilot.app.screen, ConfirmScreen) else "escape")
        await settle(pilot)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
async def test_the_main_screen_and_all_that_it_opens(plain_file: Workspace, size: tuple[int, int]) -> None:
    app = app_on(plain_file)
    found: dict[str, list[str]] = {}
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        found["inbox"] = strange(pilot)
        for command in IN_LISTS:
            await press(pilot, command)
            found[command] = strange(pilot)
            await leave(pilot, 1)
            await pilot.press("escape")
            await settle(pilot)
    assert {command: lines for command, lines in found.items() if lines} == {}


@pytest.mark.parametrize("records", ["customers", "contacts", "opportunities", "board"])
async def test_the_lists_of_records(plain_file: Workspace, records: str) -> None:
    app = app_on(plain_file)
    found: dict[str, list[str]] = {}
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, records)
        found[""] = strange(pilot)
        for command in OF_RECORDS:
            await press(pilot, command)
            found[command] = strange(pilot)
            await leave(pilot, 2)
        await press(pilot, "open")
        found["open"] = strange(pilot)
    assert {command: lines for command, lines in found.items() if lines} == {}


async def test_an_import_and_its_result(
    plain_file: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Company,Name,Budget\nNova,Ann,50000\nAlpha,,\n,,7\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    app = app_on(plain_file)
    found: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "import")
        for keys in ([*file.name, "enter"], ["f2"]):
            await pilot.press(*keys)
            await settle(pilot)
            found += strange(pilot)
    assert found == []


def test_what_is_cut_keeps_to_its_width() -> None:
    use_ascii(True)
    try:
        assert [cut("abcdefgh", width) for width in (8, 7, 4, 3, 2, 1, 0)] == [
            "abcdefgh", "abcd...", "a...", "...", "..", ".", ""
        ]  # fmt: skip
        assert cut("上海启明科技", 8) == "上海..."
        assert joined(("one", "", "two")) == "one - two"
    finally:
        use_ascii(False)
    assert cut("abcdefgh", 7) == "abcdef…" and joined(("one", "two")) == "one · two"
