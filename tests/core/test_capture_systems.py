"""Systems that write lead files: recognised by their headers, read by their own words; and the user's own."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from leadtui.capture.columns.guess import guess_mapping
from leadtui.capture.columns.headers import HeaderMapping
from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.capture.words.systems import KINDS, _Faults, _system, own_systems, shipped_systems
from leadtui.capture.words.vocabulary import vocabulary

TEN_FIELDS = "线索编号|来源渠道|公司名称|联系人姓名|职位|联系电话|邮箱|需求描述|获取时间|初始备注"
THIRTEEN_COLUMNS = (
    "序号|线索来源|企业名称|行业|企业规模|联系人|职位|电话|邮箱|初步需求描述|来源标签|录入人|录入时间"
)
PROFILES = sorted(
    (Path(__file__).resolve().parents[2] / "leadtui" / "capture" / "words" / "systems").glob("*.toml")
)


def mapping(headers: str) -> HeaderMapping:
    return guess_mapping(headers.split("|"), [])


def plan_of(folder: Path, *rows: dict[str, str], options: ReadOptions | None = None) -> FilePlan:
    path = folder / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return read_plan(path, options)


def leads(plan: FilePlan) -> list[CleanRow]:
    return [row for row in lead_rows(plan) if isinstance(row, CleanRow)]


@pytest.mark.parametrize(
    ("headers", "system", "kind"),
    [
        ("Lead Owner|First Name|Last Name|Company / Account|Email|Create Date", "salesforce", "lead"),
        ("Id|IsDeleted|MasterRecordId|LastName|Company|LeadSource|OwnerId|IsConverted", "salesforce", "lead"),
        ("ID|MASTERRECORDID|NAME|BILLINGCITY|ACCOUNTNUMBER|OWNERID|SYSTEMMODSTAMP", "salesforce", "customer"),
        ("Id|MasterRecordId|AccountId|LastName|MailingStreet|ReportsToId", "salesforce", "contact"),
        ("Id|AccountId|Name|StageName|CloseDate|IsWon|OwnerId", "salesforce", "opportunity"),
        ("Id|WhoId|WhatId|Subject|ActivityDate|OwnerId", "salesforce", "activity"),
        ("Record ID|First Name|Last Name|Email|Lead Status|Contact owner|Create Date", "hubspot", "lead"),
        ("Record ID|Company name|Company owner|Company Domain Name", "hubspot", "customer"),
        ("Record ID|Deal Name|Deal Stage|Pipeline|Amount|Close Date", "hubspot", "opportunity"),
        ("Record Id|Lead Owner.id|Lead Owner|Company|Last Name|Lead Source|Created Time", "zoho", "lead"),
        ("Record Id|Account Owner.id|Account Owner|Account Name", "zoho", "customer"),
        ("Record Id|Deal Owner.id|Deal Name|Closing Date|Stage", "zoho", "opportunity"),
        ("Lead - Title|Lead - Owner|Person - Name|Organization - Name", "pipedrive", "lead"),
        ("Deal - Title|Deal - Value|Person - Name|Organization - Name", "pipedrive", "opportunity"),
        ("Person - Name|Person - Email (Work)|Organization - Name", "pipedrive", "contact"),
        ("Activity - Subject|Activity - Due date", "pipedrive", "activity"),
        ("id|name|partner_name|contact_name|email_from|stage_id|user_id", "odoo", "lead"),
        ("Opportunity|Contact Name|Company Name|Email|Salesperson|Sales Team|Stage", "odoo", "lead"),
        ("公司名稱|聯繫人姓名|電郵|工作職位|銷售人員", "odoo", "lead"),
        ("First Name|Last Name|Account Name|Primary Address Street|Status|Lead Source", "suitecrm", "lead"),
        ("Name|Account Name|Email|Status|Assigned User|Created At", "espocrm", "lead"),
        ("Lead Owner|Organization|Mobile No.|Status|Source", "frappe", "lead"),
        ("created_time|full_name|email|phone_number|form_name|platform", "facebook", "lead"),
        ("id|ad_id|adset_id|campaign_id|form_id|is_organic|platform|email|full_name", "facebook", "lead"),
        ("GCLID|Lead Email|Lead Phone|Conversion Name|Conversion Time", "google_ads", "lead"),
        ("First Name|Last Name|URL|Email Address|Company|Position|Connected On", "linkedin", "lead"),
        ("Name|Given Name|E-mail 1 - Value|Phone 1 - Value|Organization 1 - Name", "google_contacts", "lead"),
        ("First Name|Organization Name|Labels|E-mail 1 - Label|E-mail 1 - Value", "google_contacts", "lead"),
        ("Title|First Name|Last Name|Company|Job Title|Business Phone|E-mail 2 Address", "outlook", "lead"),
        ("First Name|Last Name|Company|Email|Badge Scan Time|Booth Location", "badge_scans", "lead"),
        (TEN_FIELDS, "lead_sheet_10", "lead"),
        (THIRTEEN_COLUMNS, "lead_sheet_13", "lead"),
        ("公司名称|线索进度|线索来源|线上来源详情|客户需求|联系人名称|负责人", "cordys", "lead"),
        ("名称*|联系人|手机号码|联系电话|期初应收|纳税人识别号|状态*", "jsherp", "customer"),
        ("Company|Email|Phone", "", "lead"),
        ("线索名称|联系人|联系电话|邮箱|来源|行业", "", "lead"),
    ],
)  # fmt: skip
def test_systems_are_recognised(headers: str, system: str, kind: str) -> None:
    found = mapping(headers)
    assert (found.system, found.record) == (system, kind)


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            TEN_FIELDS,
            "external_id source_channel company contact title phone email need acquired_at remark",
        ),
        (
            THIRTEEN_COLUMNS,
            "ignore source_channel company industry company_size contact title phone email need tags "
            "created_by acquired_at",
        ),
        ("Title|First Name|Business Phone|Job Title", "salutation first_name phone title"),
        ("First Name|URL|Connected On", "first_name profile_url acquired_at"),
        (
            "NAME|BILLINGSTREET|BILLINGCITY|BILLINGSTATE|BILLINGPOSTALCODE|BILLINGCOUNTRY|MASTERRECORDID",
            "company address city state postal_code country ",
        ),
        (
            "MASTERRECORDID|AccountId|LastName|MailingCity|MailingCountry",
            " customer_ref last_name city country",
        ),
        ("id|name|partner_name|contact_name|email_from", "external_id need company contact email"),
    ],
)  # fmt: skip
def test_their_columns_are_what_they_say(headers: str, fields: str) -> None:
    assert [column.field for column in mapping(headers).columns] == fields.split(" ")


def test_their_words_become_ours_and_are_kept(tmp_path: Path) -> None:
    row = {"Record ID": "7", "Contact owner": "ana", "Email": "a@b.example", "Lead Status": "Open Deal"}
    row["Original Source"] = "Paid Search"
    (lead,) = leads(plan_of(tmp_path, row))
    assert (lead.values["status"], lead.values["source_channel"]) == ("qualified", "search")
    assert lead.values["external_system"] == "hubspot"
    assert lead.custom["lead_status"] == "Open Deal"
    assert lead.values["source_detail"] == "Paid Search"


def test_the_numbers_of_a_sheet_prove_nothing_alone(tmp_path: Path) -> None:
    headers = "线索编号|来源渠道|公司名称|联系人姓名|需求描述|获取时间"
    (lead,) = leads(plan_of(tmp_path, dict.fromkeys(headers.split("|"), "1")))
    assert (lead.values["external_system"], lead.values["external_id"]) == ("file", "1")


def test_what_stands_below_a_report_is_no_lead(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(
        '"First Name","Last Name","Company / Account","Lead Owner"\n"Ann","Lee","Nova","Bob"\n'
        '\n\n"My report"\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
        '"Confidential Information - Do Not Distribute"\n',
        encoding="utf-8",
    )
    lead, *below = lead_rows(read_plan(path))
    assert isinstance(lead, CleanRow) and lead.values["company"] == "Nova"
    assert [(row.line, isinstance(row, CleanRow)) for row in below] == [(5, False), (6, False), (7, False)]


def test_a_usual_order_of_dates_settles_what_is_open(tmp_path: Path) -> None:
    row = {"Primary Address Street": "x", "Last Name": "Ann", "Date Created": "03-04-2026 10:00"}
    plan = plan_of(tmp_path, row, options=ReadOptions(region="US"))
    assert plan.system == "suitecrm"
    assert list(plan.day_first.values()) == [True]
    assert not any("nothing tells" in note for note in plan.notes)


def test_what_is_no_lead_is_said(tmp_path: Path) -> None:
    row = {"名称": "启明", "期初应收": "0", "纳税人识别号": "9"}
    assert any("customers" in note for note in plan_of(tmp_path, row).notes)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_profile_is_right(path: Path) -> None:
    faults = _Faults()
    system = _system(path.stem, tomllib.loads(path.read_text("utf-8")), faults)
    assert list(faults) == []
    assert system.title and all(signs.holds in KINDS and signs.headers for signs in system.files)
    codes = vocabulary().values
    assert set(system.values.get("status", {}).values()) <= set(codes["status"].values())


def test_no_profile_has_the_signs_of_another() -> None:
    signs = [each for system in shipped_systems() for kind in system.files for each in kind.headers]
    assert len(signs) == len(set(signs))


OWN = """\
title = "Our shop"
source = "store"
dates = "day/month/year"

[[files]]
signs = [["Kassennummer", "Kunde"]]

[columns]
Kunde = "company"
Kassennummer = "external_id"
Farbe = "custom"
Stand = "status"

[status]
offen = "working"
"""


def test_a_profile_of_the_user(tmp_path: Path) -> None:
    folder = tmp_path / "systems"
    folder.mkdir()
    (folder / "shop.toml").write_text(OWN, encoding="utf-8")
    systems, problems = own_systems(folder)
    assert problems == ()
    row = {"Kassennummer": "7", "Kunde": "Nova", "Farbe": "rot", "Stand": "offen"}
    plan = plan_of(tmp_path, row, options=ReadOptions(systems=systems))
    assert (plan.system, plan.mapping.profile.title) == ("shop", "Our shop")
    (lead,) = leads(plan)
    assert lead.values["company"] == "Nova"
    assert (lead.values["status"], lead.values["source_channel"]) == ("working", "store")
    assert lead.custom == {"farbe": "rot", "stand": "offen"}
    assert own_systems(tmp_path / "nowhere") == ((), ())


@pytest.mark.parametrize(
    ("before", "after", "line", "hint"),
    [
        ('Kunde = "company"', 'Kunde = "compnay"', 9, "did you mean company?"),
        ('offen = "working"', 'offen = "workin"', 15, "did you mean working?"),
        ("dates =", "date =", 3, "did you mean dates?"),
        ('"day/month/year"', '"day-month-year"', 3, "did you mean day/month/year?"),
        ("signs =", 'holds = "leads"\nsigns =', 6, "did you mean lead?"),
        ('signs = [["Kassennummer", "Kunde"]]', 'signs = ["Kunde"]', 6, "lists of headers"),
        ("[[files]]", "[files", 5, "is not TOML"),
        ('[[files]]\nsigns = [["Kassennummer", "Kunde"]]', "", 0, "needs [[files]]"),
    ],
)
def test_a_wrong_profile_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, hint: str
) -> None:
    assert before in OWN
    path = tmp_path / "shop.toml"
    path.write_text(OWN.replace(before, after), encoding="utf-8")
    _systems, problems = own_systems(tmp_path)
    assert problems, "nothing was told"
    assert (problems[0].file, problems[0].line) == (path, line)
    assert hint in problems[0].text
