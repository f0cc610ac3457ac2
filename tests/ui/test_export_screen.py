"""The export screen: which leads, as what, where; replacing, stopping, telling."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from inbox_app import app_on, press, screen_lines, settle
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Button, Input
from waiting import until

from leadtui.customers.records import create_record
from leadtui.workspace import Workspace
from screens.confirm import ConfirmScreen
from screens.export_file import ExportScreen
from screens.problem import ProblemScreen
from widgets.choice_row import ChoiceRow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files are written to."""
    made = tmp_path / "files"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def shown(pilot: Pilot[Any]) -> str:
    return "\n".join(screen_lines(pilot))


def path_of(pilot: Pilot[Any]) -> Input:
    return pilot.app.screen.query_one("#path", Input)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_the_list_becomes_a_file_of_the_chosen_format(
    leads: Workspace, folder: Path, size: tuple[int, int]
) -> None:
    app = app_on(leads, view="all")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        assert isinstance(app.screen, ExportScreen)
        assert "this list (7)" in shown(pilot) and "typed cells" in shown(pilot)
        assert "opens it by a double click" not in shown(pilot)
        for button in app.screen.query(Button):
            assert Region(0, 0, *size).contains_region(button.region)
        await pilot.press("c")
        assert path_of(pilot).value == "leads.csv"
        assert "opens it by a double click" in shown(pilot)
        await pilot.press("i")
        assert path_of(pilot).value == "leads.ics"
        assert "15 minutes before" in shown(pilot)
        await pilot.press("c", "f2")
        await until(pilot, lambda: app.screen is app.inbox, "the inbox")
        assert [note.message for note in app._notifications] == ["7 leads written to leads.csv"]
    written = (folder / "leads.csv").read_text("utf-8-sig").splitlines()
    assert len(written) == 8 and "上海启明科技有限公司" in written[3]


async def test_the_marked_leads_are_offered_first(leads: Workspace, folder: Path) -> None:
    app = app_on(leads, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "mark", "mark", "export")
        assert "the marked (2)" in shown(pilot)
        await pilot.press("j", "f2")
        await until(pilot, lambda: app.screen is app.inbox, "the inbox")
    written = json.loads((folder / "leads.json").read_text("utf-8"))
    assert [lead["company"] for lead in written] == ["Kestrel Foods", "上海启明科技有限公司"]


async def test_all_leads_leave_from_a_narrow_list(leads: Workspace, folder: Path) -> None:
    app = app_on(leads, view="all", filter_text="kestrel")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        assert "this list (1)" in shown(pilot)
        await pilot.press("c", "shift+tab", "a", "f2")
        await until(pilot, lambda: app.screen is app.inbox, "the inbox")
    with (folder / "leads.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 7


async def test_everything_becomes_an_archive(leads: Workspace, folder: Path) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        await pilot.press("z")
        assert path_of(pilot).value == "leads.zip"
        assert "this list" not in shown(pilot) and "history" in shown(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is app.inbox, "the inbox")
        assert [note.message for note in app._notifications] == ["7 leads written to leads.zip"]
    with zipfile.ZipFile(folder / "leads.zip") as archive:
        assert archive.read("tables/lead.jsonl").count(b"\n") == 7


async def test_other_kinds_of_record_leave_as_well(leads: Workspace, folder: Path) -> None:
    from leadtui.customers.records import create_record

    with leads.act("Customer") as act:
        customer = create_record(act, "customer", {"name": "启明"})
        create_record(act, "contact", {"name": "王芳", "customer_id": customer})
    app = app_on(leads)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        assert "contacts" in shown(pilot) and "opportunities" not in shown(pilot)
        await pilot.press("j", "shift+tab", "e", "f2")
        await until(pilot, lambda: app.screen is app.inbox, "the inbox")
        assert [note.message for note in app._notifications] == ["9 records written to leads.json"]
        await press(pilot, "export")
        await pilot.press("c", "shift+tab", "e", "f2")
        await until(pilot, lambda: "one kind of record" in shown(pilot), "the problem")
        await pilot.press("p", "f2")
        await until(pilot, lambda: app.screen is app.inbox, "the inbox")
    document = json.loads((folder / "leads.json").read_text("utf-8"))
    assert {kind: len(records) for kind, records in document.items()} == {
        "leads": 7,
        "customers": 1,
        "contacts": 1,
    }
    assert "王芳" in (folder / "leads.csv").read_text("utf-8-sig")


async def test_an_ending_that_is_typed_says_the_format(leads: Workspace, folder: Path) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        path_of(pilot).value = "due.ics"
        await pilot.pause()
        assert app.screen.query_one("#format", ChoiceRow).value == ".ics"
        path_of(pilot).value = "due.docx"
        await pilot.pause()
        assert app.screen.query_one("#format", ChoiceRow).value == ".ics"
        await pilot.press("f2")
        await until(pilot, lambda: "can't be written" in shown(pilot), "the problem")
        path_of(pilot).value = ".."
        await pilot.press("f2")
        await until(pilot, lambda: "is a folder" in shown(pilot), "another problem")
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is app.inbox
    assert list(folder.iterdir()) == []


async def test_a_file_in_the_way_is_replaced_only_when_told(leads: Workspace, folder: Path) -> None:
    file = folder / "leads.csv"
    file.write_text("mine")
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        await pilot.press("c", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question")
        await pilot.press("n")
        await settle(pilot)
        assert "Name another file." in shown(pilot)
        assert file.read_text() == "mine"
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question again")
        await pilot.press("y")
        await until(pilot, lambda: app.screen is app.inbox, "the inbox")
    assert "Nova Robotics" in file.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "told"), [("~nobody-here/x.csv", "no folder"), (f"{'x' * 252}.csv", "too long")]
)
async def test_a_name_that_can_not_be_is_told(leads: Workspace, folder: Path, name: str, told: str) -> None:
    app = app_on(leads, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        path_of(pilot).value = name
        await pilot.press("f2")
        await until(pilot, lambda: told in shown(pilot), told)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ExportScreen), "the end")
    assert list(folder.iterdir()) == []


async def test_what_nobody_expected_is_told_and_the_form_stays(
    leads: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadtui.exporting.export.export_file", lambda *_arguments, **_more: 1 / 0)
    app = app_on(leads, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ProblemScreen), "the story")
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing was saved." in shown(pilot), "the form")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ExportScreen), "the end")


async def test_escape_stops_an_export(
    leads: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadtui.exporting.job import Job

    go_on = Job.go_on

    def wait_to_be_stopped(job: Job) -> None:
        while not job.cancelled():
            pass
        go_on(job)

    monkeypatch.setattr(Job, "go_on", wait_to_be_stopped)
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        await pilot.press("f2")
        await until(pilot, lambda: "rows" in shown(pilot), "the progress")
        await pilot.press("escape")
        await until(pilot, lambda: "was stopped" in shown(pilot), "what happened")
        assert isinstance(app.screen, ExportScreen)
    assert list(folder.iterdir()) == []


async def test_an_empty_list_is_not_exported(workspace: Workspace) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "export")
        assert app.screen is app.inbox


async def test_a_list_of_customers_leaves_with_the_same_key(leads: Workspace, folder: Path) -> None:
    from leadtui.customers.records import create_record
    from screens.records import RecordsScreen

    with leads.act("Customer") as act:
        for name in ("启明", "Kestrel"):
            create_record(act, "customer", {"name": name})
    app = app_on(leads)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.push_screen(RecordsScreen(leads, app.keys, "customer"))
        await settle(pilot)
        await press(pilot, "mark", "export")
        assert "the marked (1)" in shown(pilot) and "this list (2)" in shown(pilot)
        await pilot.press("j", "shift+tab", "t", "f2")
        await until(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list of customers")
    written = json.loads((folder / "customers.json").read_text("utf-8"))
    assert {record["name"] for record in written} == {"启明", "Kestrel"}


async def test_the_board_leaves_as_it_is_shown_marked_or_whole(workspace: Workspace, folder: Path) -> None:
    with workspace.act("Make") as act:
        customer = create_record(act, "customer", {"name": "上海启明科技有限公司"})
        for name, stage in (("ERP替换", "discovery"), ("MES", "discovery"), ("ERP 2", "contract")):
            create_record(act, "opportunity", {"name": name, "stage": stage, "customer_id": customer})
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "board")
        await settle(pilot)
        board = app.screen
        await pilot.press("slash", *"ERP", "enter")
        await settle(pilot)
        await press(pilot, "export")
        await settle(pilot)
        assert "this list (2)" in shown(pilot) and path_of(pilot).value == "opportunities.xlsx"
        await pilot.press("j", "f2")
        await until(pilot, lambda: app.screen is board, "the board")
        await press(pilot, "mark", "export")
        await settle(pilot)
        assert "the marked (1)" in shown(pilot)
        await pilot.press("c", "f2")
        await until(pilot, lambda: app.screen is board, "the board")
    written = json.loads((folder / "opportunities.json").read_text("utf-8"))
    assert {deal["name"] for deal in written} == {"ERP替换", "ERP 2"}
    with (folder / "opportunities.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["ERP替换"]
