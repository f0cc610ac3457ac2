"""What the app and the command line word alike: activities, and lines of a lead's card."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from leadtui.details import ContentTask, LeadDetail
from leadtui.followup.describe import describe_exact
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label


def activity_head(kind: str, channel: str, result: str, minutes: int | None = None) -> str:
    """How something happened, and what came of it: `phone, reached, 10 min`."""
    group = "engagement" if kind == "engagement" else "channel"
    took = _("{minutes} min").format(minutes=minutes) if minutes else ""
    return ", ".join(filter(None, (label(group, channel), label("result", result), took)))


def content_texts(tasks: Iterable[ContentTask]) -> list[str]:
    """What a nurture stage asks for: by which channel, how often, about what (R47)."""
    return [_content(task) for task in tasks if task.every_days]


def _content(task: ContentTask) -> str:
    often = ngettext("every {count} day", "every {count} days", task.every_days).format(count=task.every_days)
    text = _("{channel} {often}: {topics}").format(
        channel=label("channel", task.channel),
        often=often,
        topics=", ".join(label("topic", topic) for topic in task.topics),
    )
    return _("{task}, when it is wanted").format(task=text) if task.optional else text


def entry_text(detail: LeadDetail, zone: tzinfo) -> str:
    """That a lead waited too long to be entered, which is a defect of its own (R16, C7); else nothing."""
    acquired, entered = detail.fields.get("acquired_at"), detail.fields.get("created_at")
    is_late = detail.response is not None and detail.response.entered_late
    if not is_late or not isinstance(acquired, int) or not isinstance(entered, int):
        return ""
    return _("acquired {acquired}, entered {entered}").format(
        acquired=describe_exact(acquired, False, zone), entered=describe_exact(entered, False, zone)
    )
