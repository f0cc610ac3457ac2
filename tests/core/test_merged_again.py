"""A file that comes again after a merge is about the leads that stayed."""

from __future__ import annotations

from pathlib import Path

from bringing import import_file

from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.plan import ReadOptions
from leadtui.capture.columns.plan import read_plan as read_file
from leadtui.clock import FixedClock
from leadtui.qualify.merging.merge import merge, read_plan
from leadtui.settings import Settings
from leadtui.workspace import Workspace


def bring(workspace: Workspace, path: Path, text: str) -> ImportResult:
    path.write_text(text, encoding="utf-8")
    return import_file(workspace, read_file(path, ReadOptions(zone=workspace.zone)))


def lead_id(workspace: Workspace, email: str) -> str:
    with workspace.read() as connection:
        (found,) = connection.execute("SELECT id FROM lead WHERE email = ?", (email,)).fetchone()
    return str(found)


def test_rows_about_a_merged_lead_go_to_the_one_that_stays(tmp_path: Path, clock: FixedClock) -> None:
    workspace = Workspace.open(tmp_path / "leads.db", Settings(), clock, "ana")
    header = "Name,Mail,City\n"
    bring(workspace, tmp_path / "one.csv", f"{header}Ana,a@b.example,\nAna,c@d.example,\nAna,e@f.example,\n")
    first, second, third = (lead_id(workspace, f"{name}.example") for name in ("a@b", "c@d", "e@f"))
    for ids, into in (((first, second), second), ((second, third), third)):
        with workspace.act("Merge leads") as act:
            merge(act, read_plan(act.connection, "lead", ids, into))
    result = bring(workspace, tmp_path / "two.csv", f"{header}Ana,a@b.example,Bonn\n")
    assert (result.created, result.updated) == (0, 1)
    with workspace.read() as connection:
        assert connection.execute("SELECT id FROM lead WHERE city = 'Bonn'").fetchall() == [(third,)]
    again = bring(workspace, tmp_path / "three.csv", f"{header}Ana,a@b.example,Bonn\n")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    workspace.close()
