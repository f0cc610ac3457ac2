"""The time, as something that can be handed in."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as time_of_day
from typing import NamedTuple, Protocol

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""In milliseconds, as all times are."""


class Clock(Protocol):
    """Tells the time in UTC milliseconds."""

    def now(self) -> int: ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that stands until it is told to move."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        return self.at


def minutes_late(due: int | None, now: int) -> int:
    """How many whole minutes ago something was due; 0 for what is to come, and without a date."""
    return 0 if due is None else max(0, (now - due) // MINUTE)


def to_milliseconds(moment: datetime) -> int:
    """UTC milliseconds of an aware `moment`."""
    return int(moment.timestamp() * 1000)


def to_local(milliseconds: int, zone: tzinfo) -> datetime:
    """The wall-clock time of `milliseconds` in `zone`."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(zone)


def day_start(day: date, zone: tzinfo) -> int:
    """UTC milliseconds of the first moment of a day in `zone`."""
    return to_milliseconds(datetime.combine(day, time_of_day(), zone))


def moment_on(day: date, clock: str, zone: tzinfo) -> int:
    """UTC milliseconds of a time of a day in `zone`, told as the settings tell it: `9:30`."""
    hour, minute = map(int, clock.split(":"))
    return to_milliseconds(datetime.combine(day, time_of_day(hour % 24, minute), zone))


class Today(NamedTuple):
    """The moment of a read, and the bounds of the user's days around it, in UTC milliseconds."""

    now: int
    start: int
    end: int
    """The last millisecond of the day."""
    tomorrow_end: int
    week_end: int
    """The last millisecond of the seventh day, today being the first."""

    @classmethod
    def at(cls, now: int, zone: tzinfo) -> Today:
        """The day that `now` falls into in `zone`."""
        day = to_local(now, zone).date()
        start, end, tomorrow_end, week_end = (
            day_start(day + timedelta(days=days), zone) for days in (0, 1, 2, 7)
        )
        return cls(now, start, end - 1, tomorrow_end - 1, week_end - 1)
