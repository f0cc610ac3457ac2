from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadtui.capture.columns.guess import guess_mapping
from leadtui.capture.columns.headers import HeaderMapping
from leadtui.capture.words.fields import FIELDS, IGNORED
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.errors import UsageError
from leadtui.store.columns import LEAD_JOURNALED

VOCABULARY = Path(__file__).resolve().parents[3] / "shared" / "data" / "header_vocabulary.json"


def fields(headers: str, *samples: str) -> list[str]:
    mapping = guess_mapping(headers.split(","), [sample.split(",") for sample in samples])
    return [column.field for column in mapping.columns]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ("Nmae,Emial,Phne,Compny,Statu", "contact email phone company status"),
        ("FIRST NAME,last_name,E-Mail,Tel.,Company / Account", "first_name last_name email phone company"),
        ("公司名称*,联系人,手机号,邮箱,职位,备注", "company contact mobile email title remark"),
        ("公司名稱,聯繫人姓名,電郵,行動電話,備註", "company contact email mobile remark"),
        ("会社名,氏名,メールアドレス,電話番号,役職", "company contact email phone title"),
        ("회사,이름,이메일,전화번호", "company contact email phone"),
        ("Entreprise,Nom,Courriel,Téléphone,Statut", "company contact email phone status"),
        ("Firma,Vorname,Nachname,E-Mail-Adresse,Telefon", "company first_name last_name email phone"),
        ("الاسم,البريد,الهاتف", "contact email phone"),
        ("नाम,ईमेल,फ़ोन", "contact email phone"),
        (
            "Organization - Name,Person - Name,Person - Email (Work),Person - Phone",
            "company contact email phone",
        ),
        (
            "E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Value,Phone 2 - Value",
            "email other_emails phone other_phones",
        ),
        ("Email,Secondary Email,Phone,Mobile,Home Phone", "email other_emails phone mobile other_phones"),
        ("Ｎａｍｅ：,（必填）公司名称", "contact company"),
        ("序号,公司,姓名", f"{IGNORED} company contact"),
    ],
)
def test_headers_of_many_systems(headers: str, found: str) -> None:
    assert fields(headers) == found.split()


@pytest.mark.parametrize(
    "header",
    [
        "County",
        "Site",
        "Fax",
        "Type",
        "Age",
        "Vote",
        "Rate",
        "Gender",
        "Pager",
        "Phase",
        "Score",
        "名片",
        "Hotel",
    ],
)
def test_a_word_that_only_looks_alike_is_not_bent(header: str) -> None:
    assert fields(f"Name,Mail,{header}")[2] == ""


def test_a_similar_header_never_takes_a_field_that_has_its_own_column() -> None:
    assert fields("Company,Compny,Mail") == ["company", "", "email"]


def test_title_is_a_job_unless_it_is_a_salutation() -> None:
    assert fields("Name,Title", "Ana,CEO", "Bob,Mr")[1] == "title"
    assert fields("Name,Title", "Ana,Ms.", "Bob,Mr")[1] == "salutation"
    assert fields("Name,Title,Job Title", "Ana,Dr,CEO")[1:] == ["salutation", "title"]
    assert fields("Name,Title,Role", "Ana,CEO,buyer")[1:] == ["title", ""]
    assert fields("Title,First Name,E-mail 2 Address", "CEO,Ana,a@b.example")[0] == "salutation"


def test_a_name_is_a_company_when_another_column_names_the_person() -> None:
    assert fields("姓名,联系人,电话") == ["company", "contact", "phone"]
    assert fields("客户姓名,联系人,电话") == ["company", "contact", "phone"]
    assert fields("姓名,电话") == ["contact", "phone"]
    assert fields("客户姓名,电话") == ["contact", "phone"]
    assert fields("名称,联系人") == ["company", "contact"]
    assert fields("名称,公司,联系人") == ["", "company", "contact"]
    assert fields("Name,Account Number,Phone") == ["company", "", "phone"]
    assert fields("Customer Name,Email") == ["contact", "email"]


def test_an_export_of_ours_is_read_as_it_was_written() -> None:
    names = "number,source_channel,contact,title,role,tier_chosen,signal_demo,bant_need,external_system"
    assert fields(names) == names.split(",")


def test_the_surest_of_several_columns_wins() -> None:
    assert fields("Stage,Status,Lead Status,Lifecycle Stage") == ["", "", "status", ""]
    assert fields("Name,Name,Email") == ["contact", "", "email"]


def test_columns_without_or_with_the_same_header_can_be_told_apart() -> None:
    mapping = guess_mapping(["Note", "", "Note", "好 处", "好-处"], [])
    assert [column.header for column in mapping.columns] == ["Note", "Column 2", "Note (2)", "好 处", "好-处"]
    assert len({column.key for column in mapping.columns}) == 5


def test_every_field_is_a_column_of_a_lead_or_something_it_is_made_of() -> None:
    parts = {
        "first_name",
        "middle_name",
        "last_name",
        "salutation",
        "profile_url",
        "budget",
        "tags",
        "converted",
        "deleted",
    }
    assert set(FIELDS["lead"]) - parts <= set(LEAD_JOURNALED)
    assert {field for field, _sureness in vocabulary().fields.values()} <= {
        *FIELDS["lead"],
        "company_or_person",
    }


def test_no_name_stands_for_two_fields() -> None:
    import tomllib

    import leadtui.capture.words

    path = Path(str(leadtui.capture.words.__file__)).with_name("vocabulary.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for group in (data["fields"], *data["values"].values()):
        seen: dict[str, str] = {}
        for field, names in group.items():
            for name in names:
                assert seen.setdefault(folded(name), field) == field, name


@pytest.mark.parametrize(
    ("system", "header", "field"),
    [
        ("Salesforce (report/UI labels)", "Company / Account", "company"),
        ("HubSpot", "Job Title", "title"),
        ("Zoho CRM", "Created Time", "acquired_at"),
        ("Odoo (technical | label)", "email_from", "email"),
        ("SuiteCRM 8", "Account Name", "company"),
        ("Frappe CRM / ERPNext", "Mobile No.", "mobile"),
        ("Chinese lead tables (templates and open-source CRMs)", "需求描述", "need"),
    ],
)
def test_the_headers_that_were_seen_are_known(system: str, header: str, field: str) -> None:
    if not VOCABULARY.exists():
        pytest.skip("../shared/data/header_vocabulary.json is not here")
    seen = json.loads(VOCABULARY.read_text(encoding="utf-8"))[system]
    assert any(header in name for name in seen)
    found = vocabulary().lookup(header)
    assert found is not None
    assert found[0] == field


def changed(mapping: HeaderMapping) -> dict[str, str]:
    return mapping.as_json()


def test_a_user_changes_the_mapping() -> None:
    mapping = guess_mapping(["Who", "Name", "Mail"], [])
    assert changed(mapping) == {"Who": "custom.who", "Name": "contact", "Mail": "email"}
    assert changed(mapping.with_field("who", "contact")) == {
        "Who": "contact",
        "Name": "custom.name",
        "Mail": "email",
    }
    assert changed(mapping.with_field("Mail", "ignore"))["Mail"] == "ignore"
    assert changed(mapping.with_field("Mail", "custom"))["Mail"] == "custom.mail"
    assert changed(mapping.with_field("Who", "source"))["Who"] == "source_channel"
    assert mapping.identifies
    assert not mapping.with_field("Mail", "ignore").with_field("Name", "ignore").identifies
    assert mapping.signature == guess_mapping(["WHO ", "name", "mail"], []).signature


@pytest.mark.parametrize(("header", "field"), [("Whoo", "contact"), ("Who", "contcat")])
def test_a_wrong_name_is_answered_with_the_nearest(header: str, field: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean “(Who|contact)”"):
        guess_mapping(["Who", "Mail"], []).with_field(header, field)


@pytest.mark.parametrize("sign", "[(（【")
def test_a_header_may_be_anything_long(sign: str) -> None:
    """Looking for the ends of brackets that have none once took minutes."""
    assert vocabulary().lookup(sign * 500_000) is None
    assert vocabulary().lookup(f"Company{sign}" * 50_000) is None


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("First,Last,Email ID,Contact No.,Created", "first_name,last_name,email,phone,acquired_at"),
        ("Firm,Point of Contact,Mob.,Interested In", "company,contact,mobile,need"),
        ("Company/Organization,Visitor Name,WhatsApp Number", "company,contact,phone"),
        (
            "Company,Contact,Contact Number,Estimated Value,Account Manager",
            "company,contact,phone,budget,owner",
        ),
        ("Company,How did you hear about us?,Temperature", "company,source_channel,tier_chosen"),
        ("客户名,联系人手机,联系人职务,感兴趣产品", "company,mobile,title,need"),
        (
            "公司名称,联系人,手机/微信,预算金额,提交时间,信息来源",
            "company,contact,mobile,budget,acquired_at,source_channel",
        ),
        ("Lead,Company,Persons", "contact,company,"),
    ],
)
def test_headers_as_people_write_them(header: str, wanted: str) -> None:
    assert fields(header) == wanted.split(",")
