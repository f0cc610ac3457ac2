"""Address book cards: what each version writes, and what is told of a card that is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.capture.rows.settling import SkippedRow

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "ezvcard"

# file: cards, with mail, with phone, with company
FILES = {
    "John_Doe_ANDROID.vcf": (6, 4, 3, 2),  # one phone has six digits: kept in the remark
    "John_Doe_GMAIL.vcf": (1, 1, 1, 1),
    "John_Doe_IPHONE.vcf": (1, 1, 1, 1),
    "John_Doe_MS_OUTLOOK.vcf": (1, 1, 1, 1),
    "fullcontact.vcf": (1, 1, 1, 1),
    "gmail-list.vcf": (3, 3, 0, 0),
    "gmail-single.vcf": (1, 1, 1, 1),
    "gmail-single2.vcf": (1, 1, 1, 1),
    "outlook-2003.vcf": (1, 1, 0, 1),  # its phones are words ("BusinessPhone"): kept in the remark
    "outlook-2007.vcf": (1, 1, 1, 1),
    "rfc2426-example.vcf": (2, 2, 2, 2),
    "rfc6350-example.vcf": (1, 1, 1, 1),
}


def plan_of(path: Path, text: str | bytes) -> FilePlan:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_plan(path, ReadOptions(region="US"))


def leads(plan: FilePlan) -> list[CleanRow]:
    return [row for row in lead_rows(plan) if isinstance(row, CleanRow)]


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here")
@pytest.mark.parametrize("name", FILES)
def test_every_real_card_is_read(name: str) -> None:
    plan = read_plan(DATA / name, ReadOptions(region="US"))
    rows = list(lead_rows(plan))
    values = [row.values for row in rows if isinstance(row, CleanRow)]
    assert plan.table.format == "vcard"
    assert FILES[name] == (
        len(rows),
        sum("email" in lead for lead in values),
        sum("phone" in lead or "mobile" in lead for lead in values),
        sum("company" in lead for lead in values),
    )
    assert len(values) == len(rows)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here")
def test_names_in_quoted_printable_with_soft_breaks() -> None:
    names = [lead.values["contact"] for lead in leads(read_plan(DATA / "John_Doe_ANDROID.vcf"))]
    assert sum(set(str(name)) <= {"Ñ", " "} for name in names) == 4


def test_a_soft_break_ends_at_a_blank_line(tmp_path: Path) -> None:
    lines = ("N:Doe;John", "ORG;QUOTED-PRINTABLE:Nova=", "", "TITLE:Buyer")
    (lead,) = leads(plan_of(tmp_path / "x.vcf", card(*lines, version="2.1")))
    assert (lead.values["company"], lead.values["title"]) == ("Nova", "Buyer")


@pytest.mark.parametrize(("charset", "codec"), [("UTF-8", "utf-8"), ("GBK", "gbk"), ("GB2312", "gb2312")])
def test_quoted_printable_in_any_charset(tmp_path: Path, charset: str, codec: str) -> None:
    name, company = (
        "".join(f"={byte:02X}" for byte in text.encode(codec)) for text in ("王芳", "启明科技有限公司")
    )
    quoted = f";CHARSET={charset};ENCODING=QUOTED-PRINTABLE:"
    lines = (f"N{quoted};{name};;;", f"ORG{quoted}{company[:12]}=", company[12:], "TEL;CELL:13812345678")
    (lead,) = leads(plan_of(tmp_path / "x.vcf", card(*lines, version="2.1")))
    assert (lead.values["contact"], lead.values["company"]) == ("王芳", "启明科技有限公司")
    assert lead.values["mobile"] == "13812345678"


def test_version_4(tmp_path: Path) -> None:
    lines = (
        "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        "FN:王芳",
        "N:王;芳;;;",
        "ORG:启明科技;采购部",
        "TITLE:采购总监",
        'TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-555-5555;ext=5555',
        'TEL;VALUE=uri;PREF=1;TYPE="cell":tel:+86-138-1234-5678',
        "EMAIL:second@qiming.example",
        "EMAIL;PREF=1:first@qiming.example",
        "IMPP;X-SERVICE-TYPE=WeChat:wechat:fang_w",
        "CATEGORIES:vip,expo",
        "URL:https://qiming.example",
        "ADR;TYPE=work:;;Nanjing Lu 1;Shanghai;;200000;China",
    )
    plan = plan_of(tmp_path / "x.vcf", card(*lines, version="4.0"))
    (lead,) = leads(plan)
    assert plan.system == "vcard"
    expected = {
        "contact": "王芳",
        "company": "启明科技",
        "title": "采购总监",
        "phone": "+15555555555 x5555",
        "mobile": "+8613812345678",
        "email": "first@qiming.example",
        "other_emails": "second@qiming.example",
        "wechat": "fang_w",
        "city": "Shanghai",
        "address": "Nanjing Lu 1",
        "postal_code": "200000",
        "country": "China",
        "external_id": "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    }
    assert {name: lead.values.get(name) for name in expected} == expected
    assert lead.tags == ("vip", "expo")
    assert lead.custom["department"] == "采购部"


def test_groups_folds_and_pictures(tmp_path: Path) -> None:
    lines = (
        "FN:Jane Doe",
        "item1.EMAIL;type=pref:jane@firm.exam",
        " ple",
        "item1.X-ABLabel:_$!<Work>!$_",
        "item2.URL:http\\://firm.example",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQAB",
        " broken base64 !",
        "NOTE:one\\ntwo",
    )
    plan = plan_of(tmp_path / "x.vcf", card(*lines))
    (lead,) = leads(plan)
    assert lead.values["email"] == "jane@firm.example"
    assert lead.values["website"] == "http://firm.example"
    assert lead.values["notes"] == "one\ntwo"
    assert any("Pictures" in note for note in plan.notes)
    assert not any("header" in note for note in plan.notes)


def test_broken_cards_are_skipped_with_line_and_reason_and_the_rest_goes_in(tmp_path: Path) -> None:
    text = (
        card("FN:Ann", "EMAIL:ann@a.example")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Open\r\nEMAIL:open@a.example\r\n"
        + card("FN:Bad", "this is no property", "EMAIL:bad@a.example")
        + card("FN:Team", "X-ADDRESSBOOKSERVER-KIND:group", "EMAIL:team@a.example")
        + card("FN:Bob", "EMAIL:bob@a.example")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Last\r\n"
    )
    rows = list(lead_rows(plan_of(tmp_path / "x.vcf", text)))
    assert [row.values["contact"] for row in rows if isinstance(row, CleanRow)] == ["Ann", "Bob"]
    skipped = [(row.line, row.reason) for row in rows if isinstance(row, SkippedRow)]
    assert [line for line, _reason in skipped] == [6, 10, 16, 27]
    for (_line, reason), word in zip(
        skipped, ("END:VCARD", "can't be read", "list", "END:VCARD"), strict=True
    ):
        assert word in reason


def test_a_skipped_card_says_what_could_be_read_of_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path / "x.vcf", card("FN:Bad", "no property", "EMAIL:bad@a.example"))
    (row,) = lead_rows(plan)
    assert dict(zip(plan.headers, row.cells, strict=True))["Email"] == "bad@a.example"


def test_the_card_of_a_company_and_of_an_assistant(tmp_path: Path) -> None:
    text = card("FN:Nova Robotics", "X-ABShowAs:COMPANY", "TEL:555 555 1234") + card(
        "N:Doe;John",
        "AGENT:",
        "BEGIN:VCARD",
        "N:Assistant;His",
        "END:VCARD",
        "TEL:555 555 9876",
        version="2.1",
    )
    nova, john = leads(plan_of(tmp_path / "x.vcf", text))
    assert nova.values["company"] == "Nova Robotics" and "contact" not in nova.values
    assert (john.values["contact"], john.values["phone"]) == ("John Doe", "555 555 9876")


def test_a_company_with_a_comma_is_one(tmp_path: Path) -> None:
    (lead,) = leads(plan_of(tmp_path / "x.vcf", card("N:Doe;John", "ORG:Company, The;Sales", version="2.1")))
    assert (lead.values["company"], lead.custom["department"]) == ("Company, The", "Sales")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = card("FN:王芳是采购总监", "ORG:上海启明科技有限公司")
    (lead,) = leads(plan_of(tmp_path / "x.vcf", text.encode(encoding)))
    assert lead.values["company"] == "上海启明科技有限公司"
