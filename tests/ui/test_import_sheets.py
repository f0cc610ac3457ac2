"""The sheets of a workbook are chosen on the import screen; those of an export of ours come back whole."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter
from form_host import NOTHING, FormHost
from import_host import brought, columns, face, leads_in, outcome, shown
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Button
from waiting import until

from leadtui.clock import FixedClock, Today
from leadtui.customers.lists import RecordQuery
from leadtui.demo.customers import add_customers
from leadtui.demo.fill import fill
from leadtui.exporting.export import Wish, export_file
from leadtui.followup.queue import Query
from leadtui.settings import Settings
from leadtui.workspace import Workspace
from screens.import_file import ImportScreen
from screens.pick import PickScreen
from screens.sheets import SheetsScreen

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)])
RECORDS = {"leads": "lead", "customers": "customer", "contacts": "contact", "opportunities": "opportunity"}


def count(workspace: Workspace, record: str) -> int:
    with workspace.read() as connection:
        return int(connection.execute(f"SELECT count(*) FROM {record}").fetchone()[0])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets of leads, one of firms, one that holds nothing, and one of something else."""
    path = tmp_path / "book.xlsx"
    sheets: dict[str, list[list[str]]] = {
        "Visitors": [["Company", "Contact"], ["Nova", "Li Wei"]],
        "合作伙伴": [["Company", "Contact"], ["Kestrel", "Li Wei"], ["Nova", "Li Wei"]],
        "Firms": [["Account Name", "Industry", "Billing City"], ["Halden", "Optics", "Oslo"]],
        "Empty": [],
        "(b)Sizes": [["Shoe", "Hat"], ["44", "58"]],
    }
    with closing(xlsxwriter.Workbook(str(path))) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def ours(tmp_path: Path, clock: FixedClock) -> tuple[Path, dict[str, int]]:
    """An export of ours with every kind of record, and how many of each it holds."""
    path = tmp_path / "crm.xlsx"
    with closing(Workspace.open(tmp_path / "there.db", Settings(), clock, "ana")) as there:
        fill(there, 12)
        add_customers(there)
        today = Today.at(clock.now(), there.zone)
        chosen = {
            kind: Query("all") if record == "lead" else RecordQuery.of(record, "all")
            for kind, record in RECORDS.items()
        }
        with there.read() as connection:
            export_file(connection, chosen, Wish(path), today, there.zone, "ana", there.settings)
        return path, {record: count(there, record) for record in RECORDS.values()}


async def choose_sheets(app: FormHost, pilot: Pilot[None], *keys: str) -> None:
    app.screen.query_one("#sheet_name", Button).press()
    await until(pilot, lambda: isinstance(app.screen, SheetsScreen), "the sheets to choose from")
    await pilot.press(*keys)
    await until(pilot, lambda: face(app) == "plan", "the plan")


@SIZES
async def test_another_sheet_is_chosen(workspace: Workspace, book: Path, size: tuple[int, int]) -> None:
    app = FormHost(ImportScreen(workspace, book))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: face(app) == "plan" and "Nova" in columns(app)[0], "the first sheet")
        assert "XLSX" in shown(app, "#facts") and "Visitors" in shown(app, "#facts")
        await choose_sheets(app, pilot, "down", "enter")
        await until(pilot, lambda: "Kestrel" in columns(app)[0], "the other sheet")
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
    with workspace.read() as connection:
        found = connection.execute("SELECT company FROM lead ORDER BY seq").fetchall()
    assert found == [("Kestrel",), ("Nova",)]


@SIZES
async def test_all_sheets_come_in_as_what_they_hold(
    workspace: Workspace, book: Path, size: tuple[int, int]
) -> None:
    app = FormHost(ImportScreen(workspace, book))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await choose_sheets(app, pilot, "A", "enter")
        await until(pilot, lambda: len(columns(app)) == 10, "all columns under their sheets")
        assert [line.split("  ")[0] for line in columns(app) if "says otherwise" in line] == [
            "Visitors: leads",
            "合作伙伴: leads",
            "Firms: customers",
        ]
        assert "3 of 5 sheets" in shown(app, "#facts")
        assert "Empty, (b)Sizes" in shown(app, "#facts")
        assert "Visitors:" not in shown(app, "#facts"), (
            "what is said of the file is said of none of its sheets"
        )
        for button in app.screen.query(Button):
            assert not button.display or Region(0, 0, *size).contains_region(button.region)
        await pilot.press("f4")
        await until(pilot, lambda: face(app) == "result", "the trial's result")
        for told in ("4  rows read", "3  new", "1  unchanged", "1 new, 1 unchanged", "1 new (customers)"):
            assert told in outcome(app)
        assert leads_in(workspace) == 0
        await pilot.press("f2")
        await until(pilot, lambda: leads_in(workspace) == 2, "the leads")
        await until(pilot, lambda: face(app) == "result" and "Undo" in outcome(app), "the result")
    assert count(workspace, "customer") == 1
    workspace.undo()
    assert (leads_in(workspace), count(workspace, "customer")) == (0, 0)


async def test_sheets_are_marked_and_said_to_be_something_else(workspace: Workspace, book: Path) -> None:
    app = FormHost(ImportScreen(workspace, book))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await choose_sheets(app, pilot, "space", "down", "space", "enter")
        await until(pilot, lambda: len(columns(app)) == 7, "two sheets")
        app.screen.query_one("#columns").focus()
        await pilot.press("home", "down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PickScreen), "the kinds")
        await pilot.press(*"leads", "enter")
        await until(pilot, lambda: face(app) == "plan" and "Firms: leads" in columns(app)[3], "leads")
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
        await pilot.press("escape")
        await until(pilot, lambda: app.result is not NOTHING, "the end")
    assert [result.created for result in brought(app)] == [1, 1]
    assert (leads_in(workspace), count(workspace, "customer")) == (2, 0)


async def test_of_a_sheet_that_says_nobody_its_name_is_told(workspace: Workspace, book: Path) -> None:
    app = FormHost(ImportScreen(workspace, book))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await choose_sheets(app, pilot, "space", "down", "down", "down", "space", "enter")
        await until(pilot, lambda: len(columns(app)) == 6, "two sheets")
        await pilot.press("f2")
        await until(pilot, lambda: "(b)Sizes" in shown(app, "#problem"), "its name")
        await choose_sheets(app, pilot, "A", "A", "end", "up", "enter")
        await until(pilot, lambda: "“Empty”" in shown(app, "#problem"), "the empty sheet")


@SIZES
async def test_an_export_of_ours_comes_back_whole(
    workspace: Workspace, ours: tuple[Path, dict[str, int]], size: tuple[int, int]
) -> None:
    path, counts = ours
    app = FormHost(ImportScreen(workspace, path))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        assert "4 of 4 sheets" in shown(app, "#facts") and "LeadTUI" in shown(app, "#facts")
        await pilot.press("f4")
        await until(pilot, lambda: face(app) == "result", "the trial's result")
        for record in counts:
            assert f"{counts[record]} new" in outcome(app)
            assert count(workspace, record) == 0
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result" and "Undo" in outcome(app), "the result")
    assert {record: count(workspace, record) for record in counts} == counts
    workspace.undo()
    assert not any(count(workspace, record) for record in counts)
