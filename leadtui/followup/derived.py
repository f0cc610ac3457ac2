"""What is kept in the columns of a lead of where it stands."""

from __future__ import annotations

from typing import Any

from leadtui.details import Standing, Touches


def derived_columns(found: Standing, touches: Touches) -> tuple[Any, ...]:
    """The values of `LEAD_DERIVED` but for the rank, which is the last and needs the row number."""
    return (
        int(found.open),
        found.score,
        found.score_behaviour,
        found.score_fit,
        found.tier,
        found.tier_source,
        found.priority,
        found.stage,
        found.response_due,
        found.due_at,
        found.due_kind,
        found.wake_at,
        touches.first_contact_at,
        touches.last_activity_at,
    )
