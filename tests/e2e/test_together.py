"""Two copies of the app on one file, and the command line beside them."""

from __future__ import annotations

import json
from pathlib import Path

from application import make_file, open_inbox, run


def next_step_of(database: Path, company: str) -> dict[str, object]:
    ran = run("show", company, "--db", database, "--json")
    assert ran.returncode == 0, ran.stderr
    lead = json.loads(ran.stdout)
    assert isinstance(lead, dict)
    return lead


def test_two_copies_keep_each_others_work(tmp_path: Path) -> None:
    database = make_file(tmp_path / "leads.db", leads=12)
    with open_inbox(database) as one, open_inbox(database) as two:
        for terminal, what in ((one, "asked the first"), (two, "asked the second")):
            terminal.press("g", ";")
            terminal.settle()
            terminal.send(f"phone reached, {what} > tomorrow 10")
            terminal.press("enter")
            terminal.wait_for("followed up")
        for terminal in (one, two):
            terminal.press("q")
            assert terminal.exit_code() == 0
    told = [activity["content"] for activity in next_step_of(database, "Nova Robotics")["activities"]]  # type: ignore[attr-defined]
    assert any("asked the first" in text for text in told)
    assert any("asked the second" in text for text in told)


def test_a_change_from_the_command_line_is_noticed(tmp_path: Path) -> None:
    database = make_file(tmp_path / "leads.db", leads=12)
    with open_inbox(database) as terminal:
        added = run(
            "add", "--db", database, "--company", "Vela Marine", "--contact", "Ann", "--source", "website"
        )
        assert added.returncode == 0, added.stderr
        terminal.wait_for("changed elsewhere", seconds=60)
        terminal.press("R")
        terminal.wait_gone("changed elsewhere")
        terminal.press("/")
        terminal.settle()
        terminal.send("vela")
        terminal.wait_for("Vela Marine")
        terminal.press("esc", "q")
        assert terminal.exit_code() == 0
