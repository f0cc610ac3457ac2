"""Time that counts only while the office is open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from leadtui.clock import MINUTE, day_start, to_local, to_milliseconds
from leadtui.settings.model import WorkHours
from leadtui.values import Milliseconds

_DAY_MINUTES = 24 * 60
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FAR = 3700
"""Days to look ahead for a working day, before the calendar is taken for empty."""


class _Calendar(NamedTuple):
    weekdays: frozenset[int]
    opens: int
    closes: int
    """Minutes of the day."""
    holidays: frozenset[date]
    extra_days: frozenset[date]


def add_working(start: Milliseconds, minutes: float, hours: WorkHours, zone: tzinfo) -> Milliseconds:
    """The moment by which `minutes` have passed, counting only working time when that is switched on.

    24 hours then stand for one working day, so a limit of 24 h that begins on Friday at 10:00 ends on Monday
    at 10:00; and what is left counts as hours, at most a working day of them.
    """
    if not hours.enabled:
        return start + round(minutes * MINUTE)
    calendar = _calendar(hours)
    length = calendar.closes - calendar.opens
    days, rest = divmod(minutes, _DAY_MINUTES)
    left = round((days * length + min(rest, length)) * MINUTE)
    day = to_local(start, zone).date()
    for _ in range(_FAR):
        if _is_worked(day, calendar):
            opens, closes = _moment(day, calendar.opens, zone), _moment(day, calendar.closes, zone)
            begin = max(start, opens)
            if begin < closes and begin + left <= closes:
                return begin + left
            left -= max(0, closes - begin)
        day += timedelta(days=1)
    return start + round(minutes * MINUTE)


def working_day_from(day: date, hours: WorkHours) -> date:
    """`day` itself, or the first working day after it when that is switched on."""
    if not hours.enabled:
        return day
    calendar = _calendar(hours)
    for ahead in range(_FAR):
        if _is_worked(day + timedelta(days=ahead), calendar):
            return day + timedelta(days=ahead)
    return day


def day_end(at: Milliseconds, zone: tzinfo, days: int = 0) -> Milliseconds:
    """The last millisecond of the local day of a moment, or of the day that lies `days` after it."""
    return _day_end(at // MINUTE, days, zone)


def late_after(due: Milliseconds, all_day: object, zone: tzinfo) -> Milliseconds:
    """The moment after which what is due is late: its own, or the end of its local day."""
    return _day_end(due // MINUTE, 0, zone) if all_day else due


@lru_cache(maxsize=8192)
def _day_end(minute: int, days: int, zone: tzinfo) -> Milliseconds:
    """Minutes since 1970 (UTC): whatever is due in the same one has the same end."""
    day = to_local(minute * MINUTE, zone).date() + timedelta(days=days + 1)
    return day_start(day, zone) - 1


@lru_cache(maxsize=8)
def _calendar(hours: WorkHours) -> _Calendar:
    return _Calendar(
        frozenset(_WEEKDAYS.index(name) for name in hours.weekdays),
        _minutes(hours.start),
        _minutes(hours.end),
        frozenset(map(date.fromisoformat, hours.holidays)),
        frozenset(map(date.fromisoformat, hours.extra_days)),
    )


def _minutes(clock_time: str) -> int:
    hour, minute = clock_time.split(":")
    return int(hour) * 60 + int(minute)


def _is_worked(day: date, calendar: _Calendar) -> bool:
    if day in calendar.extra_days:
        return True
    return day.weekday() in calendar.weekdays and day not in calendar.holidays


def _moment(day: date, minutes: int, zone: tzinfo) -> Milliseconds:
    """The moment at which the wall clock shows `minutes` after midnight; 24 h is the next midnight."""
    days, rest = divmod(minutes, _DAY_MINUTES)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone)
    return to_milliseconds(wall)
