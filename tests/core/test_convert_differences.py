"""A converted lead and its customer are compared field by field, and settled either way (C21)."""

from __future__ import annotations

import pytest
from cli_run import runner
from convert_world import add_lead, convert, everything, row

from leadtui.clock import FixedClock
from leadtui.convert.carry_out import PlanStale
from leadtui.convert.differences import Difference, differences, settle
from leadtui.convert.lead import ConversionRefused
from leadtui.customers.records import edit_records
from leadtui.errors import FieldProblems
from leadtui.workspace import Workspace


def compared(workspace: Workspace, lead_id: str) -> tuple[Difference, ...]:
    with workspace.read() as connection:
        return differences(connection, lead_id, workspace.settings, workspace.zone)


def edit(workspace: Workspace, record: str, identity: str, **changes: object) -> None:
    with workspace.act("Edit") as act:
        edit_records(act, record, [identity], changes)


def test_right_after_a_conversion_nothing_differs(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, custom={"seats": 4})
    with pytest.raises(ConversionRefused):
        compared(workspace, lead_id)
    convert(workspace, lead_id)
    assert compared(workspace, lead_id) == ()


def test_each_side_wins_where_the_rep_says_so(workspace: Workspace) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    assert made.contact is not None
    customer, contact = made.customer.id, made.contact.id
    edit(
        workspace,
        "customer",
        customer,
        industry="machines",
        website="nova.example",
        budget_max=1,
        budget_min=1,
    )
    edit(workspace, "contact", contact, title="CEO")
    found = {one.target: one for one in compared(workspace, lead_id)}
    assert found.keys() == {
        "customer.industry", "customer.website", "customer.budget_max", "customer.budget_min", "contact.title"
    }  # fmt: skip
    assert (found["customer.industry"].lead, found["customer.industry"].record) == ("robotics", "machines")
    assert (found["customer.website"].can_push, found["customer.website"].can_pull) == (False, True)
    before = everything(workspace.path)
    with workspace.act("Settle") as act:
        settle(
            act,
            lead_id,
            compared(workspace, lead_id),
            push=["customer.industry", "customer.budget_min", "customer.budget_max"],
            pull=["customer.website", "contact.title"],
        )
    assert row(workspace, "customer", customer)["industry"] == "robotics"
    assert row(workspace, "customer", customer)["budget_min"] == 30_000_000
    lead = row(workspace, "lead", lead_id)
    assert (lead["title"], lead["website"], lead["status"]) == ("CEO", "nova.example", "converted")
    assert compared(workspace, lead_id) == ()
    workspace.undo()
    assert everything(workspace.path) == before


def test_what_cant_be_settled_is_refused(workspace: Workspace) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    edit(workspace, "customer", made.customer.id, budget_max=30_000_001, budget_min=1, website="x.example")
    expected = compared(workspace, lead_id)
    before = everything(workspace.path)
    for push, pull, told in (
        (["customer.website"], [], "customer.website"),
        ([], ["customer.city"], "customer.city"),
        (["customer.budget_max"], ["customer.budget_max"], "customer.budget_max"),
    ):
        with pytest.raises(FieldProblems) as refused, workspace.act("Settle") as act:
            settle(act, lead_id, expected, push, pull)
        assert refused.value.problems.keys() == {told}
        assert everything(workspace.path) == before
    edit(workspace, "customer", made.customer.id, city="Rome")
    with pytest.raises(PlanStale), workspace.act("Settle") as act:
        settle(act, lead_id, expected, ["customer.budget_max"], [])


def test_a_won_opportunity_is_left_out(workspace: Workspace, now: int) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    assert made.opportunity is not None
    edit(workspace, "opportunity", made.opportunity.id, amount=1)
    assert [one.target for one in compared(workspace, lead_id)] == ["opportunity.amount"]
    with workspace.act("Win") as act:
        act.connection.execute("UPDATE opportunity SET stage = 'won', won_at = ?", (now,))
    assert compared(workspace, lead_id) == ()


def test_the_command_prints_and_settles(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], clock: FixedClock
) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    edit(workspace, "customer", made.customer.id, industry="machines", website="nova.example")
    run = runner(capsys, clock)
    told = run("--db", str(workspace.path), "differences", "li wei")
    assert "machines" in told.out and "robotics" in told.out
    words = ("--push", "industry", "--pull", "customer.website", "--json")
    settled = run("--db", str(workspace.path), "differences", "li wei", *words)
    assert settled.json["differences"] == []
    assert row(workspace, "customer", made.customer.id)["industry"] == "robotics"
    assert row(workspace, "lead", lead_id)["website"] == "nova.example"
    assert "the same" in run("--db", str(workspace.path), "differences", "li wei").out
