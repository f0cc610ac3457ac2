"""Amounts of money as text."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from leadtui.i18n import gettext as _
from leadtui.settings.model import minor_units


def money_text(amount: int | None, currency: str) -> str:
    """An amount of minor units in full: `1,200,000 CNY`; empty when it isn't known."""
    if amount is None:
        return ""
    units = Decimal(amount) / minor_units(currency)
    digits = 0 if units == units.to_integral_value() else len(str(minor_units(currency))) - 1
    shown = f"{units:,.{digits}f}"
    return f"{shown} {currency}".strip()


def typed_units(amount: int, currency: str) -> str:
    """An amount of minor units as it is typed, without its currency: `200000`, `80.5`."""
    return f"{(Decimal(amount) / minor_units(currency)).normalize():f}"


@cache
def _sizes(told: str) -> tuple[tuple[int, str], ...]:
    words = (size.split() for size in told.split(","))
    return tuple((10 ** int(power), sign) for power, sign in words)


def short_money(amount: int | None, currency: str) -> str:
    """An amount where there is little room: `1.2M CNY`, `350k CNY`, `80 CNY`; in Chinese `120万 CNY`."""
    if amount is None:
        return ""
    units = Decimal(amount) / minor_units(currency)
    # Translators: the powers of ten that large amounts are counted in, and their signs, the largest first.
    for size, sign in _sizes(_("9 bn, 6 M, 3 k")):
        if units >= size:
            shown = f"{units / size:.1f}".removesuffix(".0")
            return f"{shown}{sign} {currency}".strip()
    return f"{units:.0f} {currency}".strip()
