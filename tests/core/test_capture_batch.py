from __future__ import annotations

import csv
import json
import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from bringing import import_file
from hypothesis import given
from hypothesis import strategies as st

from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.capture.columns.remembered import as_remembered
from leadtui.details import LeadFacts
from leadtui.errors import Cancelled, LeadTUIError, UsageError
from leadtui.followup.standing import standing
from leadtui.refresh import refresh_all
from leadtui.settings import Settings
from leadtui.store import search
from leadtui.store.columns import LEAD_DERIVED
from leadtui.workspace import Workspace

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NOW = 1_795_257_720_000
Import = Callable[..., ImportResult]


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Import:
    """Imports a text as a file."""

    def bring_in(text: str, name: str = "file.csv", **more: Any) -> ImportResult:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return import_file(workspace, read_plan(path, ReadOptions(zone=workspace.zone)), **more)

    return bring_in


def leads(workspace: Workspace, *names: str) -> list[tuple[Any, ...]]:
    with workspace.read() as connection:
        return connection.execute(f"SELECT {', '.join(names)} FROM lead ORDER BY seq").fetchall()


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, result.skipped


def test_rows_become_leads_with_all_that_is_derived(workspace: Workspace, bring: Import) -> None:
    result = bring(
        "Name,Company,Mail,Mobile,Source,Status,Rating,Budget,Created Date,Tags,Seats\n"
        "Ana,Nova Ltd,a@nova.example,13812345678,Trade Show,Contacted,Hot,50-80万,2026-11-20,vip; 展会,30\n"
    )
    assert counts(result) == (1, 0, 0, 0)
    with workspace.read() as connection:
        connection.row_factory = sqlite3.Row
        lead = dict(connection.execute("SELECT * FROM lead").fetchone())
        connection.row_factory = None
        tags = [name for (name,) in connection.execute("SELECT name FROM tag ORDER BY name")]
        fields = connection.execute("SELECT key, label FROM custom_field ORDER BY key").fetchall()
        found = search.hits(connection, str(search.match_expression(["nova"])), 10)
    assert (lead["company"], lead["contact"], lead["mobile"]) == ("Nova Ltd", "Ana", "+8613812345678")
    assert (lead["source_channel"], lead["source_detail"], lead["status"]) == (
        "expo",
        "Trade Show",
        "working",
    )
    assert (lead["tier"], lead["tier_chosen"], lead["budget_min"], lead["currency"]) == (
        "A",
        "A",
        50_000_000,
        "CNY",
    )
    assert (lead["owner"], lead["created_by"], lead["created_at"]) == ("ana", "ana", NOW)
    assert lead["number"].startswith("L-")
    assert lead["batch_id"] == result.batch
    assert json.loads(lead["custom"]) == {"rating": "Hot", "status": "Contacted", "seats": "30"}
    assert tags == ["vip", "展会"]
    assert fields == [("rating", "Rating"), ("seats", "Seats"), ("status", "Status")]
    assert found == [lead["rank"]]


def test_what_is_derived_is_what_a_full_refresh_derives(workspace: Workspace, bring: Import) -> None:
    rows = "".join(
        f"P{n},Firm {n % 7},p{n % 40}@f.example,1380000{n:04d},{('Hot', 'Cold', '')[n % 3]},"
        f"{('CEO', 'Manager', '')[n % 3]},{n * 10},2026-11-{n % 20 + 1:02d},t{n % 3}\n"
        for n in range(120)
    )
    bring(f"Name,Company,Mail,Mobile,Rating,Title,Employees,Created Date,Tags\n{rows}")

    def everything(connection: sqlite3.Connection) -> tuple[list[Any], list[Any], list[int]]:
        return (
            connection.execute(f"SELECT seq, {', '.join(LEAD_DERIVED)} FROM lead ORDER BY seq").fetchall(),
            connection.execute("SELECT key, seq FROM match_key ORDER BY key, seq").fetchall(),
            search.all_ranks(connection, str(search.match_expression(["firm"]))),
        )

    with workspace.read() as connection:
        before = everything(connection)
    with workspace.act("Refresh") as act:
        refresh_all(act.connection, act.settings, act.now, act.zone)
        assert everything(act.connection) == before
    assert len(before[0]) == 40
    assert before[1]


@given(st.text(max_size=20), st.text(min_size=1, max_size=40))
def test_the_rules_read_no_wording(company: str, need: str) -> None:
    """New leads that differ only in company and in what they need are judged once."""
    facts = LeadFacts(status="new", acquired_at=NOW, title="CEO", company="Nova", need="An ERP", budget_max=1)
    worded = facts._replace(company=company, need=need)
    assert standing(worded, Settings(), NOW, UTC) == standing(facts, Settings(), NOW, UTC)


def test_the_same_file_again_changes_nothing(workspace: Workspace, bring: Import) -> None:
    text = (
        "Name,Company,Mail,Phone\nAna,Nova,a@b.example,\nBob,Acme,,13812345678\nCid,Orbit,,\n"
        ",Xi,,010-62345678\n"
    )
    assert counts(bring(text)) == (4, 0, 0, 0)
    assert counts(bring(text)) == (0, 0, 4, 0)
    with workspace.act("Edit") as act:
        act.connection.execute("UPDATE lead SET company = 'Renamed', status = 'working', phone = ''")
    assert counts(bring(text)) == (0, 2, 2, 0)  # the phones that were taken away are blanks again


def test_a_known_mail_fills_blanks_and_overwrites_nothing(workspace: Workspace, bring: Import) -> None:
    bring("Name,Mail,Phone,Tags,Seats\nAna,a@b.example,13812345678,vip,30\n")
    again = bring(
        "Name,Mail,Company,Phone,City,Tags,Seats,Colour,Status\n"
        "Anna,A@B.example,Nova,13912345678,Rome,VIP;new,40,red,Lost\n"
    )
    assert counts(again) == (0, 1, 0, 0)
    assert leads(workspace, "contact", "company", "phone", "other_phones", "city", "status") == [
        ("Ana", "Nova", "+8613812345678", "+8613912345678", "Rome", "new")
    ]
    ((custom,),) = leads(workspace, "custom")
    assert json.loads(custom) == {"seats": "30", "colour": "red"}
    with workspace.read() as connection:
        assert [name for (name,) in connection.execute("SELECT name FROM tag ORDER BY name")] == [
            "new",
            "vip",
        ]
        assert search.hits(connection, str(search.match_expression(["nova"])), 5)
        assert search.hits(connection, str(search.match_expression(["13912345678"])), 5)


def test_a_known_identity_is_the_same_lead(workspace: Workspace, bring: Import) -> None:
    salesforce = "Id,LastName,Company,Email,OwnerId,LeadSource\n00Q1,Ortiz,{},{},005,Web\n"
    assert counts(bring(salesforce.format("Nova", ""))) == (1, 0, 0, 0)
    assert counts(bring(salesforce.format("Acme", "a@b.example"))) == (0, 1, 0, 0)
    assert leads(workspace, "company", "email", "external_system") == [("Nova", "a@b.example", "salesforce")]


def test_numbers_of_unknown_systems_need_something_that_agrees(workspace: Workspace, bring: Import) -> None:
    assert counts(bring("id,name,city\n1,Ana,Rome\n2,Bob,Oslo\n")) == (2, 0, 0, 0)
    assert counts(bring("id,name,city,phone\n1,Ana,,13812345678\n2,Eva,,\n")) == (1, 1, 0, 0)
    assert leads(workspace, "contact", "city", "phone") == [
        ("Ana", "Rome", "+8613812345678"),
        ("Bob", "Oslo", ""),
        ("Eva", "", ""),
    ]


def test_a_shared_mailbox_has_several_people(workspace: Workspace, bring: Import) -> None:
    result = bring("Name,Mail\nAna,info@b.example\nBob,info@b.example\nana,info@b.example\n")
    assert counts(result) == (2, 0, 1, 0)
    assert result.possible_duplicates == 0


def test_a_shared_phone_or_name_is_only_a_suspicion(workspace: Workspace, bring: Import) -> None:
    result = bring(
        "Name,Company,Phone,Mail\nAna,Nova,13812345678,a@b.example\nBob,Nova,13812345678,b@b.example\n"
        "ANA,Nova Ltd.,,c@b.example\nCid,Acme,,d@b.example\n"
    )
    assert counts(result) == (4, 0, 0, 0)
    # Ana and Bob share a phone, which makes them no duplicates; ANA has name and company of Ana.
    assert result.possible_duplicates == 1
    assert result.duplicate_reasons == (("same name, same company", 1),)


def test_rows_of_one_file_complete_each_other(workspace: Workspace, bring: Import) -> None:
    result = bring(
        "Name,Mail,City,Secondary Email\nAna,a@b.example,,x@b.example\nAna,a@b.example,Rome,\n"
        "Ana,a@b.example,Rome,\n,x@b.example,,\n"
    )
    assert result.created + result.updated + result.unchanged == result.rows == 4
    assert counts(result) == (1, 1, 2, 0)
    assert leads(workspace, "city") == [("Rome",)]


def test_an_import_is_one_entry_and_can_be_undone(workspace: Workspace, bring: Import) -> None:
    bring("Name,Mail\nAna,a@b.example\n")
    bring("Name,Mail,City,Tags\nAna,a@b.example,Rome,\nBob,b@b.example,Oslo,vip\n", "second.csv")
    undone = workspace.undo()
    assert undone is not None
    assert "second.csv" in undone.label
    assert leads(workspace, "contact", "city") == [("Ana", "")]
    with workspace.read() as connection:
        assert connection.execute("SELECT count(*) FROM tag").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM import_batch").fetchone() == (1,)
        assert search.hits(connection, str(search.match_expression(["bob"])), 5) == []
    workspace.undo()
    assert leads(workspace, "contact") == []
    assert counts(bring("Name,Mail\nAna,a@b.example\n")) == (1, 0, 0, 0)


@pytest.mark.parametrize("again", ["Name,Mail\nAna,a@b.example\n", "Name,Mail\n", "Name,Mail\n,bad\n"])
def test_a_file_that_brings_nothing_new_is_nothing_to_undo(
    workspace: Workspace, bring: Import, again: str
) -> None:
    bring("Name,Mail\nAna,a@b.example\n")
    assert not bring(again).has_changed
    assert workspace.undo() is not None
    assert leads(workspace, "contact") == []
    assert workspace.undo() is None


def test_skipped_rows_can_be_mended_and_imported(workspace: Workspace, bring: Import, tmp_path: Path) -> None:
    result = bring('Name,Mail,"Odd, header"\nAna,a@b.example,x\n,bad,=1+1\n\n')
    assert counts(result) == (1, 0, 0, 1)
    assert result.skipped_file == tmp_path / "file.skipped.csv"
    assert stat.S_IMODE(os.stat(result.skipped_file).st_mode) == 0o600
    with result.skipped_file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["leadtui_line", "leadtui_reason", "Name", "Mail", "Odd, header"]
    assert (rows[1][0], rows[1][2:]) == ("3", ["", "bad", "'=1+1"])
    assert "bad" in rows[1][1]
    assert result.skipped_reasons == ((rows[1][1], 1),)
    mended = result.skipped_file.read_text(encoding="utf-8-sig").replace(",bad,", ",b@b.example,")
    again = bring(mended, "mended.csv")
    assert counts(again) == (1, 0, 0, 0)
    assert leads(workspace, "email", "custom", "remark")[1] == (
        "b@b.example",
        '{"odd_header": "=1+1"}',
        "",
    )


def test_an_earlier_file_of_skipped_rows_is_not_replaced(bring: Import, tmp_path: Path) -> None:
    text = "Name,Mail\n,bad\n"
    assert bring(text).skipped_file == tmp_path / "file.skipped.csv"
    assert bring(text).skipped_file == tmp_path / "file.skipped-2.csv"
    assert bring(text, skipped=tmp_path / "own.csv").skipped_file == tmp_path / "own.csv"
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_what_can_not_be_written_stops_the_import(
    workspace: Workspace, bring: Import, tmp_path: Path
) -> None:
    with pytest.raises(LeadTUIError, match="--skipped"):
        bring("Name,Mail\nAna,a@b.example\n,bad\n", skipped=tmp_path / "no" / "such" / "folder.csv")
    assert leads(workspace, "seq") == []


def test_a_rehearsal_tells_and_leaves_nothing(workspace: Workspace, bring: Import, tmp_path: Path) -> None:
    text = "Name,Mail\nAna,a@b.example\nAna,a@b.example\n,bad\n"
    told = bring(text, dry_run=True)
    assert (counts(told), told.batch, told.skipped_file) == ((1, 0, 1, 1), "", None)
    assert leads(workspace, "seq") == []
    assert {path.name for path in tmp_path.iterdir() if path.stat().st_size} == {"file.csv", "leads.db"}
    assert counts(bring(text)) == counts(told)


@pytest.mark.parametrize("after", [0, 1, 2, 5])
def test_a_stopped_import_leaves_nothing(
    workspace: Workspace, bring: Import, tmp_path: Path, after: int
) -> None:
    calls = iter(range(100))
    rows = "".join(f"P{n},p{n}@b.example\n" for n in range(2500))
    with pytest.raises(Cancelled):
        bring(f"Name,Mail\n{rows},bad\n", cancelled=lambda: next(calls) >= after)
    assert leads(workspace, "seq") == []
    assert {path.name for path in tmp_path.iterdir() if path.stat().st_size} == {"file.csv", "leads.db"}
    with workspace.read() as connection:
        indexes = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        }
        assert "ix_inbox" in indexes
        assert connection.execute("SELECT count(*) FROM match_key").fetchone() == (0,)


def test_progress_tells_rows_and_bytes(bring: Import) -> None:
    told: list[tuple[int, int]] = []
    rows = "".join(f"P{n},p{n}@b.example\n" for n in range(3000))
    result = bring(f"Name,Mail\n{rows}", progress=lambda done, size: told.append((done, size)))
    assert told == sorted(told)
    assert told[-1] == (3000, result.plan.size)
    assert len(told) == 4


def test_the_big_indexes_are_there_again(workspace: Workspace, bring: Import) -> None:
    with workspace.read() as connection:
        before = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    bring("Name,Mail\nAna,a@b.example\n")
    with workspace.read() as connection:
        assert connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before


def test_a_mapping_is_remembered_for_the_same_headers(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("Who,Where,Mail\nAna,Nova,a@b.example\n", encoding="utf-8")
    plan = read_plan(path).with_field("Where", "company").with_field("Who", "contact")
    import_file(workspace, plan)
    path.write_text("who,WHERE,mail\nBob,Acme,b@b.example\n", encoding="utf-8")
    with workspace.read() as connection:
        again = as_remembered(connection, read_plan(path))
        named = as_remembered(connection, read_plan(path, ReadOptions(fields=(("city", "where"),))))
    assert again.mapping.as_json() == {"who": "contact", "WHERE": "company", "mail": "email"}
    assert named.mapping.as_json() == {"who": "contact", "WHERE": "city", "mail": "email"}


def test_custom_fields_that_exist_are_used(workspace: Workspace, bring: Import) -> None:
    with workspace.act("Fields") as act:
        act.connection.execute(
            """INSERT INTO custom_field (id, entity, key, label, kind)
               VALUES ('x', 'lead', 'seats', 'Plätze', 'number')"""
        )
    bring("Name,Mail,plätze\nAna,a@b.example,30\nBob,b@b.example,many\n")
    assert leads(workspace, "custom", "remark") == [('{"seats": 30}', ""), ("{}", "Plätze: many")]


def test_a_date_in_the_future_is_no_acquisition(workspace: Workspace, bring: Import) -> None:
    bring("Name,Mail,Created Date\nAna,a@b.example,2090-01-01\nBob,b@b.example,\n")
    assert leads(workspace, "acquired_at") == [(NOW,), (NOW,)]


def test_a_file_without_any_name_is_refused(bring: Import) -> None:
    with pytest.raises(UsageError, match="--map"):
        bring("Colour,Shape\nred,round\n")


def test_the_json_of_a_result(bring: Import, tmp_path: Path) -> None:
    document = bring("Name;Mail;Extra\nAna;a@b.example;1\n;bad;2\n").as_json()
    assert json.loads(json.dumps(document)) == document
    assert {name: document[name] for name in ("format", "encoding", "delimiter", "header_row", "system")} == {
        "format": "csv",
        "encoding": "utf-8",
        "delimiter": ";",
        "header_row": 1,
        "system": "",
    }
    assert document["mapping"] == {"Name": "contact", "Mail": "email", "Extra": "custom.extra"}
    assert (document["rows"], document["created"], document["skipped"]) == (2, 1, 1)
    assert document["skipped_file"] == str(tmp_path / "file.skipped.csv")


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here")
@pytest.mark.parametrize(
    ("name", "expected", "alike"),
    [
        ("groweasy-demo/15-duplicate-rows.csv", (3, 0, 2, 0), 0),
        ("salesforce-genai-demo/Lead.csv", (11, 0, 3, 0), 4),
        ("salesforce-genai-demo/Account.csv", (94, 0, 0, 0), 0),
        ("salesforce-genai-demo/Contact.csv", (64, 0, 0, 0), 0),
        ("salesforce-genai-demo/Opportunity.csv", (58, 0, 0, 0), 0),
        ("salesforce-dataloader/opportunityData.csv", (38, 0, 0, 0), 0),
        ("salesforce-dataloader/accountData.csv", (423, 0, 0, 0), 0),
        ("linkedin-connections-toolkit/sample_connections.csv", (7, 0, 0, 0), 0),
        ("google-shared-contacts-gpc/outlook.csv", (3, 0, 0, 0), 0),
        ("posit-marketing-dashboard/salesforce_leads.csv", (160, 0, 0, 0), 0),
        ("groweasy-demo/02-facebook-leads-messy-headers.csv", (2, 0, 0, 1), 0),
        ("febrl/dataset1.csv", (1000, 0, 0, 0), 0),
    ],
)
def test_real_files_twice(
    workspace: Workspace, tmp_path: Path, name: str, expected: tuple[int, int, int, int], alike: int
) -> None:
    plan = read_plan(DATA / name, ReadOptions(zone=workspace.zone))
    result = import_file(workspace, plan, skipped=tmp_path / "skipped.csv")
    assert (counts(result), result.possible_duplicates) == (expected, alike)
    again = import_file(workspace, plan, skipped=tmp_path / "skipped.csv")
    assert (again.created, again.updated, again.skipped) == (0, 0, expected[3])
