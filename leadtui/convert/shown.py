"""Values as people read them in the tables of a conversion."""

from __future__ import annotations

from decimal import Decimal

from leadtui.settings.model import minor_units


def money_text(amount: int, currency: str) -> str:
    """An amount of minor units: `120,000 CNY`, `99.50 EUR`."""
    number = Decimal(amount) / minor_units(currency)
    text = f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,f}"
    return f"{text} {currency}".rstrip()


def range_text(low: int | None, high: int | None, currency: str) -> str:
    """A budget: `50,000–80,000 CNY`, `from 50,000 CNY`; empty when nothing is known."""
    from leadtui.i18n import gettext as _

    if low is None and high is None:
        return ""
    if low is None and high is not None:
        return _("up to {amount}").format(amount=money_text(high, currency))
    if high is None and low is not None:
        return _("from {amount}").format(amount=money_text(low, currency))
    if low == high:
        return money_text(low or 0, currency)
    return f"{money_text(low or 0, '')}–{money_text(high or 0, currency)}"
