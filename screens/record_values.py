"""How an amount of money is written in a form, and read from it."""

from __future__ import annotations

from leadtui.capture.clean.amounts import amount
from leadtui.i18n import gettext as _
from leadtui.money import typed_units


def typed_money(value: object, currency: str) -> str:
    """An amount the way it can be typed again: `200000 CNY`; empty when there is none."""
    if not isinstance(value, int):
        return ""
    return f"{typed_units(value, currency)} {currency}".strip()


def read_money(text: str, currency: str) -> dict[str, object]:
    """`amount` in minor units and `currency`; an empty text says that the amount isn't known."""
    if not text.strip():
        return {"amount": None}
    money = amount(text, currency)
    return {} if money is None or money.low is None else {"amount": money.low, "currency": money.currency}


def money_problem(text: str) -> str:
    """What is wrong with an amount, or empty."""
    money = amount(text, "CNY")
    if money is not None and money.low is not None and money.low == money.high:
        return ""
    return _("Write an amount, for example 1.2m, 50万 or 80000 USD.")
