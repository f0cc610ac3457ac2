"""Files that can't be used: said in one sentence with what to do next, and nothing lost."""

from __future__ import annotations

import ctypes
import resource
import signal
import sqlite3
from pathlib import Path

import pytest
from application import UNTIMELY, assert_one_kind_sentence, leadtui, make_file, run
from terminal import Terminal

KEEP_NO_ACCESS_PRIVILEGE = 24, 1
"""prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE): from then on root obeys the modes of files too."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return make_file(tmp_path / "leads.db", leads=30)


def add(database: Path) -> tuple[str | Path, ...]:
    return ("add", "--db", database, "--company", "Vela", "--contact", "Ann", "--source", "website")


def leads_in(database: Path) -> int:
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])
    finally:
        connection.close()


def obey_modes() -> None:
    ctypes.CDLL(None).prctl(*KEEP_NO_ACCESS_PRIVILEGE, 0, 0, 0)


def assert_app_refuses(database: Path, *words: str) -> None:
    """The app says so on the plain terminal and ends with 1."""
    with Terminal(leadtui("--db", database), size=(200, 24)) as terminal:
        assert terminal.exit_code() == 1
        assert not any(word in terminal.raw for word in UNTIMELY)
        for word in words:
            assert word in terminal.text


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Dear diary, " * 50)
    assert_one_kind_sentence(run("inbox", "--db", path), 1, "notes.db", "not a LeadTUI database")
    assert_app_refuses(path, "not a LeadTUI database")
    assert path.read_text() == "Dear diary, " * 50


def test_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmark (url)")
    connection.close()
    before = path.read_bytes()
    assert_one_kind_sentence(run("inbox", "--db", path), 1, "another program")
    assert_app_refuses(path, "another program")
    assert path.read_bytes() == before


def test_newer_schema(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 9000")
    connection.close()
    before = database.read_bytes()
    assert_one_kind_sentence(run("inbox", "--db", database), 1, "newer", "update")
    assert_app_refuses(database, "newer")
    assert database.read_bytes() == before


def test_damaged_page(database: Path) -> None:
    content = bytearray(database.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    database.write_bytes(content)
    assert_one_kind_sentence(run("inbox", "--db", database), 1, "damaged", "restore")
    assert_app_refuses(database, "damaged")
    assert database.read_bytes() == bytes(content)
    doctor = run("doctor", "--db", database)
    assert doctor.returncode == 1
    assert not any(word in doctor.stderr + doctor.stdout for word in UNTIMELY)


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert_one_kind_sentence(run("inbox", "--db", tmp_path / "folder"), 1, "folder")
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert_one_kind_sentence(run(*add(blocked / "leads.db")), 1)


def test_read_only_file_is_read_and_never_written(database: Path) -> None:
    database.chmod(0o400)
    database.parent.chmod(0o500)
    try:
        read = run("inbox", "--db", database, "--json", before=obey_modes)
        assert read.returncode == 0, read.stderr
        assert '"Nova Robotics"' in read.stdout
        assert_one_kind_sentence(run(*add(database), before=obey_modes), 1, "read-only")
        with Terminal(leadtui("--db", database), before=obey_modes) as terminal:
            terminal.wait_for("Nova Robotics", "Follow Up")
            terminal.press("s")
            terminal.wait_for("Snooze until")
            terminal.press("1")
            terminal.wait_for("read-only")
            terminal.press("q")
            assert terminal.exit_code() == 0
    finally:
        database.parent.chmod(0o700)
    assert leads_in(database) == 30


def test_locked_file_is_waited_for_and_then_told(database: Path) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert run("inbox", "--db", database).returncode == 0
        assert_one_kind_sentence(run(*add(database)), 1, "Another program")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert run(*add(database)).returncode == 0
    assert leads_in(database) == 31


def test_full_disk_keeps_what_was_there(database: Path, tmp_path: Path) -> None:
    size = database.stat().st_size
    rows = tmp_path / "many.csv"
    lines = [f"Company {index},Person {index},p{index}@firm{index}.example" for index in range(3000)]
    rows.write_text("\n".join(["Company,Contact,Email", *lines]))

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, size + 8192))

    ran = run("import", rows, "--db", database, "--source", "website", before=small_disk)
    assert ran.returncode == 1, ran.stdout
    assert not any(word in ran.stderr for word in UNTIMELY)
    assert "full" in ran.stderr or "disk" in ran.stderr
    assert leads_in(database) == 30
    assert run("import", rows, "--db", database, "--source", "website").returncode == 0
    assert leads_in(database) == 3030


def test_replaced_while_the_app_is_open(database: Path, tmp_path: Path) -> None:
    other = make_file(tmp_path / "other.db", leads=3)
    with Terminal(leadtui("--db", database)) as terminal:
        terminal.wait_for("Nova Robotics", "Follow Up")
        other.replace(database)
        terminal.press("s")
        terminal.wait_for("Snooze until")
        terminal.press("1")
        terminal.settle()
        assert not any(word in terminal.raw for word in UNTIMELY)
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert leads_in(database) == 3
