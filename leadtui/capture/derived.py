"""What is derived from a lead that nobody has worked on yet: its standing, its place, its search text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from leadtui.followup.facts import facts_of
from leadtui.followup.rank import rank
from leadtui.followup.standing import standing
from leadtui.settings import Settings
from leadtui.store.search_text import search_text
from leadtui.values import Touches

_UNTOUCHED = Touches()


def newborn(lead: Mapping[str, Any], settings: Settings, now: int, zone: tzinfo) -> tuple[Any, ...]:
    """The values of `LEAD_DERIVED` for a new lead whose `seq` is known; the rank comes last."""
    found = standing(facts_of(lead, _UNTOUCHED), settings, now, zone)
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
        None,
        None,
        rank(found.tier, found.score, found.due_at, lead["seq"]),
    )


def newborn_text(lead: Mapping[str, Any], tags: Iterable[str]) -> str:
    """The search text of a new lead."""
    return search_text(
        number=lead["number"],
        company=lead["company"],
        contact=lead["contact"],
        title=lead["title"],
        phones=[
            phone for phone in (lead["phone"], lead["mobile"], *lead["other_phones"].split("\n")) if phone
        ],
        emails=[email for email in (lead["email"], *lead["other_emails"].split("\n")) if email],
        wechat=lead["wechat"],
        tags=sorted(tags),
    )


def _filled(*texts: str) -> list[str]:
    """The lines of the texts that are not empty."""
    return [line for text in texts if text for line in (text.split("\n") if "\n" in text else (text,))]
