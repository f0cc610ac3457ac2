"""`where`, `keys`, `config`, `doctor`, `backup` and `restore`."""

from __future__ import annotations

import sqlite3
import stat
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from cli_run import Run, sample

from leadtui.clock import FixedClock
from leadtui.commands import COMMANDS
from leadtui.settings import load_settings


@pytest.fixture
def path(tmp_path: Path, clock: FixedClock) -> Path:
    sample(tmp_path / "leads.db", clock, 10)
    return tmp_path / "leads.db"


def leads(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])


def test_where_prints_every_path(run: Run, tmp_path: Path) -> None:
    found = run("where", "--json").json
    assert set(found) == {"database", "settings", "backups", "state", "log"}
    assert found["settings"] == str(tmp_path / "config.toml")
    assert found["database"] in run("where").out
    assert not (tmp_path / "leads.db").exists()


def test_keys_prints_every_command_with_the_users_keys(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nfollow-up = "f6"\n')
    found = {command["id"]: command["keys"] for command in run("keys", "--json").json["commands"]}
    assert list(found) == [command.id for command in COMMANDS]
    assert found["follow-up"] == ["f6"]
    assert "f6" in run("keys").out


def test_config_prints_settings_that_read_back_the_same(run: Run, tmp_path: Path) -> None:
    written = """
[look]
bell = false
[keys]
follow-up = "f,f6"
[[fields]]
key = "seats"
label = "Sitze \\"x\\""
kind = "choice"
choices = ["1", "二"]
"""
    (tmp_path / "config.toml").write_text(written, encoding="utf-8")
    ran = run("config")
    assert ran.code == 0
    (tmp_path / "again.toml").write_text(ran.out, encoding="utf-8")
    first, _ = load_settings(tmp_path / "config.toml")
    again, problems = load_settings(tmp_path / "again.toml")
    assert problems == ()
    assert repr(again) == repr(first)
    assert tomllib.loads(ran.out)["keys"] == run("config", "--json").json["keys"]


def test_config_opens_an_editor_and_says_what_was_not_taken(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("config", "--edit").code == 0
    assert (tmp_path / "config.toml").exists()
    (tmp_path / "config.toml").write_text("[lok]\n")
    ran = run("config", "--edit")
    assert ran.code == 1
    assert "look" in ran.err
    monkeypatch.setenv("EDITOR", "there-is-no-such-editor")
    assert "EDITOR" in run("config", "--edit").err
    monkeypatch.setenv("EDITOR", "'vi")
    assert "EDITOR has an open quote: mend it.\n" in run("config", "--edit").err


def test_doctor_says_that_all_is_well(run: Run, path: Path) -> None:
    ran = run("doctor", "--json")
    assert ran.json["ok"] is True, ran.out
    assert ran.code == 0
    assert all(set(check) == {"name", "ok", "detail"} for check in ran.json["checks"])
    assert {"file", "integrity", "journal", "search", "settings", "terminal"} <= {
        check["name"] for check in ran.json["checks"]
    }


def test_doctor_fails_when_something_is_wrong_and_mends_it(run: Run, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER journal_lead_update")
    ran = run("doctor", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    mended = run("doctor", "--mend", "--json")
    assert (mended.code, mended.json["ok"]) == (0, True)
    assert "backups" in mended.err


def test_doctor_without_a_file_makes_none(run: Run, tmp_path: Path) -> None:
    assert run("doctor").code == 0
    assert not (tmp_path / "leads.db").exists()


def test_doctor_tells_a_damaged_file_in_sentences(run: Run, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])
    ran = run("doctor", "--json")
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert ran.err == ""
    mended = run("doctor", "--mend")
    assert mended.code == 1
    assert "restore" in mended.err
    assert list(path.parent.glob("*damaged*")) or list((path.parent / "backups").glob("*.db"))


def test_a_backup_is_listed_and_put_back(run: Run, path: Path, clock: FixedClock) -> None:
    made = Path(run("backup", "--json").json["backup"])
    assert leads(made) == 10
    if sys.platform != "win32":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
    run("add", "--company", "Late", "--source", "expo")
    assert leads(path) == 11
    assert [backup["path"] for backup in run("restore", "--json").json["backups"]] == [str(made)]
    ran = run("restore", "1")
    assert ran.code == 0
    assert leads(path) == 10
    (kept,) = made.parent.glob("*before-restore*")
    assert leads(kept) == 11


def test_a_backup_is_named_by_its_name_or_path(run: Run, path: Path) -> None:
    made = Path(run("backup", "--json").json["backup"])
    assert run("restore", made.name).code == 0
    assert run("restore", str(made)).code == 0
    ran = run("restore", "nothing.db")
    assert ran.code == 1
    assert "nothing.db" in ran.err


def test_backups_of_another_file_are_not_listed(run: Run, path: Path, clock: FixedClock) -> None:
    other = path.with_name("leads-old.db")
    sample(other, clock, 3)
    run("--db", str(other), "backup")
    assert run("restore", "--json").json["backups"] == []


def test_without_backups_or_leads_that_is_said(run: Run, tmp_path: Path) -> None:
    assert "leadtui backup" in run("restore").out
    ran = run("backup")
    assert ran.code == 1
    assert "nothing to back up" in ran.err
