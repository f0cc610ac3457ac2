from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.clock import to_local, to_milliseconds
from leadtui.settings import WorkHours
from leadtui.settings.working_hours import add_working, day_end, working_day_from

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
OFF = WorkHours()
OFFICE = WorkHours(enabled=True)
HOUR = 60


def at(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    return to_milliseconds(datetime.fromisoformat(text).replace(tzinfo=zone))


def shown(moment: int, zone: ZoneInfo = SHANGHAI) -> str:
    return f"{to_local(moment, zone):%Y-%m-%d %H:%M}"


def test_without_office_hours_time_is_time() -> None:
    assert add_working(1000, 90, OFF, SHANGHAI) == 1000 + 90 * 60_000
    assert working_day_from(date(2026, 11, 21), OFF) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-20 10:00", 2 * HOUR, "2026-11-20 12:00"),  # a Friday
        ("2026-11-20 17:00", 2 * HOUR, "2026-11-23 10:00"),
        ("2026-11-20 16:00", 2 * HOUR, "2026-11-20 18:00"),
        ("2026-11-20 20:00", 2 * HOUR, "2026-11-23 11:00"),
        ("2026-11-20 03:00", 2 * HOUR, "2026-11-20 11:00"),
        ("2026-11-21 12:00", 30, "2026-11-23 09:30"),
        ("2026-11-20 10:00", 24 * HOUR, "2026-11-23 10:00"),
        ("2026-11-20 10:00", 12 * HOUR, "2026-11-23 10:00"),
        ("2026-11-20 10:00", 48 * HOUR, "2026-11-24 10:00"),
        ("2026-11-20 10:00", 26 * HOUR, "2026-11-23 12:00"),
        ("2026-11-20 10:00", 0, "2026-11-20 10:00"),
        ("2026-11-21 10:00", 0, "2026-11-23 09:00"),
    ],
)
def test_only_office_hours_count(start: str, minutes: int, end: str) -> None:
    assert shown(add_working(at(start), minutes, OFFICE, SHANGHAI)) == end


def test_holidays_are_off_and_extra_days_are_worked() -> None:
    hours = OFFICE.but(holidays=("2026-11-23",), extra_days=("2026-11-22",))
    assert shown(add_working(at("2026-11-20 17:00"), 2 * HOUR, hours, SHANGHAI)) == "2026-11-22 10:00"
    assert shown(add_working(at("2026-11-22 17:00"), 2 * HOUR, hours, SHANGHAI)) == "2026-11-24 10:00"
    assert working_day_from(date(2026, 11, 23), hours) == date(2026, 11, 24)
    assert working_day_from(date(2026, 11, 21), hours) == date(2026, 11, 22)


def test_an_office_that_never_closes() -> None:
    hours = OFFICE.but(start="00:00", end="24:00", weekdays=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    assert shown(add_working(at("2026-11-20 10:00"), 30 * HOUR, hours, SHANGHAI)) == "2026-11-21 16:00"


def test_a_calendar_without_days_to_come_falls_back_to_plain_time() -> None:
    hours = OFFICE.but(weekdays=(), extra_days=("2020-01-01",))
    assert add_working(at("2026-11-20 10:00"), 60, hours, SHANGHAI) == at("2026-11-20 11:00")
    assert working_day_from(date(2026, 11, 21), hours) == date(2026, 11, 21)


def test_the_office_opens_by_the_wall_clock_when_summer_time_ends() -> None:
    friday = at("2026-10-23 17:00", BERLIN)
    assert shown(add_working(friday, 2 * HOUR, OFFICE, BERLIN), BERLIN) == "2026-10-26 10:00"


def test_a_day_ends_with_its_last_millisecond() -> None:
    minute = at("2026-11-20 10:42") // 60_000
    assert day_end(minute * 60_000, SHANGHAI) + 1 == at("2026-11-21 00:00")
    assert day_end(minute * 60_000, SHANGHAI, 3) + 1 == at("2026-11-24 00:00")
    autumn = at("2026-10-25 00:30", BERLIN) // 60_000
    assert day_end(autumn * 60_000, BERLIN) + 1 - at("2026-10-25 00:00", BERLIN) == 25 * 3_600_000


MOMENTS = st.integers(
    to_milliseconds(datetime(2025, 1, 1, tzinfo=UTC)), to_milliseconds(datetime(2028, 1, 1, tzinfo=UTC))
)
MINUTES = st.integers(0, 8 * 24 * HOUR)


@given(MOMENTS, MINUTES, st.sampled_from([SHANGHAI, BERLIN]))
def test_it_ends_in_the_office_and_never_before_it_began(start: int, minutes: int, zone: ZoneInfo) -> None:
    end = add_working(start, minutes, OFFICE, zone)
    local = to_local(end, zone)
    assert end >= start
    assert local.weekday() < 5
    assert "09:00" <= f"{local:%H:%M}" <= "18:00"


@given(MOMENTS, MINUTES, MINUTES, MOMENTS)
def test_more_time_or_a_later_start_never_end_sooner(start: int, one: int, other: int, later: int) -> None:
    def end(begin: int, minutes: int) -> int:
        return add_working(begin, minutes, OFFICE, SHANGHAI)

    assert end(start, min(one, other)) <= end(start, max(one, other))
    assert end(min(start, later), one) <= end(max(start, later), one)
