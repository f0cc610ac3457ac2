"""The doors to the file stand up to what files suffer."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadtui.clock import FixedClock
from leadtui.errors import DatabaseBusy, DatabaseError
from leadtui.settings import Settings
from leadtui.store import opening
from leadtui.store.backup import back_up, list_backups, restore
from leadtui.store.tables import Lead
from leadtui.workspace import Workspace

NOW = 1_795_344_120_000


def open_workspace(path: Path) -> Workspace:
    return Workspace.open(path, Settings(), FixedClock(NOW), "ana")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "leads.db")
    yield opened
    opened.close()


def add_lead(workspace: Workspace, company: str) -> str:
    with workspace.act("New lead") as act:
        lead_id = act.new_id()
        act.session.add(Lead(id=lead_id, company=company, acquired_at=NOW, created_at=NOW))
    return lead_id


def companies(workspace: Workspace) -> list[str]:
    with workspace.read() as connection:
        return [row[0] for row in connection.execute("SELECT company FROM lead ORDER BY seq")]


def test_a_reader_can_not_write(workspace: Workspace) -> None:
    with pytest.raises(DatabaseError), workspace.read() as connection:
        connection.execute("DELETE FROM lead")


def test_what_is_not_a_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("just some notes, longer than the hundred bytes of a header " * 3)
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="is not a LeadTUI database"):
        open_workspace(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    with pytest.raises(DatabaseError, match="another program"):
        open_workspace(path)


def test_a_newer_schema_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "leads.db"
    open_workspace(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {opening.SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(DatabaseError, match="newer LeadTUI") as caught:
        open_workspace(path)
    assert "\n" not in str(caught.value)


def test_a_damaged_page_is_said(workspace: Workspace) -> None:
    for number in range(50):
        add_lead(workspace, f"Company {number}")
    workspace.close()
    with workspace.path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096 * 30)
    with pytest.raises(DatabaseError, match="damaged"):
        damaged = open_workspace(workspace.path)
        companies(damaged)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to read-only files")
def test_a_read_only_file_is_read_and_said(workspace: Workspace) -> None:
    add_lead(workspace, "Nova")
    workspace.close()
    workspace.path.chmod(stat.S_IRUSR)
    reopened = open_workspace(workspace.path)
    assert companies(reopened) == ["Nova"]
    with pytest.raises(DatabaseError, match="read-only"):
        add_lead(reopened, "Kestrel")


def test_a_locked_file_is_said_after_waiting(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    add_lead(workspace, "Nova")
    workspace.close()
    other = sqlite3.connect(workspace.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy, match="Another program"):
        add_lead(workspace, "Kestrel")
    other.execute("ROLLBACK")
    other.close()
    add_lead(workspace, "Kestrel")
    assert companies(workspace) == ["Nova", "Kestrel"]


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "leads.db"
    workspace = open_workspace(path)
    add_lead(workspace, "Nova")
    workspace.close()
    script = f"""
import resource, signal, sys
from pathlib import Path
from leadtui.clock import FixedClock
from leadtui.errors import DatabaseError
from leadtui.settings import Settings
from leadtui.store.tables import Lead
from leadtui.workspace import Workspace
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
workspace = Workspace.open(Path({str(path)!r}), Settings(), FixedClock({NOW}), "ana")
resource.setrlimit(resource.RLIMIT_FSIZE, (Path({str(path)!r}).stat().st_size, resource.RLIM_INFINITY))
try:
    with workspace.act("Many") as act:
        for number in range(3000):
            act.session.add(Lead(id=act.new_id(), company="x" * 500, acquired_at=1, created_at=1))
except DatabaseError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert "disk" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    assert companies(open_workspace(path)) == ["Nova"]


def test_a_file_replaced_by_another_of_ours_is_used_from_then_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    add_lead(workspace, "Nova")
    copy = back_up(workspace.path, tmp_path / "backups")
    add_lead(workspace, "Kestrel")
    copy.replace(workspace.path)
    assert companies(workspace) == ["Nova"]
    add_lead(workspace, "Halden")
    assert companies(workspace) == ["Nova", "Halden"]


def test_a_file_replaced_by_something_else_is_never_written_to(workspace: Workspace) -> None:
    add_lead(workspace, "Nova")
    workspace.path.unlink()
    workspace.path.write_text("gone " * 100)
    with pytest.raises(DatabaseError):
        add_lead(workspace, "Kestrel")
    assert workspace.path.read_text() == "gone " * 100


def test_at_rest_the_file_stands_alone(workspace: Workspace) -> None:
    """Between two acts an empty journal lies beside it, because deleting it takes longer than the act."""
    journal = opening.journal_of(workspace.path)
    add_lead(workspace, "Nova")
    add_lead(workspace, "Kestrel")
    assert journal.read_bytes() == b""
    workspace.close()
    assert not journal.exists()


def test_an_empty_journal_is_not_taken_for_one_that_was_begun(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.journal_of(workspace.path).touch()
    monkeypatch.setattr(opening, "_roll_back", lambda path: pytest.fail("nothing is to be rolled back"))
    assert opening.file_version(workspace.path) == opening.SCHEMA_VERSION


def test_two_programs_on_one_file_both_get_through(workspace: Workspace) -> None:
    other = open_workspace(workspace.path)
    threads = [
        threading.Thread(target=lambda one=one: [add_lead(one, "x") for _ in range(10)])
        for one in (workspace, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(companies(workspace)) == 20
    other.close()


def test_backups_are_whole_private_and_few(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    add_lead(workspace, "Nova")
    for _ in range(12):
        back_up(workspace.path, folder)
    kept = list_backups(workspace.path, folder)
    assert len(kept) == 10
    assert kept[0].stat().st_mode & 0o777 == 0o600
    add_lead(workspace, "Kestrel")
    workspace.close()
    before = restore(kept[0], workspace.path, folder)
    assert before is not None
    assert companies(open_workspace(workspace.path)) == ["Nova"]
    assert companies(open_workspace(before)) == ["Nova", "Kestrel"]


def test_a_damaged_database_is_kept_aside_by_restore(workspace: Workspace, tmp_path: Path) -> None:
    add_lead(workspace, "Nova")
    backup = back_up(workspace.path, tmp_path / "backups")
    workspace.close()
    workspace.path.write_bytes(b"rubbish" * 100)
    kept = restore(backup, workspace.path, tmp_path / "backups")
    assert kept is not None
    assert kept.read_bytes() == b"rubbish" * 100
    assert companies(open_workspace(workspace.path)) == ["Nova"]
