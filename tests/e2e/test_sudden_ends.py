"""A power cut at any moment: what was saved is there, what was not is gone, nothing in between."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import termios
from pathlib import Path

import pytest
from application import leadtui, make_file, open_inbox, run
from terminal import Terminal


def counts(database: Path) -> tuple[int, int]:
    """Leads and activities, after a look whether the file is sound."""
    ran = run("doctor", "--db", database, "--json")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads(ran.stdout)["ok"] is True
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (leads,) = connection.execute("SELECT count(*) FROM lead").fetchone()
        (activities,) = connection.execute("SELECT count(*) FROM activity").fetchone()
        return leads, activities
    finally:
        connection.close()


def test_import_killed_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    database = make_file(tmp_path / "leads.db", leads=10)
    before = counts(database)
    rows = tmp_path / "many.csv"
    lines = [f"Company {index},Person {index},p{index}@firm{index}.example" for index in range(20_000)]
    rows.write_text("\n".join(["Company,Contact,Email", *lines]))
    journal = database.with_name("leads.db-journal")

    def writes() -> bool:
        return journal.exists() and journal.stat().st_size > 0

    size = database.stat().st_size
    process = subprocess.Popen(
        leadtui("import", rows, "--db", database, "--source", "website"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not (writes() and database.stat().st_size > size):
        pass
    process.kill()
    assert process.wait() == -signal.SIGKILL, "the import ended before it could be killed"
    assert counts(database) == before
    again = run("import", rows, "--db", database, "--source", "website", "--json")
    assert again.returncode == 0, again.stderr
    assert counts(database)[0] == before[0] + 20_000


@pytest.mark.parametrize("reads", [0, 1, 2, 4, 8])
def test_app_killed_while_it_saves(tmp_path: Path, reads: int) -> None:
    database = make_file(tmp_path / "leads.db", leads=10)
    leads, activities = counts(database)
    with open_inbox(database, "--view", "open") as terminal:
        terminal.press(";")
        terminal.settle()
        terminal.send("phone reached, wants seven crates > tomorrow 10")
        terminal.settle()
        terminal.press("enter")
        for _ in range(reads):
            terminal.read(0.02)
        terminal.kill()
    leads_after, activities_after = counts(database)
    assert leads_after == leads
    assert activities_after in (activities, activities + 1)
    connection = sqlite3.connect(database)
    planned = connection.execute(
        "SELECT count(*) FROM activity WHERE content LIKE '%wants seven crates%'"
    ).fetchone()[0]
    (entries,) = connection.execute(
        "SELECT count(*) FROM journal_entry WHERE kind = 'act' AND last_change >= first_change"
    ).fetchone()
    connection.close()
    assert planned == entries == activities_after - activities
    with open_inbox(database) as terminal:
        terminal.press("q")
        assert terminal.exit_code() == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_told_to_end_the_app_keeps_what_was_typed(tmp_path: Path, number: signal.Signals) -> None:
    database = make_file(tmp_path / "leads.db", leads=10)
    with open_inbox(database, "--view", "open") as terminal:
        terminal.press("f")
        terminal.wait_for("What happened")
        terminal.send("wants seven crates")
        terminal.wait_for("seven crates")
        os.kill(terminal.pid, number)
        assert terminal.exit_code() == 128 + number
        assert "Traceback" not in terminal.raw
    assert not database.with_name("leads.db-journal").exists()
    counts(database)
    with open_inbox(database, "--view", "open") as terminal:
        terminal.press("f")
        terminal.wait_for("wants seven crates", "What you typed last time is back")
        terminal.press("esc")
        terminal.press("y")
        terminal.wait_gone("seven crates")
        terminal.press("q")
        assert terminal.exit_code() == 0


def test_told_to_end_the_sample_the_app_ends(tmp_path: Path) -> None:
    with Terminal(leadtui("--db", tmp_path / "leads.db")) as terminal:
        terminal.wait_for("Welcome")
        terminal.press("s")
        terminal.wait_for("sample.db", "Follow Up")
        terminal.settle()
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code() == 128 + signal.SIGTERM


@pytest.mark.parametrize("ignored", [False, True], ids=["hang-up", "nohup"])
def test_a_closed_window_ends_the_app(tmp_path: Path, ignored: bool) -> None:
    """Also where the hang-up isn't told: nobody can type any more."""
    database = make_file(tmp_path / "leads.db", leads=10)
    reading, writing = os.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "LEADTUI_HOME": str(tmp_path)}
    process = subprocess.Popen(
        leadtui("--db", database),
        stdin=writing,
        stdout=writing,
        stderr=writing,
        env=environment,
        start_new_session=True,
        preexec_fn=lambda: _own(writing, ignored),
    )
    os.close(writing)
    seen = b""
    for key, answer in ((b"", b"Follow Up"), (b"f", b"What happened"), (b"seven crates", b"crates")):
        os.write(reading, key)
        while answer not in seen:
            seen += os.read(reading, 4096)
    os.close(reading)
    assert process.wait(60) == 128 + signal.SIGHUP
    (kept,) = tmp_path.rglob("unsaved.json")
    assert "seven crates" in kept.read_text(encoding="utf-8")
    counts(database)


def _own(terminal: int, ignored: bool) -> None:
    """Make the terminal that of the new session."""
    if ignored:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
