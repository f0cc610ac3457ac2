"""What sample leads are described with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo

from leadtui.clock import MINUTE, to_local, to_milliseconds

Draft = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SampleLead:
    """One lead and what happened to it so far."""

    draft: Draft
    """For `create_lead`."""
    engagements: tuple[tuple[str, int], ...] = ()
    """What the lead did by itself: (event, when)."""
    follow_ups: tuple[Draft, ...] = ()
    """For `log_follow_up`, oldest first; the last one plans the next step."""
    signals: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    custom: Draft = field(default_factory=dict)
    verdict: tuple[str, str, str] | None = None
    """For `screen`: verdict, reason, note."""
    snoozed_until: int | None = None


class Days:
    """Moments relative to now, on the wall clock of a zone."""

    def __init__(self, now: int, zone: tzinfo) -> None:
        self.now = now
        self._local = to_local(now, zone)

    def at(self, days: int, hour: int, minute: int = 0) -> int:
        """The wall-clock time of the day that is `days` after today."""
        day = self._local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return to_milliseconds(day + timedelta(days=days))

    def later_today(self, minutes: int) -> tuple[int, bool]:
        """Some minutes from now, to the quarter of an hour; the day without a time when it ends before."""
        quarter = 15 * MINUTE
        later = (self.now + minutes * MINUTE) // quarter * quarter
        return (later, False) if later < self.at(1, 0) else (self.at(0, 0), True)


def follow_up(
    at: int,
    channel: str,
    result: str,
    content: str,
    step: str = "",
    due: int | None = None,
    all_day: bool = False,
    minutes: int | None = None,
) -> Draft:
    """The draft of a follow-up made at `at`."""
    return {
        "at": at,
        "channel": channel,
        "result": result,
        "content": content,
        "duration_minutes": minutes,
        "next_step": step,
        "next_due": due,
        "next_due_all_day": all_day,
    }
