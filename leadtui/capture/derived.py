"""What is derived from a lead that nobody has worked on yet: its standing, its place, its search words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from operator import itemgetter
from typing import Any

from leadtui.capture.row_keys import each_line
from leadtui.followup.derived import derived_columns
from leadtui.followup.facts import FACT_COLUMNS, facts_of
from leadtui.followup.rank import rank
from leadtui.followup.standing import standing
from leadtui.settings import Settings
from leadtui.store.search_text import search_text
from leadtui.values import Touches

_UNTOUCHED = Touches()
_REMEMBERED = 5000
_NOT_JUDGED = frozenset(("company", "need"))
"""Facts whose wording the rules don't read; of a need they ask only whether there is one."""
_judged: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(
    *(name for name in FACT_COLUMNS if name not in _NOT_JUDGED)
)


class Newborns:
    """Computes the derived columns of new leads; leads that are alike to the rules are judged once."""

    def __init__(self, settings: Settings, now: int, zone: tzinfo) -> None:
        self._rules = settings, now, zone
        self._known: dict[tuple[Any, ...], tuple[tuple[Any, ...], str, int, int | None]] = {}

    def derived(self, lead: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of `LEAD_DERIVED` for a new lead whose `seq` is known; the rank comes last."""
        alike = (*_judged(lead), bool(lead["need"]))
        known = self._known.get(alike)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[alike] = self._judge(lead)
        values, tier, score, due_at = known
        return (*values, rank(tier, score, due_at, lead["seq"]))

    def _judge(self, lead: Mapping[str, Any]) -> tuple[tuple[Any, ...], str, int, int | None]:
        found = standing(facts_of(lead, _UNTOUCHED), *self._rules)
        return derived_columns(found, _UNTOUCHED), found.tier, found.score, found.due_at


def newborn_words(values: Mapping[str, Any], tags: Iterable[str]) -> str:
    """The search words of a new lead that has no number yet; columns that are missing are empty."""
    get = values.get
    return search_text(
        number="",
        company=get("company", ""),
        contact=get("contact", ""),
        title=get("title", ""),
        phones=each_line(get("phone"), get("mobile"), get("other_phones")),
        emails=each_line(get("email"), get("other_emails")),
        wechat=get("wechat", ""),
        tags=sorted(tags) if tags else (),
    )
