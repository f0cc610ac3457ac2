"""Real files of other systems: brought in, looked at, and still there the next day."""

from __future__ import annotations

import json
from pathlib import Path

from application import open_inbox, run


def test_import_quit_and_reopen(tmp_path: Path, shared_data: Path) -> None:
    database = tmp_path / "leads.db"
    file = shared_data / "posit-marketing-dashboard" / "salesforce_leads.csv"
    ran = run("import", file, "--db", database, "--json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)["files"][0]
    assert (told["rows"], told["created"], told["skipped"]) == (160, 160, 0)
    for _ in range(2):
        with open_inbox(database, "--view", "all") as terminal:
            terminal.wait_for("160")
            terminal.press("G", "f")
            terminal.wait_for("What happened")
            terminal.press("esc")
            terminal.wait_gone("What happened")
            terminal.press("q")
            assert terminal.exit_code() == 0
    listed = json.loads(run("inbox", "--view", "all", "--limit", "500", "--db", database, "--json").stdout)
    assert listed["total"] == len(listed["leads"]) == 160


def test_importing_twice_changes_nothing(tmp_path: Path, shared_data: Path) -> None:
    database = tmp_path / "leads.db"
    file = shared_data / "groweasy-demo" / "01-facebook-leads-standard.csv"
    first, second = (
        json.loads(run("import", file, "--db", database, "--json").stdout)["files"][0] for _ in range(2)
    )
    assert first["created"] == 5
    assert (second["created"], second["rows"]) == (0, 5)


def test_an_import_is_undone_whole(tmp_path: Path, shared_data: Path) -> None:
    database = tmp_path / "leads.db"
    file = shared_data / "groweasy-demo" / "11-international-names.csv"
    assert run("import", file, "--db", database).returncode == 0
    undone = run("undo", "--db", database)
    assert undone.returncode == 0, undone.stderr
    assert json.loads(run("inbox", "--view", "all", "--db", database, "--json").stdout)["total"] == 0
