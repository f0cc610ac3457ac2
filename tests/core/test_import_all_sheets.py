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
from leadtui.errors import LeadTUIError
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
    assert run("undo", *there).code == 0
    assert run("inbox", *there, "--view", "all", "--json").json["total"] == 0
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


@pytest.fixture
def expo(tmp_path: Path) -> str:
    """Two days of visitors, of whom some came twice, their firms, and a sheet of something else."""
    path = str(tmp_path / "expo.xlsx")
    header = ["Company", "Contact", "Email", "Phone"]
    sheets = {
        "Day 1": [header, ["Nova", "Li Wei", "li@nova.example", ""], ["", "", "nonsense", ""]],
        "Day 2": [
            header,
            ["Kestrel", "Ana", "ana@kestrel.example", ""],
            ["Nova", "Li Wei", "li@nova.example", "13812345678"],
            ["", "", "", "Bergen"],
        ],
        "Day 3": [header, ["Pine", "Bo", "bo@pine.example", ""]],
        "Firms": [["Account Name", "Industry", "Billing City"], ["Halden", "Optics", "Oslo"]],
        "Sizes": [["Shoe", "Hat"], ["44", "58"]],
    }
    with closing(xlsxwriter.Workbook(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_of_another_workbook_the_sheets_that_are_not_read_are_told(run: Run, expo: str) -> None:
    ran = run("import", expo)
    assert (ran.code, "1 new" in ran.out) == (0, True)
    assert "Only “Day 1” is read; there are also Day 2, Day 3, Firms, Sizes." in ran.err
    assert "Only" not in run("import", expo, "--sheet", "Day 2").err


def test_all_sheets_come_in_as_one_act(run: Run, expo: str) -> None:
    tried = run("import", expo, "--all-sheets", "--dry-run")
    assert "“Day 2”: 1 new, 1 updated, 1 skipped" in tried.out
    assert "hold nothing that is known: Sizes." in tried.err
    files = run("import", expo, "--all-sheets", "--json").json["files"]
    assert [(each["sheet"], each["record"], each["created"], each["updated"]) for each in files] == [
        ("Day 1", "lead", 1, 0),
        ("Day 2", "lead", 1, 1),
        ("Day 3", "lead", 1, 0),
        ("Firms", "customer", 1, 0),
    ]
    skipped = [each["skipped_file"] for each in files]
    assert skipped[0] != skipped[1] and skipped[2:] == [None, None]
    assert "Bergen" in Path(skipped[1]).read_text("utf-8")
    found = run("inbox", "--view", "all", "--filter", "13812345678", "--json").json["leads"]
    assert [lead["company"] for lead in found] == ["Nova"], "what a later sheet added is found"
    assert run("undo").code == 0
    assert run("inbox", "--view", "all", "--json").json["total"] == 0


def test_sheets_are_named_one_by_one(run: Run, expo: str) -> None:
    files = run("import", expo, "--sheet", "Firms", "--sheet", "Day 2", "--json").json["files"]
    assert [each["sheet"] for each in files] == ["Day 2", "Firms"], "what others may belong to comes first"
    refused = run("import", expo, "--sheet", "Firms", "--all-sheets")
    assert (refused.code, "leave --sheet out" in refused.err) == (2, True)


def test_a_file_that_is_stopped_in_its_second_sheet_leaves_nothing(
    run: Run, expo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadtui.capture.batch.customers import writing

    def broken(*_arguments: object) -> None:
        raise LeadTUIError("broken")

    monkeypatch.setattr(writing, "link_what_came_before", broken)
    assert run("import", expo, "--all-sheets").code == 1
    assert run("inbox", "--view", "all", "--json").json["total"] == 0
    assert not list(Path(expo).parent.glob("*.part")) and not list(Path(expo).parent.glob("*.skipped*"))
