"""Amounts where there is little room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leadtui.i18n import use_language
from leadtui.money import short_money


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("language", "amount", "shown"),
    [
        ("en", 8_000, "80 CNY"),
        ("en", 35_000_000, "350k CNY"),
        ("en", 120_000_000, "1.2M CNY"),
        ("en", 500_000_000_000, "5bn CNY"),
        ("zh_CN", 500_000, "5000 CNY"),
        ("zh_CN", 35_000_000, "35万 CNY"),
        ("zh_CN", 120_000_000, "120万 CNY"),
        ("zh_CN", 12_300_000_000, "1.2亿 CNY"),
    ],
)
def test_large_amounts_are_counted_as_the_language_does(language: str, amount: int, shown: str) -> None:
    use_language(language)
    assert short_money(amount, "CNY") == shown
