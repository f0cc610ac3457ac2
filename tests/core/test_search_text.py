"""The words under which a lead is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.store import pinyin
from leadtui.store.search_text import fold, national, search_text

BLNS = Path(__file__).parents[3] / "shared" / "data" / "blns" / "blns.txt"


def words(**values: object) -> set[str]:
    lead: dict[str, object] = {
        "number": "",
        "company": "",
        "contact": "",
        "title": "",
        "phones": [],
        "emails": [],
        "wechat": "",
        "tags": [],
    }
    return set(search_text(**(lead | values)).split(" "))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë MÜLLER", "zoe muller"),
        ("Łukasz Sørensen", "lukasz sorensen"),
        ("Straße", "strasse"),
        ("ＡＢＣ１２３", "abc123"),
        ("한국", "한국"),
        ("Nguyễn", "nguyen"),
        ("é", "e"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+8613812345678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("13812345678", "13812345678"),
        ("+14155551234", "4155551234"),
        ("+442079460958", "2079460958"),
        ("020 7946 0958", "2079460958"),
        ("+852 2345 6789", "23456789"),
        ("+353 1 234 5678", "12345678"),
        ("(021) 6123 4567 ext. 89", "2161234567"),
        ("", ""),
        ("none", ""),
    ],
)
def test_national_digits(phone: str, digits: str) -> None:
    assert national(phone) == digits


def test_a_company_is_stored_in_pairs_and_as_it_is_read() -> None:
    found = words(company="上海启明科技有限公司")
    assert {"上海", "启明", "明科", "技", "shanghaiqimingkeji", "shqmkj", "qimingkeji", "qmkj"} <= found
    assert not {"有限", "限公", "公司"} & found


def test_a_legal_form_inside_a_name_stays() -> None:
    assert {"公司", "司北"} <= words(company="启明有限公司北京分公司")
    assert {"启明", "上海"} <= words(company="启明科技有限公司（上海）")


def test_a_person_is_stored_as_read_with_and_without_the_surname() -> None:
    assert {"wangxiaoming", "xiaoming", "ming", "wxm"} <= words(contact="王小明")


def test_a_second_reading_is_stored_too() -> None:
    assert {"zengli", "cengli"} <= words(contact="曾丽")
    assert {"chongqing", "zhongqing"} <= words(company="重庆")


def test_the_ending_of_a_mail_address_says_nothing() -> None:
    found = words(emails=["john.smith@mail.acme.co.uk"])
    assert {"john", "smith", "mail", "acme"} <= found
    assert not {"co", "uk"} & found


def test_a_wechat_id_of_digits_is_a_phone_number() -> None:
    assert words(wechat="13812345678") == words(phones=["+8613812345678"])


def test_each_word_is_stored_once() -> None:
    text = search_text(
        number="L-7K3QF2",
        company="Acme Acme",
        contact="Acme",
        title="",
        phones=["1234567", "1234567"],
        emails=["acme@acme.com"],
        wechat="",
        tags=["acme"],
    )
    assert sorted(text.split(" ")) == sorted(set(text.split(" ")))


def test_the_text_is_bounded() -> None:
    text = search_text(
        number="L" * 10_000,
        company="公" * 100_000,
        contact="a b" * 100_000,
        title="é" * 100_000,
        phones=["1" * 1000] * 50,
        emails=["x." * 1000 + "@" + "y." * 1000] * 50,
        wechat="9" * 100_000,
        tags=["tag"] * 100_000,
    )
    assert len(text) < 10_000


@given(st.text(max_size=60), st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3))
def test_hostile_text_gives_plain_words(company: str, contact: str, more: list[str]) -> None:
    text = search_text(
        number=contact,
        company=company,
        contact=contact,
        title=company,
        phones=more,
        emails=more,
        wechat=contact,
        tags=more,
    )
    text.encode()
    assert not set("\"'*^():\0\n") & set(text)
    assert text == search_text(
        number=contact,
        company=company,
        contact=contact,
        title=company,
        phones=more,
        emails=more,
        wechat=contact,
        tags=more,
    )


def test_naughty_strings_as_names() -> None:
    if not BLNS.exists():
        pytest.skip("the list of naughty strings is not beside the repository")
    for line in BLNS.read_text(encoding="utf-8").splitlines():
        for text in (words(company=line), words(contact=line), words(emails=[line]), words(phones=[line])):
            assert not set("\"'*^():\0\n") & set("".join(text))


def test_readings() -> None:
    assert pinyin.readings("王芳") == [["wang", "fang"]]
    assert pinyin.readings("长城") == [["zhang", "cheng"], ["chang", "cheng"]]
    assert pinyin.readings("吕") == [["lv"], ["lu"]]
    assert pinyin.readings("") == pinyin.readings("abc") == []
    assert len(pinyin.readings("长重曾单长重")) == 4


def test_the_table_agrees_with_pypinyin() -> None:
    pypinyin = pytest.importorskip("pypinyin")
    names = "王伟 李娜 张秀英 刘洋 陈静 杨敏 赵磊 黄强 周杰 吴军 徐勇 孙艳 马超 朱婷 何平 高丽".split()
    for name in names:
        assert "".join(pypinyin.lazy_pinyin(name)) in {"".join(way) for way in pinyin.readings(name)}
