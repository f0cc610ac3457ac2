"""What stands in a column of any record, as people read it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from leadtui.followup.column_text import column_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
MIDNIGHT = 1_795_276_800_000  # 2026-11-22 00:00 in Shanghai


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("company", None, ""),
        ("company", "", ""),
        ("company", "Nova", "Nova"),
        ("signal_budget", 0, "no"),
        ("asked_for_material", 1, "yes"),
        ("amount", 1_250_050, "12,500.50 CNY"),
        ("budget_min", 0, "0 CNY"),
        ("at", MIDNIGHT + 60_000, "2026-11-22 00:01"),
        ("expected_close", MIDNIGHT, "2026-11-22"),
        ("snoozed_until", MIDNIGHT, "2026-11-22"),
        ("stage", "won", "won"),
        ("stage", "contract", "contract"),
        ("source_channel", "past_customer", "past customer"),
        ("source_channel", "Bo's fair", "Bo's fair"),
        ("lost_reason", "no_budget", "no budget"),
        ("pause_reason", "by_hand", "by hand"),
        ("need_priority", "high", "high"),
        ("probability", 80, "80"),
    ],
)
def test_values_are_told_in_words(column: str, value: object, text: str) -> None:
    assert column_text(column, value, "CNY", SHANGHAI) == text
