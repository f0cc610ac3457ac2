"""The doctor sees what is wrong, and mends what can be rebuilt."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from leadtui.clock import FixedClock
from leadtui.demo.fill import fill
from leadtui.doctor import check_settings, check_terminal, examine, mend
from leadtui.settings import Settings, load_settings
from leadtui.store.synced import copies_of, syncer_of
from leadtui.terminal import Terminal, terminal
from leadtui.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path, clock: FixedClock) -> Iterator[Path]:
    """A database with sample leads."""
    with closing(Workspace.open(tmp_path / "leads.db", clock=clock)) as workspace:
        fill(workspace, 20)
    yield tmp_path / "leads.db"


def faults(path: Path, now: int) -> set[str]:
    return {check.name for check in examine(path, Settings(), now, UTC) if not check.ok}


def write(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_fresh_file_is_well(path: Path, now: int) -> None:
    checks = examine(path, Settings(), now, UTC)
    assert [check.name for check in checks if not check.ok] == []
    assert {"file", "integrity", "references", "journal", "search", "standing", "permissions"} <= {
        check.name for check in checks
    }


def test_a_snooze_that_ended_is_no_fault(path: Path, now: int) -> None:
    assert faults(path, now + 30 * 86_400_000) == set()


def test_no_file_is_no_fault_and_none_is_made(tmp_path: Path, now: int) -> None:
    assert faults(tmp_path / "none.db", now) == set()
    assert not (tmp_path / "none.db").exists()
    assert mend(tmp_path / "none.db", tmp_path / "backups", Settings()) is None


def test_a_file_of_another_program_is_named_and_left_alone(tmp_path: Path, now: int) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not a database, " * 20)
    before = other.read_bytes()
    assert "file" in faults(other, now)
    assert other.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("journal", ["DROP TRIGGER journal_lead_update"]),
        ("journal", ["UPDATE journal_state SET applying = 1"]),
        (
            "journal",
            [
                "DROP TRIGGER journal_lead_birth",
                "CREATE TRIGGER journal_lead_birth AFTER INSERT ON lead BEGIN SELECT 1; END",
            ],
        ),
        ("search", ["UPDATE lead SET rank = rank - 1 WHERE seq = 3"]),
        ("standing", ["UPDATE lead SET score = 99 WHERE seq = 3"]),
    ],
)
def test_what_can_be_rebuilt_is_found_and_mended(
    path: Path, now: int, name: str, statements: list[str]
) -> None:
    write(path, *statements)
    assert name in faults(path, now)
    kept = mend(path, path.parent / "backups", Settings())
    assert kept is not None
    assert kept.stat().st_size > 0
    assert faults(path, now) == set()


def test_the_leads_are_the_same_after_mending(path: Path) -> None:
    def leads() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute("SELECT * FROM lead ORDER BY seq").fetchall()

    before = leads()
    write(path, "UPDATE lead SET score = 99, rank = rank - 5 WHERE seq IN (3, 4)")
    mend(path, path.parent / "backups", Settings())
    assert leads() == before


def test_a_record_whose_lead_is_gone_is_found(path: Path, now: int) -> None:
    write(path, "INSERT INTO tag (id, lead_id, name) VALUES ('x', 'nobody', 'lost')")
    assert "references" in faults(path, now)


def test_damage_is_told_and_what_was_there_is_kept(path: Path, now: int) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(size // 4))
    before = path.read_bytes()
    assert faults(path, now) & {"integrity", "contents"}
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_file_that_others_may_read_is_made_private(path: Path, now: int) -> None:
    path.chmod(0o644)
    assert faults(path, now) == {"permissions"}
    mend(path, path.parent / "backups", Settings())
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("marker", "syncer"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".sync_0a1b.db", "Nextcloud"),
        (".nutstore_x", "Nutstore"),
    ],
)
def test_a_marker_above_the_file_gives_the_syncer_away(tmp_path: Path, marker: str, syncer: str) -> None:
    (tmp_path / marker).touch()
    assert syncer_of(tmp_path / "a" / "b" / "leads.db", {}) == syncer


@pytest.mark.parametrize(
    ("folder", "syncer"),
    [
        ("OneDrive - Acme", "OneDrive"),
        ("Dropbox (Personal)", "Dropbox"),
        ("我的坚果云", "Nutstore"),
        ("Dropboxes", ""),
        ("work", ""),
    ],
)
def test_the_name_of_a_folder_gives_the_syncer_away(tmp_path: Path, folder: str, syncer: str) -> None:
    assert syncer_of(tmp_path / folder / "leads.db", {}) == syncer


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("leads (Bob's conflicted copy 2026-11-21).db", True),
        ("leads.sync-conflict-20261121-192922-GSVZXFJ.db", True),
        ("leads-冲突-Nick.db", True),
        ("leads-2025.db", False),
        ("other.conflict.db", False),
    ],
)
def test_copies_that_a_syncer_left_are_told(path: Path, now: int, name: str, is_told: bool) -> None:
    (copy := path.with_name(name)).write_bytes(path.read_bytes())
    assert faults(path, now) == ({"place"} if is_told else set())
    copy.write_bytes(b"no database")
    assert faults(path, now) == set()


def test_in_a_synced_folder_any_copy_is_told(path: Path) -> None:
    (path.parent / ".stfolder").mkdir()
    path.with_name("leads-MYPC.db").write_bytes(path.read_bytes())
    assert [copy.name for copy in copies_of(path)] == ["leads-MYPC.db"]


def test_windows_says_where_onedrive_is(tmp_path: Path) -> None:
    environ = {"OneDriveCommercial": str(tmp_path / "cloud")}
    assert syncer_of(tmp_path / "cloud" / "x" / "leads.db", environ) == "OneDrive"
    assert syncer_of(tmp_path / "else" / "leads.db", environ) == ""


def test_settings_and_keys_that_were_not_taken_are_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert check_settings(path, *load_settings(path)).ok
    path.write_text('[look]\nbel = true\n\n[keys]\nfolow-up = "f6"\n')
    found = check_settings(path, *load_settings(path))
    assert not found.ok
    assert "config.toml:2" in found.detail
    assert "follow-up" in found.detail


@pytest.mark.parametrize(
    ("environ", "encoding", "size", "expected"),
    [
        ({"TERM": "xterm-256color"}, "utf-8", (120, 36), Terminal("xterm-256color", 256, True, (120, 36))),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "UTF8", None, Terminal("xterm", 1 << 24, True, None)),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "ascii", None, Terminal("xterm", 0, False, None)),
        ({}, "cp936", None, Terminal("", 16, False, None)),
    ],
)
def test_a_terminal_is_told_by_its_environment(
    environ: dict[str, str], encoding: str, size: tuple[int, int] | None, expected: Terminal
) -> None:
    assert terminal(environ, encoding, os.terminal_size(size) if size else None) == expected


def test_a_terminal_that_is_too_small_or_speaks_no_utf8_is_told() -> None:
    assert check_terminal(Terminal("xterm", 256, True, (120, 36)), Settings()).ok
    assert "80x24" in check_terminal(Terminal("xterm", 256, True, (60, 20)), Settings()).detail
    assert "UTF-8" in check_terminal(Terminal("xterm", 256, False, None), Settings()).detail
    assert not check_terminal(Terminal("dumb", 0, True, (120, 36)), Settings()).ok
