"""Filter words: what they mean, what they find, what Tab offers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.clock import Today
from leadtui.followup.filter_completion import complete, word_at
from leadtui.followup.filter_words import KEY_OF, tokens
from leadtui.followup.filters import parse_filter, to_sql
from leadtui.followup.rank import rank
from leadtui.store import search
from leadtui.store.search_text import search_text
from leadtui.values import Condition, Filter

DAY = 86_400_000
NOW = 1_000 * DAY
DAY_END = NOW + DAY // 2 - 1
TODAY = Today(NOW, DAY_END + 1 - DAY, DAY_END, DAY_END + DAY, DAY_END + 6 * DAY)

COLUMNS = (
    "id", "company", "contact", "title", "city", "state", "industry", "source_channel", "source_detail",
    "tier", "score", "status", "owner", "phone", "mobile", "email", "wechat", "need", "next_step", "next_due",
    "budget_min", "budget_max", "last_activity_at", "open", "due_at", "rank",
)  # fmt: skip


def lead(name: str, **values: object) -> dict[str, object]:
    empty = dict.fromkeys(COLUMNS, "")
    numbers = {"score": 0, "next_due": None, "budget_min": None, "budget_max": None, "last_activity_at": None}
    return {**empty, **numbers, "tier": "C", "status": "new", "open": 1, "due_at": None, "id": name, **values}


LEADS = [
    lead("nova", company="Nova Robotics, Inc", contact="Li Wei", tier="A", score=92, owner="ana", phone="1",
         source_channel="expo", source_detail="Hannover 2026", due_at=NOW - 1, city="Berlin",
         next_step="call"),
    lead("kestrel", company="Kestrel_Foods", tier="A", score=70, owner="ben", status="nurturing", mobile="2",
         source_channel="past_customer", due_at=DAY_END, email="m@k.example", title="CEO"),
    lead("qiming", company="上海启明科技", contact="王芳", title="采购总监", tier="B", score=50,
         status="working", city="上海", owner="ana", due_at=DAY_END + 1, industry="制造业",
         last_activity_at=5),
    lead("halden", company="100% Halden", tier="B", score=71, owner="", due_at=NOW + 5 * DAY,
         state="New York"),
    lead("lost", company="Ångström", tier="C", score=10, status="lost", open=0, due_at=NOW - 9,
         owner="anabel"),
]  # fmt: skip
TAGS = [("nova", "Expo"), ("nova", "演示"), ("kestrel", "vip")]


def empty_file() -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:")
    memory.execute(f"CREATE TABLE lead ({', '.join(COLUMNS)})")
    memory.execute("CREATE TABLE tag (lead_id, name)")
    search.create(memory)
    return memory


def words_of(one: dict[str, object]) -> str:
    return search_text(
        number="", company=str(one["company"]), contact=str(one["contact"]), title=str(one["title"]),
        phones=(), emails=(), wechat="", tags=(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    memory = empty_file()
    marks = ", ".join(f":{column}" for column in COLUMNS)
    ranked = [
        {**one, "rank": rank(str(one["tier"]), int(str(one["score"])), None, seq)}
        for seq, one in enumerate(LEADS)
    ]
    memory.executemany(f"INSERT INTO lead VALUES ({marks})", ranked)
    search.add(memory, ((int(str(one["rank"])), words_of(one)) for one in ranked))
    memory.executemany("INSERT INTO tag VALUES (?, ?)", TAGS)
    yield memory
    memory.close()


def found(connection: sqlite3.Connection, text: str) -> list[str]:
    where, parameters = to_sql(parse_filter(text), TODAY, "ana")
    statement = f"SELECT id FROM lead WHERE {where or '1'} ORDER BY rowid"
    return [name for (name,) in connection.execute(statement, parameters)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", "nova kestrel qiming halden lost"),
        ("tier:a", "nova kestrel"),
        ("tier:A,b", "nova kestrel qiming halden"),
        ("tier:a tier:b", "nova kestrel qiming halden"),
        ("-tier:a", "qiming halden lost"),
        ("等级：A级", "nova kestrel"),
        ("score:>70", "nova halden"),
        ("score:>=70", "nova kestrel halden"),
        ("score:50-71", "kestrel qiming halden"),
        ("score:71-50", "kestrel qiming halden"),
        ("score:<50", "lost"),
        ("score:70+ score:<90", "kestrel halden"),
        ("score:50", "qiming"),
        ("评分:≥71", "nova halden"),
        ("source:expo", "nova"),
        ("source:hannover", "nova"),
        ('source:"past customer"', "kestrel"),
        ("来源:expo", "nova"),
        ("owner:me", "nova qiming"),
        ("owner:ANA", "nova qiming lost"),
        ("owner:none", "halden"),
        ("负责人:我", "nova qiming"),
        ("status:lost", "lost"),
        ("status:n", "nova kestrel halden"),
        ("status:new,working", "nova qiming halden"),
        ("状态:跟进中", "qiming"),
        ("tag:expo", "nova"),
        ("tag:演示", "nova"),
        ("tag:expo tag:vip", ""),
        ("tag:expo,vip", "nova kestrel"),
        ("-tag:expo", "kestrel qiming halden lost"),
        ("标签:vip", "kestrel"),
        ("overdue", "nova"),
        ("OVERDUE", "nova"),
        ("逾期", "nova"),
        ("-overdue", "kestrel qiming halden lost"),
        ("today", "kestrel"),
        ("今天", "kestrel"),
        ("overdue today", "nova kestrel"),
        ("due:tomorrow", "qiming"),
        ("due:week", "kestrel qiming halden"),
        ("due:none", ""),
        ("company:nova", "nova"),
        ('company:"nova robotics, inc"', "nova"),
        ("company:启明", "qiming"),
        ("company:_", "kestrel"),
        ("company:%", "halden"),
        ("公司:启明", "qiming"),
        ("contact:王", "qiming"),
        ("title:ceo,采购", "kestrel qiming"),
        ('city:上海,"new york"', "qiming halden"),
        ("industry:制造", "qiming"),
        ("no:phone", "qiming halden lost"),
        ("-no:phone", "nova kestrel"),
        ("no:mail", "nova qiming halden lost"),
        ("no:next_step", "kestrel qiming halden lost"),
        ("no:activity", "nova kestrel halden lost"),
        ("no:tag", "qiming halden lost"),
        ("no:owner", "halden"),
        ("无:电话", "qiming halden lost"),
        ("tier:a owner:me score:>70 -tag:vip", "nova"),
        ("company:'--", ""),
    ],
)
def test_finds(connection: sqlite3.Connection, text: str, ids: str) -> None:
    assert parse_filter(text).problems == ()
    assert found(connection, text) == ids.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nova li", ("nova", "li")),
        ('"Nova Robotics" x', ("Nova Robotics", "x")),
        ('"nova rob', ("nova rob",)),
        ("“启明 科技”", ("启明 科技",)),
        ("foo:bar http://x.example/y 10:30", ("foo:bar", "http://x.example/y", "10:30")),
        ('"today" "tier:a"', ("today", "tier:a")),
        ('12" pipe', ('12"', "pipe")),
        ("-foo - : , ,", ("-foo", "-", ":", ",", ",")),
        ("nova tier:a li", ("nova", "li")),
        ("tier: score: -tag:", ()),
        ('company:"" city:"  "', ()),
    ],
)
def test_free_words(text: str, words: tuple[str, ...]) -> None:
    assert parse_filter(text).words == words


@pytest.mark.parametrize("text", ["tier:z", "score:abc", "score:5000", "status:xyz", "due:never", "no:shoes"])
def test_a_value_that_means_nothing_is_told_and_left_out(text: str) -> None:
    read = parse_filter(f"{text} nova")
    assert read.conditions == ()
    assert read.words == ("nova",)
    assert len(read.problems) == 1
    assert read.problems[0].endswith(".")


def test_what_is_read_of_a_line() -> None:
    assert parse_filter("tier:a,z -owner:me nova") == Filter(
        words=("nova",),
        conditions=(Condition("tier", ("A",)), Condition("owner", ("me",), negated=True)),
        problems=("“z” is no tier; write tier:a, tier:b or tier:c.",),
    )


def test_a_line_longer_than_counts_is_told() -> None:
    assert parse_filter("tier:a " + "x" * 600).problems == (
        "The filter is too long; its first 500 characters count.",
    )


PIECES = r"""tier: 等级： score: > < 50 - 80 source: owner: me status: new n tag: due: today week overdue
company: no: phone city: % _ \ " “ ” , ， : - a b z x foo: -tag: ' ; --"""
pieces = st.sampled_from([" ", *PIECES.split()])


@given(st.one_of(st.text(max_size=2000), st.lists(pieces, max_size=300).map("".join)))
def test_any_line_gives_sql_that_runs(text: str) -> None:
    read = parse_filter(text)
    where, parameters = to_sql(read, TODAY, "ana")
    memory = empty_file()
    try:
        assert memory.execute(f"SELECT count(*) FROM lead WHERE {where or '1'}", parameters).fetchone() == (
            0,
        )
    finally:
        memory.close()
    assert all(word.strip() for word in read.words)


@given(st.lists(st.sampled_from(["company:", "city:", "source:", "title:"]), min_size=1, max_size=9),
       st.text(alphabet="ab,c", max_size=480))  # fmt: skip
def test_many_values_are_not_too_deep_for_sqlite(keys: list[str], values: str) -> None:
    test_any_line_gives_sql_that_runs.hypothesis.inner_test(" ".join(key + values for key in keys))  # type: ignore[attr-defined]


@given(st.text())
def test_pieces_cover_all_that_is_not_blank(text: str) -> None:
    covered = {at for token in tokens(text) for at in range(token.start, token.end)}
    assert all(at in covered or text[at].isspace() for at in range(len(text)))


VOCABULARY = {"source": ["expo", "email", "trade show"], "tag": ["演示", "hot"], "owner": ["ana", "ben"]}


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("", []),
        ("ti", ["tier:", "title:"]),
        ("-ta", ["-tag:"]),
        ("状", ["状态:"]),
        ("over", ["overdue"]),
        ("nova ow", ["owner:"]),
        ("tier:", ["tier:a", "tier:b", "tier:c"]),
        ("tier:a,", ["tier:a,b", "tier:a,c"]),
        ("status:new", []),
        ("due:t", ["due:today", "due:tomorrow"]),
        ("owner:", ["owner:me", "owner:none", "owner:ana", "owner:ben"]),
        ("source:tr", ['source:"trade show"']),
        ('source:expo,"tr', ['source:expo,"trade show"']),
        ("-tag:", ["-tag:演示", "-tag:hot"]),
        ("标签：演", ["标签：演示"]),
        ("company:n", []),
        ("foo:b", []),
    ],
)
def test_completes(text: str, offers: list[str]) -> None:
    assert complete(text, len(text), VOCABULARY) == offers


def test_the_beginning_comes_before_the_middle() -> None:
    assert complete("status:n", 8, {})[:2] == ["status:new", "status:nurturing"]


def test_completes_where_the_cursor_stands() -> None:
    assert word_at("tier:a ow nova", 9) == (7, 9)
    assert complete("tier:a ow nova", 9, {}) == ["owner:"]
    assert word_at("tier:a ", 7) == (7, 7)


@given(st.sampled_from(sorted(KEY_OF)), st.text(min_size=1, max_size=5).filter(str.strip), st.booleans())
def test_what_is_offered_is_read_as_it_was_meant(key: str, value: str, negated: bool) -> None:
    text = f"{'-' if negated else ''}{key}:"
    offers = complete(text, len(text), {name: [value] for name in KEY_OF.values()})
    (token,) = tokens(offers[-1])
    assert (token.key, token.negated) == (KEY_OF[key], negated)
    assert token.values == (value,) or ('"' in value and "”" in value)
