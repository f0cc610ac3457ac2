"""The door of the command line: which command is meant, and what a failure says."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli_run import Run

from leadtui.cli.parser import MODULES, subcommand
from leadtui.clock import FixedClock

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_overview_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert all(f"  {name} " in ran.out for name in MODULES)
    assert ran.err == ""


@pytest.mark.parametrize("name", MODULES)
def test_every_command_helps_with_an_example(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.code == 0
    assert f"leadtui {subcommand(name).examples[0]}" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("closed", ["stdin", "stdout", "stderr"])
def test_a_closed_stream_is_no_failure(run: Run, monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    monkeypatch.setattr(sys, closed, None)
    assert run("inbox").code == 0
    assert run("inbx").code == 2
    if closed == "stdin":
        assert run("import", "-").err.startswith("There is no text")


@pytest.mark.parametrize("words", [["inbox"], ["log", "x", "called"], ["export", "out.csv"], ["undo"]])
def test_a_named_file_that_is_not_there_is_told_and_not_made(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    ran = run(*words, "--db", str(tmp_path / "typo.db"))
    assert ran.code == 2
    assert ran.err.startswith(f"There is no {tmp_path / 'typo.db'}: name another file with --db")
    assert not (tmp_path / "typo.db").exists()


def test_a_new_lead_begins_the_named_file(run: Run, tmp_path: Path) -> None:
    words = ("--company", "Nova", "--source", "expo", "--phone", "13812345678")
    assert run("add", *words, "--db", str(tmp_path / "new.db")).code == 0
    assert "Nova" in run("inbox", "--db", str(tmp_path / "new.db")).out


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("leadtui ")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["inbx"], "inbox"),
        (["xyzzy"], "--help"),
        (["--nothing"], "--nothing"),
        (["inbox", "--limit", "many"], "many"),
        (["inbox", "--limit", "-1"], "-1 is no whole number from 0 to 999999999"),
        (["show", "x", "--activities", "9" * 5000], "99999999999999999… is no whole number"),
        (["log", "x", "--channel", "phone", "--minutes", "9" * 20], "--minutes"),
        (["inbox", "--lim", "3"], "--lim"),
        (["show"], "LEAD"),
        (["--db"], "--db"),
        (["--db=", "inbox"], "--db needs a value"),
        (["inbox", "--db", ""], "--db needs a value"),
        (["inbox", "--user", ""], "--user needs a value"),
        (["--view", "today", "inbox"], "after the command"),
        (["inbox", "--view", "todya"], "today"),
        ([], "terminal"),
    ],
)
def test_wrong_usage_is_one_sentence_and_2(run: Run, words: list[str], hint: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert hint in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_an_unexpected_failure_is_one_sentence_and_a_private_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret [bold]detail")

    monkeypatch.setattr("leadtui.cli.leads.wanted", fail)
    ran = run("inbox")
    log = tmp_path / "leadtui.log"
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert str(log) in ran.err
    assert "Traceback" not in ran.err
    assert "secret [bold]detail" in log.read_text()
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o777 == 0o600
    run("inbox")
    assert log.read_text().count("RuntimeError: secret") == 2


def test_a_log_that_cant_be_written_is_no_second_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "leadtui.log").mkdir()
    monkeypatch.setattr("leadtui.cli.leads.wanted", lambda *_: 1 / 0)
    ran = run("inbox")
    assert (ran.code, ran.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("problem", "code"), [(KeyboardInterrupt(), 130), (OSError(28, "No space left on device", "/x"), 1)]
)
def test_interruptions_and_the_system_are_told_apart(
    run: Run, monkeypatch: pytest.MonkeyPatch, problem: BaseException, code: int
) -> None:
    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr("leadtui.cli.leads.wanted", fail)
    ran = run("inbox")
    assert ran.code == code
    assert "Traceback" not in ran.err


def test_the_database_is_named_before_or_after_the_command(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "other.db")
    assert run("--db", path, "where", "--json").json["database"] == path
    assert run(f"--db={path}", "where", "--json").json["database"] == path
    assert run("where", "--db", path, "--json").json["database"] == path


def test_a_file_that_is_no_database_is_refused_in_one_sentence(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear reader, " * 50)
    ran = run("--db", str(other), "inbox")
    assert ran.code == 1
    assert "letter.txt" in ran.err
    assert ran.err.count("\n") == 1
    assert other.read_text() == "Dear reader, " * 50


def test_wrong_settings_are_told_and_the_defaults_hold(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[look]\nbel = true\n")
    ran = run("inbox", "--json")
    assert ran.code == 0
    assert "config.toml:2" in ran.err
    assert ran.json["total"] == 0


def test_the_language_of_the_settings_is_spoken_if_there_is_a_catalogue(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[look]\nlanguage = "xx"\n')
    assert run("inbox").code == 0


def test_a_reader_that_had_enough_is_no_failure() -> None:
    program = "import sys; from leadtui.cli import main; sys.exit(main(['keys', '--json']))"
    ran = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" | true', sys.executable, program],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.stderr == ""


def test_a_terminal_that_shows_no_chinese_gets_it_spelled_out(
    monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    from leadtui.cli import main

    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["add", "--company", "启明", "--source", "expo", "--json"], clock) == 0
    out.seek(0)
    assert json.loads(out.read())["company"] == "启明"


def test_the_app_starts_without_what_only_commands_need() -> None:
    code = """
import sys
from leadtui.cli import main
from leadtui.cli.app import open_app
import leadtui.cli.call, leadtui.followup.queue
print("argparse" in sys.modules, "rich" in sys.modules)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["False", "False"]


def test_python_m_leadtui_is_leadtui(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "leadtui", "--version"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith("leadtui ")


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (["add", "--custom", "seats"], "KEY=VALUE"),
        (["add", "--custom", " =40"], "KEY=VALUE"),
        (["import", "x.csv", "--map", "company="], "FIELD=HEADER"),
        (["mapping", "--map", "=budget"], "FIELD=SOURCE"),
    ],
)
def test_what_is_no_pair_is_told_how_to_be_written(run: Run, words: list[str], form: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert f"{words[-1]} is not {form}" in ran.err
