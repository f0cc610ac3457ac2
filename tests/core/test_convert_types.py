"""What a field takes of a value of another kind: never less than all of it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from leadtui.convert.sources import Value
from leadtui.convert.targets import TargetField
from leadtui.convert.type_rules import Context, fit

DAY = 1_796_256_000_000
"""2026-12-03 in UTC."""


def value(kind: str, raw: Any, text: str = "", currency: str = "CNY") -> Value:
    return Value("x", "X", kind, raw, text or str(raw), currency if kind == "money" else "")


def taken(given: Value, kind: str, **more: Any) -> Any:
    """What a field of that kind stores; the word `blocked` when it takes nothing."""
    target = TargetField(
        "customer.custom.y", "customer", "custom.y", "Y", kind, more.get("choices", ()), more.get("limit", 0)
    )
    context = Context("CNY", UTC, more.get("translations", {}), more.get("added", ()))
    found = fit(given, target, context)
    if found.problem:
        assert found.stored is None
        return "too long" if found.too_long else "blocked"
    return found.stored


@pytest.mark.parametrize(
    ("given", "kind", "stored"),
    [
        (value("text", "Nova"), "text", "Nova"),
        (value("block", "a\nb"), "text", "a b"),
        (value("block", "a\nb"), "block", "a\nb"),
        (value("lines", "a\nb"), "text", "a; b"),
        (value("number", 12.5), "text", "12.5"),
        (value("money", 1_250_050, "12,500.50 CNY"), "text", "12,500.50 CNY"),
        (value("moment", DAY, "2026-12-03 00:00"), "text", "2026-12-03 00:00"),
        (value("yes_no", True, "yes"), "text", "yes"),
        (value("code", "later", "later"), "text", "later"),
        (value("number", 12), "number", 12),
        (value("text", "1,234"), "number", 1234),
        (value("text", "１２"), "number", 12),
        (value("text", "1,5"), "number", "blocked"),
        (value("text", "12 seats"), "number", "blocked"),
        (value("text", "١٢"), "number", 12),
        (value("money", 1_250_050), "number", 12500.5),
        (value("date", "2026-12-03"), "number", "blocked"),
        (value("text", "80%"), "percent", 80),
        (value("text", "180"), "percent", "blocked"),
        (value("money", 500), "money", 500),
        (value("money", 500, currency="EUR"), "money", "blocked"),
        (value("number", 12.34), "money", 1234),
        (value("number", 12.345), "money", "blocked"),
        (value("text", "50万"), "money", 50_000_000),
        (value("text", "20-30万"), "money", "blocked"),
        (value("text", "500 USD"), "money", "blocked"),
        (value("text", "plenty"), "money", "blocked"),
        (value("date", "2026-12-03"), "date", "2026-12-03"),
        (value("moment", DAY), "date", "2026-12-03"),
        (value("text", "3 Dec 2026"), "date", "2026-12-03"),
        (value("text", "2026年12月3日"), "date", "2026-12-03"),
        (value("text", "03/04/2026"), "date", "blocked"),
        (value("text", "45000"), "date", "blocked"),
        (value("text", "2026-02-30"), "date", "blocked"),
        (value("date", "2026-12-03"), "moment", DAY),
        (value("yes_no", True), "yes_no", True),
        (value("text", "是"), "yes_no", True),
        (value("text", "perhaps"), "yes_no", "blocked"),
        (value("text", "usd"), "currency", "USD"),
        (value("text", "gold"), "currency", "blocked"),
        (value("tags", ("a", "b")), "tags", ("a", "b")),
        (value("text", "a; b"), "tags", ("a", "b")),
        (value("text", "x" * 61), "tags", "too long"),
    ],
)
def test_each_kind_takes_what_it_can_read(given: Value, kind: str, stored: Any) -> None:
    assert taken(given, kind) == stored


def test_what_is_too_long_is_never_cut() -> None:
    assert taken(value("text", "x" * 500), "text", limit=500) == "x" * 500
    assert taken(value("text", "x" * 501), "text", limit=500) == "too long"


def test_a_choice_is_found_by_its_name_the_table_of_values_or_added() -> None:
    choices = ("Basic", "Full")
    assert taken(value("choice", "Full"), "choice", choices=choices) == "Full"
    assert taken(value("text", "ｆｕｌｌ"), "choice", choices=choices) == "Full"
    assert taken(value("text", "旗舰"), "choice", choices=choices) == "blocked"
    assert taken(value("text", "旗舰"), "choice", choices=choices, translations={"旗舰": "Full"}) == "Full"
    assert taken(value("text", "旗舰"), "choice", choices=choices, translations={"旗舰": "Gone"}) == "blocked"
    assert taken(value("text", "旗舰"), "choice", choices=choices, added=("旗舰",)) == "旗舰"
