"""A conversion is taken back at any time; what was touched since stays and is named."""

from __future__ import annotations

import json

import pytest
from convert_world import add_lead, add_record, convert, everything, row, rows

from leadtui.convert.carry_out import PlanStale
from leadtui.convert.lead import ConversionRefused
from leadtui.convert.taking_back import take_back_conversion, taking_back
from leadtui.convert.values import NONE, TakingBack
from leadtui.customers.records import create_record, edit_records
from leadtui.followup.activities import log_follow_up
from leadtui.workspace import Workspace


def shown(workspace: Workspace, lead_id: str) -> TakingBack:
    with workspace.read() as connection:
        return taking_back(connection, lead_id, workspace.zone)


def take_back(workspace: Workspace, lead_id: str) -> TakingBack:
    plan = shown(workspace, lead_id)
    with workspace.act("Take back") as act:
        take_back_conversion(act, plan)
    return plan


def note(workspace: Workspace, **parents: str) -> None:
    with workspace.act("Note") as act:
        names = ", ".join(parents)
        act.connection.execute(
            f"INSERT INTO activity (id, at, content, {names}) VALUES (?, ?, 'called', ?)",
            (act.new_id(), act.now, *parents.values()),
        )


@pytest.mark.parametrize("others", [False, True])
@pytest.mark.parametrize("into", ["new", "existing"])
def test_what_nobody_touched_is_as_it_was(workspace: Workspace, into: str, others: bool) -> None:
    customer = add_record(workspace, "customer", name="Nova", owner="ben", notes="old", next_step="visit")
    lead_id = add_lead(workspace)
    other = add_lead(workspace, contact="Wang Fang", email="", phone="")
    with workspace.act("Work") as act:
        for one in (lead_id, other):
            log_follow_up(act, [one], {"channel": "phone", "result": "reached", "content": "hello"})
        act.connection.execute(
            "INSERT INTO task (id, lead_id, title, created_at) VALUES (?, ?, 'call', 1)",
            (act.new_id(), lead_id),
        )
    before = everything(workspace.path)
    convert(
        workspace,
        lead_id,
        customer=customer if into == "existing" else "new",
        others=(other,) if others else (),
        reason="because",
    )
    plan = take_back(workspace, lead_id)
    assert everything(workspace.path) == before
    assert plan.kept == ()
    made = {"contact", "opportunity"} | ({"customer"} if into == "new" else {"task"})
    assert {piece.record for piece in plan.removed} >= made - {"task"}
    workspace.undo()
    assert row(workspace, "lead", lead_id)["status"] == "converted"


def test_what_was_edited_since_stays_with_what_it_belongs_to(workspace: Workspace) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    assert made.contact is not None and made.opportunity is not None
    with workspace.act("Edit") as act:
        edit_records(act, "contact", [made.contact.id], {"title": "CEO"})
    plan = take_back(workspace, lead_id)
    assert [(piece.record, piece.number) for piece in plan.removed] == [
        ("opportunity", made.opportunity.number)
    ]
    kept = {piece.record: piece.why for piece in plan.kept}
    assert kept["contact"] == "changed since: Title"
    assert made.contact.number in kept["customer"]
    assert row(workspace, "contact", made.contact.id)["title"] == "CEO"
    assert rows(workspace, "SELECT count(*) FROM opportunity") == [(0,)]
    lead = row(workspace, "lead", lead_id)
    assert lead["status"] != "converted"
    assert (lead["converted_at"], lead["customer_id"], lead["next_step"]) == (None, "", "send the offer")


@pytest.mark.parametrize("newcomer", ["activity", "contact", "lead"])
def test_a_customer_that_something_came_to_stays(workspace: Workspace, newcomer: str) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    if newcomer == "activity":
        note(workspace, customer_id=made.customer.id)
    elif newcomer == "contact":
        with workspace.act("Contact") as act:
            create_record(act, "contact", {"name": "Wang Fang", "customer_id": made.customer.id})
    else:
        convert(
            workspace,
            add_lead(workspace, contact="Wang Fang", email="w@x.example"),
            customer=made.customer.id,
        )
    plan = take_back(workspace, lead_id)
    (kept,) = [piece for piece in plan.kept if piece.record == "customer"]
    assert kept.why.startswith("came since")
    assert row(workspace, "customer", made.customer.id)["name"] == made.customer.name


def test_a_filled_blank_that_was_changed_since_stays_and_others_are_blank_again(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova")
    lead_id = add_lead(workspace)
    convert(workspace, lead_id, customer=customer, opportunity=NONE)
    with workspace.act("Edit") as act:
        edit_records(act, "customer", [customer], {"industry": "machines"})
    plan = take_back(workspace, lead_id)
    after = row(workspace, "customer", customer)
    assert (after["industry"], after["need"], after["company_size"]) == ("machines", "", "")
    (kept,) = plan.kept
    assert kept.why == "changed since: Industry"
    assert after["source_snapshot"] == "{}"


def test_a_second_conversion_into_the_same_customer_is_left_alone(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova")
    first, second = add_lead(workspace), add_lead(workspace, contact="Wang Fang", email="w@nova.example")
    convert(workspace, first, customer=customer, opportunity=NONE)
    convert(workspace, second, customer=customer, opportunity=NONE)
    take_back(workspace, first)
    number = row(workspace, "lead", second)["number"]
    assert list(json.loads(str(row(workspace, "customer", customer)["source_snapshot"]))) == [number]
    assert row(workspace, "lead", second)["customer_id"] == customer
    assert rows(workspace, "SELECT name FROM contact") == [("Wang Fang",)]


def test_what_changed_since_the_list_was_shown_is_looked_at_again(workspace: Workspace) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    plan = shown(workspace, lead_id)
    note(workspace, customer_id=made.customer.id)
    before = everything(workspace.path)
    with pytest.raises(PlanStale), workspace.act("Take back") as act:
        take_back_conversion(act, plan)
    assert everything(workspace.path) == before


def test_a_lead_can_be_converted_taken_back_and_converted_again(workspace: Workspace) -> None:
    lead_id = add_lead(workspace)
    before = everything(workspace.path)
    for _again in range(2):
        convert(workspace, lead_id)
        take_back(workspace, lead_id)
        assert everything(workspace.path) == before
    with pytest.raises(ConversionRefused, match="isn't converted"):
        shown(workspace, lead_id)


def test_a_conversion_that_was_undone_and_redone_can_be_taken_back(workspace: Workspace) -> None:
    lead_id = add_lead(workspace)
    before = everything(workspace.path)
    convert(workspace, lead_id)
    workspace.undo()
    workspace.redo()
    take_back(workspace, lead_id)
    assert everything(workspace.path) == before


def test_what_a_task_became_since_stays_on_it(workspace: Workspace, now: int) -> None:
    lead_id = add_lead(workspace)
    with workspace.act("Task") as act:
        act.connection.execute(
            "INSERT INTO task (id, lead_id, title, created_at) VALUES (?, ?, 'call', 1)",
            (act.new_id(), lead_id),
        )
    convert(workspace, lead_id)
    with workspace.act("Done") as act:
        act.connection.execute("UPDATE task SET done_at = ?", (now,))
    assert take_back(workspace, lead_id).kept == ()
    assert rows(workspace, "SELECT lead_id, opportunity_id, done_at FROM task") == [(lead_id, None, now)]
