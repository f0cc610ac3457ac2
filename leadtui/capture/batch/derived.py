"""What is derived from a lead that nobody has worked on yet: its standing, its place, its search words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import tzinfo
from operator import itemgetter
from typing import Any

from leadtui.details import Touches
from leadtui.followup.derived import derived_columns
from leadtui.followup.facts import FACT_COLUMNS, facts_of
from leadtui.followup.rank import rank, with_seq
from leadtui.followup.standing import standing
from leadtui.settings import Settings
from leadtui.store.search_text import search_text

_UNTOUCHED = Touches()
_REMEMBERED = 5000
_NOT_JUDGED = frozenset(("company", "need"))
"""Facts whose wording the rules don't read; of a need they ask only whether there is one."""


class Newborns:
    """Computes the derived columns of new leads; leads that are alike to the rules are judged once."""

    def __init__(self, settings: Settings, now: int, zone: tzinfo, given: Collection[str]) -> None:
        """`given` are the columns in which leads differ; in all others they have the same."""
        self._rules = settings, now, zone
        self._judged: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(
            *(name for name in FACT_COLUMNS if name in given and name not in _NOT_JUDGED)
        )
        self._known: dict[tuple[Any, ...], tuple[tuple[Any, ...], int]] = {}

    def derived(self, lead: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of `LEAD_DERIVED` for a new lead whose `seq` is known; the rank comes last."""
        alike = (*self._judged(lead), bool(lead["need"]))
        known = self._known.get(alike)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[alike] = self._judge(lead)
        values, place = known
        return (*values, with_seq(place, lead["seq"]))

    def _judge(self, lead: Mapping[str, Any]) -> tuple[tuple[Any, ...], int]:
        found = standing(facts_of(lead, _UNTOUCHED), *self._rules)
        return derived_columns(found, _UNTOUCHED), rank(found.tier, found.score, found.due_at, 0)


def newborn_words(
    values: Mapping[str, Any], phones: Iterable[str], emails: Iterable[str], tags: Iterable[str]
) -> str:
    """The search words of a new lead that has no number yet, with all its phones and mail addresses; columns
    that are missing are empty."""
    get = values.get
    return search_text(
        number="",
        company=get("company", ""),
        contact=get("contact", ""),
        title=get("title", ""),
        phones=phones,
        emails=emails,
        wechat=get("wechat", ""),
        tags=sorted(tags) if tags else (),
    )
