"""The real files of other systems, and what a correct import of each must yield."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.capture.rows.settling import SkippedRow
from leadtui.text import clean

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here")

# file: (leads, skipped, with mail, with phone, with company), (encoding, delimiter, header row), system
FILES: dict[str, tuple[tuple[int, int, int, int, int], tuple[str, str, int], str]] = {
    "salesforce-genai-demo/Account.csv": ((94, 0, 0, 84, 94), ("utf-8-sig", ",", 1), "salesforce"),
    "salesforce-genai-demo/Contact.csv": ((64, 0, 8, 62, 0), ("utf-8-sig", ",", 1), "salesforce"),
    "salesforce-genai-demo/Lead.csv": ((14, 0, 6, 8, 6), ("utf-8-sig", ",", 1), "salesforce"),
    "salesforce-dataloader/accountData.csv": ((423, 0, 0, 9, 423), ("cp1252", ",", 1), "salesforce"),
    "salesforce-dataloader/insertAccountCsv.csv": ((100, 0, 0, 100, 100), ("utf-8", ",", 1), ""),
    "salesforce-dataloader/dateWithTimeZone.csv": ((2, 0, 0, 2, 2), ("utf-8", ",", 1), ""),
    "salesforce-dataloader/csvtext_BOM_UTF16LE.csv": ((0, 2, 0, 0, 0), ("utf-16", ",", 1), ""),
    "salesforce-dataloader/csvtext_BOM_UTF16BE.csv": ((0, 2, 0, 0, 0), ("utf-16", ",", 1), ""),
    "salesforce-dataloader/csvtext_BOM_UTF8.csv": ((0, 2, 0, 0, 0), ("utf-8-sig", ",", 1), ""),
    "posit-marketing-dashboard/salesforce_leads.csv": ((160, 0, 160, 0, 160), ("utf-8", ",", 1), ""),
    "groweasy-demo/01-facebook-leads-standard.csv": ((5, 0, 5, 5, 0), ("utf-8", ",", 1), "facebook"),
    "groweasy-demo/02-facebook-leads-messy-headers.csv": ((2, 1, 1, 2, 0), ("utf-8", ",", 1), "facebook"),
    "groweasy-demo/03-google-ads-leads.csv": ((3, 0, 2, 3, 0), ("utf-8", ",", 1), "google_ads"),
    "groweasy-demo/04-google-ads-export-utf8.csv": ((3, 0, 3, 3, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/05-excel-export.csv": ((3, 0, 3, 3, 3), ("utf-8", ",", 1), ""),
    "groweasy-demo/06-agency-crm-export.csv": ((4, 0, 3, 4, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/07-real-estate-crm.csv": ((3, 0, 3, 3, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/08-broken-headers-typos.csv": ((3, 0, 3, 3, 3), ("utf-8", ",", 1), ""),
    "groweasy-demo/09-duplicate-headers.csv": ((2, 0, 2, 2, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/10-mixed-date-formats.csv": ((3, 0, 3, 3, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/11-international-names.csv": ((4, 0, 4, 4, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/12-unicode-emoji.csv": ((3, 0, 3, 3, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/13-mixed-languages.csv": ((3, 0, 3, 3, 3), ("utf-8", ",", 1), ""),
    "groweasy-demo/14-blank-rows.csv": ((2, 0, 2, 2, 2), ("utf-8", ",", 1), ""),
    "groweasy-demo/15-duplicate-rows.csv": ((5, 0, 5, 5, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/16-messy-formatting.csv": ((3, 0, 3, 3, 3), ("utf-8", ",", 1), ""),
    "groweasy-demo/17-formula-injection.csv": ((5, 0, 5, 5, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/18-international-phones.csv": ((6, 0, 6, 6, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/19-empty-columns.csv": ((3, 0, 3, 3, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/20-tiny-two-row.csv": ((2, 0, 2, 0, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/21-tab-separated.csv": ((2, 0, 2, 2, 2), ("utf-8", "\t", 1), ""),
    "groweasy-demo/22-trailing-commas.csv": ((2, 0, 2, 2, 2), ("utf-8", ",", 1), ""),
    "groweasy-demo/23-quoted-fields-multiline.csv": ((2, 0, 2, 2, 0), ("utf-8", ",", 1), ""),
    "groweasy-demo/24-salesforce-style.csv": ((3, 0, 3, 3, 0), ("utf-8", ",", 1), "salesforce"),
    "groweasy-demo/25-hubspot-export.csv": ((3, 0, 3, 2, 0), ("utf-8", ",", 1), "hubspot"),
    "groweasy-derived/01-facebook-leads.utf16le.csv": ((5, 0, 5, 5, 0), ("utf-16", "\t", 1), "facebook"),
    "google-shared-contacts-takbok/sample1.csv": ((16, 0, 16, 16, 16), ("utf-8", ",", 1), "outlook"),
    "google-shared-contacts-gpc/outlook.csv": ((3, 0, 3, 3, 1), ("utf-8", ",", 1), "outlook"),
    "linkedin-connections-toolkit/sample_connections.csv": ((7, 0, 0, 0, 7), ("utf-8", ",", 5), "linkedin"),
    "jsherp-derived/customer_template.gb18030.csv": ((2, 0, 0, 2, 2), ("gb18030", ",", 5), "jsherp"),
    "jsherp-derived/member_template.gb18030.csv": ((2, 0, 0, 2, 0), ("gb18030", ",", 4), "jsherp"),
    "jsherp-derived/vendor_template.gb18030.csv": ((2, 0, 0, 2, 2), ("gb18030", ",", 5), "jsherp"),
    "jsherp-derived/customer_template.xlsx": ((2, 0, 0, 2, 2), ("", "", 2), "jsherp"),
    "jsherp-derived/member_template.xlsx": ((2, 0, 0, 2, 0), ("", "", 2), "jsherp"),
    "jsherp-derived/vendor_template.xlsx": ((2, 0, 0, 2, 2), ("", "", 2), "jsherp"),
    "jsherp-templates/customer_template.xls": ((2, 0, 0, 2, 2), ("", "", 2), "jsherp"),
    "jsherp-templates/member_template.xls": ((2, 0, 0, 2, 0), ("", "", 2), "jsherp"),
    "jsherp-templates/vendor_template.xls": ((2, 0, 0, 2, 2), ("", "", 2), "jsherp"),
    "intuit-qb-leads/Leads.xlsx": ((73, 0, 73, 73, 0), ("", "", 1), ""),
    "easyexcel/t02.xlsx": ((0, 1, 0, 0, 0), ("", "", 2), ""),
    "easyexcel/demo.xlsx": ((0, 10, 0, 0, 0), ("", "", 1), ""),
    "easyexcel/cellDataDemo.xlsx": ((0, 10, 0, 0, 0), ("", "", 1), ""),
    "easyexcel/demo.csv": ((0, 10, 0, 0, 0), ("utf-8-sig", ",", 1), ""),
    "easyexcel/no_bom.csv": ((10, 0, 0, 0, 0), ("utf-8", ",", 1), ""),
    "easyexcel/office_bom.csv": ((10, 0, 0, 0, 0), ("utf-8-sig", ",", 1), ""),
    "febrl/dataset1.csv": ((1000, 0, 0, 0, 0), ("utf-8", ",", 1), ""),
    "fodors-zagats/fodors.csv": ((533, 0, 0, 532, 0), ("utf-8", ",", 1), ""),
    "fodors-zagats/zagats.csv": ((331, 0, 0, 331, 0), ("utf-8", ",", 1), ""),
}


def plan_of(name: str, region: str = "CN") -> FilePlan:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    return read_plan(path, ReadOptions(region=region, zone=UTC))


def leads_of(name: str, region: str = "CN") -> list[CleanRow]:
    return [row for row in lead_rows(plan_of(name, region)) if isinstance(row, CleanRow)]


def values_of(name: str, field: str) -> list[object]:
    return [lead.values.get(field) for lead in leads_of(name)]


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_read(name: str) -> None:
    counts, written, system = FILES[name]
    plan = plan_of(name)
    rows = list(lead_rows(plan))
    leads = [row.values for row in rows if isinstance(row, CleanRow)]
    assert (plan.table.encoding, plan.table.delimiter, plan.table.header_row) == written
    assert plan.system == system
    assert counts == (
        len(leads),
        len(rows) - len(leads),
        sum("email" in lead for lead in leads),
        sum("phone" in lead or "mobile" in lead for lead in leads),
        sum("company" in lead for lead in leads),
    )


def test_every_csv_file_is_either_leads_or_has_no_column_that_tells_one() -> None:
    for path in DATA.glob("*/*.csv"):
        plan = read_plan(path)
        name = str(path.relative_to(DATA))
        if FILES.get(name, ((1,),))[0][0] == 0:
            assert not plan.mapping.identifies, name


@pytest.mark.parametrize("path", sorted(DATA.glob("csv-spectrum/*.csv")), ids=lambda path: path.stem)
def test_the_dialects_of_csv(path: Path) -> None:
    plan = read_plan(path)
    rows = [record.cells for record in plan.table.records() if record.line > 1]
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    expected = expected if isinstance(expected, list) else [expected]
    read = [dict(zip(plan.headers, cells, strict=True)) for cells in rows]
    for row in (*read, *expected):
        row.pop("Contact Phone Number", None)  # masked in the expectation only
    assert [{name: cell.replace("\r\n", "\n") for name, cell in row.items()} for row in read] == [
        {name: str(cell).replace("\r\n", "\n") for name, cell in row.items()} for row in expected
    ]


def test_naughty_strings_stay_what_they_are(tmp_path: Path) -> None:
    import csv

    texts = (DATA / "blns" / "blns.txt").read_text(encoding="utf-8").splitlines()
    texts = [text.strip() for text in texts if len(text.strip()) > 3 and not text.startswith("#")]
    path = tmp_path / "naughty.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Notes", "Mail", "Phone", "Budget", "Created Date"])
        writer.writerows([f"Person {n}", text, text, text, text, text] for n, text in enumerate(texts))
    plan = read_plan(path)
    leads = [row for row in lead_rows(plan) if isinstance(row, CleanRow)]
    assert len(leads) == len(texts) > 400
    kept = sum(
        lead.values.get("notes") == clean(text).strip() for lead, text in zip(leads, texts, strict=True)
    )
    assert kept >= len(texts) - 12  # the blank words, the guarded formulas, odd spaces


def test_salesforce_leads() -> None:
    leads = leads_of("salesforce-genai-demo/Lead.csv")
    first = leads[0].values
    assert (first["contact"], first["company"], first["source_channel"], first["source_detail"]) == (
        "Joe Szyslak",
        "Moe's Bar",
        "expo",
        "Trade Show",
    )
    assert (first["external_system"], first["external_id"]) == ("salesforce", "00QNq00000BXU9AMAX")
    assert datetime.fromtimestamp(int(str(first["acquired_at"])) / 1000, UTC) == datetime(
        2024, 7, 11, 21, 22, 6, tzinfo=UTC
    )
    assert leads[0].custom["salutation"] == "Mr."
    assert "title" not in leads[2].values


def test_latin_1_survives() -> None:
    assert any(
        "c/ San Romualdo, 26 5º" in str(row.cells)
        for row in leads_of("salesforce-dataloader/accountData.csv")
    )


def test_statuses_become_ours_and_keep_their_own_word() -> None:
    leads = leads_of("groweasy-demo/06-agency-crm-export.csv")
    assert [lead.values["status"] for lead in leads] == ["working", "working", "invalid", "converted"]
    assert [lead.custom["status"] for lead in leads] == [
        "GOOD_LEAD_FOLLOW_UP",
        "DID_NOT_CONNECT",
        "BAD_LEAD",
        "SALE_DONE",
    ]
    assert leads[2].values["status_reason"] == "other"
    assert values_of("groweasy-demo/24-salesforce-style.csv", "status") == ["new", "working", "converted"]
    assert values_of("groweasy-demo/25-hubspot-export.csv", "status") == ["new", "new", "working"]


def test_a_lead_without_a_name_is_called_by_its_address() -> None:
    assert values_of("groweasy-demo/03-google-ads-leads.csv", "contact") == [
        "alex.turner@email.com",
        "sophie.martin@free.fr",
        "+15550199",
    ]


def test_facebook_leads_tell_their_form_and_platform() -> None:
    leads = leads_of("groweasy-demo/01-facebook-leads-standard.csv")
    assert {lead.values["source_channel"] for lead in leads} == {"social"}
    assert {lead.custom["platform"] for lead in leads} == {"fb"}
    assert leads[1].values["source_detail"] == "Meridian Tower Lead Form"
    assert [lead.values["phone"] for lead in leads][:3] == ["+15550100", "555-0101", "+525512345678"]


def test_both_mails_of_a_twice_named_column_are_kept() -> None:
    leads = leads_of("groweasy-demo/09-duplicate-headers.csv")
    assert [(lead.values["email"], lead.values["other_emails"]) for lead in leads] == [
        ("john@dup.com", "john.d@alt.com"),
        ("jane@dup.com", "jane.s@work.com"),
    ]
    assert leads[0].values["contact"] == "John Doe"
    assert leads[0].custom["name_2"] == "John D."


def test_dates_of_many_forms_in_one_column() -> None:
    days = [
        datetime.fromtimestamp(int(str(at)) / 1000, UTC).date().isoformat()
        for at in values_of("groweasy-demo/10-mixed-date-formats.csv", "acquired_at")
    ]
    assert days == ["2024-01-15", "2024-01-20", "2024-03-20"]


def test_spaces_and_quotes_do_not_shift_a_row() -> None:
    first, _second, third = leads_of("groweasy-demo/16-messy-formatting.csv")
    assert (first.values["contact"], first.values["company"], first.values["phone"]) == (
        'John "Johnny" Doe',
        "Acme, Inc.",
        "555-0900",
    )
    assert third.values["company"] == "Gamma"


def test_formulas_are_text() -> None:
    assert values_of("groweasy-demo/17-formula-injection.csv", "contact") == [
        "=SUM(A1:A10)",
        "+1234567890",
        "-100",
        "@SUM(A1)",
        "Normal User",
    ]


def test_unknown_columns_are_kept() -> None:
    leads = leads_of("groweasy-demo/19-empty-columns.csv")
    assert [lead.custom for lead in leads] == [{}, {"extra4": "value"}, {}]


def test_phones_that_a_spreadsheet_made_floats() -> None:
    leads = leads_of("jsherp-derived/customer_template.gb18030.csv")
    assert [lead.values["mobile"] for lead in leads] == ["+8613000000000", "+8615000000000"]
    assert [(lead.values["company"], lead.values["contact"]) for lead in leads] == [
        ("客户a", "小梁"),
        ("客户b", "小魏"),
    ]


def test_outlook_keeps_every_mail_and_no_pager() -> None:
    leads = leads_of("google-shared-contacts-gpc/outlook.csv")
    assert leads[0].values["other_emails"] == "adam.g@example.com\nag@glacius.com"
    assert "+155532278543" not in str(leads[0].values)
    assert leads[0].custom["pager"] == "+1 555 3227 8543"


def test_linkedin_knows_people_by_their_profile() -> None:
    leads = leads_of("linkedin-connections-toolkit/sample_connections.csv")
    assert leads[0].line == 6
    assert leads[0].values["external_id"] == leads[0].values["website"] == "https://www.linkedin.com/in/ada"
    assert {lead.values["source_channel"] for lead in leads} == {"social"}


def test_indian_budgets() -> None:
    leads = leads_of("groweasy-demo/07-real-estate-crm.csv")
    assert [(lead.values["budget_min"], lead.values["currency"]) for lead in leads] == [
        (1_200_000_000, "INR"),
        (850_000_000, "INR"),
        (450_000_000, "INR"),
    ]


def test_skipped_rows_say_why() -> None:
    rows = list(lead_rows(plan_of("groweasy-demo/02-facebook-leads-messy-headers.csv")))
    skipped = [row for row in rows if isinstance(row, SkippedRow)]
    assert [(row.line, "invalid-email" in row.reason) for row in skipped] == [(4, True)]
