"""The time, as something that can be handed in."""

from __future__ import annotations

import time
from datetime import UTC, datetime, tzinfo
from typing import Protocol


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


def to_milliseconds(moment: datetime) -> int:
    """UTC milliseconds of an aware `moment`."""
    return int(moment.timestamp() * 1000)


def to_local(milliseconds: int, zone: tzinfo) -> datetime:
    """The wall-clock time of `milliseconds` in `zone`."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(zone)
