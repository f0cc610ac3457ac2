"""Customers, contacts and opportunities: entered, edited, found, recognised and taken back."""

from __future__ import annotations

import pytest

from leadtui.clock import FixedClock
from leadtui.customers.keys import company_name_key, domain_key
from leadtui.customers.records import create_record, edit_records
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.qualify.domains import domain_of
from leadtui.store import record_search
from leadtui.store.journal import history
from leadtui.store.search import match_expression
from leadtui.workspace import Workspace

NOW = 1_790_000_000_000


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def make(workspace: Workspace, record: str, **draft: object) -> str:
    with workspace.act("Make") as act:
        return create_record(act, record, draft)


def found(workspace: Workspace, record: str, typed: str) -> list[str]:
    expression = match_expression(typed.split())
    assert expression is not None
    with workspace.read() as connection:
        return [
            connection.execute(f"SELECT name FROM {record} WHERE seq = ?", (seq,)).fetchone()[0]
            for seq in record_search.hits(connection, record, expression)
        ]


def test_records_are_found_by_their_names_and_those_of_their_customer(workspace: Workspace) -> None:
    customer = make(workspace, "customer", name="上海启明科技有限公司", phone="021 5555 1234")
    make(workspace, "contact", name="王芳", customer_id=customer, email="wang@qiming.example")
    make(workspace, "opportunity", name="ERP", customer_id=customer, amount=5_000_000)
    for typed in ("启明", "qiming", "shqm", "5555 1234", "wangfang"):
        assert found(workspace, "customer", typed) == ["上海启明科技有限公司"], typed
    assert found(workspace, "contact", "启明") == ["王芳"]
    assert found(workspace, "opportunity", "qiming") == ["ERP"]
    with workspace.act("Rename") as act:
        edit_records(act, "customer", [customer], {"name": "Nova Robotics"})
    assert found(workspace, "customer", "启明") == []
    assert found(workspace, "contact", "nova") == ["王芳"]
    assert found(workspace, "opportunity", "nova") == ["ERP"]
    workspace.undo()
    assert found(workspace, "contact", "nova") == []
    assert found(workspace, "customer", "启明") == ["上海启明科技有限公司"]


def test_taking_back_forgets_what_was_entered(workspace: Workspace) -> None:
    make(workspace, "customer", name="Nova", website="https://www.nova.example/about")
    workspace.undo()
    assert found(workspace, "customer", "nova") == []
    with workspace.read() as connection:
        assert connection.execute("SELECT count(*) FROM record_key").fetchone() == (0,)
    workspace.redo()
    assert found(workspace, "customer", "nova") == ["Nova"]
    with workspace.read() as connection:
        keys = {key for (key,) in connection.execute("SELECT key FROM record_key")}
    assert keys == {company_name_key("NOVA, Inc."), domain_key("sales@nova.example")}


def test_what_is_wrong_is_told_beside_its_field(workspace: Workspace) -> None:
    with pytest.raises(FieldProblems) as told:
        make(workspace, "opportunity", name="ERP", amount="much", stage="nowhere", probability=101)
    assert told.value.problems.keys() == {"amount", "stage", "probability"}
    with pytest.raises(FieldProblems) as told:
        make(workspace, "customer", email="x@nova.example")
    assert told.value.problems.keys() == {"name"}
    with pytest.raises(FieldProblems) as told:
        make(workspace, "contact", name="Li", source_snapshot="{}")
    assert told.value.problems.keys() == {"source_snapshot"}


def test_a_merged_record_is_not_edited(workspace: Workspace) -> None:
    contact = make(workspace, "contact", name="Li")
    with workspace.act("Merge") as act:
        act.connection.execute("UPDATE contact SET status = 'merged'")
    with pytest.raises(LeadTUIError, match="merged"), workspace.act("Edit") as act:
        edit_records(act, "contact", [contact], {"title": "CTO"})


def test_the_history_of_a_record_holds_what_belongs_to_it(workspace: Workspace) -> None:
    customer = make(workspace, "customer", name="Nova")
    with workspace.act("Note") as act:
        act.connection.execute(
            "INSERT INTO activity (id, customer_id, at) VALUES (?, ?, ?)", (act.new_id(), customer, NOW)
        )
    with workspace.act("Forget") as act:
        act.connection.execute("DELETE FROM activity")
    with workspace.read() as connection:
        entries = history(connection, customer, record="customer")
    assert [entry.label for entry, _changes in entries] == ["Forget", "Note", "Make"]


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("ana@nova.example", "nova.example"),
        ("https://www.nova.example:8080/x", "nova.example"),
        ("nova.example", "nova.example"),
        ("someone@qq.com", ""),
        ("https://www.linkedin.com/company/nova", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_host_tells_the_company_unless_everybody_has_mail_there(text: str, domain: str) -> None:
    assert domain_of(text) == domain
