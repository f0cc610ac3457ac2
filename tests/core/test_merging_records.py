"""Customers and contacts are found and merged by the same rules as leads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadtui.clock import FixedClock
from leadtui.customers.records import create_record, edit_records
from leadtui.errors import LeadTUIError
from leadtui.followup.side_by_side import lines
from leadtui.qualify.duplicates.search import all_pairs
from leadtui.qualify.leads import create_lead
from leadtui.qualify.merging.kinds import CONTACT, CUSTOMER, OWN, Kind
from leadtui.qualify.merging.merge import merge, read_plan
from leadtui.settings import Settings
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.workspace import Workspace

NOW = 1_795_257_720_000


def add(workspace: Workspace, record: str, **values: Any) -> str:
    with workspace.act("New") as act:
        return create_record(act, record, values)


def unite(workspace: Workspace, kind: str, *ids: str, into: str | None = None) -> str:
    with workspace.act("Merge") as act:
        return merge(act, read_plan(act.connection, kind, ids, into))


def cells(workspace: Workspace, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with workspace.read() as connection:
        return connection.execute(statement, values).fetchall()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every recorded table, and what records are found by."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in (*JOURNALED_TABLES, "record_key", "match_key")
        }


@pytest.mark.parametrize("kind", [CUSTOMER, CONTACT], ids=lambda kind: kind.name)
def test_every_field_is_decided_or_its_own(kind: Kind) -> None:
    decided = {column for field in kind.fields for column in field.columns}
    assert decided | OWN >= set(JOURNALED_TABLES[kind.name])
    assert decided & OWN == set()


def test_customers_unite_with_all_that_belongs_to_them(workspace: Workspace) -> None:
    one = add(workspace, "customer", name="启明科技", phone="+8613812345678", owner="bob")
    two = add(
        workspace, "customer", name="上海启明科技有限公司", lifecycle="customer", phone="+8613900000000",
        basic_difficulty="slow", owner="ana",
    )  # fmt: skip
    contact = add(workspace, "contact", name="王芳", customer_id=one)
    deal = add(workspace, "opportunity", name="ERP", customer_id=one, contact_id=contact)
    with workspace.act("More") as act:
        lead = create_lead(act, {"company": "启明", "source_channel": "expo"})
        act.connection.execute(
            "UPDATE lead SET customer_id = ?, status = 'converted' WHERE id = ?", (one, lead)
        )
        act.connection.execute("INSERT INTO tag (id, customer_id, name) VALUES ('t', ?, 'vip')", (one,))
        for table, column in (("activity", "at"), ("task", "created_at")):
            act.connection.execute(
                f"INSERT INTO {table} (id, customer_id, {column}) VALUES ('x', ?, 1)", (one,)
            )
    before = everything(workspace.path)
    assert unite(workspace, "customer", one, two) == two
    for table, identity in (
        ("contact", contact),
        ("opportunity", deal),
        ("lead", lead),
        ("activity", "x"),
        ("task", "x"),
    ):
        assert cells(workspace, f"SELECT customer_id FROM {table} WHERE id = ?", identity) == [(two,)]
    assert cells(workspace, "SELECT name FROM tag WHERE customer_id = ?", two) == [("vip",)]
    assert cells(workspace, "SELECT name FROM collaborator WHERE customer_id = ?", two) == [("bob",)]
    stays = "SELECT name, lifecycle, phone, other_phones, owner FROM customer WHERE merged_into = ''"
    assert cells(workspace, stays) == [
        ("上海启明科技有限公司", "customer", "+8613900000000", "+8613812345678", "ana")
    ]
    assert cells(workspace, "SELECT status, merged_into FROM customer WHERE id = ?", one) == [("merged", two)]
    with pytest.raises(LeadTUIError, match="was merged"), workspace.act("Edit") as act:
        edit_records(act, "customer", [one], {"name": "x"})
    with pytest.raises(LeadTUIError, match="was merged"):
        unite(workspace, "customer", one, two)
    workspace.undo()
    assert everything(workspace.path) == before


def test_contacts_unite_and_keep_their_customer(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="Nova")
    one = add(workspace, "contact", name="Li Wei", customer_id=customer, title="CTO", mobile="+8613812345678")
    two = add(workspace, "contact", name="Wei Li", email="li@nova.example")
    deal = add(workspace, "opportunity", name="ERP", contact_id=two)
    assert unite(workspace, "contact", two, one) == one
    assert cells(workspace, "SELECT contact_id FROM opportunity WHERE id = ?", deal) == [(one,)]
    assert cells(workspace, "SELECT customer_id, title, email FROM contact WHERE id = ?", one) == [
        (customer, "CTO", "li@nova.example")
    ]


def test_their_pairs_are_found(workspace: Workspace) -> None:
    nova, other = (
        add(workspace, "customer", name=name, phone="+12125550199") for name in ("Nova Ltd", "NOVA")
    )
    add(workspace, "customer", name="Kestrel")
    for customer in (nova, other):
        add(workspace, "contact", name="Li Wei", customer_id=customer)
    add(workspace, "contact", name="Priya Raman", customer_id=nova)
    with workspace.read() as connection:
        (pair,) = all_pairs(connection, Settings(), kind="customer")
        assert {pair.one.company, pair.other.company} == {"Nova Ltd", "NOVA"}
        (pair,) = all_pairs(connection, Settings(), kind="contact")
        assert (pair.one.contact, pair.other.company, pair.likely) == ("Li Wei", "NOVA", True)


def test_the_fields_of_a_customer_are_told_side_by_side(workspace: Workspace) -> None:
    ids = [add(workspace, "customer", name=name, need=name) for name in ("启明", "Nova")]
    with workspace.read() as connection:
        told = {line.name: line for line in lines(read_plan(connection, "customer", ids), (), workspace.zone)}
    assert told["name"].texts == ("启明", "Nova")
    assert sorted(told["need"].result.split("\n")) == ["Nova", "启明"]


TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


@settings(max_examples=25)
@given(
    record=st.sampled_from(["customer", "contact"]),
    drafts=st.lists(
        st.fixed_dictionaries(
            {"name": TEXT.map(lambda text: f"A{text}")},
            optional={
                "need": TEXT, "city": TEXT, "owner": TEXT, "email": st.just("a@b.example"),
                "phone": st.sampled_from(["5551234", "5559876"]), "next_due": st.integers(0, NOW),
            },
        ),
        min_size=2,
        max_size=3,
    ),
)  # fmt: skip
def test_any_merge_comes_back_row_for_row(
    tmp_path_factory: pytest.TempPathFactory, record: str, drafts: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("merge") / "leads.db"
    workspace = Workspace.open(path, Settings(), FixedClock(NOW), "ana")
    ids = [add(workspace, record, **draft) for draft in drafts]
    add(workspace, "opportunity", name="deal", **{f"{record}_id": ids[-1]})
    before = everything(path)
    stays = unite(workspace, record, *ids)
    assert cells(workspace, f"SELECT {record}_id FROM opportunity") == [(stays,)]
    workspace.undo()
    assert everything(path) == before
    workspace.close()
