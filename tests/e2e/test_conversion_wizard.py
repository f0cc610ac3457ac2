"""Leads of another system become customers, in a terminal: a new one, then one that is there, then back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from application import leadtui, run
from terminal import Terminal

from leadtui.workspace import Workspace


def found(database: Path, statement: str) -> list[Any]:
    workspace = Workspace.open(database, user="ana")
    with workspace.read() as connection:
        values = [value for (value,) in connection.execute(statement)]
    workspace.close()
    return values


def pass_the_gate(terminal: Terminal) -> None:
    """Open the wizard and raise what is needed to go on without a reason."""
    terminal.press("c")
    terminal.wait_for("1 Ready?", "For a customer", "0 of 5, 3 are wanted")
    terminal.press("i", "b", "e")
    terminal.wait_for("3 of 5, 3 are wanted")
    terminal.press("enter")
    terminal.wait_for("Customer", "New customer", "up, down choose")


def confirm(terminal: Terminal) -> None:
    """From the mapping to the end; what may stay empty stays empty."""
    terminal.wait_for("Will say", "Effect", "j, k move")
    terminal.press("f2")
    terminal.wait_gone("Will say")
    if "may stay empty" in terminal.text:
        terminal.press("f2")
    terminal.wait_for("Save as text  d")
    terminal.press("f2")
    terminal.wait_gone("Save as text  d")
    terminal.wait_for("Tier", "converted:")


def search(terminal: Terminal, words: str) -> None:
    """Put the cursor on the first lead with these words."""
    terminal.press("/")
    terminal.wait_for("name, company, phone")
    terminal.send(words)
    terminal.wait_gone("name, company, phone")
    terminal.settle()
    terminal.press("enter")
    terminal.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_a_new_and_an_existing_customer(shared_data: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    database = tmp_path / "leads.db"
    imported = run("--db", database, "import", shared_data / "salesforce-genai-demo" / "Lead.csv")
    assert imported.returncode == 0, imported.stderr
    before = found(database, "SELECT id || status FROM lead ORDER BY id")
    with Terminal(leadtui("--db", database, "--view", "all"), size=size) as terminal:
        terminal.wait_for("LeadTUI", "Tier", "Szyslak")
        search(terminal, "szyslak")
        pass_the_gate(terminal)
        terminal.press("enter")
        confirm(terminal)
        assert found(database, "SELECT name FROM customer") == ["Moe's Bar"]
        terminal.press("esc")
        terminal.settle()
        search(terminal, "abby")
        pass_the_gate(terminal)
        terminal.send("moe")
        terminal.wait_for("C-", "Moe's Bar")
        terminal.press("down")
        terminal.settle()
        terminal.press("enter")
        confirm(terminal)
        assert found(database, "SELECT name FROM customer") == ["Moe's Bar"]
        assert sorted(found(database, "SELECT name FROM contact")) == ["Abby Someone", "Joe Szyslak"]
        assert found(database, "SELECT count(*) FROM lead WHERE status = 'converted'") == [2]
        for _conversion in range(2):
            terminal.press("u")
            terminal.wait_for("Undone: Convert")
            terminal.settle()
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert "Traceback" not in terminal.raw
    assert found(database, "SELECT name FROM customer UNION ALL SELECT name FROM contact") == []
    assert found(database, "SELECT id || status FROM lead ORDER BY id") == before
