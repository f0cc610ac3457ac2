"""A playbook: the tasks that a lead of some kind asks for, in a TOML file (R47, R60 to R62, R110)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from leadtui.i18n import gettext as _
from leadtui.playbooks.filling import unknown_names
from leadtui.playbooks.occasion import Occasion, read_occasion
from leadtui.settings.checks import CHECKS, Unfit, nearest
from leadtui.text import one_line
from leadtui.values import CHANNELS

Report = Callable[[str, str], None]
"""Takes the dotted name of what is wrong and a sentence."""

_KEYS = ("name", "about", "starts", "for", "task")
_TASK_KEYS = ("title", "channel", "after", "at", "template")
_MOST_TASKS = 50


class PlannedTask(NamedTuple):
    """A task that a playbook brings."""

    title: str
    channel: str
    minutes: int
    """How long after the start it is due; whole days count from the day of the start."""
    days: bool
    at: str
    """The time of day (`10:00`) of a task that is due after days, or empty for the whole day."""
    template: str


class Playbook(NamedTuple):
    """What to do on leads of some kind."""

    code: str
    """The name of its file, without the ending."""
    name: str
    about: str
    occasion: Occasion
    tasks: tuple[PlannedTask, ...]
    starts: bool = False
    """Whether it starts by itself: on a lead that comes in new, on an opportunity that is moved to one of its
    stages."""


def read_playbook(code: str, table: Mapping[str, Any], report: Report) -> Playbook | None:
    """The playbook that a TOML table says; None when it brings no task. What is wrong is reported."""
    for key in table.keys() - set(_KEYS):
        report(key, _("there is no setting {name}; {hint}").format(name=key, hint=nearest(key, _KEYS)))
    tasks = table.get("task", [])
    if not isinstance(tasks, list) or not all(isinstance(task, Mapping) for task in tasks):
        report("task", _("must be written as [[{name}]]").format(name="task"))
        return None
    found = [_task(f"task.{number}", task, report) for number, task in enumerate(tasks[:_MOST_TASKS])]
    planned = tuple(task for task in found if task is not None)
    if not planned:
        report("task", _("a playbook needs a task, written as [[task]] with a title"))
        return None
    name = one_line(str(table.get("name") or code.replace("-", " ")))
    occasion = read_occasion(table.get("for", {}), report)
    about = one_line(str(table.get("about") or ""))
    return Playbook(code, name, about, occasion, planned, _starts(table, occasion, report))


def _starts(table: Mapping[str, Any], occasion: Occasion, report: Report) -> bool:
    starts = table.get("starts", False)
    if not isinstance(starts, bool):
        report("starts", _("must be true or false"))
    elif starts and not occasion.opportunity and not occasion.holds_new_leads:
        report("starts", _("it never would: a new lead has the status new and the node first_contact"))
    else:
        return starts
    return False


def _task(place: str, table: Mapping[str, Any], report: Report) -> PlannedTask | None:
    for key in table.keys() - set(_TASK_KEYS):
        hint = nearest(key, _TASK_KEYS)
        report(
            f"{place}.{key}", _("there is no setting {name}; {hint}").format(name=f"task.{key}", hint=hint)
        )
    title = one_line(str(table.get("title") or ""))
    if not title:
        report(place, _("a task needs a title"))
        return None
    for _line, sentence in unknown_names(title):
        report(f"{place}.title", sentence)
    channel = str(table.get("channel") or "")
    if channel and channel not in CHANNELS:
        hint = nearest(channel, CHANNELS)
        report(
            f"{place}.channel",
            _("task.channel can't be '{word}'; {hint}").format(word=channel, hint=hint),
        )
        channel = ""
    after = re.fullmatch(r"\s*([0-9]{1,4})\s*(min|[hdw])\s*", str(table.get("after", "0d")))
    if after is None:
        report(f"{place}.after", _("task.after must look like 30min, 2h, 3d or 2w"))
    amount, unit = (int(after[1]), after[2]) if after else (0, "d")
    minutes = amount * {"min": 1, "h": 60, "d": 1440, "w": 10080}[unit]
    return PlannedTask(
        title, channel, minutes, unit in "dw", _clock(place, table, report), str(table.get("template") or "")
    )


def _clock(place: str, table: Mapping[str, Any], report: Report) -> str:
    if "at" not in table:
        return ""
    try:
        return str(CHECKS["ClockTime"](table["at"]))
    except Unfit as unfit:
        report(f"{place}.at", f"task.at {unfit}")
        return ""
