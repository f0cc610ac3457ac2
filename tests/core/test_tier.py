from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.details import LeadFacts, Touches
from leadtui.labels import LABELS
from leadtui.qualify.tier import suggest_tier, tier_of, unanswered
from leadtui.settings import Settings

SETTINGS = Settings()
STRICT = Settings(tiers=SETTINGS.tiers.but(a_needs_timing=True))


def facts(**values: Any) -> LeadFacts:
    return LeadFacts(status="new", acquired_at=0, **values)


SURE = ("concrete_need", "decision_power")
SOON = "within_3_months"


@pytest.mark.parametrize(
    ("values", "score", "tier", "source", "because"),
    [
        ({"need_clarity": "concrete", "role": "decision_maker"}, 0, "A", "rule", SURE),
        ({"need_clarity": "concrete", "title": "采购总监"}, 0, "A", "rule", SURE),
        (
            {"need_clarity": "concrete", "signals": frozenset({"decision_maker"}), "timing": SOON},
            0, "A", "rule", (*SURE, SOON),
        ),
        ({"asked_for_material": True, "budget_max": 1}, 0, "A", "rule", ("asked_for_material", "has_budget")),
        ({"signals": frozenset({"demo", "budget"})}, 0, "A", "rule", ("asked_for_material", "has_budget")),
        ({"asked_for_material": True}, 0, "C", "rule", ()),
        ({"asked_for_material": True, "budget_fit": "none", "budget_max": 9}, 0, "C", "rule", ()),
        ({}, 80, "A", "score", ("score_high",)),
        ({}, 79, "B", "score", ("score_medium",)),
        ({}, 50, "B", "score", ("score_medium",)),
        ({}, 49, "C", "rule", ()),
        (
            {"need_clarity": "concrete", "role": "decision_maker", "timing": "3_to_6_months"},
            90, "B", "rule", ("concrete_need", "decision_power", "3_to_6_months"),
        ),
        ({"timing": "later"}, 90, "B", "score", ("score_medium",)),
        ({"timing": "3_to_6_months"}, 0, "B", "rule", ("3_to_6_months",)),
        ({"role": "influencer"}, 0, "B", "rule", ("influencer",)),
        ({"title": "部门经理"}, 0, "B", "rule", ("influencer",)),
        ({"need_clarity": "vague"}, 0, "B", "rule", ("vague_need",)),
        ({"title": "CEO"}, 0, "B", "rule", ("decision_power",)),
        ({"need_clarity": "none", "role": "user"}, 0, "C", "rule", ()),
        ({"touches": Touches(events={"page_view": 1})}, 5, "C", "rule", ("only_browsed",)),
        ({"bant": (None, 8, 9, None)}, 0, "A", "rule", SURE),
        ({"bant": (None, 6, 9, None)}, 0, "B", "rule", ("concrete_need",)),
        ({"bant": (None, None, 3, None)}, 0, "B", "rule", ("vague_need",)),
        ({"bant": (7, None, None, 7), "asked_for_material": True}, 0, "A", "rule",
         ("asked_for_material", "has_budget", "within_3_months")),
        ({"bant": (None, 9, 9, None), "need_clarity": "none", "role": "user"}, 0, "C", "rule", ()),
    ],
)  # fmt: skip
def test_suggestions(
    values: dict[str, Any], score: int, tier: str, source: str, because: tuple[str, ...]
) -> None:
    assert suggest_tier(facts(**values), score, SETTINGS) == (tier, source, because)


def test_the_strict_profile_wants_to_know_that_it_is_soon() -> None:
    lead = {"need_clarity": "concrete", "role": "decision_maker"}
    assert suggest_tier(facts(**lead), 90, STRICT)[0] == "B"
    assert suggest_tier(facts(**lead, timing="within_3_months"), 90, STRICT)[0] == "A"


def test_the_rep_s_choice_stands() -> None:
    assert tier_of(facts(tier_chosen="C"), 100, SETTINGS) == ("C", "manual")
    assert tier_of(facts(), 100, SETTINGS) == ("A", "score")
    assert tier_of(facts(tier_chosen="gold"), 0, SETTINGS) == ("C", "rule")


@given(
    st.builds(
        facts,
        role=st.sampled_from(["", "decision_maker", "influencer", "user", "blocker", "?"]),
        need_clarity=st.sampled_from(["", "concrete", "vague", "none", "?"]),
        timing=st.sampled_from(["", "within_3_months", "3_to_6_months", "later", "?"]),
        asked_for_material=st.booleans(),
        budget_fit=st.sampled_from(["", "full", "partial", "none", "?"]),
        bant=st.tuples(*[st.none() | st.integers(0, 10)] * 4),
    ),
    st.integers(0, 99),
)
def test_a_higher_score_never_lowers_the_tier(lead: LeadFacts, score: int) -> None:
    tier, source, because = suggest_tier(lead, score, SETTINGS)
    assert suggest_tier(lead, score + 1, SETTINGS)[0] <= tier
    assert source in {"rule", "score"}
    assert set(because) <= LABELS["feature"].keys()


@pytest.mark.parametrize(
    ("values", "unknown"),
    [
        ({}, ("need", "authority", "timing")),
        ({"need": "crates"}, ("need", "authority", "timing")),
        ({"need_clarity": "none", "role": "user", "timing": "later"}, ()),
        ({"title": "采购总监"}, ("need", "timing")),
        ({"bant": (None, 0, 0, 0)}, ()),
        ({"asked_for_material": True, "role": "user"}, ("need", "timing", "budget")),
        ({"signals": frozenset({"demo"}), "budget_max": 1, "role": "user"}, ("need", "timing")),
    ],
)
def test_what_may_still_raise_a_tier_is_known(values: dict[str, Any], unknown: tuple[str, ...]) -> None:
    assert unanswered(facts(**values), SETTINGS) == unknown


@given(
    need=st.sampled_from(["", "none"]),
    role=st.sampled_from(["", "user", "blocker"]),
    timing=st.sampled_from(["", "later"]),
    asked=st.booleans(),
)
def test_an_answer_to_what_is_unknown_raises_a_lead_that_nothing_speaks_for(
    need: str, role: str, timing: str, asked: bool
) -> None:
    lead = facts(need_clarity=need, role=role, timing=timing, asked_for_material=asked)
    answers = {
        "need": {"need_clarity": "concrete"},
        "authority": {"role": "decision_maker"},
        "timing": {"timing": "3_to_6_months"},
        "budget": {"budget_fit": "full"},
    }
    assert suggest_tier(lead, 0, SETTINGS)[0] == "C"
    for name in unanswered(lead, SETTINGS):
        better = lead._replace(**answers[name])
        if name == "budget" and timing == "later":
            continue
        assert suggest_tier(better, 0, SETTINGS)[0] in "AB", name
