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


def newborn(lead: Mapping[str, Any], settings: Settings, now: int, zone: tzinfo) -> dict[str, Any]:
    """The derived columns of a new lead whose `seq` is known, by name."""
    found = standing(facts_of(lead, _UNTOUCHED), settings, now, zone)
    return {
        "open": int(found.open),
        "score": found.score,
        "score_behaviour": found.score_behaviour,
        "score_fit": found.score_fit,
        "tier": found.tier,
        "tier_source": found.tier_source,
        "priority": found.priority,
        "stage": found.stage,
        "response_due": found.response_due,
        "due_at": found.due_at,
        "due_kind": found.due_kind,
        "wake_at": found.wake_at,
        "first_contact_at": None,
        "last_activity_at": None,
        "rank": rank(found.tier, found.score, found.due_at, lead["seq"]),
    }


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
