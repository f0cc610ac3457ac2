"""Moments as short words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.followup.describe import (
    describe_due,
    describe_exact,
    describe_limit,
    describe_next,
    describe_past,
    format_when,
)

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = 60_000


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC).timestamp() * 1000)


NOW = moment("2026-11-18T10:42:00")  # a Wednesday


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-11-15T10:42", "3d late"),
        ("2026-11-17T10:43", "23h late"),
        ("2026-11-18T08:42", "2h late"),
        ("2026-11-18T08:43", "1h late"),
        ("2026-11-18T10:28", "14m late"),
        ("2026-11-18T10:42", "now"),
        ("2026-11-18T10:43", "10:43"),
        ("2026-11-18T14:00", "14:00"),
        ("2026-11-19T10:00", "tomorrow 10:00"),
        ("2026-11-20T10:00", "Fri 10:00"),
        ("2026-11-24T09:05", "Tue 09:05"),
        ("2026-11-25T10:00", "25 Nov"),
        ("2026-12-03T10:00", "3 Dec"),
        ("2027-01-03T10:00", "3 Jan 2027"),
    ],
)
def test_a_due_moment(due: str, expected: str) -> None:
    assert describe_due(moment(due), False, NOW, ZONE) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-15", "3d late"),
        ("2026-11-17", "1d late"),
        ("2026-11-18", "today"),
        ("2026-11-19", "tomorrow"),
        ("2026-11-20", "Fri"),
        ("2026-11-25", "25 Nov"),
        ("2027-11-18", "18 Nov 2027"),
    ],
)
def test_a_due_day(day: str, expected: str) -> None:
    assert describe_due(moment(day), True, NOW, ZONE) == expected


def test_a_due_day_is_late_only_after_it_has_ended_here() -> None:
    day = moment("2026-11-18")
    assert describe_due(day, True, moment("2026-11-18T23:59:59"), ZONE) == "today"
    assert describe_due(day, True, moment("2026-11-19T00:00:00"), ZONE) == "1d late"


def test_the_end_of_a_day_means_the_day() -> None:
    """Rules keep a day's end as the moment at which it turns late; nobody planned 23:59."""
    end = moment("2026-11-19T00:00:00") - 1
    assert describe_limit(end, NOW, ZONE) == "today"
    assert describe_limit(end + 24 * 60 * MINUTE, NOW, ZONE) == "tomorrow"
    assert describe_limit(end, end + 1, ZONE) == "1d late"
    assert describe_limit(moment("2026-11-18T23:59:00"), NOW, ZONE) == "23:59"
    assert describe_limit(moment("2026-11-19T10:00:00"), NOW, ZONE) == "tomorrow 10:00"


def test_the_past() -> None:
    assert describe_past(moment("2026-11-18T09:05"), NOW, ZONE) == "09:05"
    assert describe_past(moment("2026-11-17T23:59"), NOW, ZONE) == "17 Nov"
    assert describe_past(moment("2025-11-18T10:42"), NOW, ZONE) == "18 Nov 2025"


def test_in_full() -> None:
    assert describe_exact(moment("2026-12-04T14:00"), False, ZONE) == "Fri 4 Dec 2026 14:00"
    assert describe_exact(moment("2026-12-04"), True, ZONE) == "Fri 4 Dec 2026"
    assert format_when(moment("2026-12-04T14:00"), False, ZONE) == "2026-12-04 14:00"
    assert format_when(moment("2026-12-04"), True, ZONE) == "2026-12-04"


@given(st.integers(-5_000_000, 5_000_000), st.booleans())
def test_due_words_fit_their_column(minutes: int, all_day: bool) -> None:
    shown = describe_due(NOW + minutes * MINUTE, all_day, NOW, ZONE)
    assert 0 < len(shown) <= len("tomorrow 10:00")
    assert shown.endswith("late") <= (minutes < 0)


@pytest.mark.parametrize(
    ("kind", "step", "task", "told"),
    [
        ("next_step", "call", "", "call"),
        ("next_step", "", "", "next step"),
        ("first_contact", "call", "", "first contact"),
        ("silence", "", "", "silence"),
        ("task", "call", "Send the introduction", "Send the introduction"),
        ("", "call", "", "call"),
        ("", "", "", ""),
    ],
)
def test_what_is_next_is_what_the_due_moment_belongs_to(kind: str, step: str, task: str, told: str) -> None:
    assert describe_next(kind, step, task) == told
