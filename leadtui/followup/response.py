"""By when a new lead must have been contacted (R32, R36 to R38; C4, C6, C7)."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache

from leadtui.clock import MINUTE
from leadtui.details import LeadFacts, ResponseLimit
from leadtui.qualify.score import priority_of, score_parts
from leadtui.qualify.tier import tier_of
from leadtui.settings import Limit, Response, Settings
from leadtui.settings.working_hours import add_working
from leadtui.values import Milliseconds

_HOUR = 60


def response_limit(
    facts: LeadFacts, settings: Settings, zone: tzinfo, created_at: Milliseconds
) -> ResponseLimit | None:
    """The first-contact limits of a lead, counted from its acquisition; None when they are switched off."""
    score, _behaviour, _fit = score_parts(facts, settings)
    tier, _source = tier_of(facts, score, settings)
    soft, hard = response_hours(tier, priority_of(score, settings), settings.response)
    if not hard:
        return None
    return ResponseLimit(
        soft_due=add_working(facts.acquired_at, soft * _HOUR, settings.work_hours, zone),
        hard_due=add_working(facts.acquired_at, hard * _HOUR, settings.work_hours, zone),
        met_at=facts.touches.first_contact_at,
        entry_lag_minutes=max(0, created_at - facts.acquired_at) // MINUTE,
        entered_late=_entered_late(facts.acquired_at, created_at, settings, zone),
    )


def response_due(
    acquired_at: Milliseconds, tier: str, priority: str, settings: Settings, zone: tzinfo
) -> Milliseconds | None:
    """When the first contact of a lead is late: its hard limit; None when that is switched off."""
    _soft, hard = response_hours(tier, priority, settings.response)
    return add_working(acquired_at, hard * _HOUR, settings.work_hours, zone) if hard else None


def is_long_past(acquired_at: Milliseconds, now: Milliseconds, settings: Settings, zone: tzinfo) -> bool:
    """Whether even the longest of the limits for a lead acquired then is over (C7)."""
    response = settings.response
    limits = (response.a, response.b, response.c, response.high, response.medium, response.low)
    longest = max(limit.hard_hours for limit in limits)
    return longest > 0 and add_working(acquired_at, longest * _HOUR, settings.work_hours, zone) < now


def _entered_late(
    acquired_at: Milliseconds, created_at: Milliseconds, settings: Settings, zone: tzinfo
) -> bool:
    """Whether a lead waited longer to be entered than it may (R16, C7)."""
    days = settings.response.entry_days
    return days > 0 and created_at > add_working(acquired_at, days * 24 * _HOUR, settings.work_hours, zone)


@lru_cache(maxsize=64)
def response_hours(tier: str, priority: str, response: Response) -> tuple[float, float]:
    """The soft and the hard limit in hours, each the stricter one of tier and priority (C4); 0 for none."""
    by_tier: Limit = getattr(response, tier.lower())
    by_priority: Limit = getattr(response, priority)
    hard = _stricter(by_tier.hard_hours, by_priority.hard_hours)
    return _stricter(_stricter(by_tier.soft_hours, by_priority.soft_hours), hard), hard


def _stricter(one: float, other: float) -> float:
    return min(one, other) if one and other else one or other
