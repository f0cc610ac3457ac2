"""Customers, contacts and opportunities that leave as a table come back to the letter."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bringing import import_file
from exports import export_to
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trip import NOW, opened, two_of

from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.clock import Today
from leadtui.customers import codes
from leadtui.customers.lists import RecordQuery
from leadtui.exporting.records import record_columns
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.qualify.leads import create_lead
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.store.ids import name_id
from leadtui.text import clean
from leadtui.workspace import Workspace

READ_BACK = (".csv", ".xlsx", ".json", ".jsonl")
ZONE = ZoneInfo("Asia/Shanghai")
RECORDS: Mapping[str, str] = {"customers": "customer", "contacts": "contact", "opportunities": "opportunity"}
FIELDS = (
    FieldDefinition("seats", "Seats", "number"),
    FieldDefinition("renewal", "Renewal", "date"),
    FieldDefinition("plan", "Plan", "choice", ("=basic", "pro, team", "大")),
    FieldDefinition("vip", "VIP", "yes_no"),
    FieldDefinition("name", "Name of theirs", "text"),
)
AWKWARD = (
    "'=1+1", "''x", "'", "-", "N/A", "=cmd|' /C calc'!A0", "+8613812345678", "@x", "\tx", "a\nb", 'say "hi"',
    "a,b;c|d", "a  b", " x ", "\ufeffx\u200b", "x.0", "1e7", "Mr", "\u3000", "a\n\n",
    '"', "👩‍👩‍👧‍👦", "\u0301",
    "C-7K3QF2", "number", "closed won", "50%", "王芳",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=30).map(clean))
MOMENT = st.none() | st.integers(0, NOW)
MONEY = st.none() | st.integers(0, 10**17)
CODES: Mapping[str, st.SearchStrategy[Any]] = {
    "lifecycle": st.sampled_from(codes.LIFECYCLES),
    "role": st.sampled_from(["", *codes.ROLES]),
    "stage": st.sampled_from([*codes.STAGES]),
    "urgency": st.sampled_from(["", *codes.URGENCIES]),
    "budget_level": st.sampled_from(["", *codes.BUDGET_LEVELS]),
    "competition": st.sampled_from(["", *codes.COMPETITIONS]),
    "decision_chain": st.sampled_from(["", *codes.DECISION_CHAINS]),
    "grade_chosen": st.sampled_from(["", *codes.GRADES]),
    "currency": st.sampled_from(["", "CNY", "JPY", "KWD", "XYZ"]),
    "probability": st.none() | st.integers(0, 100),
    "budget_min": MONEY,
    "budget_max": MONEY,
    "amount": MONEY,
    "expected_close": MOMENT,
    "created_at": st.integers(1, NOW),
    "stage_at": st.integers(0, NOW),
}
"""What columns hold that are neither texts nor moments."""
CUSTOM = st.fixed_dictionaries(
    {},
    optional={
        "seats": st.integers(-(10**20), 10**20),
        "renewal": st.dates().map(str),
        "plan": st.sampled_from(FIELDS[2].choices),
        "vip": st.booleans(),
        "name": TEXT.filter(bool),
        "nowhere defined": TEXT.filter(bool),
    },
)
TAG = TEXT.map(lambda text: " ".join(text.split()).lstrip("#").strip()).filter(bool)
LINKED = frozenset(("customer_number", "customer", "contact_number", "contact", "lead_number", "lead"))
WRITTEN = {
    record: [
        name
        for name in record_columns(record)
        if name not in LINKED | {"number", "grade", "tags", "next_due", "next_due_all_day"}
    ]
    for record in RECORDS.values()
}
"""The columns of each table that a row of it is made of; those of a new column come by themselves."""


def values_of(name: str) -> st.SearchStrategy[Any]:
    if name in CODES:
        return CODES[name]
    if name == "name":
        return TEXT.filter(bool)
    return MOMENT if name.endswith("_at") else TEXT


def rows_of(record: str) -> st.SearchStrategy[dict[str, Any]]:
    row = {name: values_of(name) for name in WRITTEN[record]}
    tags = st.lists(TAG, max_size=2, unique_by=str.casefold) if record == "customer" else st.just([])
    return st.fixed_dictionaries({**row, "custom": CUSTOM, "tags": tags}).map(settled)


def settled(row: dict[str, Any]) -> dict[str, Any]:
    """What is over says when it ended."""
    if row.get("stage") in {"won", "lost"} and row[f"{row['stage']}_at"] is None:
        row[f"{row['stage']}_at"] = NOW
    return row


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file without records, with every kind of custom field."""
    path = tmp_path_factory.mktemp("round") / "empty.db"
    with opened(path) as workspace, workspace.act("Fields") as act:
        for record in RECORDS.values():
            define_fields(act, FIELDS, record)
    return path


def write(workspace: Workspace, record: str, rows: list[dict[str, Any]], **links: Any) -> None:
    """Records as they may stand in a file, whatever way they came there."""
    with workspace.act("Records") as act:
        for row in rows:
            new = act.new_id()
            values = {**row, **links, "id": new, "number": act.new_number(record)}
            tags = values.pop("tags")
            values["custom"] = json.dumps(values["custom"], ensure_ascii=False)
            marks = ", ".join("?" * len(values))
            act.connection.execute(
                f"INSERT INTO {record} ({', '.join(values)}) VALUES ({marks})", list(values.values())
            )
            act.connection.executemany(
                "INSERT INTO tag (id, customer_id, name) VALUES (?, ?, ?)",
                [(name_id("tag", new, name.casefold()), new, name) for name in tags],
            )


def export(workspace: Workspace, kind: str, path: Path) -> Path:
    return export_to(
        workspace, path, RecordQuery.of(RECORDS[kind], "all"), ZONE, kind=kind, replace=True
    ).path


def bring(workspace: Workspace, path: Path) -> ImportResult:
    plan = read_plan(path, ReadOptions(zone=ZONE))
    assert plan.system == OWN_SYSTEM
    return import_file(workspace, plan)


def records_in(workspace: Workspace, kind: str, folder: Path) -> list[dict[str, Any]]:
    """What an export says of each record, by number."""
    path = export(workspace, kind, folder / "seen.jsonl")
    documents = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    return sorted(
        ({name: value for name, value in each.items() if name != "id"} for each in documents),
        key=lambda each: str(each["number"]),
    )


@pytest.mark.parametrize("ending", READ_BACK)
@pytest.mark.parametrize("kind", RECORDS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_export_and_import_are_the_identity(
    empty: Path, tmp_path: Path, kind: str, ending: str, data: st.DataObject
) -> None:
    record = RECORDS[kind]
    rows = data.draw(st.lists(rows_of(record), min_size=1, max_size=3))
    due, all_day = data.draw(st.integers(0, 1 << 42)), data.draw(st.booleans())
    for row in rows:
        row["next_due"] = Today.at(due, ZONE).start if all_day else due
        row["next_due_all_day"] = int(all_day)
    with two_of(empty, tmp_path) as (one, two):
        write(one, record, rows)
        path = export(one, kind, tmp_path / f"x{ending}")
        result = bring(two, path)
        assert (result.created, result.skipped, result.with_problems) == (len(rows), 0, 0)
        before = records_in(one, kind, tmp_path)
        assert records_in(two, kind, tmp_path) == before
        for workspace in (one, two):
            again = bring(workspace, path)
            assert (again.unchanged, again.created, again.updated) == (len(rows), 0, 0)
            assert records_in(workspace, kind, tmp_path) == before


@pytest.mark.parametrize("kind", RECORDS)
def test_every_column_comes_back_to_the_field_it_left(empty: Path, tmp_path: Path, kind: str) -> None:
    """A new column is exported by itself: this fails until it is read back as well."""
    record = RECORDS[kind]
    with two_of(empty, tmp_path) as (one, two):
        with one.read() as connection:
            types = dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (record,)))
        told = {
            "lifecycle": "customer", "role": "influencer", "stage": "won", "urgency": "urgent",
            "budget_level": "low", "competition": "even", "decision_chain": "complex", "grade_chosen": "C",
            "currency": "JPY",
        }  # fmt: skip
        row: dict[str, Any] = {
            name: told.get(name, f"{name}\nin two lines")
            if types[name] == "TEXT"
            else NOW - 60_000 * place
            if name.endswith("_at") or name == "expected_close"
            else place
            for place, name in enumerate(WRITTEN[record], 1)
        }
        write(one, record, [{**row, "custom": {}, "tags": []}], next_due=NOW)
        bring(two, export(one, kind, tmp_path / "x.csv"))
        names = ", ".join([*row, "next_due", "number", "custom"])
        for_one, for_two = (
            workspace_rows(workspace, f"SELECT {names} FROM {record}") for workspace in (one, two)
        )
    assert for_two == for_one


def workspace_rows(workspace: Workspace, statement: str) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return connection.execute(statement).fetchall()


def test_what_is_left_out_of_a_table_says_something_inside_its_file_alone() -> None:
    derived = {"grade", "tags"}
    for record in RECORDS.values():
        left_out = {*JOURNALED_TABLES[record]} - {*record_columns(record)}
        assert left_out <= {
            "id", "custom", "batch_id", "created_by", "snoozed_until", "deleted_at", "merged_into", "status",
            "next_due_all_day", "source_snapshot", "customer_id", "contact_id", "lead_id",
        }  # fmt: skip
        assert {*record_columns(record)} - {*JOURNALED_TABLES[record]} <= LINKED | derived


@pytest.mark.parametrize("order", [("customers", "contacts"), ("contacts",), ()], ids=str)
@pytest.mark.parametrize("ending", READ_BACK)
def test_an_opportunity_comes_back_to_its_lead_customer_and_contact(
    empty: Path, tmp_path: Path, ending: str, order: tuple[str, ...]
) -> None:
    with two_of(empty, tmp_path) as (one, two):
        plain = {"custom": {}, "tags": [], "created_at": NOW}
        with one.act("Lead") as act:
            lead = create_lead(act, {"company": "Nova", "source_channel": "expo"})
        write(one, "customer", [{"name": "Nova", **plain}, {"name": "Nova", **plain}])
        ((_first,), (customer,)) = workspace_rows(one, "SELECT id FROM customer ORDER BY seq")
        write(one, "contact", [{"name": "王芳", **plain}] * 2, customer_id=customer)
        ((_person,), (contact,)) = workspace_rows(one, "SELECT id FROM contact ORDER BY seq")
        links = {"customer_id": customer, "contact_id": contact, "lead_id": lead}
        write(one, "opportunity", [{"name": "ERP", **plain}], **links)
        with one.act("Converted") as act:
            act.connection.execute("UPDATE lead SET status = 'converted', customer_id = ?", (customer,))
        leads = export_to(one, tmp_path / f"leads{ending}", zone=ZONE).path
        assert import_file(two, read_plan(leads, ReadOptions(zone=ZONE))).created == 1
        for kind in (*order, "opportunities"):
            bring(two, export(one, kind, tmp_path / f"{kind}{ending}"))
        linked = """SELECT lead.number, customer.number, contact.number, opportunity.number, contact.name
            FROM opportunity JOIN lead ON lead.id = lead_id JOIN customer ON customer.id =
            opportunity.customer_id JOIN contact ON contact.id = opportunity.contact_id"""
        assert workspace_rows(two, linked) == workspace_rows(one, linked)
        ((back,),) = workspace_rows(
            two, "SELECT count(*) FROM lead JOIN opportunity AS o ON o.id = opportunity_id"
        )
        assert back == 1


@pytest.mark.parametrize("order", [*permutations(RECORDS)], ids="-".join)
def test_the_files_of_one_export_come_back_in_any_order(
    empty: Path, tmp_path: Path, order: tuple[str, ...]
) -> None:
    with two_of(empty, tmp_path) as (one, two):
        full = {"owner": "ben", "created_at": NOW - 9, "custom": {"seats": 7}, "next_due": NOW}
        company = {"lifecycle": "customer", "tags": ["重点"], "website": "nova.example"}
        write(one, "customer", [{"name": "Nova", **full, **company}])
        ((customer,),) = workspace_rows(one, "SELECT id FROM customer")
        write(
            one, "contact", [{"name": "王芳", **full, "role": "influencer", "tags": []}], customer_id=customer
        )
        ((contact,),) = workspace_rows(one, "SELECT id FROM contact")
        deal = {"name": "ERP", **full, "stage": "quotation", "stage_at": NOW - 5, "tags": []}
        write(one, "opportunity", [deal], customer_id=customer, contact_id=contact)
        files = {kind: export(one, kind, tmp_path / f"{kind}.csv") for kind in RECORDS}
        for kind in order:
            bring(two, files[kind])
        for kind in RECORDS:
            assert records_in(two, kind, tmp_path) == records_in(one, kind, tmp_path)
            again = bring(two, files[kind])
            assert (again.unchanged, again.created, again.updated) == (1, 0, 0)


def test_a_number_that_another_record_has_here_is_given_anew(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        for workspace, name in ((one, "Nova"), (two, "Kestrel")):
            write(workspace, "customer", [{"name": name, "custom": {}, "tags": [], "created_at": NOW}])
        path = export(one, "customers", tmp_path / "x.csv")
        assert bring(two, path).created == 1
        assert len({*workspace_rows(two, "SELECT number FROM customer")}) == 2
        assert bring(two, path).unchanged == 1


def test_words_of_others_in_our_columns_are_kept_in_the_remark(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        write(one, "opportunity", [{"name": "ERP", "custom": {}, "tags": [], "created_at": NOW}])
        path = export(one, "opportunities", tmp_path / "x.csv")
        with path.open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        row |= {"urgency": "very", "stage": "Closed Won", "expected_close": "2026-02-30", "amount": "a lot"}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, row)
            writer.writeheader()
            writer.writerow(row)
        assert bring(two, path).with_problems == 1
        ((stage, urgency, remark, won_at),) = workspace_rows(
            two, "SELECT stage, urgency, remark, won_at FROM opportunity"
        )
    assert (stage, urgency, won_at) == ("won", "", NOW)
    assert {"urgency: very", "expected_close: 2026-02-30", "amount: a lot"} <= {*str(remark).split("\n")}


def test_a_customer_that_somebody_worked_on_keeps_what_it_says(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        plain = {"custom": {}, "created_at": NOW - 9}
        write(one, "customer", [{"name": "Nova", "city": "Bonn", "tags": ["重点"], **plain}])
        ((customer,),) = workspace_rows(one, "SELECT id FROM customer")
        write(one, "contact", [{"name": "王芳", "tags": [], **plain}], customer_id=customer)
        bring(two, export(one, "contacts", tmp_path / "contacts.csv"))
        with two.act("Edit") as act:
            act.connection.execute("UPDATE customer SET owner = 'cy'")
        bring(two, export(one, "customers", tmp_path / "customers.csv"))
        assert workspace_rows(two, "SELECT owner, city, created_at FROM customer") == [("cy", "Bonn", NOW)]
        assert workspace_rows(two, "SELECT name FROM tag") == []
