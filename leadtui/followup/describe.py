"""Moments as short words for lists, details and fields, in the user's language."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from leadtui.clock import MINUTE, to_local
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.labels import label
from leadtui.values import Milliseconds, ReminderKind

_MONTHS = (
    marked("Jan"),
    marked("Feb"),
    marked("Mar"),
    marked("Apr"),
    marked("May"),
    marked("Jun"),
    marked("Jul"),
    marked("Aug"),
    marked("Sep"),
    marked("Oct"),
    marked("Nov"),
    marked("Dec"),
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def describe_next(due_kind: str, next_step: str, task: str = "") -> str:
    """What a lead or a record wants next, which is what its due moment belongs to: the task that comes first,
    the name of what it asks for, or the step that is planned."""
    if task:
        return task
    if due_kind and (due_kind != ReminderKind.NEXT_STEP or not next_step):
        return label("reminder", due_kind)
    return next_step


def describe_due(due: Milliseconds, all_day: bool, now: Milliseconds, zone: tzinfo) -> str:
    """What stands in the Due column: `2h late`, `3d late`, `14:00`, `tomorrow 10:00`, `Fri 10:00`, `3 Dec`.

    A due day (`all_day`) is late only after it has ended in `zone`, and is late by whole days.
    """
    local = to_local(due, zone)
    days = (local.date() - to_local(now, zone).date()).days
    if all_day and days < 0:
        return _("{days}d late").format(days=-days)
    if not all_day and due <= now:
        return _short_late((now - due) // MINUTE)
    if days > 6:
        return _day(local.date(), to_local(now, zone).date())
    time = "" if all_day else _clock(local)
    if days == 0:
        return time or _("today")
    day = _("tomorrow") if days == 1 else label("weekday", _WEEKDAYS[local.weekday()])
    return _("{day} {time}").format(day=day, time=time) if time else day


def describe_limit(limit: Milliseconds, now: Milliseconds, zone: tzinfo) -> str:
    """`describe_due` for what a lead or a reminder has: the last millisecond of a day means the day."""
    return describe_due(limit, limit % MINUTE == MINUTE - 1, now, zone)


def describe_past(at: Milliseconds, now: Milliseconds, zone: tzinfo) -> str:
    """When something happened: `10:42` today, `18 Nov` this year, else `18 Nov 2025`."""
    local, today = to_local(at, zone), to_local(now, zone).date()
    return _clock(local) if local.date() == today else _day(local.date(), today)


def format_when(at: Milliseconds, all_day: bool, zone: tzinfo) -> str:
    """A date as a field holds it in any language: `2026-12-03 14:00`; `parse_when` reads it back."""
    local = to_local(at, zone)
    return f"{local:%Y-%m-%d}" if all_day else f"{local:%Y-%m-%d %H:%M}"


def describe_exact(at: Milliseconds, all_day: bool, zone: tzinfo) -> str:
    """A date in full, to check what was understood: `Fri 4 Dec 2026 14:00`."""
    local = to_local(at, zone)
    weekday, month = label("weekday", _WEEKDAYS[local.weekday()]), _(_MONTHS[local.month - 1])
    day = _("{weekday} {day} {month} {year}").format(
        weekday=weekday, day=local.day, month=month, year=local.year
    )
    return day if all_day else _("{day} {time}").format(day=day, time=_clock(local))


def _short_late(minutes: int) -> str:
    if minutes < 1:
        return _("now")
    if minutes < 60:
        return _("{minutes}m late").format(minutes=minutes)
    if minutes < 1440:
        return _("{hours}h late").format(hours=minutes // 60)
    return _("{days}d late").format(days=minutes // 1440)


def _clock(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


def _day(day: date, today: date) -> str:
    month = _(_MONTHS[day.month - 1])
    if day.year == today.year:
        return _("{day} {month}").format(day=day.day, month=month)
    # Translators: `3 Dec 2027`, at most 12 columns wide; {date:%y} is the year in two digits.
    return _("{date.day} {month} {date.year}").format(date=day, month=month)
