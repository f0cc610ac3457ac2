"""What left together in one file comes back together."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter
from cli_run import Run, runner, sample

from leadtui.clock import FixedClock
from leadtui.demo.customers import add_customers
from leadtui.settings import Settings
from leadtui.workspace import Workspace

KINDS = ("lead", "customer", "contact", "opportunity")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], clock: FixedClock) -> Run:
    return runner(capsys, clock)


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock) -> str:
    """Leads and customers with all that belongs to them."""
    path = tmp_path / "records.db"
    sample(path, clock, 5)
    with closing(Workspace.open(path, Settings(), clock, "ana")) as workspace:
        add_customers(workspace)
    return str(path)


@pytest.mark.parametrize("ending", [".xlsx", ".json"])
def test_every_kind_of_an_export_comes_in(run: Run, database: str, tmp_path: Path, ending: str) -> None:
    path, there = str(tmp_path / f"crm{ending}"), ("--db", str(tmp_path / "there.db"))
    what = "leads,customers,contacts,opportunities"
    exported = run("export", path, "--db", database, "--what", what, "--json").json
    files = run("import", path, *there, "--json").json["files"]
    assert {each["record"] for each in files} == set(KINDS)
    assert sum(each["created"] for each in files) == exported["written"]
    assert all(each["file"] == path and not each["skipped"] for each in files)
    again = run("import", path, *there, "--json").json["files"]
    assert sum(each["unchanged"] for each in again) == exported["written"]

    (one,) = run("import", path, *there, "--sheet", "contacts", "--json").json["files"]
    assert one["record"] == "contact"
    refused = run("import", path, *there, "--skipped", str(tmp_path / "rest.csv"))
    assert (refused.code, "one by one" in refused.err) == (2, True)


def test_a_sheet_that_somebody_added_or_emptied_is_passed_over(
    run: Run, database: str, tmp_path: Path
) -> None:
    path = tmp_path / "crm.json"
    run("export", str(path), "--db", database, "--what", "leads,customers")
    document = json.loads(path.read_text("utf-8"))
    document |= {"notes": [{"Shoe": "44", "Hat": "58"}], "customers": []}
    path.write_text(json.dumps(document), encoding="utf-8")
    (one,) = run("import", str(path), "--db", str(tmp_path / "there.db"), "--json").json["files"]
    assert (one["record"], one["created"]) == ("lead", 5)


def test_of_another_workbook_the_sheets_that_are_not_read_are_told(run: Run, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "expo.xlsx"))
    for name, company in (("Day 1", "Nova"), ("Day 2", "Kestrel")):
        sheet = book.add_worksheet(name)
        sheet.write_row("A1", ["Company", "Contact"])
        sheet.write_row("A2", [company, "Li Wei"])
    book.close()
    ran = run("import", str(tmp_path / "expo.xlsx"))
    assert (ran.code, "1 new" in ran.out) == (0, True)
    assert "Only “Day 1” is read; there are also Day 2." in ran.err
    assert "Only" not in run("import", str(tmp_path / "expo.xlsx"), "--sheet", "Day 2").err
