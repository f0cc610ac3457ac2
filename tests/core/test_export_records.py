"""Customers, contacts and opportunities leave as well: alone, or a sheet for each kind."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bringing import import_file
from cli_run import Run, runner
from exports import export_to
from icalendar import Calendar

from leadtui.capture.columns.plan import read_plan
from leadtui.clock import FixedClock, to_milliseconds
from leadtui.customers.lists import RecordQuery
from leadtui.customers.records import create_record
from leadtui.exporting.records import record_columns
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.settings import Settings
from leadtui.workspace import Workspace

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOSE = to_milliseconds(datetime(2027, 1, 15, tzinfo=SHANGHAI))
DUE = to_milliseconds(datetime(2026, 11, 30, 9, tzinfo=SHANGHAI))


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    """A customer with a contact and an opportunity."""
    with closing(Workspace.open(tmp_path / "leads.db", Settings(), clock, "ana")) as opened:
        with opened.act("Customer") as act:
            define_fields(act, [FieldDefinition("renewal", "Renewal", "date")], "customer")
            draft = {
                "name": "=上海启明",
                "city": "上海",
                "custom": {"renewal": "2027-03-01"},
                "phone": "+862112345678",
            }
            customer = create_record(act, "customer", draft)
            person = {
                "name": "王芳",
                "title": "采购总监",
                "customer_id": customer,
                "mobile": "+8613812345678",
            }
            contact = create_record(act, "contact", person)
            deal = {"name": "ERP", "customer_id": customer, "contact_id": contact, "amount": 1234550}
            more = {"currency": "CNY", "expected_close": CLOSE, "next_step": "send quote", "next_due": DUE}
            create_record(act, "opportunity", deal | more)
            act.connection.execute(
                "INSERT INTO tag (id, customer_id, name) VALUES ('t', ?, 'key, account')", (customer,)
            )
        yield opened


def table(workspace: Workspace, tmp_path: Path, kind: str) -> dict[str, str]:
    path = export_to(workspace, tmp_path / f"{kind}.csv", query(kind), SHANGHAI, kind=kind).path
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


def query(kind: str) -> RecordQuery:
    record = {"customers": "customer", "contacts": "contact", "opportunities": "opportunity"}[kind]
    return RecordQuery.of(record, "all")


def test_a_table_tells_what_a_record_belongs_to_by_its_name(workspace: Workspace, tmp_path: Path) -> None:
    customer = table(workspace, tmp_path, "customers")
    assert list(customer) == [*record_columns("customer"), 'custom.renewal ["date", "Renewal"]']
    assert (customer["name"], customer["tags"]) == ("'=上海启明", "key, account")
    assert customer['custom.renewal ["date", "Renewal"]'] == "2027-03-01"
    contact = table(workspace, tmp_path, "contacts")
    assert (contact["name"], contact["customer"]) == ("王芳", "'=上海启明")
    assert contact["customer_number"] == customer["number"]
    deal = table(workspace, tmp_path, "opportunities")
    assert (deal["name"], deal["amount"], deal["currency"]) == ("ERP", "12345.5", "CNY")
    assert (deal["expected_close"], deal["next_due"]) == ("2027-01-15", "2026-11-30T09:00:00+08:00")
    assert (deal["customer_number"], deal["contact"]) == (customer["number"], "王芳")
    assert deal["grade"] in {"A", "B", "C"} and deal["lead_number"] == ""
    assert not {"customer_id", "source_snapshot", "deleted_at", "batch_id"} & {*customer, *contact, *deal}


def test_a_workbook_has_a_sheet_for_each_kind(
    workspace: Workspace, tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    calamine = pytest.importorskip("python_calamine")
    run: Run = runner(capsys, clock)
    run("add", "--company", "Nova", "--source", "expo")
    what = "leads,customers,contacts,opportunities"
    ran = run("export", str(tmp_path / "all.xlsx"), "--what", what, "--json").json
    assert (ran["what"], ran["records"], ran["written"]) == (what.split(","), 4, 4)
    book = calamine.CalamineWorkbook.from_path(str(tmp_path / "all.xlsx"))
    assert book.sheet_names == what.split(",")
    head, row = book.get_sheet_by_name("opportunities").to_python()
    deal = dict(zip(head, row, strict=True))
    assert deal["amount"] == 12345.5
    assert isinstance(deal["expected_close"], date)
    head, row = book.get_sheet_by_name("customers").to_python()
    assert dict(zip(head, row, strict=True))["name"] == "=上海启明"


def test_json_has_every_kind_by_its_name(
    workspace: Workspace, tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    run: Run = runner(capsys, clock)
    assert run("export", str(tmp_path / "all.json"), "--what", "customers,opportunities").code == 0
    document: dict[str, Any] = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert list(document) == ["customers", "opportunities"]
    (customer,), (deal,) = document.values()
    assert customer["tags"] == ["key, account"] and customer["custom"] == {"renewal": "2027-03-01"}
    assert deal["amount"] == 12345.5 and deal["customer_number"] == customer["number"]
    assert run("export", str(tmp_path / "one.jsonl"), "--what", "contacts").code == 0
    assert json.loads((tmp_path / "one.jsonl").read_text("utf-8"))["name"] == "王芳"


def test_contacts_are_cards_and_opportunities_events(workspace: Workspace, tmp_path: Path) -> None:
    path = export_to(workspace, tmp_path / "x.vcf", query("contacts"), kind="contacts").path
    lines = path.read_text("utf-8").replace("\n ", "").splitlines()
    assert {"FN:王芳", "ORG:=上海启明", "TITLE:采购总监"} <= {*lines}
    assert "TEL;VALUE=uri;TYPE=cell:tel:+8613812345678" in lines
    path = export_to(workspace, tmp_path / "y.vcf", query("customers"), kind="customers").path
    assert {"KIND:org", "FN:=上海启明"} <= {*path.read_text("utf-8").splitlines()}
    path = export_to(
        workspace, tmp_path / "x.ics", query("opportunities"), SHANGHAI, kind="opportunities"
    ).path
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert "send quote: =上海启明" in [str(event["summary"]) for event in events]
    assert all("ERP" in str(event["description"]) for event in events)


def test_what_can_not_be_written_is_said(
    workspace: Workspace, tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    run: Run = runner(capsys, clock)
    path = tmp_path / "x"
    for words, sentence in (
        ((f"{path}.csv", "--what", "leads,customers"), "one kind of record"),
        ((f"{path}.vcf", "--what", "opportunities"), "no address"),
        ((f"{path}.xlsx", "--what", "deals"), "none of leads, customers"),
        ((f"{path}.xlsx", "--what", "leads,customers", "--view", "open"), "leave --view"),
        ((f"{path}.csv", "--what", "customers", "--view", "inbox"), "no view inbox of customers"),
        ((f"{path}.zip", "--all", "--what", "customers"), "--all takes everything"),
    ):
        ran = run("export", *words)
        assert ran.code == 2 and sentence in ran.err
    assert run("export", f"{path}.csv", "--what", "opportunities", "--view", "won").out.startswith(
        "Wrote 0 records"
    )


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
def test_what_left_comes_in_as_what_it_was(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    kinds = ("customers", "contacts", "opportunities")
    paths = [
        export_to(workspace, tmp_path / f"{kind}{ending}", query(kind), kind=kind).path for kind in kinds
    ]
    for path in paths:
        result = import_file(workspace, read_plan(path))
        assert (result.created, result.updated + result.unchanged) == (0, 1)
    with closing(Workspace.open(tmp_path / "other.db", Settings(), workspace.clock, "ana")) as other:
        for _again in range(2):
            for path in paths:
                import_file(other, read_plan(path))
        with other.read() as connection:
            found = connection.execute(
                """SELECT customer.name, contact.name, opportunity.name, amount, contact.mobile
                   FROM customer JOIN contact ON contact.customer_id = customer.id
                   JOIN opportunity ON contact_id = contact.id"""
            ).fetchall()
    assert found == [("=上海启明", "王芳", "ERP", 1234550, "+8613812345678")]
