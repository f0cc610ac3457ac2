"""What an import does in a shorter way, against the long way."""

from __future__ import annotations

import re
import sqlite3
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.capture.batch.asked import AskedKeys
from leadtui.followup.rank import rank, with_seq
from leadtui.qualify import names
from leadtui.store import ids, search_text
from leadtui.store.newborn import insert_rows
from leadtui.store.pinyin import readings

NOW = 1_795_344_120_000
KEYS = st.integers(min_value=0, max_value=(1 << 63) - 1)


@given(
    st.lists(
        st.sampled_from(
            ["公司", "集团", "(주)", "株式会社", "有限会社", "控股", "㈱", "启明", "A", " ", "\n", "("]
        )
    )
)
def test_a_name_without_a_legal_form_is_told_without_looking_for_one(parts: list[str]) -> None:
    name = "".join(parts)
    assert names._without_legal_form(name) == names._LEGAL_CHINESE.sub("", name)


@given(st.text(st.sampled_from("Ll-7kK٣é o_"), max_size=9))
def test_the_words_of_a_number(number: str) -> None:
    folded = search_text.fold(number).removeprefix("l-")
    words = re.findall("[a-z0-9]{1,32}", folded)
    assert search_text.number_words(number) == [search_text.NUMBER_MARK + word for word in words]


@given(st.text(st.sampled_from("重庆长沙厦门上海市科技启行"), min_size=1, max_size=20))
def test_what_follows_the_city_is_read_as_by_itself(name: str) -> None:
    found = search_text._company_readings(name)
    city = search_text._CITY.match(name)
    parts = [name, name[city.end() :]] if city else [name]
    expected = [word for part in parts for word in search_text._joined(readings(part[:16]))]
    assert [*found] == expected


@given(st.sampled_from(["A", "B", "C"]), st.integers(0, 100), st.none() | st.integers(0, 1 << 42), KEYS)
def test_a_rank_takes_its_row_number_later(tier: str, score: int, due_at: int | None, seq: int) -> None:
    assert with_seq(rank(tier, score, due_at, 0), seq) == rank(tier, score, due_at, seq)


@pytest.mark.parametrize("count", [0, 1, 5000])
def test_many_identities_at_once(count: int) -> None:
    before = ids.new_id(NOW)
    made = [before, *ids.new_ids(NOW, count), ids.new_id(NOW)]
    assert made == sorted(set(made))
    assert all((UUID(each).version, UUID(each).variant) == (7, UUID(before).variant) for each in made)


@given(st.lists(st.lists(KEYS, max_size=20)))
def test_a_key_of_an_earlier_row_is_asked_for(chunks: list[list[int]]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE match_key (key, seq)")
    asked, seen = AskedKeys(connection), set[int]()
    for keys in chunks:
        found = asked.worth_asking(keys)
        assert seen & {*keys} <= {*found} <= {*keys}
        seen.update(keys)


def test_of_a_file_with_leads_every_key_is_asked_for() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE match_key (key, seq)")
    connection.execute("INSERT INTO match_key VALUES (1, 1)")
    assert sorted(AskedKeys(connection).worth_asking([3, 2, 3])) == [2, 3]


def test_of_a_new_file_no_key_is_asked_for_at_first() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE match_key (key, seq)")
    assert AskedKeys(connection).worth_asking([3, 2]) == []


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1234])
def test_rows_are_inserted_many_at_a_time(count: int) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE match_key (key, seq, PRIMARY KEY (key, seq))")
    rows = [(key, key % 7) for key in range(count)]
    insert_rows(connection, "INSERT OR IGNORE INTO match_key (key, seq)", [*rows, *rows[:3]])
    assert connection.execute("SELECT key, seq FROM match_key ORDER BY key").fetchall() == rows
