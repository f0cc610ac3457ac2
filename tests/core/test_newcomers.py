"""Playbooks that start by themselves on leads that come in, and go with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bringing import import_file
from cli_run import Run

from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.followup.activities import log_follow_up
from leadtui.followup.card import lead_detail
from leadtui.followup.newcomers import start_on_entered
from leadtui.playbooks.library import library
from leadtui.qualify.leads import create_lead
from leadtui.workspace import Workspace

HOUR = 3_600_000
OWN = """name = "By itself"
starts = true
{for_}
[[task]]
title = "Call {{contact}} at {{company}}"
after = "2h"
[[task]]
title = "Send the catalogue"
after = "3d"
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a playbook that starts by itself into the user's folder."""
    monkeypatch.setenv("LEADTUI_HOME", str(tmp_path))
    (tmp_path / "playbooks").mkdir()

    def put(name: str = "own", for_: str = "") -> None:
        (tmp_path / "playbooks" / f"{name}.toml").write_text(OWN.format(for_=for_), encoding="utf-8")

    return put


def enter(workspace: Workspace, **draft: object) -> str:
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, {"source_channel": "expo", "contact": "王芳", **draft})
        start_on_entered(act, [lead_id])
    return lead_id


def rows(workspace: Workspace, statement: str) -> list[tuple[Any, ...]]:
    with workspace.read() as connection:
        return connection.execute(statement).fetchall()


def test_it_starts_on_a_lead_that_is_entered_and_goes_with_it(workspace: Workspace, own: Any) -> None:
    own()
    lead_id = enter(workspace, company="启明")
    now, zone = workspace.clock.now(), workspace.zone
    with workspace.read() as connection:
        found = lead_detail(connection, lead_id, workspace.settings, now, zone)
    assert found is not None and found.run is not None and found.run.playbook == "By itself"
    assert [task.title for task in found.tasks] == ["Call 王芳 at 启明", "Send the catalogue"]
    assert found.tasks[0].due == now + 2 * HOUR
    with workspace.act("Log") as act:
        log_follow_up(act, [lead_id], {"channel": "phone", "result": "replied", "content": "Yes."})
    assert rows(workspace, "SELECT pause_reason FROM playbook_run") == [("replied",)]
    workspace.undo()
    workspace.undo()
    assert not rows(
        workspace, "SELECT id FROM task UNION SELECT id FROM playbook_run UNION SELECT id FROM lead"
    )
    workspace.redo()
    assert len(rows(workspace, "SELECT id FROM task")) == 2


def test_nothing_starts_without_such_a_playbook(workspace: Workspace, own: Any) -> None:
    enter(workspace, company="Nova")
    own(for_='[for]\nindustries = ["mining"]')
    enter(workspace, company="Kestrel", industry="Food")
    assert rows(workspace, "SELECT * FROM playbook_run") == []


def test_the_one_that_says_most_of_the_lead_is_taken(workspace: Workspace, own: Any) -> None:
    own("any")
    own("food", '[for]\nindustries = ["food"]\nnodes = ["first_contact"]')
    enter(workspace, company="Kestrel", industry="Food and drinks")
    enter(workspace, company="Nova")
    assert rows(workspace, "SELECT playbook FROM playbook_run ORDER BY id") == [("food",), ("any",)]


def test_it_starts_on_imported_leads_that_are_new(workspace: Workspace, own: Any, tmp_path: Path) -> None:
    own(for_='[for]\ntiers = ["A", "B", "C"]')
    enter(workspace, company="Nova", email="a@nova.example")
    path = tmp_path / "file.csv"
    path.write_text(
        "Company,Name,Mail,Source,Status\nNova,王芳,a@nova.example,expo,\nAlpha,Ann,,expo,New\nBeta,Bo,,expo,Lost\nGamma,Cy,,expo,Contacted\n",
        encoding="utf-8",
    )
    import_file(workspace, read_plan(path, ReadOptions(zone=workspace.zone)))
    started = "SELECT company, due_kind, due_at FROM lead JOIN playbook_run ON lead.id = lead_id ORDER BY seq"
    due = workspace.clock.now() + 2 * HOUR
    assert [row[0] for row in rows(workspace, started)] == ["Nova", "Alpha"]
    assert rows(workspace, started)[1][1:] == ("task", due) == rows(workspace, started)[0][1:]
    assert len(rows(workspace, "SELECT id FROM task")) == 4
    workspace.undo()
    assert [row[0] for row in rows(workspace, started)] == ["Nova"]
    assert len(rows(workspace, "SELECT id FROM task")) == 2


def test_a_lead_that_is_added_without_the_app_gets_its_tasks(own: Any, run: Run) -> None:
    own()
    assert run("add", "--company", "Nova", "--contact", "Ann", "--source", "expo").code == 0
    assert "Call Ann at Nova" in run("show", "Nova", "--json").out


@pytest.mark.parametrize("part", ['nodes = ["contract"]', 'statuses = ["working"]'])
def test_one_that_never_would_is_told(own: Any, tmp_path: Path, part: str) -> None:
    own(for_=f"[for]\n{part}")
    found = library(tmp_path)
    assert not found.playbooks["own"].starts
    assert [(problem.line, "new lead" in problem.text) for problem in found.problems] == [(2, True)]


def test_none_that_is_shipped_starts_by_itself(tmp_path: Path) -> None:
    assert not any(playbook.starts for playbook in library(tmp_path).playbooks.values())
