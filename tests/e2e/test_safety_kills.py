"""Whatever is killed at whatever moment: the file is as before or as after, whole, and the doctor content."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from application import leadtui, make_file, run

Words = tuple[str | Path, ...]
MOMENTS = (0.2, 0.45, 0.6, 0.75, 0.9)
"""When it is killed, as parts of the time that it takes."""


def rows(database: Path) -> list[list[tuple[object, ...]]]:
    """The leads and their activities, once the file was looked at."""
    looked = run("doctor", "--db", database, "--json")
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert json.loads(looked.stdout)["ok"] is True
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("lead", "activity", "tag", "import_batch")
        ]


def killed(words: Words, seconds: float) -> None:
    process = subprocess.Popen(
        leadtui(*words), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an import that can be undone, a table to import, and a backup of other leads."""
    folder = tmp_path_factory.mktemp("kills")
    make_file(folder / "leads.db", leads=20)
    lines = [f"Company {index},Person {index},p{index}@firm{index}.example" for index in range(2000)]
    (folder / "one.csv").write_text("\n".join(["Company,Contact,Email", *lines]))
    (folder / "two.csv").write_text("\n".join(["Company,Contact,Email", *(f"2{line}" for line in lines)]))
    assert run("import", folder / "one.csv", "--db", folder / "leads.db").returncode == 0
    make_file(folder / "other.db", leads=30)
    return folder


def _import(folder: Path) -> Words:
    return ("import", folder / "two.csv", "--db", folder / "leads.db", "--skipped", folder / "skipped.csv")


def _undo(folder: Path) -> Words:
    return ("undo", "--db", folder / "leads.db")


def _restore(folder: Path) -> Words:
    return ("restore", folder / "other.db", "--db", folder / "leads.db")


def _backup(folder: Path) -> Words:
    return ("backup", "--db", folder / "leads.db")


def _mend(folder: Path) -> Words:
    return ("doctor", "--mend", "--db", folder / "leads.db")


@pytest.mark.parametrize("command", [_import, _undo, _restore, _backup, _mend])
def test_killed(origin: Path, tmp_path: Path, command: Callable[[Path], Words]) -> None:
    folder = tmp_path / "whole"
    shutil.copytree(origin, folder)
    before = rows(folder / "leads.db")
    start = time.perf_counter()
    assert run(*command(folder)).returncode == 0
    took = time.perf_counter() - start
    after = {name: len(found) for name, found in enumerate(rows(folder / "leads.db"))}
    for moment in MOMENTS:
        folder = tmp_path / str(moment)
        shutil.copytree(origin, folder)
        killed(command(folder), took * moment)
        found = rows(folder / "leads.db")
        assert found == before or {name: len(part) for name, part in enumerate(found)} == after
        for backup in (folder / "backups").glob("leads-*.db"):
            assert rows(backup) == before


def test_killed_while_the_first_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADTUI_DB", str(tmp_path / "leads.db"))
    start = time.perf_counter()
    assert run("inbox").returncode == 0
    took = time.perf_counter() - start
    for moment in MOMENTS:
        database = tmp_path / f"{moment}.db"
        monkeypatch.setenv("LEADTUI_DB", str(database))
        killed(("inbox",), took * moment)
        again = run("inbox")
        assert again.returncode == 0, again.stderr
        assert rows(database) == [[], [], [], []]
