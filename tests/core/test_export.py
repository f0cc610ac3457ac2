"""Leads leave whole, harmless for a spreadsheet, and readable by our own import."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli_run import Run, sample
from exports import export_to
from hypothesis import given
from hypothesis import strategies as st

from leadtui.capture.clean.text import block, is_blank
from leadtui.clock import FixedClock
from leadtui.errors import Cancelled, LeadTUIError, UsageError
from leadtui.exporting.export import FORMATS
from leadtui.exporting.formulas import guard
from leadtui.exporting.table import COLUMNS
from leadtui.followup.filters import parse_filter
from leadtui.followup.queue import Query
from leadtui.settings import Settings
from leadtui.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    sample(tmp_path / "leads.db", clock)
    with closing(Workspace.open(tmp_path / "leads.db", Settings(), clock, "ana")) as opened:
        yield opened


CUSTOM = ('custom.seats ["number", "Seats"]', 'custom.system ["text", "Current system"]')


def export(workspace: Workspace, path: Path, query: Query = Query("all"), **more: Any) -> int:  # noqa: B008
    return export_to(workspace, path, query, **more).written


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_has_every_lead_and_every_field(workspace: Workspace, tmp_path: Path) -> None:
    assert export(workspace, tmp_path / "x.csv") == 60
    leads = table(tmp_path / "x.csv")
    assert len(leads) == 60
    assert list(leads[0]) == [*COLUMNS, *CUSTOM]
    nova = next(lead for lead in leads if lead["company"] == "Nova Robotics")
    assert nova["contact"] == "Li Wei"
    assert nova["budget_max"] == "500000"
    assert nova["tags"] == "key account"
    assert nova["asked_for_material"] == "yes"
    assert nova["acquired_at"].endswith("+00:00")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"number,")


def test_excel_is_told_that_a_table_is_utf_8_when_that_is_wanted(run: Run, tmp_path: Path) -> None:
    run("add", "--company", "上海启明", "--source", "expo")
    assert run("export", str(tmp_path / "x.csv"), "--excel").code == 0
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,")
    assert "上海启明" in {lead["company"] for lead in table(tmp_path / "x.csv")}


def test_json_has_what_the_inbox_prints_and_every_field(
    workspace: Workspace, run: Run, tmp_path: Path
) -> None:
    assert export(workspace, tmp_path / "x.json", Query("open")) > 0
    written = json.loads((tmp_path / "x.json").read_text("utf-8"))
    printed = run("inbox", "--view", "open", "--limit", "0", "--json").json["leads"]
    assert [lead["id"] for lead in written] == [lead["id"] for lead in printed]
    for ours, theirs in zip(written, printed, strict=True):
        assert set(COLUMNS) | theirs.keys() == ours.keys() - {"custom_fields"}
        same = theirs.keys() - {"phone", "next_due", "acquired_at"}
        assert {name: ours[name] for name in same} == {name: theirs[name] for name in same}
        assert theirs["phone"] == ours["phone"] or theirs["phone"] == ours["mobile"]
    assert export(workspace, tmp_path / "x.jsonl", Query("open")) == len(written)
    lines = (tmp_path / "x.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == written


def test_an_empty_export_is_a_table_without_rows(workspace: Workspace, tmp_path: Path) -> None:
    nobody = Query("all", parse_filter("xyzzyx"))
    assert export(workspace, tmp_path / "x.csv", nobody) == 0
    assert table(tmp_path / "x.csv") == []
    assert export(workspace, tmp_path / "x.json", nobody) == 0
    assert json.loads((tmp_path / "x.json").read_text()) == []
    assert export(workspace, tmp_path / "x.jsonl", nobody) == 0
    assert (tmp_path / "x.jsonl").read_text() == ""


def test_a_file_is_only_replaced_when_that_is_said(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("mine")
    with pytest.raises(LeadTUIError, match="exists"):
        export(workspace, path)
    assert path.read_text() == "mine"
    assert export(workspace, path, replace=True) == 60
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_an_ending_that_nobody_writes_and_a_folder_that_isnt_there(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"\.csv"):
        export(workspace, tmp_path / "x.docx")
    with pytest.raises(LeadTUIError, match="There is no folder"):
        export(workspace, tmp_path / "nowhere" / "x.csv")
    (tmp_path / "x.json").mkdir()
    with pytest.raises(UsageError, match="is a folder: name a file in it"):
        export(workspace, tmp_path / "x.json", replace=True)


def test_a_name_may_be_as_long_as_the_system_lets_it_be(workspace: Workspace, tmp_path: Path) -> None:
    assert export(workspace, tmp_path / f"{'x' * 251}.csv") == 60
    for name in ("x" * 300, "x\0"):
        with pytest.raises(LeadTUIError, match="can't be written"):
            export(workspace, tmp_path / f"{name}.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no devices among its files")
def test_a_device_is_never_replaced(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    with pytest.raises(UsageError, match="no ordinary file"):
        export(workspace, tmp_path / "x.csv", replace=True)
    assert not (tmp_path / "x.csv").is_file()


def test_a_failure_leaves_no_half_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadtui.exporting.table.tags_in_a_cell", lambda names: 1 / 0)
    for ending in FORMATS:
        if ending not in {".vcf", ".ics"}:
            with pytest.raises(ZeroDivisionError):
                export(workspace, tmp_path / f"x{ending}")
    assert {path.name for path in tmp_path.iterdir()} <= {"leads.db", "backups"}


@pytest.mark.parametrize("ending", FORMATS)
def test_an_export_can_be_stopped(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled, match="nothing was written"):
        export(
            workspace,
            tmp_path / f"x{ending}",
            progress=lambda done, total: told.append((done, total)),
            cancelled=lambda: bool(told),
        )
    assert told[0] == (0, 60)
    assert {path.name for path in tmp_path.iterdir()} <= {"leads.db", "backups"}


@pytest.mark.parametrize("ending", FORMATS)
def test_the_chosen_leads_leave_in_their_order(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    exported = export_to(workspace, tmp_path / f"x{ending}", [7, 3, 999, 5])
    assert exported.records == 4
    assert exported.written == 3 or ending == ".ics"
    if ending == ".csv":
        with workspace.read() as connection:
            numbers = dict(connection.execute("SELECT seq, number FROM lead"))
        assert [lead["number"] for lead in table(tmp_path / "x.csv")] == [numbers[at] for at in (7, 3, 5)]


def test_formulas_are_guarded_in_the_file(run: Run, tmp_path: Path) -> None:
    for company in ("=cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "'=1", "Plain"):
        run("add", f"--company={company}", "--source", "expo", "--phone", "+86 138 1234 5678")
    run("export", str(tmp_path / "x.csv"))
    leads = table(tmp_path / "x.csv")
    assert {lead["company"] for lead in leads} == {
        "'=cmd|' /C calc'!A0", "'@SUM(1)", "'-2+3", "''=1", "Plain",
    }  # fmt: skip
    assert {lead["phone"] for lead in leads} == {"+8613812345678"}


@given(st.text(alphabet=st.sampled_from("'=+-@ab1 ("), max_size=8))
def test_our_import_takes_the_guard_off_again(text: str) -> None:
    guarded = guard(text)
    assert guarded[:1] not in {"=", "-", "@", "\t", "\r"}
    tidy = text.strip()
    if tidy == text and not is_blank(text):
        assert block(guarded) == text


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_two_texts_are_guarded_alike(one: str, other: str) -> None:
    assert (guard(one) == guard(other)) == (one == other)


def test_the_command_says_what_it_wrote(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    ran = run("export", str(tmp_path / "x.csv"), "--filter", "nova robotics", "--json")
    assert ran.json == {
        "file": str(tmp_path / "x.csv"),
        "what": ["leads"],
        "view": "all",
        "records": 1,
        "written": 1,
        "cut": 0,
    }
    ran = run("export", str(tmp_path / "x.csv"))
    assert ran.code == 1
    assert "--force" in ran.err
    assert run("export", str(tmp_path / "x.csv"), "--force").code == 0
    assert run("export", str(tmp_path / "x.doc")).code == 2
