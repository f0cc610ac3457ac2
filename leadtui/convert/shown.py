"""Values as people read them in the tables of a conversion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from leadtui.customers.money import money_text
from leadtui.followup.describe import format_when
from leadtui.i18n import gettext as _
from leadtui.i18n import with_signs
from leadtui.labels import LABELS, label
from leadtui.settings import Settings

_AMOUNTS = frozenset(("budget_min", "budget_max", "amount"))
_MOMENTS = frozenset(("next_due", "snoozed_until", "converted_at", "expected_close", "acquired_at"))


def currency_of(lead: Mapping[str, Any], settings: Settings) -> str:
    """The currency of a lead's amounts; that of the settings where it has none, or none that can be read."""
    code = str(lead["currency"]).strip().upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else settings.import_.currency


def range_text(low: int | None, high: int | None, currency: str) -> str:
    """A budget: `50,000–80,000 CNY`, `from 50,000 CNY`; empty when nothing is known."""
    if low is None or high is None or low == high:
        some = high if low is None else low
        if some is None:
            return ""
        text = money_text(some, currency)
        if low == high:
            return text
        return (_("up to {amount}") if low is None else _("from {amount}")).format(amount=text)
    return (
        money_text(low, currency).removesuffix(currency).rstrip()
        + with_signs("–")
        + money_text(high, currency)
    )


def tags_text(names: Sequence[str]) -> str:
    """Tags on one line."""
    return "; ".join(names)


def yes_no_text(value: bool) -> str:
    """`yes` or `no`."""
    return _("yes") if value else _("no")


def stored_text(field: str, value: Any, currency: str, zone: tzinfo) -> str:
    """A value as it is stored in a column of any record, as people read it."""
    if value is None or value == "":
        return ""
    if field in _AMOUNTS:
        return money_text(value, currency)
    if field in _MOMENTS:
        return format_when(value, False, zone)
    return label(field, str(value)) if field in LABELS else str(value)
