from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.qualify.match_keys import external_key, mail_key, match_keys, phone_digits, phone_key, who_key
from leadtui.qualify.names import company_key, join_name, person_key

BLANK = dict.fromkeys(
    (
        "company",
        "contact",
        "phone",
        "mobile",
        "other_phones",
        "email",
        "other_emails",
        "external_system",
        "external_id",
    ),
    "",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme, Inc.", "ACME"),
        ("Acme Inc", "acme  LLC"),
        ("Müller GmbH & Co. KG", "Muller"),
        ("Philips B.V.", "philips"),
        ("Telefónica S.A.", "telefonica"),
        ("上海启明科技有限公司", "上海启明科技"),
        ("上海启明科技股份有限公司", "上海启明科技（集团）有限公司"),
        ("华为(北京)有限公司", "华为有限责任公司"),
        ("ＡＢＣ 株式会社", "abc"),
        ("株式会社ABC", "ABC"),
        ("L'Oréal", "loreal"),
        ("Kestrel Foods Ltd.", "Kestrel-Foods"),
    ],
)
def test_a_company_is_known_without_its_legal_form(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Foods", "Acme Tools"),
        ("启明科技", "启明教育"),
        ("SA", "Inc"),
        ("公司", "集团"),
        ("Co-op", "Op"),
    ],
)
def test_different_companies_stay_different(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@given(st.text())
def test_any_company_has_a_key_of_word_characters(text: str) -> None:
    assert not set(company_key(text)) & set(" .,()-")


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("Ada", "Lovelace", "Ada Lovelace"),
        ("伟", "李", "李伟"),
        ("", "Singh", "Singh"),
        ("小明", "", "小明"),
        ("민수", "김", "김민수"),
    ],
)
def test_chinese_names_begin_with_the_family(first: str, last: str, whole: str) -> None:
    assert join_name(first, last) == whole


def test_phones_are_compared_by_their_digits() -> None:
    assert phone_digits("+86 138-1234-5678") == phone_digits("+8613812345678") == "8613812345678"
    assert phone_digits("+14155550100 x123") == "14155550100"
    assert phone_digits("010-62345678 转 8001") == "01062345678"
    assert phone_key("12-34") is None


def test_a_lead_has_every_key_once() -> None:
    lead = BLANK | {
        "company": "Nova Robotics Ltd",
        "contact": "Li Wei",
        "phone": "+8613812345678",
        "mobile": "+86 138 1234 5678",
        "email": "Li@Nova.example",
        "other_emails": "a@b.example\nc@d.example",
        "external_system": "hubspot",
        "external_id": "7",
    }
    assert match_keys(lead) == [
        mail_key("li@nova.example"),
        mail_key("a@b.example"),
        mail_key("c@d.example"),
        phone_key("8613812345678"),
        who_key("NOVA robotics", "li wei"),
        external_key("hubspot", "7"),
    ]
    assert match_keys(BLANK) == []
    assert all(0 <= key < 1 << 63 for key in match_keys(lead))


def test_a_person_alone_or_a_company_alone_is_no_key() -> None:
    assert who_key("", "Li Wei") is None
    assert who_key("Nova", "") is None
    assert person_key("LI-Wei") == person_key("li wei")
