"""Points, totals and grades of opportunities: the documents' samples, and every edge of the rule (C17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.customers.codes import BUDGET_LEVELS, COMPETITIONS, DECISION_CHAINS, URGENCIES
from leadtui.customers.grade import GradeFacts, budget_level, grade_detail, grade_of
from leadtui.settings import Opportunity, Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("facts", "total", "grade"),
    [
        (GradeFacts("urgent", "medium", "advantage", "medium"), 22, "B"),
        (GradeFacts("immediate", "high", "even", "complex"), 31, "A"),
        (GradeFacts("general", "low", "disadvantage", "simple"), 10, "C"),
        (GradeFacts("general", "high", "even", "simple"), 31, "B"),
        (GradeFacts("general", "high", "advantage", "simple"), 32, "A"),
        (GradeFacts("urgent", "high", "disadvantage", "complex"), 29, "A"),
        (GradeFacts("urgent", "low", "disadvantage", "complex"), 9, "C"),
        (GradeFacts("urgent", "low", "advantage", "complex"), 11, "B"),
        (GradeFacts("general", "medium", "disadvantage", "complex"), 18, "B"),
    ],
)
def test_the_total_and_the_grade_by_the_rule(facts: GradeFacts, total: int, grade: str) -> None:
    detail = grade_detail(facts, SETTINGS)
    assert (detail.total, detail.suggested, detail.grade) == (total, grade, grade)
    assert detail.missing == ()


@pytest.mark.parametrize(
    ("amount", "currency", "level"),
    [
        (None, "CNY", ""),
        (0, "CNY", "low"),
        (29_999_999, "CNY", "low"),
        (30_000_000, "CNY", "medium"),
        (99_999_999, "CNY", "medium"),
        (100_000_000, "CNY", "high"),
        (1_000_000, "JPY", "high"),
        (999_999_999, "KWD", "medium"),
        (100_000_000, "", "high"),
    ],
)
def test_the_amount_tells_the_size_of_the_budget(amount: int | None, currency: str, level: str) -> None:
    assert budget_level(GradeFacts(amount=amount, currency=currency), SETTINGS) == level


def test_what_the_rep_set_goes_before_the_amount() -> None:
    assert budget_level(GradeFacts(budget_level="low", amount=10**12, currency="CNY"), SETTINGS) == "low"


def test_the_thresholds_stand_in_the_settings() -> None:
    settings = Settings(opportunity=Opportunity(high_amount=500, medium_amount=100, points_high=30))
    detail = grade_detail(GradeFacts("urgent", amount=50_000, currency="CNY"), settings)
    assert (detail.total, detail.grade) == (32, "A")


def test_without_a_budget_nothing_is_claimed() -> None:
    detail = grade_detail(GradeFacts("immediate", "", "advantage", "simple"), SETTINGS)
    assert (detail.grade, detail.total, detail.missing) == ("", 9, ("budget_level",))


def test_what_was_confirmed_holds_and_the_rule_is_still_told() -> None:
    detail = grade_detail(GradeFacts("urgent", "medium", "even", "medium", grade_chosen="A"), SETTINGS)
    assert (detail.grade, detail.suggested) == ("A", "B")


def test_the_reasons_are_named() -> None:
    assert grade_detail(GradeFacts("urgent", "high", "advantage"), SETTINGS).because == (
        "high_budget",
        "within_3_months",
        "advantage",
    )
    assert grade_detail(GradeFacts("general", "low"), SETTINGS).because == ("low_budget", "later_need")


@given(
    st.builds(
        GradeFacts,
        urgency=st.sampled_from(("", *URGENCIES)),
        budget_level=st.sampled_from(("", *BUDGET_LEVELS)),
        competition=st.sampled_from(("", *COMPETITIONS)),
        decision_chain=st.sampled_from(("", *DECISION_CHAINS)),
        amount=st.none() | st.integers(0, 10**17),
        currency=st.sampled_from(("CNY", "JPY", "KWD", "")),
        grade_chosen=st.sampled_from(("", "A", "B", "C")),
    )
)
def test_the_quick_way_says_the_same(facts: GradeFacts) -> None:
    detail = grade_detail(facts, SETTINGS)
    assert grade_of(facts, SETTINGS) == detail.grade
    assert detail.total == sum(line.points for line in detail.lines)
    assert bool(detail.suggested) == bool(facts.budget_level or facts.amount is not None)
