"""Which leads are the same: names in any order and script, what counts for a pair and what against it."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.qualify.duplicates.identity import COLUMNS, Identity, identity
from leadtui.qualify.duplicates.matching import Match, find_matches
from leadtui.qualify.duplicates.people import compare_people, person
from leadtui.qualify.duplicates.reasons import brief, reasons
from leadtui.qualify.duplicates.weighing import weigh
from leadtui.settings import Settings

LIKELY, POSSIBLE = Settings().duplicates.likely, Settings().duplicates.possible
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def lead(seq: int = 0, **values: str) -> Identity:
    return identity([seq, *(values.get(name, "") for name in COLUMNS[1:])])


def matches(leads: list[Identity], least: int = LIKELY) -> list[Match]:
    return find_matches(leads, len(leads), lambda seqs: {seq: leads[seq] for seq in seqs}, least)


@pytest.mark.parametrize(
    ("one", "other", "degree"),
    [
        ("Li Wei", "WEI LI", "same"),
        ("王芳", "Wang Fang", "same"),
        ("王芳", "Fang Wang", "same"),
        ("欧阳娜娜", "Ouyang Nana", "same"),
        ("王芳女士", "王芳", "same"),
        ("Dr. Zoë Janssens", "zoe janssens", "same"),
        ("王芳", "王方", "near"),
        ("Jonas Weber", "Jonas Webber", "near"),
        ("Natasha Crossm An", "Natasha Crosman", "near"),
        ("J. Weber", "Jonas Weber", "part"),
        ("Weber", "Jonas Weber", "part"),
        ("Liza Sampson", "Margery Sampson", "half"),
        ("Jonas Weber", "Jonas Keller", "half"),
        ("王芳", "王磊", "other"),
        ("李小明", "Li Xiao Ming", "same"),
        ("Nguy En Elixa", "Eliza Nguyen", "near"),
        ("phpmtsr vtifjnma", "msrtjrn vaptihnf", "other"),
        ("Amy Ray", "May Ary", "other"),
        ("Jonas Weber", "Priya Raman", "other"),
        ("Иван Петров", "Петров Иван", "same"),
    ],
)
def test_names_compare(one: str, other: str, degree: str) -> None:
    assert compare_people(person(one), person(other)) == degree
    assert compare_people(person(other), person(one)) == degree


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_compare(one: str, other: str) -> None:
    degree = compare_people(person(one), person(other))
    assert degree in {"same", "near", "part", "half", "other"}
    assert compare_people(person(one), person(one)) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"contact": "Li Wei", "email": "li@nova.example"}, {"contact": "李伟", "email": "LI@nova.example"}),
        (
            {"contact": "Jonas Weber", "company": "Nova Robotics GmbH"},
            {"contact": "Jonas Webber", "company": "Nova Robotics", "phone": ""},
        ),
        (
            {"contact": "王芳", "company": "上海启明科技有限公司", "mobile": "+8613812345678"},
            {"contact": "Wang Fang", "company": "上海启明科技", "phone": "13812345678"},
        ),
        (
            {"company": "Family Bowling", "contact": "Gumball"},
            {"company": "Family Bowling", "contact": "Gumball"},
        ),
        (
            {"company": "Katsu", "phone": "213/665-1891", "address": "1972 Hillhurst Ave."},
            {"company": "Restaurant Katsu", "phone": "213-665-1891", "address": "1972 N. Hillhurst Ave."},
        ),
    ],
)
def test_the_same_person_is_likely(one: dict[str, str], other: dict[str, str]) -> None:
    assert weigh(lead(**one), lead(**other)).score >= LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A phone that a family shares, a company with two contacts, a common name, a shared mailbox.
        (
            {"contact": "Liza Sampson", "phone": "5553218967"},
            {"contact": "Margery Sampson", "phone": "5553218967"},
        ),
        ({"contact": "王芳", "company": "启明"}, {"contact": "王磊", "company": "启明"}),
        (
            {"contact": "Anna Weber", "company": "Nova", "address": "1 Long Street", "postal_code": "2011"},
            {"contact": "Tom Weber", "company": "Nova", "address": "1 Long Street", "postal_code": "2011"},
        ),
        ({"contact": "王芳", "company": "启明"}, {"contact": "王芳", "company": "恒泰"}),
        (
            {"contact": "Ana", "company": "Nova", "email": "info@b.example", "phone": "5551234567"},
            {"contact": "Bob", "company": "Nova", "email": "info@b.example", "phone": "5551234567"},
        ),
        ({"company": "Kestrel Foods"}, {"company": "Halden Optics"}),
    ],
)
def test_two_people_are_two(one: dict[str, str], other: dict[str, str]) -> None:
    assert weigh(lead(**one), lead(**other)).score < POSSIBLE


SAID = {
    "contact": st.sampled_from(["", "Jonas Weber", "Jonas Webber", "王芳"]),
    "company": st.sampled_from(["", "Nova", "Nova Robotics", "Acme", "启明", "Qiming"]),
    "phone": st.sampled_from(["", "5551234567", "5551234568"]),
    "email": st.sampled_from(["", "jonas@nova.example", "info@nova.example"]),
    "address": st.sampled_from(["", "1 Long Street"]),
    "city": st.sampled_from(["", "Bonn", "Köln"]),
    "postal_code": st.sampled_from(["", "2011"]),
    "website": st.sampled_from(["", "nova.example", "acme.example"]),
}


@given(st.fixed_dictionaries(SAID), st.fixed_dictionaries(SAID), st.integers(1, 100))
def test_who_asks_for_a_least_score_misses_none(
    one: dict[str, str], other: dict[str, str], least: int
) -> None:
    whole, asked = weigh(lead(**one), lead(**other)), weigh(lead(**one), lead(**other), least)
    assert asked == whole if whole.score >= least else asked.score < least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"company": "Nova Robotics", "website": "https://www.nova.example/"},
            {"company": "NR", "website": "nova.example"},
        ),
        (
            {"company": "Nova Robotics", "email": "info@nova.example"},
            {"company": "NR", "email": "ana@nova.example"},
        ),
        ({"company": "启明有限公司"}, {"company": "Qiming Ltd."}),
        (
            {"company": "启明科技", "website": "qiming.example"},
            {"company": "Bright Star Tech", "website": "www.qiming.example"},
        ),
    ],
)
def test_companies_are_found_by_their_host_and_in_the_other_script(
    one: dict[str, str], other: dict[str, str]
) -> None:
    assert len(matches([lead(0, **one), lead(1, **other)], POSSIBLE)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"company": "Nova Robotics", "website": "linkedin.com/company/nova"},
            {"company": "Acme", "website": "https://linkedin.com/company/acme"},
        ),
        (
            {"company": "Nova Robotics", "email": "nova@qq.com"},
            {"company": "Acme", "email": "acme@qq.com"},
        ),
        ({"company": "启明"}, {"company": "Bright Star"}),
        (
            {"company": "Nova Robotics", "contact": "Li Wei", "website": "nova.example"},
            {"company": "Nova Robotics", "contact": "Jonas Weber", "website": "nova.example"},
        ),
    ],
)
def test_a_host_that_many_share_tells_no_company(one: dict[str, str], other: dict[str, str]) -> None:
    assert matches([lead(0, **one), lead(1, **other)], POSSIBLE) == []


def test_a_name_alone_proves_nothing() -> None:
    assert weigh(lead(contact="Jonas Weber"), lead(contact="Jonas Weber")).score < POSSIBLE


def test_reasons_are_told_in_words_with_what_speaks_against_last() -> None:
    one = lead(contact="Jonas Weber", company="Nova", phone="5551234567", email="a@b.example")
    other = lead(contact="Jonas Webber", company="Acme", phone="5551234567", email="c@d.example")
    evidence = weigh(one, other).evidence
    assert reasons(evidence) == (
        "same phone, nearly the same name: Jonas Weber / Jonas Webber, but another company: Nova / Acme"
    )
    assert brief(evidence) == "same phone"


def test_pairs_are_found_through_any_key_that_is_right() -> None:
    leads = [
        lead(0, contact="Jonas Weber", company="Nova Robotics"),
        lead(1, contact="Jonas Webber", company="Nova Robotics"),
        lead(2, contact="Jonas Weber", company="Nowa Robotics"),
        lead(3, contact="王芳", company="启明", phone="13812345678"),
        lead(4, contact="Wang Fang", company="恒泰", phone="+86 138 1234 5678"),
        lead(5, contact="Priya Raman", company="Nova Robotics"),
    ]
    found = {(match.one, match.other) for match in matches(leads)}
    assert found >= {(0, 1), (0, 2)}
    assert all(5 not in pair for pair in found)
    assert (3, 4) in {(match.one, match.other) for match in matches(leads, POSSIBLE)}


def test_a_key_that_many_share_makes_no_flood_of_pairs() -> None:
    random = Random(7)
    names = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(400)]
    leads = [lead(seq, contact=name, phone="4001234567") for seq, name in enumerate(names)]
    assert matches(leads, POSSIBLE) == []


ANY = st.fixed_dictionaries({}, optional={name: st.text(max_size=20) for name in COLUMNS[1:]})


@given(st.lists(ANY, min_size=2, max_size=6))
def test_any_texts_are_compared_both_ways_alike(drafts: list[dict[str, str]]) -> None:
    leads = [lead(seq, **draft) for seq, draft in enumerate(drafts)]
    for match in matches(leads, 0):
        assert 0 <= match.score <= 100
        assert reasons(match.evidence) == reasons(weigh(leads[match.one], leads[match.other]).evidence)
        assert weigh(leads[match.other], leads[match.one]).score == match.score


def test_the_search_tells_how_far_it_is_and_can_be_stopped() -> None:
    leads = [lead(seq, contact=f"Jonas Weber{seq}", email=f"{seq // 2}@b.example") for seq in range(5000)]
    told: list[tuple[int, int]] = []
    find_matches(
        leads, 5000, lambda seqs: {seq: leads[seq] for seq in seqs}, LIKELY, lambda *at: told.append(at)
    )
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_matches(leads, 5000, lambda seqs: {}, LIKELY, stop)


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "duplicates", raising=False)
    import duplicates  # type: ignore[import-not-found]

    return duplicates  # type: ignore[no-any-return]


@pytest.mark.parametrize(("name", "read"), [("febrl1", "_febrl"), ("fodors-zagats", "_restaurants")])
def test_labelled_sets_reach_their_goals(
    benchmark: ModuleType, shared_data: Path, name: str, read: str
) -> None:
    records, truth, sources = getattr(benchmark, read)(shared_data)
    judged = benchmark._judge(name, records, truth, sources, False)
    assert float(judged["F1"]) >= benchmark.GOALS[name]
    assert float(judged["precision"]) >= 0.99
