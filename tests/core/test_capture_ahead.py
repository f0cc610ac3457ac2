from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from bringing import import_file

from leadtui.capture.batch import ahead
from leadtui.capture.batch.ahead import Chunk, ready_rows
from leadtui.capture.batch.early import expecting_rows
from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.files import process
from leadtui.clock import FixedClock
from leadtui.errors import Cancelled, LeadTUIError
from leadtui.settings import Settings
from leadtui.workspace import Workspace

NOW = 1_795_344_120_000


@pytest.fixture
def large(tmp_path: Path) -> FilePlan:
    """A file that is worth a second process."""
    path = tmp_path / "large.csv"
    rows = "".join(
        f"Person {n},Firm {n} 科技有限公司,p{n}@firm{n % 50}.example,1380000{n:04d},vip;t{n % 3},{'x' * 90}\n"
        for n in range(8000)
    )
    path.write_text(f"Name,Company,Mail,Mobile,Tags,Colour\n{rows},,bad,,,\n", encoding="utf-8")
    assert path.stat().st_size > 1 << 20
    return read_plan(path, ReadOptions())


def test_a_second_process_reads_the_same(large: FilePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    with ready_rows(large) as chunks:
        there = list(chunks)
    monkeypatch.setattr(ahead, "LARGE", 1 << 60)
    with ready_rows(large) as chunks:
        here = list(chunks)
    assert [chunk.rows for chunk in there] == [chunk.rows for chunk in here]
    assert sum(len(chunk.rows) for chunk in there) == 8001
    assert there[-1].position == large.size


def test_a_large_file_is_imported(large: FilePlan, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "leads.db", Settings(), FixedClock(NOW), "ana")
    result = import_file(workspace, large)
    assert (result.created, result.skipped) == (8000, 1)
    assert import_file(workspace, large).unchanged == 8000
    workspace.close()


def test_a_stopped_import_leaves_no_process(large: FilePlan, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "leads.db", Settings(), FixedClock(NOW), "ana")
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        import_file(workspace, large, cancelled=lambda: next(answers))
    workspace.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_process_that_dies_stops_the_import(
    large: FilePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    workspace = Workspace.open(tmp_path / "leads.db", Settings(), FixedClock(NOW), "ana")
    with pytest.raises(LeadTUIError, match="cut short"):
        import_file(workspace, large)
    with workspace.read() as connection:
        assert connection.execute("SELECT count(*) FROM lead").fetchone() == (0,)
    workspace.close()


def test_without_a_second_process_the_file_is_read_here(
    large: FilePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with ready_rows(large) as chunks:
        first = next(chunks)
    assert isinstance(first, Chunk)
    assert len(first.rows) == 1000


def test_a_process_is_started_before_the_file_is_looked_at(large: FilePlan, tmp_path: Path) -> None:
    with expecting_rows([tmp_path / "missing.csv", large.path]):
        (early,) = process._expecting.values()
        with ready_rows(large) as chunks:
            assert not process._expecting
            assert len(next(chunks).rows) == 1000
            assert early.poll() is None
        assert early.poll() is not None


def test_a_process_that_nobody_needed_is_ended(large: FilePlan) -> None:
    with expecting_rows([large.path]):
        (early,) = process._expecting.values()
    assert early.poll() is not None
    assert not process._expecting


def test_small_files_start_no_process(tmp_path: Path) -> None:
    small = tmp_path / "small.csv"
    small.write_text("Name,Mail\n", encoding="utf-8")
    with expecting_rows([small]):
        assert not process._expecting
