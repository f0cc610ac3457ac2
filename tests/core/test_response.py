from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from leadtui.details import LeadFacts, Touches
from leadtui.followup.response import response_due, response_hours, response_limit
from leadtui.settings import Limit, Settings, WorkHours

SETTINGS = Settings()
HOUR = 3_600_000
NOW = 1_790_000_000_000


def facts(**values: Any) -> LeadFacts:
    return LeadFacts(status="new", acquired_at=NOW, **values)


@pytest.mark.parametrize(
    ("tier", "priority", "soft", "hard"),
    [
        ("A", "high", 2, 2),
        ("A", "low", 2, 2),
        ("B", "medium", 4, 24),
        ("B", "low", 4, 24),
        ("B", "high", 2, 2),
        ("C", "low", 24, 24),
        ("C", "medium", 4, 24),
        ("C", "high", 2, 2),
    ],
)
def test_the_stricter_of_tier_and_priority_holds(tier: str, priority: str, soft: float, hard: float) -> None:
    assert response_hours(tier, priority, SETTINGS.response) == (soft, hard)


def test_a_limit_can_be_switched_off() -> None:
    off = Limit(soft_hours=0, hard_hours=0)
    response = SETTINGS.response.but(c=off, low=off)
    assert response_hours("C", "low", response) == (0, 0)
    assert response_hours("C", "high", response) == (2, 2)
    settings = Settings(response=response)
    assert response_limit(facts(), settings, UTC, NOW) is None
    assert response_due(NOW, "C", "low", settings, UTC) is None


def test_the_clock_runs_from_acquisition_and_late_entry_is_told() -> None:
    limit = response_limit(facts(tier_chosen="B"), SETTINGS, UTC, NOW + 3 * HOUR)
    assert limit is not None
    assert (limit.soft_due - NOW, limit.hard_due - NOW) == (4 * HOUR, 24 * HOUR)
    assert (limit.met_at, limit.entry_lag_minutes) == (None, 180)
    assert response_limit(facts(), SETTINGS, UTC, NOW - HOUR).entry_lag_minutes == 0  # type: ignore[union-attr]


def test_the_contact_that_met_the_limit_is_named() -> None:
    limit = response_limit(facts(touches=Touches(first_contact_at=NOW + 5)), SETTINGS, UTC, NOW)
    assert limit is not None
    assert limit.met_at == NOW + 5


def entered_late(acquired_at: int, created_at: int, settings: Settings) -> bool:
    limit = response_limit(facts()._replace(acquired_at=acquired_at), settings, UTC, created_at)
    assert limit is not None
    return limit.entered_late


def test_a_lead_is_to_be_entered_within_a_working_day() -> None:
    assert not entered_late(NOW, NOW + 24 * HOUR, SETTINGS)
    assert entered_late(NOW, NOW + 24 * HOUR + 1, SETTINGS)
    friday = 1_795_168_800_000  # 2026-11-20 10:00 UTC
    office = Settings(work_hours=WorkHours(enabled=True))
    assert not entered_late(friday, friday + 72 * HOUR, office)
    assert entered_late(friday, friday + 73 * HOUR, office)
    assert not entered_late(NOW, NOW * 2, Settings(response=SETTINGS.response.but(entry_days=0)))
