"""What a lead is worth, out of 100: what it did (at most 40) and what it is (at most 60), R39 to R42."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leadtui.details import LeadFacts, ScoreDetail, ScoreLine
from leadtui.qualify.company_size import company_size
from leadtui.qualify.roles import role_of_title
from leadtui.settings import Scoring, Settings
from leadtui.values import ENGAGEMENTS

FULL_SCORE = 100
EASIEST_FIRST = ("reply", "white_paper", "webinar", "page_view", "budget", "role", "company_size")
"""What a rep can bring about, the easiest first: settles ties in the way to the next threshold."""
_ROLES = frozenset({"decision_maker", "influencer", "user", "blocker"})


def size_of(facts: LeadFacts, settings: Settings) -> str:
    """`large`, `medium`, `small` or empty."""
    if not facts.company_size:
        return ""
    scoring = settings.scoring
    return company_size(facts.company_size, scoring.medium_employees, scoring.large_employees)


def role_of(facts: LeadFacts, settings: Settings) -> str:
    """The role that was set, else the one that the title tells."""
    if facts.role in _ROLES:
        return facts.role
    return role_of_title(facts.title, settings.titles) if facts.title else ""


def budget_fit_of(facts: LeadFacts, settings: Settings) -> str:
    """`full`, `partial`, `none` or empty; by the amount where nothing was set (R41, R70)."""
    if facts.budget_fit:
        return facts.budget_fit
    amount = max(facts.budget_min or 0, facts.budget_max or 0)
    if amount <= 0:
        return ""
    return "full" if amount >= settings.minimum_amount else "partial"


def score_parts(facts: LeadFacts, settings: Settings) -> tuple[int, int, int]:
    """The score with its behaviour and fit parts: the fast way, for whole imports."""
    scoring = settings.scoring
    events = facts.touches.events
    behaviour = min(_behaviour(events, scoring), scoring.behaviour_cap) if events else 0
    fit = _capped_fit(
        _size_points(size_of(facts, settings), scoring)
        + _role_points(role_of(facts, settings), scoring)
        + _budget_points(budget_fit_of(facts, settings), scoring),
        scoring,
    )
    return min(behaviour + fit, FULL_SCORE), behaviour, fit


def priority_of(score: int, settings: Settings) -> str:
    """`high`, `medium` or `low` (R42): thresholds belong to the upper band (C3)."""
    if score >= settings.scoring.high:
        return "high"
    return "medium" if score >= settings.scoring.medium else "low"


def stage_of(score: int, settings: Settings) -> str:
    """The nurture stage: `awareness`, `interest` or `consideration` (R47, C3)."""
    if score >= settings.scoring.consideration:
        return "consideration"
    return "interest" if score >= settings.scoring.interest else "awareness"


def score_detail(facts: LeadFacts, settings: Settings) -> ScoreDetail:
    """How the score came about, and the cheapest way to the next threshold."""
    scoring = settings.scoring
    events = facts.touches.events
    size, role, budget = size_of(facts, settings), role_of(facts, settings), budget_fit_of(facts, settings)
    lines = [
        ScoreLine("behaviour", name, "", events[name], events[name] * getattr(scoring, name))
        for name in ENGAGEMENTS
        if events.get(name, 0) > 0
    ]
    lines += [
        ScoreLine("fit", name, level, 1, points)
        for name, level, points in (
            ("company_size", size, _size_points(size, scoring)),
            ("role", role, _role_points(role, scoring)),
            ("budget", budget, _budget_points(budget, scoring)),
        )
        if level
    ]
    fit_raw = sum(line.points for line in lines if line.group == "fit")
    total, behaviour, fit = score_parts(facts, settings)
    thresholds = (scoring.interest, scoring.medium, scoring.consideration, scoring.high)
    next_threshold = min((threshold for threshold in thresholds if threshold > total), default=None)
    cheapest, count = _cheapest(facts, settings, next_threshold)
    return ScoreDetail(
        lines=tuple(lines),
        behaviour_raw=_behaviour(events, scoring),
        behaviour=behaviour,
        behaviour_cap=scoring.behaviour_cap,
        fit_raw=fit_raw,
        fit=fit,
        fit_cap=scoring.fit_cap,
        total=total,
        next_threshold=next_threshold,
        cheapest=cheapest,
        cheapest_count=count,
    )


def _behaviour(events: Mapping[str, int], scoring: Scoring) -> int:
    return (
        events.get("page_view", 0) * scoring.page_view
        + events.get("white_paper", 0) * scoring.white_paper
        + events.get("webinar", 0) * scoring.webinar
        + events.get("reply", 0) * scoring.reply
    )


def _capped_fit(points: int, scoring: Scoring) -> int:
    """Fit points under their cap: cut off, or scaled so that the most one can have fills it (C1)."""
    if scoring.over_cap == "scale":
        most = (
            max(scoring.size_large, scoring.size_medium, scoring.size_small)
            + max(scoring.role_decision_maker, scoring.role_influencer, scoring.role_user)
            + max(scoring.budget_full, scoring.budget_partial)
        )
        if most > scoring.fit_cap:
            return (2 * points * scoring.fit_cap + most) // (2 * most)
    return min(points, scoring.fit_cap)


def _size_points(size: str, scoring: Scoring) -> int:
    if size == "large":
        return scoring.size_large
    if size == "medium":
        return scoring.size_medium
    return scoring.size_small if size == "small" else 0


def _role_points(role: str, scoring: Scoring) -> int:
    if role == "decision_maker":
        return scoring.role_decision_maker
    if role == "influencer":
        return scoring.role_influencer
    return scoring.role_user if role == "user" else 0


def _budget_points(fit: str, scoring: Scoring) -> int:
    if fit == "full":
        return scoring.budget_full
    return scoring.budget_partial if fit == "partial" else 0


def _cheapest(facts: LeadFacts, settings: Settings, threshold: int | None) -> tuple[str, int]:
    """The event or fact that reaches the threshold with the fewest acts, then with the fewest points."""
    if threshold is None:
        return "", 0
    ways = [
        (count, total, EASIEST_FIRST.index(name), name)
        for name, count, total in (*_by_events(facts, settings, threshold), *_by_facts(facts, settings))
        if total >= threshold
    ]
    count, _total, _ease, name = min(ways, default=(0, 0, 0, ""))
    return name, count


def _by_events(facts: LeadFacts, settings: Settings, threshold: int) -> Iterator[tuple[str, int, int]]:
    """For each event, how many more of it the threshold takes, and the score that they would make."""
    scoring = settings.scoring
    _total, _behaviour_part, fit = score_parts(facts, settings)
    raw = _behaviour(facts.touches.events, scoring)
    for name in ENGAGEMENTS:
        points = getattr(scoring, name)
        if points > 0:
            count = -(-(threshold - fit - raw) // points)
            if count > 0:
                yield name, count, min(raw + count * points, scoring.behaviour_cap) + fit


def _by_facts(facts: LeadFacts, settings: Settings) -> Iterator[tuple[str, int, int]]:
    """For each fact that is unknown or can get better, the score at its best; a known size stays as it is."""
    better: list[tuple[str, LeadFacts]] = []
    if budget_fit_of(facts, settings) != "full":
        better.append(("budget", facts._replace(budget_fit="full")))
    if role_of(facts, settings) != "decision_maker":
        better.append(("role", facts._replace(role="decision_maker")))
    if not size_of(facts, settings):
        better.append(("company_size", facts._replace(company_size="large")))
    for name, changed in better:
        yield name, 1, score_parts(changed, settings)[0]
