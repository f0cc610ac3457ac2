"""Seven people who came twice: imported, found, merged and taken back, in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from application import leadtui, run
from terminal import Terminal

from leadtui.workspace import Workspace

PEOPLE = {
    "Joe Szyslak", "Brat Sampson", "Abby Someone", "Homer Sampson", "Gumball", "Liza Sampson",
    "Margery Sampson",
}  # fmt: skip


def people(database: Path) -> list[str]:
    workspace = Workspace.open(database, user="ana")
    with workspace.read() as connection:
        found = connection.execute("SELECT contact FROM lead WHERE status <> 'merged'").fetchall()
    workspace.close()
    return sorted(name for (name,) in found)


def close(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.exit_code() == 0
    assert "Traceback" not in terminal.raw


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_seven_people_remain(shared_data: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    database = tmp_path / "leads.db"
    imported = run("--db", database, "import", shared_data / "salesforce-genai-demo" / "Lead.csv")
    assert "Possible duplicates: 4" in imported.stdout, imported.stderr
    before = people(database)
    assert len(before) == 11
    with Terminal(leadtui("--db", database, "--view", "all"), size=size) as terminal:
        terminal.wait_for("LeadTUI", "Tier", "Szyslak")
        terminal.press("D")
        terminal.wait_for("2 leads (4)", "same phone, same name", "Liza Sampson", "Margery Sampson")
        terminal.press("2")
        for left in range(3, -1, -1):
            terminal.press("enter")
            terminal.wait_for("Merge 2 records", "stays", "Result:")
            terminal.press("enter")
            terminal.wait_for(f"2 leads ({left})")
        terminal.wait_for("No two look the same.")
        terminal.press("esc")
        terminal.wait_gone("2 leads")
        terminal.wait_for("Follow Up")
        assert people(database) == sorted(PEOPLE)
        for _merge in range(4):
            terminal.press("u")
            terminal.wait_for("Undone: Merge leads")
            terminal.settle()
        close(terminal)
    assert people(database) == before
