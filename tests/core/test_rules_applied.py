"""Changed rules are applied to all leads in short transactions, and a run that was stopped goes on."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadtui import refresh
from leadtui.clock import FixedClock
from leadtui.demo.fill import fill
from leadtui.errors import Cancelled
from leadtui.qualify.leads import edit_leads
from leadtui.settings import Settings, load_settings
from leadtui.store.search_text import fold
from leadtui.workspace import Workspace

LEADS, CHUNK = 60, 10
DERIVED = "SELECT id, score, tier, priority, rank, due_at, wake_at FROM lead ORDER BY id"


@dataclass
class File:
    """A file of sample leads, judged by the default rules, and other rules to come."""

    path: Path
    other: Settings
    clock: FixedClock

    def open(self, settings: Settings) -> Workspace:
        return Workspace.open(self.path, settings, self.clock, "ana")

    def derived(self) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(DERIVED).fetchall()

    def stands(self) -> str:
        with closing(sqlite3.connect(self.path)) as connection:
            (rules,) = connection.execute("SELECT rules FROM journal_state").fetchone()
            return str(rules)

    def expected(self, tmp_path: Path) -> list[tuple[object, ...]]:
        """What a computation of everything in one piece comes to."""
        copy = File(tmp_path / "whole.db", self.other, self.clock)
        copy.path.write_bytes(self.path.read_bytes())
        with closing(copy.open(self.other)) as workspace, workspace._bare_transaction() as connection:
            refresh.refresh_all(connection, self.other, self.clock.now(), workspace.zone)
        return copy.derived()


@pytest.fixture
def file(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[File]:
    settings = tmp_path / "config.toml"
    settings.write_text("[scoring]\npage_view = 9\nreply = 1\nfit_cap = 25\n")
    other, problems = load_settings(settings)
    assert not problems
    found = File(tmp_path / "leads.db", other, clock)
    with closing(found.open(Settings())) as workspace:
        fill(workspace, LEADS)
        assert workspace.maintain() is False
    monkeypatch.setattr(refresh, "_CHUNK", CHUNK)
    yield found


def test_they_are_applied_piece_by_piece(file: File, tmp_path: Path) -> None:
    before, expected = file.derived(), file.expected(tmp_path)
    assert expected != before
    told: list[tuple[int, int]] = []
    with closing(file.open(file.other)) as workspace:
        assert workspace.maintain(lambda done, total: told.append((done, total)))
        assert workspace.maintain() is False
    assert [done for done, _total in told] == sorted({done for done, _total in told})
    assert len(told) >= LEADS // CHUNK
    assert file.derived() == expected


def test_what_is_searched_for_is_found_at_its_new_place(file: File) -> None:
    with closing(file.open(file.other)) as workspace:
        workspace.maintain()
        with workspace.read() as connection:
            ranks = {rank for (rank,) in connection.execute("SELECT rank FROM lead")}
            company, rank = connection.execute("SELECT company, rank FROM lead WHERE number <> ''").fetchone()
            found = connection.execute(
                "SELECT rowid FROM lead_search WHERE lead_search MATCH ?", (f'"{fold(company.split()[0])}"',)
            ).fetchall()
    assert (rank,) in found
    assert {row for (row,) in found} <= ranks


def test_a_run_that_was_stopped_goes_on_where_it_stood(file: File, tmp_path: Path) -> None:
    expected = file.expected(tmp_path)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with closing(file.open(file.other)) as workspace, pytest.raises(Cancelled):
        workspace.maintain(stop)
    assert file.stands().endswith(f":{CHUNK}")
    told: list[int] = []
    with closing(file.open(file.other)) as workspace:
        assert workspace.maintain(lambda done, total: told.append(done))
    assert told[0] == 2 * CHUNK
    assert file.derived() == expected


def test_a_process_killed_between_two_pieces_leaves_a_file_that_goes_on(file: File, tmp_path: Path) -> None:
    expected = file.expected(tmp_path)
    code = f"""
import os
from pathlib import Path
from leadtui import refresh
from leadtui.clock import FixedClock
from leadtui.settings import load_settings
from leadtui.workspace import Workspace
refresh._CHUNK = {CHUNK}
settings, problems = load_settings(Path({str(tmp_path / "config.toml")!r}))
workspace = Workspace.open(Path({str(file.path)!r}), settings, FixedClock({file.clock.now()}), "ana")
workspace.maintain(lambda done, total: os._exit(9) if done >= {3 * CHUNK} else None)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert file.stands().endswith(f":{3 * CHUNK}")
    with closing(file.open(file.other)) as workspace:
        assert workspace.maintain()
    assert file.derived() == expected


def test_rules_that_change_again_begin_anew(file: File) -> None:
    before = file.derived()

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with closing(file.open(file.other)) as workspace, pytest.raises(Cancelled):
        workspace.maintain(stop)
    with closing(file.open(Settings())) as workspace:
        assert workspace.maintain()
    assert file.derived() == before


def test_acts_come_between_two_pieces(file: File, tmp_path: Path) -> None:
    with closing(file.open(file.other)) as workspace:
        with workspace.read() as connection:
            ids = [lead for (lead,) in connection.execute("SELECT id FROM lead ORDER BY seq")]

        def edit(done: int, total: int) -> None:
            with workspace.act("Edit") as act:
                edit_leads(act, [ids[0], ids[-1]], {"remark": f"at {done}"})

        assert workspace.maintain(edit)
        assert workspace.maintain() is False
    assert file.derived() == file.expected(tmp_path)
