"""`import`: files become leads, or nothing happens; and what we export comes in again."""

from __future__ import annotations

import csv
import io
import os
import signal
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from cli_run import Run, sample

from leadtui.capture.batch import importing
from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.plan import FilePlan
from leadtui.clock import FixedClock, to_local
from leadtui.errors import LeadTUIError
from leadtui.workspace import Workspace

KEYS = (
    "file batch format encoding delimiter header_row system mapping rows created updated unchanged "
    "possible_duplicates skipped skipped_file"
).split()


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "leads.csv"
    path.parent.mkdir()
    path.write_text(
        "Company,Name,Email,Seats\nNova,Li Wei,li@nova.example,4\n"
        "启明,王芳,wang@qiming.example,\n,,,\n,,nonsense,9\n",
        encoding="utf-8",
    )
    return path


def total(run: Run) -> int:
    return int(run("inbox", "--view", "all", "--json").json["total"])


def test_a_file_comes_in_and_the_result_has_the_promised_shape(run: Run, leads: Path) -> None:
    ran = run("import", str(leads), "--source", "expo", "--json")
    assert ran.code == 0, ran.err
    (result,) = ran.json["files"]
    assert list(result)[: len(KEYS)] == KEYS
    assert result["mapping"]["Company"] == "company"
    assert (result["created"], result["skipped"]) == (2, 1)
    assert result["rows"] == sum(result[name] for name in ("created", "updated", "unchanged", "skipped"))
    with Path(result["skipped_file"]).open(encoding="utf-8-sig", newline="") as file:
        (skipped,) = list(csv.DictReader(file))
    assert skipped["Email"] == "nonsense"
    (lead,) = run("inbox", "--view", "all", "--filter", "nova", "--json").json["leads"]
    assert lead["source"] == "expo"
    assert total(run) == 2


def test_the_same_file_again_changes_nothing(run: Run, leads: Path) -> None:
    run("import", str(leads))
    (result,) = run("import", str(leads), "--json").json["files"]
    assert (result["created"], result["updated"], result["unchanged"]) == (0, 0, 2)


def test_an_import_is_one_act(run: Run, leads: Path) -> None:
    ran = run("import", str(leads))
    assert "2 new" in ran.out
    assert run("undo").code == 0
    assert total(run) == 0


def test_a_rehearsal_tells_and_writes_nothing(run: Run, leads: Path) -> None:
    ran = run("import", str(leads), "--dry-run")
    assert "2 new" in ran.out
    assert "Company: company" in ran.out
    assert total(run) == 0
    assert [path.name for path in leads.parent.iterdir()] == ["leads.csv"]
    (result,) = run("import", str(leads), "--dry-run", "--json").json["files"]
    assert (result["created"], result["batch"], result["skipped_file"]) == (2, "", None)


def test_a_column_is_what_the_user_says(run: Run, leads: Path) -> None:
    (result,) = run("import", str(leads), "--map", "company_size=Seats", "--json").json["files"]
    assert result["mapping"]["Seats"] == "company_size"


def test_skipped_rows_go_where_the_user_says(run: Run, leads: Path, tmp_path: Path) -> None:
    (result,) = run("import", str(leads), "--skipped", str(tmp_path / "rest.csv"), "--json").json["files"]
    assert result["skipped_file"] == str(tmp_path / "rest.csv")
    assert (tmp_path / "rest.csv").exists()


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["{leads}", "--map", "company"], 2, "FIELD=HEADER"),
        (["{leads}", "--map", "company=Nowhere"], 2, "Nowhere"),
        (["{leads}", "--map", "colour=Seats"], 2, "colour"),
        (["{leads}", "{leads}", "--skipped", "x.csv"], 2, "one by one"),
        (["nowhere.csv"], 1, "nowhere.csv"),
        (["{leads}", "nowhere.csv"], 1, "nowhere.csv"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_comes_in(
    run: Run, leads: Path, words: list[str], code: int, hint: str
) -> None:
    ran = run("import", *(word.format(leads=leads) for word in words))
    assert ran.code == code
    assert hint in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""
    assert total(run) == 0


def test_an_interrupted_import_leaves_nothing(run: Run, leads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from leadtui.capture.batch import ahead
    from leadtui.capture.rows.leads import LeadRows

    def interrupted(plan: FilePlan) -> LeadRows:
        os.kill(os.getpid(), signal.SIGINT)
        return LeadRows(plan)

    before = signal.getsignal(signal.SIGINT)
    with monkeypatch.context() as patched:
        patched.setattr(ahead, "lead_rows", interrupted)
        ran = run("import", str(leads))
    assert ran.code == 130
    assert ran.err.count("\n") == 1
    assert signal.getsignal(signal.SIGINT) is before
    assert total(run) == 0


def test_what_came_in_before_a_failure_is_told(
    run: Run, leads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Company,Contact\nKestrel,Ana\n")
    real = importing.import_file

    def failing(workspace: Workspace, plans: list[FilePlan], *arguments: Any) -> list[ImportResult]:
        if plans[0].path == other:
            raise LeadTUIError("other.csv is gone.")
        return real(workspace, plans, *arguments)

    monkeypatch.setattr(importing, "import_file", failing)
    ran = run("import", str(leads), str(other), "--json")
    assert ran.code == 1
    assert [file["created"] for file in ran.json["files"]] == [2]
    assert "other.csv" in ran.err


def known(run: Run, *where: str, fields: str) -> list[dict[str, object]]:
    found = run("inbox", "--view", "all", "--limit", "0", "--json", *where).json["leads"]
    return sorted(({name: lead[name] for name in fields.split()} for lead in found), key=str)


def test_our_own_export_comes_in_again(run: Run, tmp_path: Path, clock: FixedClock) -> None:
    sample(tmp_path / "leads.db", clock)
    run("export", str(tmp_path / "out.csv"))
    there = ("--db", str(tmp_path / "there.db"))
    (result,) = run("import", str(tmp_path / "out.csv"), *there, "--json").json["files"]
    assert (result["created"], result["skipped"], result["system"]) == (60, 0, "leadtui")
    kept = "company contact email source owner tags status next_step next_due acquired_at"
    assert known(run, *there, fields=kept) == known(run, fields=kept)
    (again,) = run("import", str(tmp_path / "out.csv"), "--json").json["files"]
    assert again["created"] == 0


def test_titles_and_roles_survive_the_way_out_and_in(run: Run, tmp_path: Path) -> None:
    run("add", "--company", "Nova", "--source", "expo", "--title", "CTO", "--role", "decision_maker")
    run("export", str(tmp_path / "out.csv"))
    there = ("--db", str(tmp_path / "there.db"))
    run("import", str(tmp_path / "out.csv"), *there)
    assert known(run, *there, fields="title score_fit custom") == known(run, fields="title score_fit custom")


def test_standard_input_is_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text, created in (("Company,Email\nNova,li@nova.example\n,bad\n", 1), ("Ann Lee\nann@a.example", 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        (result,) = run("import", "-", "--json").json["files"]
        assert (result["file"], result["created"]) == ("-", created)
    assert [path.name for path in tmp_path.glob("*.csv")] == ["standard-input.skipped.csv"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    ran = run("import", "-")
    assert ran.code == 1 and "no text" in ran.err


def test_what_is_wrong_with_standard_input_is_told_of_a_dash(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for data, told in (
        (b"\x1f\x8b gzip", "- is a gzip archive"),
        (b"Shoe,Hat\n44,58\n", "No column of - says"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert run("import", "-").err.startswith(told)


def test_every_file_is_looked_at_before_the_first_is_taken(run: Run, leads: Path) -> None:
    (leads.parent / "shoes.csv").write_text("Shoe,Hat\n44,58\n")
    ran = run("import", str(leads), str(leads.parent / "shoes.csv"), "--json")
    assert (ran.code, ran.out, "shoes.csv says who a lead is" in ran.err) == (2, "", True)
    assert total(run) == 0


def test_leads_older_than_any_limit_may_begin_today(run: Run, tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "old.csv"
    fresh = to_local(clock.at - 3_600_000, UTC).isoformat()
    path.write_text(f"Company,Create Date\nOld,2019-05-06\nFresh,{fresh}\n", encoding="utf-8")
    run("import", str(path))
    dated = {lead["company"]: lead for lead in run("inbox", "--view", "all", "--json").json["leads"]}
    assert dated["Old"]["acquired_at"].startswith("2019-05-06")
    assert dated["Old"]["overdue_minutes"] > 1_000_000
    run("undo")
    for created in (2, 0):
        (result,) = run("import", str(path), "--begin-today", "--json").json["files"]
        assert (result["created"], result["updated"]) == (created, 0)
    leads = {lead["company"]: lead for lead in run("inbox", "--view", "all", "--json").json["leads"]}
    assert leads["Old"]["overdue_minutes"] == 0
    assert leads["Old"]["custom"] == {"create_date": "2019-05-06"}
    assert leads["Fresh"]["acquired_at"] == dated["Fresh"]["acquired_at"]
    assert leads["Fresh"]["custom"] == {}
