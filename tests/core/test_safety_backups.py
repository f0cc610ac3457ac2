"""A backup and a restore lose nothing: not the backup, not what stood there, not what others are writing."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

import pytest
from whole_file import contents, is_whole

from leadtui.clock import FixedClock
from leadtui.doctor import examine, mend
from leadtui.errors import DatabaseBusy, DatabaseError
from leadtui.qualify.leads import create_lead
from leadtui.settings import Settings
from leadtui.store import opening
from leadtui.store.backup import KEPT, back_up, keep, list_backups, restore
from leadtui.workspace import Workspace

NEEDS_LINKS = pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege there")


@pytest.fixture
def path(tmp_path: Path, clock: FixedClock) -> Path:
    with closing(Workspace.open(tmp_path / "leads.db", Settings(), clock, "ana")) as workspace:
        add(workspace, "Nova")
    return tmp_path / "leads.db"


@pytest.fixture
def workspace(path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with closing(Workspace.open(path, Settings(), clock, "ana")) as opened:
        yield opened


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)


def add(workspace: Workspace, company: str) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {"company": company, "source_channel": "expo"})


def companies(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT company FROM lead ORDER BY company")]


def another_file(tmp_path: Path, clock: FixedClock) -> Path:
    with closing(Workspace.open(tmp_path / "other.db", Settings(), clock, "ana")) as workspace:
        add(workspace, "Kestrel")
    return tmp_path / "other.db"


def test_the_oldest_backup_can_be_put_back_and_stays(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    oldest = back_up(workspace.path, folder)
    add(workspace, "Kestrel")
    for _ in range(KEPT - 1):
        back_up(workspace.path, folder)
    workspace.close()
    restore(oldest, workspace.path, folder)
    assert companies(workspace.path) == ["Nova"]
    assert oldest.exists()


@pytest.mark.usefixtures("impatient")
def test_a_restore_waits_for_nobody_and_takes_nothing_from_who_writes(
    path: Path, tmp_path: Path, clock: FixedClock
) -> None:
    backup = back_up(path, tmp_path / "backups")
    for lock in ("IMMEDIATE", "EXCLUSIVE"):
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute(f"BEGIN {lock}")
            other.execute("UPDATE lead SET city = 'Rome'")
            with pytest.raises(DatabaseBusy):
                restore(backup, path, tmp_path / "backups")
            with pytest.raises(DatabaseBusy):
                mend(path, tmp_path / "backups", Settings())
            other.execute("COMMIT")
    assert not [file.name for file in tmp_path.rglob("*") if "damaged" in file.name or "~" in file.name]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT city FROM lead").fetchone() == ("Rome",)


@pytest.mark.usefixtures("impatient")
def test_a_backup_says_that_somebody_writes_instead_of_waiting_for_ever(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy):
            back_up(path, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_an_empty_file_is_no_backup(path: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    with pytest.raises(DatabaseError, match="empty"):
        restore(empty, path, tmp_path / "backups")
    assert companies(path) == ["Nova"]


def test_a_backup_that_is_gone_changes_nothing(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(DatabaseError):
        restore(tmp_path / "none.db", path, tmp_path / "backups")
    assert path.read_bytes() == before


def test_a_damaged_file_is_kept_byte_for_byte(path: Path, tmp_path: Path) -> None:
    backup = back_up(path, tmp_path / "backups")
    path.write_bytes(b"SQLite format 3\0" + bytes(5000))
    Path(f"{path}-journal").write_bytes(b"half a journal")
    kept = restore(backup, path, tmp_path / "backups")
    assert kept is not None
    assert kept.read_bytes() == b"SQLite format 3\0" + bytes(5000)
    assert companies(path) == ["Nova"]
    assert is_whole(path)


def test_a_disk_that_is_full_leaves_no_half_of_a_damaged_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(source: BinaryIO, copy: BinaryIO) -> None:
        copy.write(source.read(100))
        assert [file.stat().st_mode & 0o077 for file in tmp_path.glob("*-damaged-*")] == [0]
        raise OSError(errno.ENOSPC, "No space left on device")

    path.write_bytes(b"SQLite format 3\0" + bytes(5000))
    monkeypatch.setattr("shutil.copyfileobj", half)
    with pytest.raises(DatabaseError, match="The disk is full"):
        keep(path, tmp_path / "backups", "before-mend")
    assert not list(tmp_path.glob("*-damaged-*"))


@NEEDS_LINKS
def test_what_a_link_names_is_replaced_and_not_the_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    backup = back_up(link, tmp_path / "backups")
    with closing(sqlite3.connect(path)) as tool:
        tool.execute("UPDATE lead SET company = 'Halden'")
        tool.commit()
    restore(backup, link, tmp_path / "backups")
    assert link.is_symlink()
    assert companies(path) == ["Nova"]


@NEEDS_LINKS
def test_links_in_a_circle_are_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.db").symlink_to(tmp_path / "b.db")
    (tmp_path / "b.db").symlink_to(tmp_path / "a.db")
    with pytest.raises(DatabaseError):
        Workspace.open(tmp_path / "a.db")


def test_half_a_copy_that_a_killed_process_left_goes_in_time(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old, young, foreign = (folder / f"~{name}-manual.db.tmp" for name in ("leads-1", "leads-2", "other-1"))
    for left in (old, young, foreign):
        left.touch()
    os.utime(old, (0, 0))
    os.utime(foreign, (0, 0))
    made = back_up(path, folder)
    assert sorted(folder.iterdir()) == sorted([young, foreign, made])
    assert list_backups(path, folder) == [made]


def test_a_file_that_is_replaced_while_an_act_waits_for_it(
    workspace: Workspace, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = another_file(tmp_path, clock)
    before = contents(other)
    look = workspace._check_file

    def look_too_early() -> None:
        look()
        if other.exists():
            other.replace(workspace.path)

    add(workspace, "Halden")
    monkeypatch.setattr(workspace, "_check_file", look_too_early)
    with pytest.raises(DatabaseError, match="replaced"):
        add(workspace, "Orbit")
    assert contents(workspace.path) == before
    add(workspace, "Orbit")
    assert companies(workspace.path) == ["Kestrel", "Orbit"]


def test_a_file_that_is_replaced_in_the_middle_of_an_act(
    workspace: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    other = another_file(tmp_path, clock)
    before = contents(other)
    with pytest.raises(DatabaseError, match="replaced"), workspace.act("New lead") as act:
        create_lead(act, {"company": "Orbit", "source_channel": "expo"})
        other.replace(workspace.path)
    assert contents(workspace.path) == before
    assert workspace.undo() is not None
    assert companies(workspace.path) == []


def test_a_file_that_is_gone_in_the_middle_of_an_act(workspace: Workspace) -> None:
    with pytest.raises(DatabaseError, match="gone"), workspace.act("New lead") as act:
        create_lead(act, {"company": "Orbit", "source_channel": "expo"})
        workspace.path.unlink()
    assert not workspace.path.exists()


def test_a_journal_that_was_begun_and_never_needed_is_no_fault(path: Path, now: int) -> None:
    """What a process leaves that is killed before it wrote to the database: SQLite uses it again."""
    Path(f"{path}-journal").write_bytes(bytes(4096))
    assert [check.name for check in examine(path, Settings(), now, UTC) if not check.ok] == []
    with closing(Workspace.open(path)) as workspace:
        add(workspace, "Kestrel")
    assert companies(path) == ["Kestrel", "Nova"]
    assert not Path(f"{path}-journal").exists()


@pytest.mark.parametrize("error", [errno.EROFS, errno.EACCES])
def test_a_folder_that_takes_no_backup_is_said_with_what_to_do(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refusing(*_arguments: object) -> int:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr("leadtui.store.backup.os.open", refusing)
    with pytest.raises(DatabaseError, match="make that folder writable, or write an archive") as told:
        back_up(path, tmp_path / "backups")
    assert str(tmp_path / "backups") in str(told.value)
    assert not any((tmp_path / "backups").iterdir())


def test_a_file_in_the_place_of_the_folder_is_said(path: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(DatabaseError, match="No backup can be written to"):
        back_up(path, tmp_path / "taken" / "backups")
