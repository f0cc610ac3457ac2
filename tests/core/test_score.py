from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.details import LeadFacts, Touches
from leadtui.qualify.company_size import company_size
from leadtui.qualify.roles import role_of_title
from leadtui.qualify.score import priority_of, score_detail, score_parts, stage_of
from leadtui.settings import Settings
from leadtui.values import ENGAGEMENTS

SETTINGS = Settings()


def facts(events: dict[str, int] | None = None, **values: Any) -> LeadFacts:
    return LeadFacts(status="working", acquired_at=0, touches=Touches(events=events or {}), **values)


def test_what_a_lead_is_counts_sixty_at_most() -> None:
    detail = score_detail(facts(company_size="大型", role="decision_maker", budget_fit="full"), SETTINGS)
    assert (detail.fit_raw, detail.fit, detail.total) == (70, 60, 60)
    assert [(line.name, line.detail, line.points) for line in detail.lines] == [
        ("company_size", "large", 20),
        ("role", "decision_maker", 30),
        ("budget", "full", 20),
    ]


def test_what_a_lead_does_counts_forty_at_most() -> None:
    detail = score_detail(facts({"webinar": 4}), SETTINGS)
    assert (detail.behaviour_raw, detail.behaviour, detail.total) == (60, 40, 40)
    assert [(line.name, line.times, line.points) for line in detail.lines] == [("webinar", 4, 60)]


@pytest.mark.parametrize(
    ("events", "points"),
    [
        ({"page_view": 1}, 5),
        ({"white_paper": 1}, 10),
        ({"webinar": 1}, 15),
        ({"reply": 1}, 10),
        ({"page_view": 3, "reply": 1}, 25),
        ({"page_view": 7}, 35),
        ({"page_view": 8}, 40),
        ({"page_view": 9}, 40),
        ({"unheard_of": 3}, 0),
    ],
)
def test_points_of_events(events: dict[str, int], points: int) -> None:
    assert score_parts(facts(events), SETTINGS) == (points, points, 0)


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ({"company_size": "large"}, 20),
        ({"company_size": "medium"}, 15),
        ({"company_size": "small"}, 10),
        ({"role": "influencer"}, 20),
        ({"role": "user"}, 10),
        ({"role": "blocker"}, 0),
        ({"title": "CEO"}, 30),
        ({"title": "CEO", "role": "user"}, 10),
        ({"budget_fit": "partial"}, 10),
        ({"budget_fit": "none", "budget_max": 99_999_999}, 0),
        ({"budget_max": 10_000_000}, 20),
        ({"budget_max": 9_999_999}, 10),
        ({"budget_min": 10_000_000}, 20),
        ({"budget_min": 1}, 10),
        ({"budget_max": 0}, 0),
        ({}, 0),
    ],
)
def test_points_of_facts(values: dict[str, Any], points: int) -> None:
    assert score_parts(facts(**values), SETTINGS) == (points, 0, points)


def test_scaling_keeps_every_point_of_fit_worth_something() -> None:
    scaled = Settings(scoring=SETTINGS.scoring.but(over_cap="scale"))
    assert score_parts(facts(company_size="large", role="decision_maker", budget_fit="full"), scaled)[2] == 60
    assert (
        score_parts(facts(company_size="large", role="decision_maker", budget_fit="partial"), scaled)[2] == 51
    )
    assert score_parts(facts(role="decision_maker"), scaled)[2] == 26


@pytest.mark.parametrize(
    ("score", "priority", "stage"),
    [
        (0, "low", "awareness"),
        (39, "low", "awareness"),
        (40, "low", "interest"),
        (49, "low", "interest"),
        (50, "medium", "interest"),
        (69, "medium", "interest"),
        (70, "medium", "consideration"),
        (79, "medium", "consideration"),
        (80, "high", "consideration"),
        (100, "high", "consideration"),
    ],
)
def test_thresholds_belong_to_the_upper_band(score: int, priority: str, stage: str) -> None:
    assert (priority_of(score, SETTINGS), stage_of(score, SETTINGS)) == (priority, stage)


BEST = {"company_size": "large", "role": "decision_maker", "budget_fit": "full"}


@pytest.mark.parametrize(
    ("events", "values", "threshold", "cheapest", "count"),
    [
        ({"page_view": 2}, BEST, 80, "reply", 1),
        ({"page_view": 3}, BEST, 80, "page_view", 1),
        ({}, BEST, 70, "reply", 1),
        ({"webinar": 4}, {}, 50, "budget", 1),
        ({"webinar": 4}, {"budget_fit": "full", "company_size": "small"}, 80, "role", 1),
        ({"webinar": 4}, BEST, None, "", 0),
        ({"webinar": 4}, {**BEST, "company_size": "small"}, None, "", 0),
        ({}, {}, 40, "webinar", 3),
    ],
)  # fmt: skip
def test_the_cheapest_way_up(
    events: dict[str, int], values: dict[str, Any], threshold: int | None, cheapest: str, count: int
) -> None:
    detail = score_detail(facts(events, **values), SETTINGS)
    assert (detail.next_threshold, detail.cheapest, detail.cheapest_count) == (threshold, cheapest, count)


def test_no_single_way_up_is_told_as_none() -> None:
    detail = score_detail(
        facts({"webinar": 4}, company_size="small", role="user", budget_fit="partial"), SETTINGS
    )
    assert (detail.total, detail.next_threshold, detail.cheapest) == (70, 80, "budget")
    capped = Settings(scoring=SETTINGS.scoring.but(fit_cap=30))
    detail = score_detail(facts({"webinar": 4}, company_size="small", role="influencer"), capped)
    assert (detail.total, detail.next_threshold, detail.cheapest, detail.cheapest_count) == (70, 80, "", 0)


FACTS = st.builds(
    lambda events, size, role, title, fit, budget: facts(
        events, company_size=size, role=role, title=title, budget_fit=fit, budget_max=budget
    ),
    st.dictionaries(st.sampled_from(ENGAGEMENTS), st.integers(0, 30)),
    st.sampled_from(["", "large", "medium", "small", "200-500", "?"]),
    st.sampled_from(["", "decision_maker", "influencer", "user", "blocker"]),
    st.sampled_from(["", "CEO", "采购经理", "engineer"]),
    st.sampled_from(["", "full", "partial", "none"]),
    st.none() | st.integers(0, 10**10),
)
SETTINGS_ANY = st.builds(
    lambda over, cap: Settings(scoring=SETTINGS.scoring.but(over_cap=over, fit_cap=cap)),
    st.sampled_from(["cap", "scale"]),
    st.integers(0, 100),
)


@given(FACTS, SETTINGS_ANY)
def test_detail_and_fast_path_agree_and_stay_in_bounds(lead: LeadFacts, settings: Settings) -> None:
    detail = score_detail(lead, settings)
    assert score_parts(lead, settings) == (detail.total, detail.behaviour, detail.fit)
    assert 0 <= detail.total <= 100
    assert detail.behaviour <= detail.behaviour_cap
    assert detail.fit <= detail.fit_cap
    assert sum(line.points for line in detail.lines if line.group == "fit") == detail.fit_raw
    assert sum(line.points for line in detail.lines if line.group == "behaviour") == detail.behaviour_raw
    assert detail.next_threshold is None or detail.next_threshold > detail.total


@given(FACTS)
def test_the_cheapest_event_really_reaches_the_threshold(lead: LeadFacts) -> None:
    detail = score_detail(lead, SETTINGS)
    if detail.cheapest in ENGAGEMENTS and detail.next_threshold is not None:
        for count, reached in ((detail.cheapest_count, True), (detail.cheapest_count - 1, False)):
            events = dict(lead.touches.events)
            events[detail.cheapest] = events.get(detail.cheapest, 0) + count
            more = LeadFacts(
                status=lead.status,
                acquired_at=0,
                company_size=lead.company_size,
                role=lead.role,
                title=lead.title,
                budget_fit=lead.budget_fit,
                budget_max=lead.budget_max,
                touches=Touches(events=events),
            )
            assert (score_parts(more, SETTINGS)[0] >= detail.next_threshold) is reached


@given(FACTS, st.sampled_from(ENGAGEMENTS))
def test_one_more_event_never_costs_points(lead: LeadFacts, event: str) -> None:
    more = dict(lead.touches.events)
    more[event] = more.get(event, 0) + 1
    assert score_parts(facts(more), SETTINGS)[0] >= score_parts(facts(dict(lead.touches.events)), SETTINGS)[0]


SIZES = {
    "large": "large|Enterprise|大型|集团|10,001+|1,200 人|500人以上|１２００人|1.2万人|3千人|1k+|250",
    "medium": "medium|中型|Mid-Market|200-500|51-200 employees|50|249",
    "small": "small|小型|中小|中小企业|SMB|1-10|500人以下|<50|under 300|少于50人|49",
    "": "|?|n/a|0|年营收5亿元|$5,000,000 revenue",
}
ROLES = {
    "decision_maker": "CEO|Chief Technology Officer|采购总监|Vice President, Sales|总经理|General Manager|"
    "Co-Founder & CTO|副总裁|Director of IT|ＣＥＯ",
    "influencer": "采购经理|IT Manager|部门主管|Product Owner|HR Business Partner",
    "user": "Engineer|工程师|总经理助理|Executive Assistant to the CEO|Doctor|Director's secretary",
    "": "|-|???",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, result) for result, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "size"), pairs(SIZES))
def test_sizes_as_people_write_them(text: str, size: str) -> None:
    assert company_size(text, 50, 250) == size


@pytest.mark.parametrize(("title", "role"), pairs(ROLES))
def test_roles_as_titles_tell_them(title: str, role: str) -> None:
    assert role_of_title(title, SETTINGS.titles) == role


@given(st.text(max_size=60))
def test_no_text_breaks_the_parsers(text: str) -> None:
    assert company_size(text, 50, 250) in {"", "small", "medium", "large"}
    assert role_of_title(text, SETTINGS.titles) in {"", "user", "influencer", "decision_maker"}


def test_words_of_the_user_s_own_are_used() -> None:
    settings = Settings(
        titles=SETTINGS.titles.but(decision_makers=("Häuptling",), influencers=(), assistants=())
    )
    assert role_of_title("Oberhäuptling", settings.titles) == "decision_maker"
    assert role_of_title("CEO", settings.titles) == "user"


def test_the_fast_path_is_fast() -> None:
    lead = facts({"reply": 2, "page_view": 1}, company_size="200-500", title="采购总监", budget_max=5)
    score_parts(lead, SETTINGS)

    def once() -> float:
        start = time.perf_counter()
        for _ in range(2000):
            score_parts(lead, SETTINGS)
        return (time.perf_counter() - start) / 2000

    assert min(once() for _ in range(5)) < 20e-6
