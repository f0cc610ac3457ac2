"""Values as people read them in the tables of a conversion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leadtui.i18n import gettext as _
from leadtui.i18n import with_signs
from leadtui.money import money_text
from leadtui.settings import Settings


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
