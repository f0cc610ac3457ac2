"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leadtui.commands import COMMANDS
from leadtui.keys import display_key

REPOSITORY = Path(__file__).resolve().parents[2]
README = (REPOSITORY / "README.md").read_text("utf-8")


def between(marker: str) -> str:
    """What stands between `<!-- marker -->` and `<!-- /marker -->`."""
    found = re.search(rf"<!-- {marker} -->\n(.*?)<!-- /{marker} -->", README, re.DOTALL)
    assert found, f"README.md has no {marker} markers"
    return found[1]


def test_key_table_is_that_of_the_registry() -> None:
    rows = ["| Keys | Command | What it does |", "|---|---|---|"]
    for command in COMMANDS:
        keys = " ".join(f"`{display_key(key)}`".replace("|", "\\|") for key in command.keys)
        rows.append(f"| {keys} | `{command.id}` | {command.help} |")
    table = "\n".join(rows)
    assert between("keys").strip() == table, f"paste this between the markers:\n{table}"


@pytest.mark.parametrize("marker", ["demo-command", "test-command"])
def test_one_command_each_for_a_fresh_machine(marker: str) -> None:
    lines = [line for line in between(marker).splitlines() if line and not line.startswith("```")]
    assert len(lines) == 1
    assert lines[0].startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_linked_files_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README)
    assert links
    assert [link for link in links if not (REPOSITORY / link).exists()] == []
