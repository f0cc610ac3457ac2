"""What the command line refuses, each with one sentence and the exit code of its kind."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from cli_run import Run

from leadtui.workspace import Workspace


@pytest.mark.parametrize("when", ["garbage", "2099-01-01"])
@pytest.mark.parametrize("flag", ["--next-due", "--acquired"])
def test_a_date_that_cannot_be_taken_is_wrong_usage(run: Run, tmp_path: Path, flag: str, when: str) -> None:
    ran = run("add", "--db", str(tmp_path / "a.db"), "--company", "Nova", "--source", "expo", flag, when)
    assert ran.code == 2
    assert when in ran.err
    assert ("50 years away" in ran.err) == (when == "2099-01-01")


def test_a_column_is_named_once(run: Run, tmp_path: Path) -> None:
    ran = run("import", str(tmp_path / "x.csv"), "--map", "company=Firm", "--map", "contact=Firm")
    assert (ran.code, ran.err) == (2, "--map names the column Firm twice.\n")


def test_no_editor_is_opened_where_there_is_no_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    ran = run("config", "--edit")
    assert (ran.code, "no terminal for an editor" in ran.err) == (1, True)


def test_skipped_rows_of_a_file_in_a_folder_that_is_read_only_lie_by_the_leads(
    run: Run, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick := tmp_path / "stick").mkdir()
    (stick / "expo.csv").write_text("Company,Contact\nNova,Li\n,\nTotal,\n")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != stick)
    ran = run("import", str(stick / "expo.csv"), "--db", str(workspace.path), "--json")
    (result,) = ran.json["files"]
    assert result["skipped_file"] == str(workspace.path.with_name("expo.skipped.csv"))


def test_an_export_to_a_folder_that_is_read_only_is_told_by_its_own_name(
    run: Run, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "part")

    run("add", "--db", str(workspace.path), "--company", "Nova", "--source", "expo")
    monkeypatch.setattr(Path, "unlink", refuse)
    ran = run("export", str(tmp_path / "x.csv"), "--db", str(workspace.path))
    assert (ran.code, ran.err) == (1, f"{tmp_path / 'x.csv'} can't be written: Read-only file system.\n")
