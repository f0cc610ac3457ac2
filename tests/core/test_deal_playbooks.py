"""Playbooks on opportunities: proposed by stage, started, paused by an answer, ended with the deal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadtui.clock import FixedClock, to_milliseconds
from leadtui.customers.activities import follow_up_records
from leadtui.customers.card import record_detail
from leadtui.customers.planning import settle_records
from leadtui.customers.playbooks import enter_stage, start_on_opportunities
from leadtui.customers.records import create_record
from leadtui.customers.rows import RecordDetail
from leadtui.customers.stages import lose, move_stage
from leadtui.errors import LeadTUIError
from leadtui.followup import runs
from leadtui.playbooks.library import library
from leadtui.playbooks.occasion import Occasion, Situation
from leadtui.playbooks.playbook import PlannedTask, Playbook
from leadtui.workspace import Workspace

NOW = to_milliseconds(datetime(2026, 11, 20, 10, 42, tzinfo=UTC))
HOUR = 3_600_000
DAY = 24 * HOUR
BOOK = Playbook(
    "book",
    "The book",
    "",
    Occasion(opportunity=("discovery",)),
    (
        PlannedTask("Call {contact} at {company} about {scenario}", "phone", 120, False, "", ""),
        PlannedTask("Send the offer", "mail", 3 * 1440, True, "", ""),
    ),
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def deal(workspace: Workspace) -> str:
    with workspace.act("Make") as act:
        customer = create_record(act, "customer", {"name": "上海启明", "industry": "机械制造"})
        contact = create_record(act, "contact", {"name": "王芳", "customer_id": customer})
        return create_record(
            act, "opportunity", {"name": "ERP", "customer_id": customer, "contact_id": contact}
        )


def detail(workspace: Workspace, deal: str) -> RecordDetail:
    with workspace.read() as connection:
        found = record_detail(
            connection, "opportunity", deal, workspace.settings, workspace.clock.now(), workspace.zone
        )
    assert found is not None
    return found


def start(workspace: Workspace, deal: str) -> None:
    with workspace.act("Start playbook") as act:
        start_on_opportunities(act, [deal], BOOK)


def test_its_tasks_are_filled_in_due_and_taken_back(workspace: Workspace, deal: str) -> None:
    start(workspace, deal)
    found = detail(workspace, deal)
    assert [task.title for task in found.tasks] == ["Call 王芳 at 上海启明 about ERP", "Send the offer"]
    assert found.run is not None and (found.run.playbook, found.proposed) == ("book", "")
    assert (found.row.due_at, found.row.due_kind) == (NOW + 2 * HOUR, "task")
    assert found.tasks[0].owner == "ana"
    with pytest.raises(LeadTUIError, match="is at work on O-"):
        start(workspace, deal)
    workspace.undo()
    found = detail(workspace, deal)
    assert (found.run, found.tasks) == (None, ()) and found.row.due_kind != "task"


def test_an_answer_pauses_it_and_what_waits_is_not_due(
    workspace: Workspace, deal: str, clock: FixedClock
) -> None:
    start(workspace, deal)
    with workspace.act("Log") as act:
        draft = {"channel": "phone", "result": "replied", "content": "They like it."}
        follow_up_records(act, "opportunity", [deal], draft)
    found = detail(workspace, deal)
    assert found.run is not None and found.run.pause_reason == "replied"
    assert found.row.due_kind != "task"
    clock.at = NOW + 2 * DAY
    with workspace.act("Resume") as act:
        runs.resume(act, [deal], "opportunity")
    assert detail(workspace, deal).row.due_at == NOW + 2 * HOUR + 2 * DAY


def test_its_tasks_are_settled_in_their_order_and_it_ends_with_the_deal(
    workspace: Workspace, deal: str, clock: FixedClock
) -> None:
    start(workspace, deal)
    clock.at = NOW + 3 * HOUR
    with workspace.act("Done") as act:
        settle_records(act, "opportunity", [deal])
    assert [task.title for task in detail(workspace, deal).tasks] == ["Send the offer"]
    with workspace.act("Lose") as act:
        lose(act, [deal], "price")
    found = detail(workspace, deal)
    assert (found.run, found.tasks) == (None, ())
    with pytest.raises(LeadTUIError, match="is over"):
        start(workspace, deal)


def test_the_one_for_its_stage_is_proposed(workspace: Workspace, deal: str, tmp_path: Path) -> None:
    known = library(tmp_path)
    quote = known.playbooks["deal-quote"]
    assert detail(workspace, deal).proposed == ""
    with workspace.act("Move") as act:
        move_stage(act, [deal], "quotation")
    assert detail(workspace, deal).proposed == quote.name
    lead = Situation("A", "awareness", "new", "first_contact", "机械制造")
    assert quote not in known.playbooks_for(lead)
    assert known.playbooks_for(Situation("A", "", "", "", "", "negotiation")) == [quote]
    workspace.undo()
    assert detail(workspace, deal).proposed == ""


OWN = """name = "By itself"
starts = true
[for]
opportunity = ["proposal"]
[[task]]
title = "Write the offer"
"""


def test_one_that_says_so_starts_by_itself_and_goes_with_the_move(
    workspace: Workspace, deal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADTUI_HOME", str(tmp_path))
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "own.toml").write_text(OWN)
    for stage, titles in (("proposal", ["Write the offer"]), ("quotation", ["Write the offer"])):
        with workspace.act("Move stage") as act:
            enter_stage(act, [deal], stage)
        assert [task.title for task in detail(workspace, deal).tasks] == titles
    workspace.undo()
    workspace.undo()
    found = detail(workspace, deal)
    assert (found.row.state, found.tasks, found.run) == ("discovery", (), None)
