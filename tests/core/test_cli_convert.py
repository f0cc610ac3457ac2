"""`leadtui convert`, as a script calls it."""

from __future__ import annotations

import pytest
from cli_run import Run, runner
from convert_world import add_lead, add_record, everything, row

from leadtui.clock import FixedClock
from leadtui.workspace import Workspace


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], clock: FixedClock, workspace: Workspace) -> Run:
    plain = runner(capsys, clock)
    return lambda *words: plain("--db", str(workspace.path), "--user", "ana", *words)


def test_a_dry_run_tells_the_whole_plan_and_writes_nothing(workspace: Workspace, run: Run) -> None:
    lead_id = add_lead(workspace, custom={"seats": 40})
    number = str(row(workspace, "lead", lead_id)["number"])
    before = everything(workspace.path)
    ran = run("convert", number, "--dry-run", "--json")
    assert (ran.code, ran.err) == (0, "")
    plan = ran.json
    assert {"lead", "customer", "contact", "opportunity", "mapping", "unmapped", "blocked"} <= plan.keys()
    assert plan["lead"]["number"] == number
    assert plan["customer"]["action"] == "create"
    assert plan["unmapped"]["custom.seats"] == "40"
    assert plan["blocked"] == [] and plan["converted"] is None
    assert {"source", "value", "target", "result", "effect"} == plan["mapping"][0].keys()
    assert everything(workspace.path) == before
    told = run("convert", number, "--dry-run").out
    assert "New customer: Nova Robotics Ltd" in told
    assert "Nothing was written." in told


def test_a_lead_goes_into_a_customer_by_its_name_and_back(workspace: Workspace, run: Run) -> None:
    customer = add_record(workspace, "customer", name="Nova Robotics", industry="machines")
    contact = add_record(
        workspace, "contact", name="Li Wei", customer_id=customer, email="li.wei@nova.example"
    )
    lead_id = add_lead(workspace)
    before = everything(workspace.path)
    words = ("--customer", "nova robotics", "--opportunity", "ERP 2027", "--set", "amount=60万")
    ran = run("convert", "li wei", *words, "--take", "customer.industry", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["converted"]["customer"]["id"] == customer
    assert ran.json["converted"]["contact"]["id"] == contact
    opportunity = row(workspace, "opportunity", ran.json["converted"]["opportunity"]["id"])
    assert (opportunity["name"], opportunity["amount"]) == ("ERP 2027", 60_000_000)
    assert row(workspace, "customer", customer)["industry"] == "robotics"
    again = run("convert", "li wei")
    assert again.code == 1 and "Nova Robotics" in again.err
    listed = run("convert", "li wei", "--undo", "--dry-run").out
    assert "ERP 2027" in listed and "is open again" in listed
    assert row(workspace, "lead", lead_id)["status"] == "converted"
    back = run("convert", "li wei", "--undo", "--json")
    assert [piece["record"] for piece in back.json["removed"]] == ["opportunity"]
    assert everything(workspace.path) == before


def test_an_existing_opportunity_is_meant_by_number_or_name(workspace: Workspace, run: Run) -> None:
    customer = add_record(workspace, "customer", name="Nova Robotics")
    deal = add_record(workspace, "opportunity", name="ERP", customer_id=customer)
    number = str(row(workspace, "customer", customer)["number"]).lower()
    add_lead(workspace)
    ran = run(
        "convert", "li wei", "--customer", number, "--opportunity", "erp", "--contact", "none", "--json"
    )
    assert ran.json["converted"]["opportunity"]["id"] == deal
    assert ran.json["contact"] is None


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "C-"),
        (("--customer", "Kestrel"), 1, "Nothing matches"),
        (("--customer", "C-ZZZZZZ"), 1, "Nothing matches"),
        (("--customer", "new", "--contact", "Li"), 2, "no contacts yet"),
        (("--customer", "new", "--set", "industri=x"), 2, "customer.industry"),
        (("--customer", "new", "--set", "amount=plenty"), 2, "plenty"),
        (("--customer", "new", "--set", "owner=x"), 2, "contact.owner"),
        (("--customer", "new", "--set", "owner"), 2, "FIELD=VALUE"),
        (("--customer", "new", "--opportunity", "none", "--set", "amount=5"), 2, "nowhere to stand"),
        (("--customer", "new", "--map", "industry=nothing"), 2, "no field nothing"),
        (("--customer", "new", "--merge", "li wei"), 1, "itself"),
        (("--undo",), 1, "isn't converted"),
    ],
)
def test_what_cant_be_done_is_said_in_one_sentence(
    workspace: Workspace, run: Run, words: tuple[str, ...], code: int, says: str
) -> None:
    add_record(workspace, "customer", name="Nova Robotics Ltd")
    add_lead(workspace)
    before = everything(workspace.path)
    ran = run("convert", "li wei", *words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert everything(workspace.path) == before


def test_a_mapping_is_kept_for_the_next_time(workspace: Workspace, run: Run) -> None:
    add_lead(workspace, scenario="cut costs")
    assert run("convert", "li wei", "--map", "business_type=scenario").code == 0
    add_lead(workspace, company="Kestrel", contact="Okafor", scenario="grow", email="", phone="")
    ran = run("convert", "okafor", "--dry-run", "--json")
    assert {"source": "scenario", "value": "grow", "target": "customer.business_type", "result": "grow",
            "effect": "created"} in ran.json["mapping"]  # fmt: skip


def test_below_the_gate_signals_or_a_reason_help(workspace: Workspace, run: Run) -> None:
    add_lead(workspace, signals=())
    assert "3 are wanted" in run("convert", "li wei").err
    assert run("convert", "li wei", "--reason", "an old friend").code == 0
    run("undo")
    ran = run("convert", "li wei", "--signal", "intent", "--signal", "demo", "--signal", "referral", "--json")
    assert ran.json["gates"]["customer"]["passed"]


def test_signals_that_are_said_open_the_gate_of_opportunities_too(workspace: Workspace, run: Run) -> None:
    add_lead(workspace, signals=())
    dry = ("convert", "li wei", "--reason", "an old friend", "--dry-run", "--json")
    assert run(*dry).json["opportunity"] is None
    assert run(*dry, "--signal", "intent", "--signal", "timeline").json["opportunity"] is not None
    assert (
        run(*dry, "--signal", "intent", "--signal", "timeline", "--opportunity", "none").json["opportunity"]
        is None
    )
