"""Files of customers, contacts, opportunities and activities come in as what they are, in any order."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from bringing import import_file

from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.capture.words.customers import kind_of_headers
from leadtui.errors import UsageError
from leadtui.workspace import Workspace

ACCOUNTS = """Id,Name,BillingStreet,BillingCity,Phone,Website,Industry,Type,AccountSource,CreatedDate,SLA__c
001A,Nova Robotics,1 Main St,Berlin,+49 30 901820,https://nova.example,Machinery,Prospect,Web,2024-06-23T08:41:04.000+0000,Gold
001B,上海启明科技有限公司,,上海,,,,,,2024-06-24T08:41:04.000+0000,
"""
CONTACTS = """Id,AccountId,LastName,FirstName,MailingStreet,MailingCity,Phone,Email,Title,Department
003A,001A,Weiss,Clara,2 Side St,Berlin,+49 30 901821,clara@nova.example,CTO,IT
003B,001Z,Stray,Sam,,,,sam@stray.example,,
"""
OPPORTUNITIES = """Id,AccountId,Name,StageName,Amount,Probability,CloseDate,CreatedDate,NextStep,LeadSource
006A,001A,ERP,Proposal/Price Quote,"$12,500.00",65,2026-12-20,2026-11-01,send offer,Web
006B,001A,Old deal,Closed Won,5000,100,2026-10-01,2026-09-01,,
006C,001B,Lost deal,Closed Lost,,0,2026-10-05,2026-09-01,,
"""
TASKS = """Id,WhoId,WhatId,Subject,ActivityDate,Status,Type,Description,OwnerId
00TA,003A,006A,Call about offer,2026-11-02,Completed,Call,She wants a demo.,005X
00TB,003Q,,To nobody here,2026-11-03,Completed,Email,Hello.,005X
"""
FILES = {"accounts": ACCOUNTS, "contacts": CONTACTS, "opportunities": OPPORTUNITIES}


def bring(workspace: Workspace, folder: Path, name: str, text: str, record: str = "") -> ImportResult:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(workspace, read_plan(path, ReadOptions(currency="EUR", record=record)))


def rows(workspace: Workspace, statement: str) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize("order", list(permutations(FILES)), ids="-".join)
def test_files_that_refer_to_each_other_are_joined_in_any_order(
    workspace: Workspace, tmp_path: Path, order: tuple[str, ...]
) -> None:
    for name in order:
        result = bring(workspace, tmp_path, name, FILES[name])
        assert (result.rows, result.skipped) == (result.created, 0)
    assert rows(
        workspace,
        """SELECT contact.name, title, department, customer.name FROM contact
           LEFT JOIN customer ON customer.id = customer_id ORDER BY contact.external_id""",
    ) == [("Clara Weiss", "CTO", "IT", "Nova Robotics"), ("Sam Stray", "", "", None)]
    assert rows(
        workspace,
        """SELECT opportunity.name, stage, amount, opportunity.currency, probability, customer.name
           FROM opportunity
           JOIN customer ON customer.id = customer_id ORDER BY opportunity.external_id""",
    ) == [
        ("ERP", "proposal", 1_250_000, "USD", 65, "Nova Robotics"),
        ("Old deal", "won", 500_000, "EUR", 100, "Nova Robotics"),
        ("Lost deal", "lost", None, "", 0, "上海启明科技有限公司"),
    ]
    assert rows(workspace, "SELECT lost_reason, lost_at > 0 FROM opportunity WHERE stage = 'lost'") == [
        ("other", 1)
    ]


def test_a_customer_keeps_everything_that_its_file_says(workspace: Workspace, tmp_path: Path) -> None:
    result = bring(workspace, tmp_path, "accounts", ACCOUNTS)
    assert result.plan.record == "customer"
    assert result.as_json()["record"] == "customer"
    assert rows(
        workspace,
        """SELECT name, phone, website, address, city, industry, customer_type, custom, external_system
           FROM customer ORDER BY external_id LIMIT 1""",
    ) == [
        (
            "Nova Robotics",
            "+4930901820",
            "https://nova.example",
            "1 Main St",
            "Berlin",
            "Machinery",
            "Prospect",
            '{"sla__c": "Gold"}',
            result.plan.system or "file",
        )
    ]
    assert rows(workspace, "SELECT label FROM custom_field WHERE entity = 'customer'") == [("SLA__c",)]
    assert rows(workspace, "SELECT count(*) FROM lead") == [(0,)]


def test_a_won_opportunity_makes_a_customer_of_a_prospect(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, tmp_path, "accounts", ACCOUNTS)
    bring(workspace, tmp_path, "opportunities", OPPORTUNITIES)
    assert rows(workspace, "SELECT lifecycle FROM customer ORDER BY external_id") == [
        ("customer",),
        ("prospect",),
    ]


def test_the_same_file_again_changes_nothing_and_undo_takes_it_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name, text in FILES.items():
        bring(workspace, tmp_path, name, text)
    bring(workspace, tmp_path, "tasks", TASKS)
    before = rows(workspace, "SELECT count(*) FROM journal_change")
    for name, text in (*FILES.items(), ("tasks", TASKS)):
        again = bring(workspace, tmp_path, name, text)
        assert again.unchanged == again.rows - again.skipped, name
    assert rows(workspace, "SELECT count(*) FROM journal_change") == before
    for _file in (*FILES, "tasks"):
        assert workspace.undo() is not None
    for table in ("customer", "contact", "opportunity", "activity", "import_batch"):
        assert rows(workspace, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_a_further_file_fills_blanks_and_overwrites_nothing(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, tmp_path, "accounts", ACCOUNTS)
    more = "Id,Name,BillingStreet,BillingCity,Phone\n001B,Another name,9 New St,Beijing,+86 21 5555 1234\n"
    result = bring(workspace, tmp_path, "more", more)
    assert (result.created, result.updated) == (0, 1)
    assert rows(workspace, "SELECT name, address, city, phone FROM customer WHERE external_id = '001B'") == [
        ("上海启明科技有限公司", "9 New St", "上海", "+862155551234")
    ]


def test_activities_keep_their_author_and_time(workspace: Workspace, tmp_path: Path) -> None:
    for name, text in FILES.items():
        bring(workspace, tmp_path, name, text)
    result = bring(workspace, tmp_path, "tasks", TASKS)
    assert (result.created, result.skipped) == (1, 1)
    assert result.skipped_file is not None
    assert "import those first" in result.skipped_file.read_text(encoding="utf-8-sig")
    (found,) = rows(
        workspace,
        """SELECT author, date(at / 1000, 'unixepoch'), channel, result, content,
                  contact_id IS NOT NULL, opportunity_id IS NOT NULL, customer_id IS NOT NULL
           FROM activity""",
    )
    assert found[:4] == ("005X", "2026-11-02", "phone", "reached")
    assert str(found[4]).startswith("Call about offer\nShe wants a demo.")
    assert found[5:] == (1, 1, 1)


def test_chinese_follow_ups_find_their_lead(workspace: Workspace, tmp_path: Path) -> None:
    lead = "线索编号,公司名称,联系人,电话\nX-1,启明,王芳,13812345678\n"
    bring(workspace, tmp_path, "leads", lead)
    told = (
        "线索ID,跟进时间,跟进方式,跟进内容,客户反馈,下次跟进计划,跟进人\n"
        "X-1,2026-11-20 09:30,电话,介绍产品,感兴趣,发方案,李四\n"
    )
    result = bring(workspace, tmp_path, "follow_ups", told)
    assert (result.plan.record, result.created) == ("activity", 1)
    assert rows(
        workspace,
        """SELECT lead.company, activity.channel, content, feedback, activity.next_step, author FROM activity
           JOIN lead ON lead.id = lead_id""",
    ) == [("启明", "phone", "介绍产品", "感兴趣", "发方案", "李四")]


def test_a_lead_converted_elsewhere_points_to_what_it_became(workspace: Workspace, tmp_path: Path) -> None:
    lead = (
        "Id,LastName,Company,Status,IsConverted,ConvertedAccountId,ConvertedContactId,Email\n"
        "00Q1,Weiss,Nova Robotics,Closed - Converted,1,001A,003A,clara@nova.example\n"
    )
    bring(workspace, tmp_path, "leads", lead)
    bring(workspace, tmp_path, "accounts", ACCOUNTS)
    bring(workspace, tmp_path, "contacts", CONTACTS)
    assert rows(
        workspace,
        """SELECT lead.status, customer.name, contact.name FROM lead
           JOIN customer ON customer.id = lead.customer_id JOIN contact ON contact.id = lead.contact_id""",
    ) == [("converted", "Nova Robotics", "Clara Weiss")]


def test_the_user_says_what_a_file_holds(workspace: Workspace, tmp_path: Path) -> None:
    text = "Firm,Town\nNova,Berlin\n"
    path = tmp_path / "firms.csv"
    path.write_text(text)
    plan = read_plan(path, ReadOptions(record="customer", fields=(("company", "Firm"), ("city", "Town"))))
    assert import_file(workspace, plan).created == 1
    assert rows(workspace, "SELECT name, city FROM customer") == [("Nova", "Berlin")]
    with pytest.raises(UsageError, match="no field"):
        plan.with_field("Firm", "tier_chosen")


def test_a_trial_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(ACCOUNTS, encoding="utf-8")
    assert import_file(workspace, read_plan(path), dry_run=True).created == 2
    assert rows(workspace, "SELECT count(*) FROM customer") == [(0,)]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("First Name,Last Name,Company,Email,Lead Status", "lead"),
        ("Name,Phone,Email", "lead"),
        ("Account Name,Account Owner,Billing City,Phone", "customer"),
        ("Deal Name,Deal Stage,Amount,Close Date", "opportunity"),
        ("Deal - Title,Deal - Value,Deal - Stage", "opportunity"),
        ("商机名称,客户名称,商机阶段,商机金额", "opportunity"),
        ("Contact Owner,First Name,Last Name,Account Name", "contact"),
        ("First Name,Last Name,E-mail Address,Company", "lead"),
    ],
)
def test_what_a_file_holds_is_told_by_its_headers(headers: str, kind: str) -> None:
    assert kind_of_headers(headers.split(",")) == kind
