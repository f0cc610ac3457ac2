"""Amounts of money: `50-80万`, `$22,700.00`, `1.000.000,50`, `500k`, `10万以内`; never by way of floats."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from leadtui.settings.model import minor_units

LARGEST = 10**17
"""More minor units than this are no budget."""

_UNITS: dict[str, int] = {
    "百": 100, "千": 1000, "k": 1000, "tsd": 1000, "thousand": 1000, "thousands": 1000,
    "万": 10_000, "萬": 10_000, "w": 10_000,
    "l": 100_000, "lac": 100_000, "lakh": 100_000, "lakhs": 100_000, "十万": 100_000, "百万": 1_000_000,
    "m": 1_000_000, "mm": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000,
    "millions": 1_000_000, "千万": 10_000_000, "cr": 10_000_000, "crore": 10_000_000, "crores": 10_000_000,
    "亿": 100_000_000, "億": 100_000_000, "b": 10**9, "bn": 10**9, "billion": 10**9, "万亿": 10**12,
}  # fmt: skip
_INDIAN = frozenset(("l", "lac", "lakh", "lakhs", "cr", "crore", "crores"))
_CURRENCIES: dict[str, str] = {
    sign: code
    for code, signs in {
        "USD": "us$ usd 美元 美金", "HKD": "hk$ hkd 港元 港币", "TWD": "nt$ twd", "AUD": "a$ aud",
        "CAD": "c$ cad", "SGD": "s$ sgd", "BRL": "r$ brl", "CNY": "人民币 人民幣 rmb cny",
        "EUR": "eur 欧元 歐元 €",
        "JPY": "jpy 日元 円", "GBP": "gbp 英镑 £", "INR": "inr rs. ₹", "CHF": "chf", "KRW": "krw ₩ 원",
        "AED": "aed", "SEK": "sek", "PLN": "pln", "RUB": "₽",
    }.items()
    for sign in signs.split()
} | {"元": "CNY", "块": "CNY", "$": "USD", "¥": "CNY"}  # fmt: skip
"""Signs and words of currencies; those that others contain stand last."""
_IN_BRACKETS = re.compile(r"[(\[](?:in |单位:?)?([^()\[\]]{1,20})[)\]]\s*$")
_DOLLARS = frozenset(("USD", "AUD", "CAD", "HKD", "SGD", "TWD", "NZD", "MXN"))
_AT_MOST = re.compile(
    r"^(?:不超过|最多|低于|小于|up\s?to|under|max\.?|below|less than|<=?|≤)|(?:以内|以下|之内|内)$"
)
_AT_LEAST = re.compile(
    r"^(?:不低于|至少|高于|大于|超过|over|from|min\.?|above|more than|at least|>=?|≥)|(?:以上|起|\+)$"
)
_ABOUT = re.compile(r"^(?:约|大约|大概|about|approx\.?|ca\.?|around|~)|(?:左右|上下)$")
_NUMBER = r"\d+(?:[.,' ]\d+)*"
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_RANGE = re.compile(rf"({_NUMBER})\s*({_UNIT})?(?:\s*(?:-|–|—|~|至|到|to)\s*({_NUMBER})\s*({_UNIT})?)?")


class Money(NamedTuple):
    """An amount or a range, in minor units; an open end is None."""

    low: int | None
    high: int | None
    currency: str


def amount(cell: str, currency: str, unit: str = "") -> Money | None:
    """The amount in a cell, or None when it is none; without a sign of its own it is in `currency`, and
    without a unit of its own in `unit` (`万`, as the header of its column may say)."""
    text = unicodedata.normalize("NFKC", cell).strip().lower().replace("’", "'")
    if len(text) > 80:
        return None
    if text.endswith(("元", "块")):
        unit = ""
    text, named = _currency(text, currency)
    at_most, at_least = _AT_MOST.search(text), _AT_LEAST.search(text)
    for pattern in (_AT_MOST, _AT_LEAST, _ABOUT):
        text = pattern.sub("", text).strip()
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    first, own, second, second_own = match.groups()
    unit, second_unit = own or second_own or unit, second_own or own or unit
    if not named and {unit, second_unit} & _INDIAN:
        currency, named = "INR", "INR"
    currency = named or currency
    has_unit = bool(own or second_own)
    low = _minor(first, unit, currency, has_unit=has_unit)
    high = _minor(second, second_unit, currency, has_unit=has_unit) if second else low
    if low is None or high is None or high > LARGEST or low > LARGEST:
        return None
    low, high = min(low, high), max(low, high)
    return Money(None if at_most and not second else low, None if at_least and not second else high, currency)


def measure_of(header: str) -> tuple[str, str]:
    """The currency and the unit in which the header of a column says that its amounts are: `预算（万元）` is
    in (`CNY`, `万`), `Budget (k USD)` in (`USD`, `k`); each empty where it says none."""
    text = unicodedata.normalize("NFKC", header).strip().lower()
    bracketed = _IN_BRACKETS.search(text)
    said = bracketed[1] if bracketed else text.rpartition(" in ")[2] if " in " in text else ""
    rest, currency = _currency(said.removeprefix("单位").removeprefix("in ").strip(" :"), "")
    rest = rest.strip(" .")
    return currency, rest if rest in _UNITS else ""


def currency_code(cell: str) -> str:
    """The currency that a cell names by code, sign or word; empty when it names none."""
    text = unicodedata.normalize("NFKC", cell).strip().lower()
    if text in _CURRENCIES:
        return _CURRENCIES[text]
    return text.upper() if len(text) == 3 and text.isascii() and text.isalpha() else ""


def _currency(text: str, default: str) -> tuple[str, str]:
    """`text` without its currency signs, and the currency that the first of them names."""
    named = ""
    for sign, code in _CURRENCIES.items():
        if sign in text:
            text = text.replace(sign, " ").strip()
            own = (sign == "$" and default in _DOLLARS) or (sign == "¥" and default == "JPY")
            named = named or (default if own else code)
    return text, named


def _minor(number: str, unit: str, currency: str, *, has_unit: bool) -> int | None:
    plain = _plain_number(number, has_unit)
    if plain is None:
        return None
    minor = Decimal(plain) * _UNITS.get(unit, 1) * minor_units(currency)
    return int(minor.to_integral_value(ROUND_HALF_UP))


def _plain_number(number: str, has_unit: bool) -> str | None:
    """`number` with a point for the decimals and nothing between the thousands; None for `1.2.3`."""
    text = number.replace("'", "").replace(" ", "")
    commas, points = text.count(","), text.count(".")
    if commas and points:
        decimal = "," if text.rindex(",") > text.rindex(".") else "."
        if text.count(decimal) > 1:
            return None
        return text.replace("." if decimal == "," else ",", "").replace(",", ".")
    mark = "," if commas else "."
    if not commas + points:
        return text
    groups = text.split(mark)
    thousands = len(groups[-1]) == 3 and groups[0] != "0" and all(1 < len(group) < 4 for group in groups[1:])
    if len(groups) > 2:
        return "".join(groups) if thousands and len(groups[0]) < 4 else None
    if thousands and len(groups[0]) < 4 and not has_unit:
        return "".join(groups)
    return text.replace(",", ".")
