"""Both gates of a conversion over the seven signals (R70, R71; C12)."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from leadtui.convert.gates import readiness
from leadtui.settings import Settings
from leadtui.values import SIGNALS

ENOUGH = 10_000_000
"""The minimum of 100,000 in minor units of a currency with two decimals."""


def lead(low: int | None = None, high: int | None = None, currency: str = "CNY") -> dict[str, Any]:
    return {"budget_min": low, "budget_max": high, "currency": currency}


@pytest.mark.parametrize("count", range(8))
def test_two_of_four_open_the_one_gate_and_three_of_five_the_other(count: int) -> None:
    for signals in map(set, combinations(SIGNALS, count)):
        found = readiness(lead(high=ENOUGH), signals, Settings())
        assert found.opportunity.met == len(signals & {"intent", "budget", "decision_maker", "timeline"})
        assert found.customer.met == len(signals & {"intent", "budget", "demo", "contract", "referral"})
        assert found.opportunity.passed == (found.opportunity.met >= 2)
        assert found.customer.passed == (found.customer.met >= 3)
        assert [line.name for line in found.signals if line.on] == [s for s in SIGNALS if s in signals]


@pytest.mark.parametrize(
    ("low", "high", "currency", "counts"),
    [
        (None, ENOUGH, "CNY", True),
        (ENOUGH, None, "CNY", True),
        (1, ENOUGH, "CNY", True),
        (None, ENOUGH - 1, "CNY", False),
        (None, None, "CNY", False),
        (None, 100_000, "JPY", True),
        (None, 99_999, "JPY", False),
        (None, 100_000_000, "KWD", True),
        (None, ENOUGH, "", True),
    ],
)
def test_a_budget_counts_for_an_opportunity_from_the_minimum_on(
    low: int | None, high: int | None, currency: str, counts: bool
) -> None:
    found = readiness(lead(low, high, currency), {"budget"}, Settings())
    assert found.opportunity.met == int(counts)
    assert found.customer.met == 1
    (line,) = [line for line in found.signals if line.name == "budget"]
    assert bool(line.note) == (not counts)
