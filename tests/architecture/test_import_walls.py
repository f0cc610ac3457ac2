"""What may not be loaded where; the walls between packages are held by import-linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

SLOW = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "phonenumbers", "pypinyin", "rapidfuzz")
"""Importing one of these costs more than the first paint of the inbox may."""
TERMINAL = ("textual", "screens", "widgets")


def loaded_after(code: str) -> set[str]:
    """The names of all modules that are loaded after `code` ran in a fresh Python."""
    report = "\nimport sys; print('\\n'.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code + report], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.split())


def test_what_is_loaded_is_seen() -> None:
    assert "csv" in loaded_after("import csv")
    assert "csv" not in loaded_after("")


@pytest.mark.parametrize("module", ["leadtui.cli", "leadtui.workspace", "leadtui.commands"])
def test_the_core_starts_without_slow_libraries_or_the_terminal_toolkit(module: str) -> None:
    loaded = loaded_after(f"import {module}")
    assert [name for name in (*SLOW, *TERMINAL, "rich.console") if name in loaded] == []


@pytest.mark.parametrize(
    "rules", ["leadtui.qualify.score", "leadtui.followup.standing", "leadtui.followup.when", "leadtui.text"]
)
def test_rules_need_neither_the_file_nor_the_screen(rules: str) -> None:
    loaded = loaded_after(f"import {rules}")
    assert [name for name in (*SLOW, *TERMINAL, "sqlite3") if name in loaded] == []
