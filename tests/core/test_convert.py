"""A lead becomes a customer, a contact and an opportunity, all in one act (R72 to R74; C13, C21)."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from convert_world import add_lead, add_record, convert, everything, plan_of, row, rows

from leadtui.clock import FixedClock
from leadtui.convert.carry_out import PlanStale, carry_out
from leadtui.convert.lead import ConversionRefused
from leadtui.convert.values import NEW, NONE
from leadtui.errors import FieldProblems
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.leads import edit_leads
from leadtui.settings import Settings
from leadtui.workspace import Workspace


def test_a_lead_becomes_three_records_that_carry_its_values(workspace: Workspace, now: int) -> None:
    lead_id = add_lead(workspace)
    made = convert(workspace, lead_id)
    assert made.contact is not None and made.opportunity is not None
    customer = row(workspace, "customer", made.customer.id)
    assert customer["name"] == "Nova Robotics Ltd"
    assert customer["industry"] == "robotics"
    assert (customer["budget_min"], customer["budget_max"], customer["currency"]) == (
        30_000_000,
        50_000_000,
        "CNY",
    )
    assert customer["budget_range"] == "300,000–500,000 CNY"
    assert customer["purchase_cycle"] == "within 3 months"
    assert (customer["lifecycle"], customer["became_customer_at"]) == ("prospect", None)
    contact = row(workspace, "contact", made.contact.id)
    assert (contact["name"], contact["title"], contact["email"]) == ("Li Wei", "CTO", "li.wei@nova.example")
    assert contact["customer_id"] == made.customer.id
    opportunity = row(workspace, "opportunity", made.opportunity.id)
    assert (opportunity["amount"], opportunity["urgency"], opportunity["stage"]) == (
        50_000_000,
        "urgent",
        "discovery",
    )
    assert (opportunity["next_step"], opportunity["next_due"]) == ("send the offer", 1_800_000_000_000)
    assert opportunity["lead_id"] == lead_id
    lead = row(workspace, "lead", lead_id)
    assert (lead["status"], lead["converted_at"], lead["next_step"]) == ("converted", now, "")
    assert (lead["customer_id"], lead["contact_id"], lead["opportunity_id"]) == tuple(
        one.id for one in (made.customer, made.contact, made.opportunity)
    )
    tags = rows(workspace, "SELECT name FROM tag WHERE customer_id = ? ORDER BY name", made.customer.id)
    assert tags == [("vip",), ("展会",)]
    snapshot = json.loads(str(customer["source_snapshot"]))[str(lead["number"])]
    assert snapshot["company"] == "Nova Robotics Ltd"
    assert snapshot["tags"] == ["vip", "展会"]


def test_activities_tasks_and_playbooks_go_along(workspace: Workspace, now: int) -> None:
    lead_id = add_lead(workspace)
    with workspace.act("Work") as act:
        log_follow_up(
            act,
            [lead_id],
            {"channel": "phone", "result": "reached", "content": "hello", "attachment": "x.pdf"},
        )
        for title, done in (("call", None), ("sent", now)):
            act.connection.execute(
                "INSERT INTO task (id, lead_id, title, created_at, done_at) VALUES (?, ?, ?, ?, ?)",
                (act.new_id(), lead_id, title, now, done),
            )
        act.connection.execute(
            "INSERT INTO playbook_run (id, lead_id, playbook, started_at) VALUES (?, ?, 'first', ?)",
            (act.new_id(), lead_id, now),
        )
    made = convert(workspace, lead_id)
    assert made.contact is not None and made.opportunity is not None
    ids = (lead_id, made.customer.id, made.contact.id, made.opportunity.id)
    assert rows(workspace, "SELECT lead_id, customer_id, contact_id, opportunity_id FROM activity") == [ids]
    assert rows(workspace, "SELECT title, opportunity_id FROM task ORDER BY title") == [
        ("call", made.opportunity.id),
        ("sent", None),
    ]
    assert rows(workspace, "SELECT opportunity_id FROM playbook_run") == [(made.opportunity.id,)]


def test_an_existing_customer_keeps_what_it_says_and_its_blanks_are_filled(workspace: Workspace) -> None:
    customer = add_record(
        workspace,
        "customer",
        name="Nova",
        industry="machines",
        notes="old note",
        owner="ben",
        next_step="visit",
        next_due=1_790_000_000_000,
    )
    lead_id = add_lead(workspace)
    plan = plan_of(workspace, lead_id, customer=customer, opportunity=NONE)
    effects = {line.target: line.effect for line in plan.lines}
    assert effects["customer.industry"] == "conflict"
    assert effects["customer.notes"] == "filled"
    assert effects["customer.need"] == "filled"
    made = convert(workspace, lead_id, plan.choices)
    after = row(workspace, "customer", customer)
    assert made.opportunity is None
    assert (after["name"], after["industry"], after["owner"]) == ("Nova", "machines", "ben")
    assert after["notes"] == "old note\n\nmet at the booth"
    assert after["need"] == "ERP before June"
    assert after["next_step"] == "visit"
    assert rows(workspace, "SELECT title, customer_id FROM task") == [("send the offer", customer)]
    assert rows(workspace, "SELECT customer_id, name FROM collaborator") == [(customer, "ana")]


def test_a_conflict_goes_to_the_lead_when_the_rep_says_so(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova", industry="machines")
    lead_id = add_lead(workspace)
    plan = plan_of(workspace, lead_id, customer=customer, take=frozenset({"customer.industry"}))
    (line,) = [line for line in plan.lines if line.target == "customer.industry"]
    assert (line.effect, line.before, line.result) == ("conflict", "machines", "robotics")
    convert(workspace, lead_id, plan.choices)
    assert row(workspace, "customer", customer)["industry"] == "robotics"


def test_below_a_gate_a_reason_is_wanted_and_kept(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, signals=("intent",))
    plan = plan_of(workspace, lead_id)
    assert plan.choices.opportunity == NONE
    assert [blocked.where for blocked in plan.blocked] == ["reason"]
    before = everything(workspace.path)
    with pytest.raises(FieldProblems) as told, workspace.act("Convert") as act:
        carry_out(act, plan)
    assert "1 of 5" in told.value.problems["reason"]
    assert everything(workspace.path) == before
    convert(workspace, lead_id, reason="asked for a contract by phone")
    assert row(workspace, "lead", lead_id)["status_note"] == "asked for a contract by phone"
    (content,) = rows(workspace, "SELECT content FROM activity")
    assert "asked for a contract by phone" in str(content[0])


def test_signals_ticked_on_the_way_are_kept(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, signals=())
    signals = frozenset({"intent", "budget", "demo"})
    plan = plan_of(workspace, lead_id, signals=signals, opportunity=NEW)
    assert plan.blocked == ()
    convert(workspace, lead_id, plan.choices)
    lead = row(workspace, "lead", lead_id)
    assert {name for name in ("intent", "budget", "demo", "timeline") if lead[f"signal_{name}"]} == signals


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("lost", "screen it as valid"),
        ("invalid", "screen it as valid"),
        ("merged", "convert"),
        ("converted", "C-"),
    ],
)
def test_closed_leads_are_refused_with_what_to_do(workspace: Workspace, status: str, says: str) -> None:
    lead_id, other = add_lead(workspace), add_lead(workspace, company="Kestrel", email="", phone="")
    if status == "converted":
        convert(workspace, lead_id)
    else:
        with workspace.act("Close") as act:
            act.connection.execute(
                "UPDATE lead SET status = ?, merged_into = ? WHERE id = ?", (status, other, lead_id)
            )
    with pytest.raises(ConversionRefused, match=says):
        plan_of(workspace, lead_id, customer=NEW)


@pytest.mark.parametrize("changed", ["lead", "customer", "activity", "mapping", "field"])
def test_what_changed_since_the_plan_is_looked_at_again(workspace: Workspace, changed: str, now: int) -> None:
    customer = add_record(workspace, "customer", name="Nova")
    lead_id = add_lead(workspace)
    plan = plan_of(workspace, lead_id, customer=customer)
    with workspace.act("Meanwhile") as act:
        if changed == "lead":
            edit_leads(act, [lead_id], {"acquired_at": now - 1})
        elif changed == "customer":
            act.connection.execute("UPDATE customer SET focus = 'price'")
        elif changed == "activity":
            log_follow_up(act, [lead_id], {"channel": "note", "content": "x"})
        elif changed == "mapping":
            act.connection.execute(
                """INSERT INTO conversion_mapping (id, target, field, source)
                   VALUES ('x', 'customer', 'industry', 'scenario')"""
            )
        else:
            edit_leads(act, [lead_id], {"custom": {"seats": 4}})
    before = everything(workspace.path)
    with pytest.raises(PlanStale), workspace.act("Convert") as act:
        carry_out(act, plan)
    assert everything(workspace.path) == before


def test_a_name_that_is_taken_must_be_answered(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="NOVA Robotics, Ltd")
    lead_id = add_lead(workspace)
    plan = plan_of(workspace, lead_id)
    assert [blocked.where for blocked in plan.blocked] == ["customer"]
    assert plan_of(workspace, lead_id, same_name=True).blocked == ()
    assert plan_of(workspace, lead_id, customer=customer).blocked == ()


def test_undo_and_redo_give_back_every_row(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova", owner="ben")
    lead_id = add_lead(workspace)
    with workspace.act("Work") as act:
        log_follow_up(act, [lead_id], {"channel": "phone", "result": "reached", "content": "hello"})
    before = everything(workspace.path)
    convert(workspace, lead_id, customer=customer, mapping={"customer.focus": "need"})
    after = everything(workspace.path)
    workspace.undo()
    assert everything(workspace.path) == before
    workspace.redo()
    assert everything(workspace.path) == after


def test_other_leads_of_the_company_become_part_of_it(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, website="")
    other = add_lead(
        workspace, contact="Wang Fang", email="", phone="", website="nova.example", need="CRM too"
    )
    with workspace.act("Work") as act:
        log_follow_up(act, [other], {"channel": "phone", "result": "reached", "content": "hello"})
    before = everything(workspace.path)
    plan = plan_of(workspace, lead_id, others=(other,))
    made = convert(workspace, lead_id, plan.choices)
    customer = row(workspace, "customer", made.customer.id)
    assert customer["website"] == "nova.example"
    assert "CRM too" in str(customer["need"])
    merged = row(workspace, "lead", other)
    assert (merged["status"], merged["merged_into"]) == ("merged", lead_id)
    assert rows(workspace, "SELECT lead_id, customer_id FROM activity") == [(lead_id, made.customer.id)]
    assert set(json.loads(str(customer["source_snapshot"]))) == {plan.lead_number, merged["number"]}
    workspace.undo()
    assert everything(workspace.path) == before


def test_a_lead_without_a_company_is_a_customer_by_its_person(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="")
    made = convert(workspace, lead_id)
    assert made.customer.name == "Li Wei"


def test_a_lead_without_a_person_leaves_its_ways_with_the_customer(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, contact="")
    plan = plan_of(workspace, lead_id)
    made = convert(workspace, lead_id, plan.choices)
    assert made.contact is None
    assert row(workspace, "customer", made.customer.id)["email"] == "li.wei@nova.example"


def test_who_supports_the_lead_supports_the_customer(workspace: Workspace, now: int) -> None:
    lead_id = add_lead(workspace)
    with workspace.act("Support") as act:
        for name in ("cid", "Ana"):
            act.connection.execute(
                "INSERT INTO collaborator (id, lead_id, name, since) VALUES (?, ?, ?, ?)",
                (act.new_id(), lead_id, name, now),
            )
    made = convert(workspace, lead_id)
    assert rows(workspace, "SELECT name FROM collaborator WHERE customer_id = ?", made.customer.id) == [
        ("cid",)
    ]


def test_what_is_too_long_blocks_and_is_never_cut(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova", notes="n" * 60_000)
    lead_id = add_lead(workspace, notes="m" * 60_000, need="x" * 600)
    plan = plan_of(workspace, lead_id, customer=customer, mapping={"customer.business_type": "need"})
    assert {one.where for one in plan.blocked} == {"customer.notes", "customer.business_type"}
    cut = [line for line in plan.lines if line.effect == "truncated"]
    assert {line.target for line in cut} == {"customer.notes", "customer.business_type"}
    assert all(line.stored is None and line.result == line.before for line in cut)


def test_two_who_convert_the_same_lead_make_one_customer(workspace: Workspace, clock: FixedClock) -> None:
    lead_id = add_lead(workspace)
    plan = plan_of(workspace, lead_id)
    with closing(Workspace.open(workspace.path, Settings(), clock, "ben")) as other:
        convert(other, lead_id)
    with pytest.raises(ConversionRefused, match="go on with its customer"), workspace.act("Convert") as act:
        carry_out(act, plan)
    assert rows(workspace, "SELECT count(*) FROM customer") == [(1,)]
