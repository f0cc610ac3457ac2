"""Which field fills which: what the documents say, what is called the same, what the database keeps (R74)."""

from __future__ import annotations

import pytest
from cli_run import runner
from convert_world import add_lead, add_record, convert, everything, plan_of, row, rows

from leadtui.clock import FixedClock
from leadtui.convert.mapping import retarget, save_mapping, targets_for
from leadtui.convert.values import Line
from leadtui.errors import FieldProblems
from leadtui.qualify.fields import FieldDefinition, custom_fields, define_fields, remove_fields
from leadtui.workspace import Workspace


def define(workspace: Workspace, record: str, *fields: FieldDefinition) -> None:
    with workspace.act("Fields") as act:
        define_fields(act, fields, record)


def line_to(workspace: Workspace, lead_id: str, target: str, **more: object) -> Line:
    (line,) = [line for line in plan_of(workspace, lead_id, **more).lines if line.target == target]
    return line


def test_custom_fields_map_by_name_and_kind(workspace: Workspace) -> None:
    define(
        workspace,
        "lead",
        FieldDefinition("seats", "Seats", "number"),
        FieldDefinition("size", "Team size", "number"),
        FieldDefinition("plan", "Plan", "choice", ("basic", "full")),
    )
    define(
        workspace,
        "customer",
        FieldDefinition("seats", "Seats", "text"),
        FieldDefinition("team", "TEAM  size", "number"),
        FieldDefinition("plan", "Plan", "choice", ("Basic", "Full")),
    )
    lead_id = add_lead(workspace, custom={"seats": 4, "size": 9, "plan": "full"})
    plan = plan_of(workspace, lead_id)
    went = {line.source: line.target for line in plan.lines if line.source.startswith("custom.")}
    assert went == {
        "custom.seats": "",
        "custom.size": "customer.custom.team",
        "custom.plan": "customer.custom.plan",
    }
    assert plan.unmapped["custom.seats"] == "4"
    made = convert(workspace, lead_id, plan.choices)
    assert '"team": 9' in str(row(workspace, "customer", made.customer.id)["custom"]).replace(":9", ": 9")
    assert "Full" in str(row(workspace, "customer", made.customer.id)["custom"])


def test_a_line_is_sent_elsewhere_and_a_target_has_one_source(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, scenario="cut costs")
    line = line_to(workspace, lead_id, "customer.focus")
    assert line.source == "scenario"
    chosen = retarget(plan_of(workspace, lead_id).choices, line, "customer.industry")
    plan = plan_of(workspace, lead_id, chosen)
    assert [one.source for one in plan.lines if one.target == "customer.industry"] == ["scenario"]
    assert plan.unmapped["industry"] == "robotics"
    made = convert(workspace, lead_id, chosen)
    assert row(workspace, "customer", made.customer.id)["industry"] == "cut costs"
    kept = rows(workspace, "SELECT target, field, source FROM conversion_mapping ORDER BY field")
    assert kept == [("customer", "focus", ""), ("customer", "industry", "scenario")]


def test_choices_are_translated_added_and_remembered(workspace: Workspace) -> None:
    define(workspace, "lead", FieldDefinition("plan", "Plan"))
    define(workspace, "customer", FieldDefinition("plan", "Plan", "choice", ("basic",)))
    define(workspace, "contact", FieldDefinition("plan", "Plan", "choice", ("basic",)))
    lead_id = add_lead(workspace, custom={"plan": "标准"})
    mapping = {"customer.custom.plan": "custom.plan", "contact.custom.plan": "custom.plan"}
    blocked = plan_of(workspace, lead_id, mapping=mapping)
    assert {one.where for one in blocked.blocked} == mapping.keys()
    chosen = blocked.choices._replace(
        translations={"customer.custom.plan": {"标准": "basic"}}, added={"contact.custom.plan": ("标准",)}
    )
    convert(workspace, lead_id, chosen)
    with workspace.read() as connection:
        (field,) = custom_fields(connection, workspace.settings, "contact")
    assert field.choices == ("basic", "标准")
    again = add_lead(
        workspace, company="Kestrel", contact="Okafor", custom={"plan": "标准"}, email="", phone=""
    )
    assert line_to(workspace, again, "customer.custom.plan").result == "basic"
    assert line_to(workspace, again, "contact.custom.plan").result == "标准"


def test_what_never_fits_is_refused(workspace: Workspace) -> None:
    for target, source in (
        ("customer.nothing", "company"),
        ("customer.industry", "nothing"),
        ("customer.budget_min", "acquired_at"),
    ):
        with pytest.raises(FieldProblems) as told, workspace.act("Map") as act:
            save_mapping(act, {target: source})
        assert told.value.problems.keys() == {target}
    with workspace.read() as connection:
        kinds = {one.field.kind for one in targets_for(connection, workspace.settings, "acquired_at")}
    assert "money" not in kinds and {"text", "moment"} <= kinds


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("side", ["lead", "customer"])
def test_a_mapped_field_is_neither_removed_nor_retyped_unnoticed(
    workspace: Workspace, side: str, kept: bool
) -> None:
    define(workspace, "lead", FieldDefinition("seats", "Seats", "number"))
    define(workspace, "customer", FieldDefinition("places" if kept else "seats", "Places", "number"))
    target = "customer.custom.places" if kept else "customer.custom.seats"
    key = target.rpartition(".")[2] if side == "customer" else "seats"
    if kept:
        with workspace.act("Map") as act:
            save_mapping(act, {target: "custom.seats"})
    before = everything(workspace.path)
    with pytest.raises(FieldProblems, match="leadtui mapping"), workspace.act("Remove") as act:
        remove_fields(act, [key], side)
    with pytest.raises(FieldProblems, match="leadtui mapping"), workspace.act("Retype") as act:
        define_fields(act, [FieldDefinition(key, "Seats", "text")], side)
    assert everything(workspace.path) == before
    define(workspace, side, FieldDefinition(key, "Other name", "number"))
    with workspace.act("Unmap") as act:
        save_mapping(act, {target: ""})
        remove_fields(act, [key], side)


def test_amounts_in_another_currency_stay_out(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova", budget_min=5_000, currency="EUR")
    lead_id = add_lead(workspace)
    line = line_to(workspace, lead_id, "customer.budget_max", customer=customer)
    assert (line.effect, line.stored, bool(line.note)) == ("dropped", None, True)
    convert(workspace, lead_id, customer=customer)
    after = row(workspace, "customer", customer)
    assert (after["budget_min"], after["budget_max"], after["currency"]) == (5_000, None, "EUR")
    assert after["budget_range"] == "300,000–500,000 CNY"
    blocked = plan_of(
        workspace, add_lead(workspace, company="K"), customer=customer, take=frozenset({"customer.currency"})
    )
    assert "customer.currency" in {one.where for one in blocked.blocked}


def test_the_command_prints_and_changes_it(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], clock: FixedClock
) -> None:
    run = runner(capsys, clock)
    database = ("--db", str(workspace.path))
    ran = run(*database, "mapping", "--map", "focus=potential", "--map", "purchase_cycle=", "--json")
    found = {one["target"]: one["source"] for one in ran.json["mapping"]}
    assert found["customer.focus"] == "potential"
    assert found["contact.title"] == "title"
    assert "customer.purchase_cycle" not in found
    assert "customer.focus" in run(*database, "mapping").out
    assert run(*database, "mapping", "--map", "focus=nothing").code == 2


def test_a_custom_field_is_carried_into_a_new_one_like_it(workspace: Workspace) -> None:
    define(workspace, "lead", FieldDefinition("plan", "Plan", "choice", ("basic", "full")))
    lead_id = add_lead(workspace, custom={"plan": "full", "loose": "x"})
    before = everything(workspace.path)
    mapping = {"customer.custom.plan": "custom.plan", "contact.custom.other": "custom.loose"}
    with workspace.read() as connection:
        offered = [one for one in targets_for(connection, workspace.settings, "custom.plan") if one.is_new]
    assert [one.field.ref for one in offered] == [
        "customer.custom.plan", "contact.custom.plan", "opportunity.custom.plan"
    ]  # fmt: skip
    plan = plan_of(workspace, lead_id, mapping=mapping)
    assert plan.blocked == ()
    made = convert(workspace, lead_id, plan.choices)
    assert made.contact is not None
    assert '"full"' in str(row(workspace, "customer", made.customer.id)["custom"])
    assert '"x"' in str(row(workspace, "contact", made.contact.id)["custom"])
    with workspace.read() as connection:
        (field,) = custom_fields(connection, workspace.settings, "customer")
    assert field == FieldDefinition("plan", "Plan", "choice", ("basic", "full"))
    workspace.undo()
    assert everything(workspace.path) == before
    with pytest.raises(FieldProblems), workspace.act("Map") as act:
        save_mapping(act, {"customer.custom.Bad Key": "custom.plan"})
