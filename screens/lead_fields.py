"""How a lead's budget and custom fields are written in its form, and read from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from decimal import Decimal, InvalidOperation
from typing import Protocol

from leadtui.capture.clean.amounts import amount
from leadtui.followup.describe import format_when
from leadtui.followup.when import WhenError, parse_when
from leadtui.i18n import gettext as _
from leadtui.money import typed_units


class CustomField(Protocol):
    """A field of the user's own, as the form needs it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def choices(self) -> tuple[str, ...]: ...


def budget_text(fields: Mapping[str, object]) -> str:
    """The budget of a lead the way it can be typed again: `200000-300000 CNY`."""
    low, high = fields.get("budget_min"), fields.get("budget_max")
    currency = str(fields.get("currency") or "")
    ends = [typed_units(end, currency) if isinstance(end, int) else "" for end in (low, high)]
    if not any(ends):
        return ""
    if ends[0] == ends[1]:
        text = ends[0]
    elif not ends[1]:
        text = f">={ends[0]}"
    elif not ends[0]:
        text = f"<={ends[1]}"
    else:
        text = "-".join(ends)
    return f"{text} {currency}".strip()


def read_budget(text: str, currency: str) -> dict[str, object]:
    """The columns of a budget in minor units; `{}` when the text is no amount. An empty text empties them."""
    if not text.strip():
        return {"budget_min": None, "budget_max": None}
    money = amount(text, currency)
    if money is None:
        return {}
    return {"budget_min": money.low, "budget_max": money.high, "currency": money.currency}


def budget_problem(text: str) -> str:
    """What is wrong with a budget, or empty."""
    if read_budget(text, "CNY"):
        return ""
    return _("Write an amount or a range, for example 300k, 20-30万 or 50000 USD.")


def number_problem(text: str) -> str:
    """What is wrong with a number, or empty."""
    try:
        return "" if Decimal(text.strip().replace(",", "")).is_finite() else _("Write a number.")
    except InvalidOperation:
        return _("Write a number, for example 12 or 3.5.")


def read_number(text: str) -> int | float | None:
    """The number in a text, None for an empty one."""
    if not text.strip():
        return None
    number = Decimal(text.strip().replace(",", ""))
    return int(number) if number == number.to_integral_value() else float(number)


def date_problem(text: str, now: int, zone: tzinfo) -> str:
    """What is wrong with a date, or empty."""
    try:
        parse_when(text, now, zone)
    except WhenError as error:
        return str(error)
    return ""


def read_date(text: str, now: int, zone: tzinfo) -> str:
    """The day in a text as `2026-12-03`, empty for an empty one."""
    return format_when(parse_when(text, now, zone).at_ms, True, zone) if text.strip() else ""
