"""Finding leads by what is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadtui.store import search
from leadtui.store.search_text import fold, runs_of, search_text, words_of

BLNS = Path(__file__).parents[3] / "shared" / "data" / "blns" / "blns.txt"

CHINESE, LATIN, OTHER = 10, 20, 30
EMPTY: dict[str, object] = {
    "number": "",
    "company": "",
    "contact": "",
    "title": "",
    "phones": [],
    "emails": [],
    "wechat": "",
    "tags": [],
}
LEADS: dict[int, dict[str, object]] = {
    CHINESE: {
        "number": "L-7K3QF2",
        "company": "上海启明科技有限公司",
        "contact": "王小芳",
        "title": "采购总监",
        "phones": ["+8613812345678"],
        "emails": ["wxf_88@qiming.com.cn"],
        "wechat": "fangfang88",
        "tags": ["老客户"],
    },
    LATIN: {
        "number": "L-9ZZZZ1",
        "company": "Société Nova-Robotics GmbH",
        "contact": "José Müller",
        "title": "Head of IT",
        "phones": ["+14155551234", "021-6123 4567"],
        "emails": ["jose.mueller@nova-robotics.co.uk"],
        "wechat": "",
        "tags": ["expo-2026", "VIP"],
    },
    OTHER: {
        "number": "L-ABCDEF",
        "company": "🚀Rocket Ω Straße",
        "contact": "Иван Петров",
        "title": "",
        "phones": [],
        "emails": [],
        "wechat": "",
        "tags": ["カタカナ"],
    },
}


def text_of(**values: object) -> str:
    return search_text(**(EMPTY | values))  # type: ignore[arg-type]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(tmp_path / "search.db")
    search.create(opened)
    search.add(opened, [(rank, text_of(**lead)) for rank, lead in LEADS.items()])
    yield opened
    opened.close()


def found(connection: sqlite3.Connection, typed: str) -> list[int]:
    expression = search.match_expression(typed.split())
    return search.hits(connection, expression, 50) if expression else []


@pytest.mark.parametrize("start", range(8))
@pytest.mark.parametrize("length", range(1, 7))
def test_chinese_of_any_length_from_anywhere(connection: sqlite3.Connection, start: int, length: int) -> None:
    assert found(connection, "上海启明科技"[start:][:length] or "上海") == [CHINESE]


@pytest.mark.parametrize(
    "typed",
    [
        "上海启明科技有限公司",
        "上海启明科技有限",
        "科技有",
        "王小芳",
        "王",
        "芳",
        "采购总监",
        "总",
        "老客",
        "王小芳 启明",
    ],
)
def test_chinese_names_titles_and_tags(connection: sqlite3.Connection, typed: str) -> None:
    assert found(connection, typed) == [CHINESE]


def test_characters_that_are_not_there(connection: sqlite3.Connection) -> None:
    assert found(connection, "海上") == found(connection, "启科") == found(connection, "禹") == []


@pytest.mark.parametrize(
    "typed",
    [
        "wangxiaofang", "wang", "wangx", "w", "wx", "wxf", "xiaofang", "fang", "wang xiao fang", "xiao fang",
        "qiming", "qmkj", "shqm", "shanghai", "shanghaiqiming", "shanghai qiming", "WANG Qiming",
    ],
)  # fmt: skip
def test_pinyin(connection: sqlite3.Connection, typed: str) -> None:
    assert CHINESE in found(connection, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "s", "so", "soc", "societe", "Société", "SOCIÉTÉ", "nova", "nova-rob", "muller",
        "müller", "Mu\u0308l", "jose mul", "head it", "vip", "expo-2026", "expo", "2026", "ｎｏｖａ",
        "nova robotics",
    ],
)  # fmt: skip
def test_latin_beginnings_with_and_without_accents(connection: sqlite3.Connection, typed: str) -> None:
    assert LATIN in found(connection, typed)


@pytest.mark.parametrize("typed", ["novar", "ova", "novaa", "nova zzz", "zz"])
def test_words_that_no_lead_begins_with(connection: sqlite3.Connection, typed: str) -> None:
    assert found(connection, typed) == []


@pytest.mark.parametrize(
    ("typed", "lead"),
    [
        *(("13812345678"[:length], CHINESE) for length in range(3, 12)),
        *(("8613812345678"[:length], CHINESE) for length in range(5, 14)),
        *(("12345678"[:length], CHINESE) for length in range(3, 9)),
        *(("5678"[:length], CHINESE) for length in range(3, 5)),
        ("+86 138 1234 5678", CHINESE), ("+8613812345678", CHINESE), ("008613812345678", CHINESE),
        ("138-1234", CHINESE), ("138 1234 5678", CHINESE), ("１３８１２３４", CHINESE),
        ("4155551234", LATIN), ("+1 (415) 555-1234", LATIN), ("14155551", LATIN), ("555-1234", LATIN),
        ("1234", LATIN), ("021 6123", LATIN), ("02161234567", LATIN), ("61234567", LATIN),
    ],
)  # fmt: skip
def test_phone_numbers(connection: sqlite3.Connection, typed: str, lead: int) -> None:
    assert lead in found(connection, typed)


@pytest.mark.parametrize(
    ("typed", "lead"),
    [
        ("jose.mueller@nova-robotics.co.uk", LATIN), ("jose.mueller@", LATIN), ("@nova-rob", LATIN),
        ("jose.mueller@nova-robotics.c", LATIN), ("mueller@nova", LATIN), ("nova-robotics.co.uk", LATIN),
        ("wxf_88@qiming.com.cn", CHINESE), ("wxf_88@qiming.com", CHINESE), ("wxf_8", CHINESE),
        ("qiming.com", CHINESE), ("fangfang8", CHINESE),
    ],
)  # fmt: skip
def test_mail_addresses_and_wechat(connection: sqlite3.Connection, typed: str, lead: int) -> None:
    assert lead in found(connection, typed)


@pytest.mark.parametrize("typed", ["L-7K3QF2", "l-7k3qf2", "L-7", "l7k3", "L7K3QF2", "7K3QF2"])
def test_lead_numbers(connection: sqlite3.Connection, typed: str) -> None:
    assert found(connection, typed) == [CHINESE]


@pytest.mark.parametrize(
    "typed", ["🚀", "rocket", "🚀rock", "Ω", "ω", "strasse", "straße", "иван", "ИВ", "и", "カタ", "タカ"]
)
def test_other_alphabets_and_emoji(connection: sqlite3.Connection, typed: str) -> None:
    assert found(connection, typed) == [OTHER]


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "'", "*", "()", "有限公司", "有", "--", "\0", "\ud800", "^", "​"]
)
def test_nothing_to_look_for(typed: str) -> None:
    assert search.match_expression(typed.split() or [typed]) is None
    assert search.match_expression([typed, "nova"]) == '"nova"*'


@pytest.mark.parametrize(
    "typed",
    ['" OR *', "nova OR zzz", "NEAR(nova robotics)", "text:nova", "nova*", "^nova", "nova AND NOT robotics",
     "-nova", "{text}:nova", '"nova', 'nova"', "nova + robotics", "'; DROP TABLE lead_search; --", "rank:1",
     "\0nova"],
)  # fmt: skip
def test_syntax_is_only_words(connection: sqlite3.Connection, typed: str) -> None:
    expression = search.match_expression(typed.split())
    plain = "".join(letter if letter.isalnum() else " " for letter in typed)
    assert found(connection, typed) == found(connection, plain)
    if expression:
        search.all_ranks(connection, expression)


def test_naughty_strings_can_be_typed_and_found(tmp_path: Path) -> None:
    if not BLNS.exists():
        pytest.skip("the list of naughty strings is not beside the repository")
    lines = BLNS.read_text(encoding="utf-8").splitlines()
    connection = sqlite3.connect(tmp_path / "naughty.db")
    search.create(connection)
    stored = [(rank, text_of(company=line)) for rank, line in enumerate(lines)]
    search.add(connection, stored)
    for rank, line in enumerate(lines):
        expression = search.match_expression(line[:100].split())
        if (
            expression
            and len(line.split()) <= 12
            and len(line) <= 100
            and "." not in line
            and "@" not in line
        ):
            assert rank in search.all_ranks(connection, expression), line
        elif expression:
            search.all_ranks(connection, expression)
    search.remove(connection, stored)
    assert_empty(connection)
    connection.close()


NAMES = st.text(st.characters(codec="utf-8"), max_size=30) | st.text(
    "王李上海启明科技有限公司 曾abÉß-1", max_size=20
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(company=NAMES, contact=NAMES, tag=NAMES, data=st.data())
def test_every_beginning_of_every_word_finds_its_lead(
    connection: sqlite3.Connection, company: str, contact: str, tag: str, data: st.DataObject
) -> None:
    entry = (40, text_of(company=company, contact=contact, tags=[tag]))
    search.add(connection, [entry])
    folded = fold(f"{company}\n{contact}\n{tag}")
    for word in data.draw(st.permutations(words_of(folded) + runs_of(folded)))[:3]:
        typed = word[: data.draw(st.integers(1, len(word)))]
        expression = search.match_expression([typed])
        assert expression is None or 40 in search.hits(connection, expression, 1000), typed
    search.remove(connection, [entry])


def test_hits_come_in_inbox_order_page_by_page(connection: sqlite3.Connection) -> None:
    ranks = [(7 << 60) + step for step in (5, 3, 9, 1)] + [100]
    search.add(connection, [(rank, text_of(company="Paging")) for rank in ranks])
    expression = search.match_expression(["pag"])
    assert expression is not None
    assert search.all_ranks(connection, expression) == sorted(ranks)
    first = search.hits(connection, expression, 2)
    assert first == sorted(ranks)[:2]
    assert search.hits(connection, expression, 9, after=first[-1]) == sorted(ranks)[2:]
    assert search.all_ranks(connection, '"nobody"') == []


def assert_empty(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO lead_search (lead_search) VALUES ('integrity-check')")
    connection.execute("INSERT INTO lead_search (lead_search) VALUES ('optimize')")
    connection.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'lead_search', 'row')")
    assert connection.execute("SELECT term FROM held").fetchall() == []
    connection.execute("DROP TABLE temp.held")


def test_what_is_added_can_be_removed_again(connection: sqlite3.Connection) -> None:
    many = [(1000 + step, text_of(company=f"Company {step}", contact="王小明")) for step in range(3000)]
    search.add(connection, many)
    for entry in many[::7]:
        search.remove(connection, [entry])
        connection.commit()
    search.remove(connection, [entry for entry in many if entry not in set(many[::7])])
    search.remove(connection, [(rank, text_of(**lead)) for rank, lead in LEADS.items()])
    connection.commit()
    assert_empty(connection)


def test_a_rank_that_changes_moves_the_hit(connection: sqlite3.Connection) -> None:
    text = text_of(**LEADS[CHINESE])
    search.remove(connection, [(CHINESE, text)])
    search.add(connection, [(99, text)])
    assert found(connection, "王小芳") == [99]


def test_a_rebuild_forgets_what_was_there(connection: sqlite3.Connection) -> None:
    search.rebuild(connection, iter([(2, text_of(company="Nova")), (1, text_of(company="Nova"))]))
    assert found(connection, "nova") == [1, 2]
    assert found(connection, "王") == []
    search.rebuild(connection, [])
    assert_empty(connection)


def test_a_write_that_is_rolled_back_is_not_found(connection: sqlite3.Connection) -> None:
    connection.commit()
    search.add(connection, [(50, text_of(company="Gone"))])
    connection.rollback()
    assert found(connection, "gone") == []


def test_a_long_line_is_only_read_in_part() -> None:
    expression = search.match_expression(["a" * 10_000, *["b"] * 500, "上海" * 5000])
    assert expression is not None
    assert len(expression) < 10_000
