"""Moving opportunities, winning and losing them, objections, approvals: with undo, and refused when wrong."""

from __future__ import annotations

from typing import Any

import pytest

from leadtui.clock import FixedClock
from leadtui.customers.grading import approve_plan, choose_grade
from leadtui.customers.objections import add_objection, answer_objection, escalate_objection
from leadtui.customers.records import create_record, edit_records
from leadtui.customers.stages import (
    hand_over,
    lose,
    move_stage,
    probability,
    reopen,
    stage_beside,
    submit_report,
    win,
)
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.followup.tasks import TITLE_LIMIT
from leadtui.settings import Settings, User
from leadtui.workspace import Workspace

NOW = 1_790_000_000_000
HOUR = 3_600_000


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def team(workspace: Workspace, user: str) -> None:
    workspace.settings = Settings(user=User(profile="team", supervisor="Bo"))
    workspace.user = user


def make(workspace: Workspace, **draft: object) -> tuple[str, str]:
    """A customer and an opportunity."""
    with workspace.act("Make") as act:
        customer = create_record(act, "customer", {"name": "Nova"})
        return customer, create_record(act, "opportunity", {"name": "ERP", "customer_id": customer, **draft})


def row(workspace: Workspace, record: str, identity: str) -> dict[str, Any]:
    with workspace.read() as connection:
        cursor = connection.execute(f"SELECT * FROM {record} WHERE id = ?", (identity,))
        return dict(zip((name for name, *_more in cursor.description), cursor.fetchone(), strict=True))


def tasks(workspace: Workspace) -> list[tuple[str, str, bool]]:
    with workspace.read() as connection:
        return connection.execute("SELECT title, owner, done_at IS NOT NULL FROM task ORDER BY id").fetchall()


def test_the_probability_follows_the_stage_unless_it_was_set() -> None:
    assert [probability(stage, None) for stage in ("discovery", "contract", "won", "lost")] == [
        20,
        90,
        100,
        0,
    ]
    assert (probability("quotation", 35), probability("won", 35)) == (35, 100)


def test_stages_beside_each_other_end_at_the_ends() -> None:
    assert stage_beside("discovery", 1) == "proposal"
    assert stage_beside("discovery", -1) == "discovery"
    assert stage_beside("contract", 1) == stage_beside("won", 1) == "won"
    assert stage_beside("lost", 1) == "lost"


def test_a_stage_is_moved_and_taken_back(workspace: Workspace) -> None:
    _customer, deal = make(workspace)
    workspace.clock = FixedClock(NOW + HOUR)
    with workspace.act("Move") as act:
        move_stage(act, [deal], "quotation", "they asked for a price")
    moved = row(workspace, "opportunity", deal)
    assert (moved["stage"], moved["stage_at"], moved["stage_note"]) == (
        "quotation",
        NOW + HOUR,
        "they asked for a price",
    )
    workspace.undo()
    assert row(workspace, "opportunity", deal)["stage"] == "discovery"


def test_winning_makes_a_customer_and_wants_a_hand_over(workspace: Workspace) -> None:
    customer, deal = make(workspace)
    with pytest.raises(FieldProblems) as told, workspace.act("Win") as act:
        win(act, [deal], {})
    assert told.value.problems.keys() == {"amount"}
    with workspace.act("Win") as act:
        win(act, [deal], {"amount": 5_000_000, "contract_payment": "30 days"})
    won = row(workspace, "opportunity", deal)
    assert (won["stage"], won["won_at"], won["currency"], won["contract_payment"]) == (
        "won",
        NOW,
        "CNY",
        "30 days",
    )
    assert (won["due_kind"], won["due_at"]) == ("hand_over", NOW + 24 * HOUR)
    flipped = row(workspace, "customer", customer)
    assert (flipped["lifecycle"], flipped["became_customer_at"]) == ("customer", NOW)
    with workspace.act("Hand over") as act:
        hand_over(act, [deal], "to service")
    assert row(workspace, "opportunity", deal)["due_at"] is None
    workspace.undo()
    workspace.undo()
    assert row(workspace, "customer", customer)["lifecycle"] == "prospect"


def test_losing_needs_a_reason(workspace: Workspace) -> None:
    _customer, deal = make(workspace, next_due=NOW + HOUR, next_step="call")
    with pytest.raises(FieldProblems), workspace.act("Lose") as act:
        lose(act, [deal], " ")
    with workspace.act("Lose") as act:
        lose(act, [deal], "price", "ten per cent over")
    lost = row(workspace, "opportunity", deal)
    assert (lost["stage"], lost["lost_reason"], lost["next_due"], lost["due_at"]) == (
        "lost",
        "price",
        None,
        None,
    )
    with pytest.raises(LeadTUIError, match="reopen it first"), workspace.act("Move") as act:
        move_stage(act, [deal], "proposal")


def test_reopening_goes_back_to_where_it_ended(workspace: Workspace) -> None:
    customer, deal = make(workspace, amount=100)
    with workspace.act("Move") as act:
        move_stage(act, [deal], "negotiation")
    with workspace.act("Win") as act:
        win(act, [deal], {})
    with workspace.act("Reopen") as act:
        reopen(act, [deal])
    opened = row(workspace, "opportunity", deal)
    assert (opened["stage"], opened["won_at"]) == ("negotiation", None)
    assert row(workspace, "customer", customer)["lifecycle"] == "prospect"


def test_a_customer_stays_one_while_another_opportunity_is_won(workspace: Workspace) -> None:
    customer, deal = make(workspace, amount=100)
    with workspace.act("Second") as act:
        other = create_record(act, "opportunity", {"name": "More", "customer_id": customer, "amount": 5})
    with workspace.act("Win") as act:
        win(act, [deal, other], {})
    with workspace.act("Reopen") as act:
        reopen(act, [deal])
    assert row(workspace, "customer", customer)["lifecycle"] == "customer"


def test_the_report_clock_runs_from_when_it_became_a(workspace: Workspace) -> None:
    _customer, deal = make(workspace, urgency="urgent")
    assert row(workspace, "opportunity", deal)["grade"] == ""
    workspace.clock = FixedClock(NOW + HOUR)
    with workspace.act("Edit") as act:
        edit_records(act, "opportunity", [deal], {"amount": 100_000_000})
    graded = row(workspace, "opportunity", deal)
    assert (graded["grade"], graded["grade_a_at"]) == ("A", NOW + HOUR)
    assert (graded["due_kind"], graded["due_at"]) == ("project_report", NOW + 25 * HOUR)
    workspace.clock = FixedClock(NOW + 2 * HOUR)
    with workspace.act("Confirm") as act:
        choose_grade(act, [deal], "A")
    assert row(workspace, "opportunity", deal)["grade_a_at"] == NOW + HOUR
    with workspace.act("Report") as act:
        submit_report(act, [deal])
    assert row(workspace, "opportunity", deal)["due_kind"] == "regrade"


def test_another_grade_than_the_rules_needs_a_reason(workspace: Workspace) -> None:
    _customer, deal = make(workspace, budget_level="medium")
    with pytest.raises(FieldProblems, match="B"), workspace.act("Grade") as act:
        choose_grade(act, [deal], "A")
    with workspace.act("Grade") as act:
        choose_grade(act, [deal], "A", "their board has decided")
    assert row(workspace, "opportunity", deal)["grade"] == "A"
    with workspace.act("Grade") as act:
        choose_grade(act, [deal], "")
    assert row(workspace, "opportunity", deal)["grade"] == "B"
    assert tasks(workspace) == []


def test_in_a_team_the_supervisor_confirms(workspace: Workspace) -> None:
    _customer, deal = make(workspace, budget_level="medium", plan_pains="costs")
    number = row(workspace, "opportunity", deal)["number"]
    team(workspace, "ana")
    with workspace.act("Plan") as act:
        approve_plan(act, [deal])
    with workspace.act("Plan") as act:
        approve_plan(act, [deal])
    assert tasks(workspace) == [(f"Approve the plan of {number}", "Bo", False)]
    waiting = row(workspace, "opportunity", deal)
    assert (waiting["plan_approved_at"], waiting["due_kind"]) == (None, "task")
    team(workspace, "bo")
    with workspace.act("Plan") as act:
        approve_plan(act, [deal])
    assert row(workspace, "opportunity", deal)["plan_approved_by"] == "bo"
    assert [done for _title, _owner, done in tasks(workspace)] == [1]


def test_an_empty_plan_is_not_approved(workspace: Workspace) -> None:
    _customer, deal = make(workspace)
    with pytest.raises(LeadTUIError, match="no plan"), workspace.act("Plan") as act:
        approve_plan(act, [deal])


def test_the_task_of_a_long_objection_has_a_title_that_can_be_kept(workspace: Workspace) -> None:
    _customer, deal = make(workspace)
    with workspace.act("Object") as act:
        objection = add_objection(act, deal, "Too\nexpensive. " * 40)
    with workspace.act("Escalate") as act:
        escalate_objection(act, objection, "Bo")
    title, owner, _done = tasks(workspace)[0]
    assert (owner, len(title)) == ("Bo", TITLE_LIMIT)
    assert "Too expensive. Too" in title and title.endswith("…")


def test_an_objection_waits_for_its_answer(workspace: Workspace) -> None:
    _customer, deal = make(workspace)
    with workspace.act("Object") as act:
        objection = add_objection(act, deal, "太贵了")
    assert row(workspace, "opportunity", deal)["due_kind"] == "objection"
    with workspace.act("Escalate") as act:
        escalate_objection(act, objection, "Bo")
    assert tasks(workspace)[0][1] == "Bo"
    with workspace.act("Answer") as act:
        answer_objection(act, objection, "三年免费维护")
    assert row(workspace, "objection", objection)["answered_at"] == NOW
    assert row(workspace, "opportunity", deal)["due_kind"] == "task"
    workspace.undo()
    assert row(workspace, "objection", objection)["answer"] == ""
    for wrong in ("", "   "):
        with pytest.raises(FieldProblems), workspace.act("Object") as act:
            add_objection(act, deal, wrong)
