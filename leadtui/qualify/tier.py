"""Which tier a lead deserves (R32 to R34, C5); the rep's own choice always stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.details import LeadFacts
from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import EDITABLE, changeable, set_columns
from leadtui.qualify.score import budget_fit_of, role_of
from leadtui.settings import Settings
from leadtui.text import one_line
from leadtui.values import Tier

if TYPE_CHECKING:
    from leadtui.store.act import Act

_TIERS = frozenset(Tier)


def suggest_tier(facts: LeadFacts, score: int, settings: Settings) -> tuple[str, str, tuple[str, ...]]:
    """The suggested tier, what suggests it (`rule` or `score`), and the features that do.

    A: a concrete need with decision power, or a request for material or a demo with a budget, or a high
    score; but never when the purchase is known to be more than three months away. B: a need that is concrete
    or vague, a contact who decides or has influence, three to six months, or a medium score. C: the rest.
    """
    concrete, vague = _need(facts, settings)
    decides, influences = _authority(facts, settings)
    timing = _timing(facts, settings)
    asked = facts.asked_for_material or "demo" in facts.signals
    budget = _has_budget(facts, settings)
    soon = timing == "within_3_months" or (not timing and not settings.tiers.a_needs_timing)
    in_months = ("within_3_months",) if timing == "within_3_months" else ()
    if soon:
        features: tuple[str, ...] = ()
        if concrete and decides:
            features += ("concrete_need", "decision_power")
        if asked and budget:
            features += ("asked_for_material", "has_budget")
        if features:
            return "A", "rule", features + in_months
        if score >= settings.tiers.a_score:
            return "A", "score", ("score_high", *in_months)
    features = tuple(
        name
        for name, holds in (
            ("concrete_need", concrete),
            ("decision_power", decides),
            ("vague_need", vague),
            ("influencer", influences),
            ("3_to_6_months", timing == "3_to_6_months"),
        )
        if holds
    )
    if features:
        return "B", "rule", features
    if score >= settings.tiers.b_score:
        return "B", "score", ("score_medium",)
    return "C", "rule", ("only_browsed",) if facts.touches.events and not facts.need else ()


def tier_of(facts: LeadFacts, score: int, settings: Settings) -> tuple[str, str]:
    """The tier of a lead and where it comes from: `manual` when the rep chose it, else as suggested."""
    if facts.tier_chosen in _TIERS:
        return facts.tier_chosen, "manual"
    tier, source, _features = suggest_tier(facts, score, settings)
    return tier, source


def unanswered(facts: LeadFacts, settings: Settings) -> tuple[str, ...]:
    """What nobody knows of a lead that might raise its tier: `need`, `authority`, `timing`; `budget` where it
    asked for material or a demo."""
    budget, authority, need, timing = facts.bant
    asked = facts.asked_for_material or "demo" in facts.signals
    known = {
        "need": facts.need_clarity or need is not None,
        "authority": role_of(facts, settings) or "decision_maker" in facts.signals or authority is not None,
        "timing": facts.timing or timing is not None,
        "budget": not asked
        or budget_fit_of(facts, settings)
        or "budget" in facts.signals
        or budget is not None,
    }
    return tuple(name for name, is_known in known.items() if not is_known)


def choose_tier(act: Act, lead_ids: Sequence[str], tier: str, reason: str) -> None:
    """Confirm or override the tier of leads (R35); an empty `tier` goes back to what is suggested."""
    if tier and tier not in _TIERS:
        raise FieldProblems({"tier": _("A tier is A, B or C.")})
    ids = [lead.id for lead in changeable(act, lead_ids, EDITABLE)]
    set_columns(act, "lead", ids, {"tier_chosen": tier, "tier_reason": one_line(reason) if tier else ""})


def _need(facts: LeadFacts, settings: Settings) -> tuple[bool, bool]:
    """Whether the need is concrete, and whether it is vague; a BANT answer stands in for what is unsaid."""
    if facts.need_clarity:
        return facts.need_clarity == "concrete", facts.need_clarity == "vague"
    points = facts.bant[2]
    if points is not None:
        return points >= settings.tiers.bant_strong, 0 < points < settings.tiers.bant_strong
    return False, False


def _authority(facts: LeadFacts, settings: Settings) -> tuple[bool, bool]:
    role = role_of(facts, settings)
    if role == "decision_maker" or "decision_maker" in facts.signals:
        return True, False
    points = facts.bant[1]
    if points is not None and points >= settings.tiers.bant_strong and not facts.role:
        return True, False
    return False, role == "influencer"


def _timing(facts: LeadFacts, settings: Settings) -> str:
    if facts.timing:
        return facts.timing
    points = facts.bant[3]
    return "within_3_months" if points is not None and points >= settings.tiers.bant_strong else ""


def _has_budget(facts: LeadFacts, settings: Settings) -> bool:
    fit = budget_fit_of(facts, settings)
    if fit:
        return fit != "none"
    points = facts.bant[0]
    return "budget" in facts.signals or (points is not None and points >= settings.tiers.bant_strong)
