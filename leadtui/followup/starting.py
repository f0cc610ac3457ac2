"""Starting a playbook on leads: its tasks, with their titles filled in and their days counted (R60, R110)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta, tzinfo
from typing import TYPE_CHECKING

from leadtui.clock import MINUTE, moment_on, to_local
from leadtui.followup.runs import begin, refuse_running
from leadtui.followup.tasks import TITLE_LIMIT, NewTask, insert_tasks
from leadtui.playbooks.filling import FROM_LEAD, fill, values_of
from leadtui.playbooks.playbook import PlannedTask, Playbook
from leadtui.qualify.changing import changeable
from leadtui.settings.working_hours import working_day_from
from leadtui.text import shortened
from leadtui.values import OPEN_STATUSES, Milliseconds

if TYPE_CHECKING:
    from leadtui.settings import Settings
    from leadtui.store.act import Act

COLUMNS = (*FROM_LEAD, "source_channel")
"""What the titles of tasks are filled in from."""


def start(act: Act, lead_ids: Sequence[str], playbook: Playbook) -> None:
    """Start a playbook on open leads on which none is at work; otherwise LeadTUIError."""
    ids = [lead.id for lead in changeable(act, lead_ids, OPEN_STATUSES)]
    refuse_running(act, ids)
    rows = act.rows(f"SELECT id, custom, {', '.join(COLUMNS)} FROM lead WHERE id IN ({{marks}})", ids)
    bring_tasks(act, list(rows), playbook)


def bring_tasks(act: Act, rows: Iterable[Sequence[object]], playbook: Playbook, of: str = "lead") -> None:
    """Begin a run, with its tasks, on each record: its id, its custom fields (JSON), and `COLUMNS`."""
    dated = [(task, due_of(task, act.now, act.settings, act.zone)) for task in playbook.tasks]
    brought: list[NewTask] = []
    for identity, custom, *values in rows:
        fields = dict(zip(COLUMNS, values, strict=True))
        known = values_of(fields, json.loads(str(custom)), act.author, act.now, act.zone)
        owner = str(fields["owner"] or "")
        run_id = begin(act, str(identity), playbook.code, of)
        brought += [
            NewTask(
                str(identity), owner, shortened(fill(task.title, known).text, TITLE_LIMIT), *due,
                task.channel, task.template, run_id,
            )
            for task, due in dated
        ]  # fmt: skip
    insert_tasks(act, brought, of)


def due_of(
    task: PlannedTask, now: Milliseconds, settings: Settings, zone: tzinfo
) -> tuple[Milliseconds, bool]:
    """When a task of a playbook that starts now is due, and whether that is a day.

    Days are moved to a working day when there are office hours.
    """
    if not task.days:
        return now + task.minutes * MINUTE, False
    day = to_local(now, zone).date() + timedelta(days=task.minutes // 1440)
    day = working_day_from(day, settings.work_hours)
    moment = moment_on(day, task.at or "0:00", zone)
    if task.at and moment < now:
        return now, False
    return moment, not task.at
