"""What an opportunity is worth: points, total and grade (R78 to R83, C17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from leadtui.settings import Settings
from leadtui.settings.model import minor_units

GRADED_BY: tuple[str, ...] = ("urgency", "budget_level", "competition", "decision_chain")
"""The four dimensions of the grading sheet, in its order."""

GRADE_COLUMNS: tuple[str, ...] = (*GRADED_BY, "amount", "currency", "grade_chosen")
"""The columns of an opportunity that its grade depends on."""

_POINTS: Mapping[str, Mapping[str, int]] = {
    "urgency": {"immediate": 3, "urgent": 2, "general": 1},
    "competition": {"advantage": 3, "even": 2, "disadvantage": 1},
    "decision_chain": {"simple": 3, "medium": 2, "complex": 1},
}


class GradeFacts(NamedTuple):
    """All that a grade depends on, as codes; empty for what isn't known."""

    urgency: str = ""
    budget_level: str = ""
    """As the rep set it; empty lets the amount decide."""
    competition: str = ""
    decision_chain: str = ""
    amount: int | None = None
    """In minor units."""
    currency: str = ""
    grade_chosen: str = ""
    """The grade that was confirmed, or empty: then the rule holds."""


class GradeLine(NamedTuple):
    """One dimension: what was found, and its points; 0 while it isn't known."""

    name: str
    code: str
    points: int


class GradeDetail(NamedTuple):
    """A grade and how it came about."""

    lines: tuple[GradeLine, ...]
    total: int
    """For display: the grade comes from the rule, not from the total (C17)."""
    suggested: str
    """The grade by the rule; empty while no budget is known, on which A and C depend."""
    because: tuple[str, ...]
    """The codes of what made it A or C."""
    grade: str
    """The grade that holds."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The dimensions that aren't known yet."""
        return tuple(line.name for line in self.lines if not line.code)


def grade_facts(row: Mapping[str, Any]) -> GradeFacts:
    """The facts of an opportunity from its columns by name."""
    return GradeFacts(**{name: row[name] for name in GradeFacts._fields})


def grade_detail(facts: GradeFacts, settings: Settings) -> GradeDetail:
    """Points, total and grade of an opportunity.

    A needs a high budget, and urgency within three months or an advantage over the competition; C is a low
    budget with a need later than that or a disadvantage; everything else is B (C17).
    """
    level = budget_level(facts, settings)
    codes = {**facts._asdict(), "budget_level": level}
    rules = settings.opportunity
    points = {
        **_POINTS,
        "budget_level": {
            "high": rules.points_high,
            "medium": rules.points_medium,
            "low": rules.points_low,
        },
    }
    lines = tuple(
        GradeLine(name, str(codes[name]), points[name].get(str(codes[name]), 0)) for name in GRADED_BY
    )
    suggested, because = _by_rule(level, facts)
    return GradeDetail(
        lines, sum(line.points for line in lines), suggested, because, facts.grade_chosen or suggested
    )


def grade_of(facts: GradeFacts, settings: Settings) -> str:
    """The grade that holds, without the rest."""
    return facts.grade_chosen or _by_rule(budget_level(facts, settings), facts)[0]


def budget_level(facts: GradeFacts, settings: Settings) -> str:
    """`high`, `medium` or `low` as it was set, else by the amount (R80); empty when neither is known."""
    if facts.budget_level or facts.amount is None:
        return facts.budget_level
    unit = minor_units(facts.currency or settings.import_.currency)
    if facts.amount >= settings.opportunity.high_amount * unit:
        return "high"
    return "medium" if facts.amount >= settings.opportunity.medium_amount * unit else "low"


def _by_rule(level: str, facts: GradeFacts) -> tuple[str, tuple[str, ...]]:
    if not level:
        return "", ()
    soon = facts.urgency in ("immediate", "urgent")
    if level == "high" and (soon or facts.competition == "advantage"):
        reasons = ("high_budget", "within_3_months" if soon else "", _only(facts, "advantage"))
        return "A", tuple(filter(None, reasons))
    later = facts.urgency == "general"
    if level == "low" and (later or facts.competition == "disadvantage"):
        reasons = ("low_budget", "later_need" if later else "", _only(facts, "disadvantage"))
        return "C", tuple(filter(None, reasons))
    return "B", ()


def _only(facts: GradeFacts, competition: str) -> str:
    return competition if facts.competition == competition else ""
