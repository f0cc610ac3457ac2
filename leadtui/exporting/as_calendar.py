"""What is due, as iCalendar events (RFC 5545).

The identity of an event is that of its record and the kind of its reminder, so that a calendar which is given
the file again moves the event it has. Events and not to-dos, because calendars leave to-dos out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta, tzinfo
from typing import Any, BinaryIO

from icalendar import Alarm, Calendar, Event

from leadtui.clock import to_local
from leadtui.exporting.job import Job
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.values import ReminderKind

_LASTS = timedelta(minutes=15)
_MORNING = timedelta(hours=9)
"""When the calendar rings for what is due on a day."""
_PRIORITIES = {"A": 1, "B": 5, "C": 9}


def write_calendar(file: BinaryIO, job: Job) -> None:
    """An event for each reminder of an open record that has a time or a day."""
    before, after = _frame()
    file.write(before)
    for sheet in job.sheets:
        for lead in job.counted(sheet.as_leads()):
            for kind, due in _reminders(lead.columns):
                file.write(_event(lead.columns, kind, due, job).to_ical())
                job.written += 1
    file.write(after)


def _frame() -> tuple[bytes, bytes]:
    """What stands before the events and after them."""
    calendar = Calendar()
    calendar.add("prodid", "-//LeadTUI//LeadTUI//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "LeadTUI")
    head, end, rest = calendar.to_ical().partition(b"END:VCALENDAR")
    return head, end + rest


def _reminders(lead: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The planned step, and what is due before it, each with its moment."""
    if not lead["open"]:
        return
    if lead["due_at"] is not None and lead["due_kind"] not in {"", *_WITHOUT_A_MOMENT}:
        yield lead["due_kind"], lead["due_at"]
    if lead["next_due"] is not None:
        yield ReminderKind.NEXT_STEP, lead["next_due"]


_WITHOUT_A_MOMENT = frozenset((ReminderKind.NO_NEXT_STEP, ReminderKind.NEXT_STEP))
"""A planned step is read from the plan itself: it may be a whole day."""


def _event(lead: dict[str, Any], kind: str, due: int, job: Job) -> Event:
    is_step = kind == ReminderKind.NEXT_STEP
    what = lead["next_step"] if is_step and lead["next_step"] else label("reminder", kind)
    event = Event()
    event.add("uid", f"{lead['id']}-{kind}@leadtui")
    event.add("dtstamp", to_local(job.now, UTC))
    event.add("summary", f"{what}: {lead['company'] or lead['contact'] or lead['number']}")
    all_day = bool(is_step and lead["next_due_all_day"])
    _place(event, due, all_day, job.zone)
    event.add("description", _description(lead))
    if lead["address"] or lead["city"]:
        event.add("location", ", ".join(filter(None, (lead["address"], lead["city"]))))
    event.add("priority", _PRIORITIES.get(lead["tier"], 0))
    event.add("transp", "TRANSPARENT")
    if job.alarm_minutes is not None:
        event.add_component(_alarm(what, all_day, job.alarm_minutes))
    return event


def _place(event: Event, due: int, all_day: bool, zone: tzinfo) -> None:
    """A day as such; a moment in UTC, which needs no time zone beside it."""
    if all_day:
        event.add("dtstart", to_local(due, zone).date())
    else:
        event.add("dtstart", to_local(due, UTC).replace(microsecond=0))
        event.add("duration", _LASTS)


def _description(lead: dict[str, Any]) -> str:
    who = ", ".join(filter(None, (lead["contact"], lead["title"])))
    number = lead["number"]
    if lead["score"] is not None:
        tier = _("Tier {tier}, score {score}").format(tier=lead["tier"], score=lead["score"])
        number = f"{number} · {tier}"
    lines = (who, lead["phone"] or lead["mobile"], lead["email"], lead["need"], number)
    return "\n".join(filter(None, lines))


def _alarm(what: str, all_day: bool, minutes: int) -> Alarm:
    """Rings so many minutes before; for a whole day on its morning."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", _MORNING if all_day else -timedelta(minutes=minutes))
    return alarm
