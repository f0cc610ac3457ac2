"""Customers, contacts and opportunities on the command line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from cli_run import Run

from leadtui.clock import FixedClock
from leadtui.customers.objections import add_objection
from leadtui.customers.records import create_record
from leadtui.settings import Settings
from leadtui.workspace import Workspace

DAY = 86_400_000


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock) -> str:
    """A customer with a contact and two opportunities, one of which is late."""
    path = tmp_path / "records.db"
    with closing(Workspace.open(path, Settings(), clock, "ana")) as workspace, workspace.act("Make") as act:
        customer = create_record(act, "customer", {"name": "上海启明科技有限公司", "industry": "制造"})
        of = {"customer_id": customer}
        contact = create_record(act, "contact", {"name": "王芳", "role": "decision_maker", **of})
        erp = {"name": "ERP", "amount": 120_000_000, "urgency": "urgent", "contact_id": contact}
        deal = create_record(act, "opportunity", {**erp, **of})
        create_record(
            act, "opportunity", {"name": "MES", "next_due": act.now - DAY, "next_step": "call", **of}
        )
        add_objection(act, deal, "太贵了")
    return str(path)


def test_the_lists_are_printed(run: Run, database: str) -> None:
    assert "上海启明科技有限公司" in run("customers", "--db", database).out
    assert "decision maker" in run("contacts", "--db", database).out
    printed = run("opportunities", "--db", database).out
    assert printed.index("ERP") < printed.index("MES")
    assert "1,200,000 CNY" in printed


def test_lists_as_json(run: Run, database: str) -> None:
    found = run("opportunities", "--db", database, "--json").json
    assert (found["view"], found["total"]) == ("open", 2)
    first = found["opportunities"][0]
    assert (first["type"], first["grade"], first["stage"], first["probability"]) == (
        "opportunity",
        "A",
        "discovery",
        20,
    )
    assert (first["amount"], first["customer"], first["contact"]) == (
        120_000_000,
        "上海启明科技有限公司",
        "王芳",
    )


def test_a_filter_a_view_and_a_limit(run: Run, database: str) -> None:
    late = run("opportunities", "--db", database, "--filter", "overdue", "--json").json
    assert [one["name"] for one in late["opportunities"]] == ["MES"]
    assert run("opportunities", "--db", database, "--view", "won").out.strip() == "Nothing here."
    assert "1 of 2" in run("opportunities", "--db", database, "--limit", "1").out
    assert run("opportunities", "--db", database, "--view", "nowhere").code == 2


@pytest.mark.parametrize(
    ("record", "words"), [("opportunities", "grade:z"), ("customers", "due:never"), ("contacts", "role:x")]
)
def test_a_filter_word_that_is_not_understood_is_no_filter_for_everything(
    run: Run, database: str, record: str, words: str
) -> None:
    ran = run(record, "--db", database, "--filter", words, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "is not known" in ran.err


def test_one_record_is_shown(run: Run, database: str) -> None:
    number = run("opportunities", "--db", database, "--json").json["opportunities"][0]["number"]
    printed = run("show", number.lower(), "--db", database).out
    for text in ("ERP", "上海启明", "王芳", "太贵了", "project report"):
        assert text in printed, text
    shown = run("show", number, "--db", database, "--json").json
    assert [one["kind"] for one in shown["reminders"]] == ["objection", "project_report", "regrade"]
    assert shown["grade_detail"]["total"] == 27
    assert [one["record"] for one in shown["related"]] == ["customer", "contact"]
    history = run("history", number, "--db", database, "--json").json
    assert [entry["label"] for entry in history["entries"]] == ["Make"]


def test_a_record_that_is_not_there_is_told(run: Run, database: str) -> None:
    ran = run("show", "C-000000", "--db", database)
    assert (ran.code, ran.err.count("\n")) == (1, 1)


def test_what_is_due_names_records_too(run: Run, database: str) -> None:
    ran = run("due", "--db", database, "--json", "--exit-code")
    assert ran.code == 3
    (late,) = ran.json["overdue"]
    assert ("lead" in late, late["title"], late["record"]["type"]) == (False, "call", "opportunity")
    assert "MES" in run("due", "--db", database).out
