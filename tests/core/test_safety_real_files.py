"""Every real file: a rehearsal writes nothing, a second import changes nothing, an undo leaves nothing."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from bringing import import_file
from whole_file import contents, is_whole

from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.clock import FixedClock
from leadtui.errors import LeadTUIError
from leadtui.settings import Settings
from leadtui.workspace import Workspace

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = sorted(path for ending in ("csv", "xlsx", "xls") for path in DATA.rglob(f"*.{ending}")) or [DATA]
DAY = 86_400_000


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "empty.db"
    with closing(Workspace.open(path, Settings(), FixedClock(0), "ana")) as workspace:
        workspace.maintain()
    return path


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_real_file_there_and_back(path: Path, empty: Path, tmp_path: Path, clock: FixedClock) -> None:
    database = Path(shutil.copy(empty, tmp_path / "leads.db"))
    with closing(Workspace.open(database, Settings(), clock, "ana")) as workspace:
        nothing, as_it_was = contents(database), database.read_bytes()
        try:
            plan = read_plan(path, ReadOptions(zone=workspace.zone))
            told = import_file(workspace, plan, dry_run=True)
        except LeadTUIError as error:
            assert "says who a lead is" in str(error)
            return
        assert database.read_bytes() == as_it_was
        first = import_file(workspace, plan, skipped=tmp_path / "skipped.csv")
        assert (first.created, first.updated, first.unchanged, first.skipped) == (
            told.created,
            told.updated,
            told.unchanged,
            told.skipped,
        )
        brought = contents(database)
        clock.at += 10 * DAY
        again = import_file(workspace, plan, skipped=tmp_path / "skipped.csv")
        assert (again.created, again.updated, again.skipped) == (0, 0, first.skipped)
        assert contents(database) == brought, "and there is nothing to undo"
        workspace.undo()
        assert contents(database) == nothing
        clock.at -= 10 * DAY
        workspace.redo()
        assert contents(database) == brought
    assert is_whole(database)
