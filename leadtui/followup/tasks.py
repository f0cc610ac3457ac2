"""Tasks: things to do on a lead by a time, beside its next step; playbooks bring them (R60, R62)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from leadtui.details import TaskRow
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.followup.facts import LEAD_TASK, WANTED_TASK
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import changeable
from leadtui.store.columns import OPEN_TASK
from leadtui.text import one_line
from leadtui.values import OPEN_STATUSES, Milliseconds

if TYPE_CHECKING:
    from leadtui.store.act import Act

_ROW = """task.id, task.title, channel, due, due_all_day, template, task.owner, lead.id, lead.seq,
lead.company, lead.contact"""
TITLE_LIMIT = 200


class NewTask(NamedTuple):
    """A task that is to be written."""

    parent: str
    """The id of the record that it belongs to."""
    owner: str
    title: str
    due: Milliseconds
    all_day: int
    channel: str
    template: str
    run_id: str = ""
    """The run of the playbook that brings it."""


def tasks_of_lead(connection: sqlite3.Connection, lead_id: str) -> tuple[TaskRow, ...]:
    """The open tasks of a lead: the first one due before the others, those of a paused playbook last."""
    found = connection.execute(
        f"""SELECT {_ROW} FROM task JOIN lead ON lead.id = lead_id WHERE lead_id = ? AND {OPEN_TASK}
            ORDER BY NOT ({WANTED_TASK}), due IS NULL, due, task.id""",
        (lead_id,),
    )
    return tuple(_task(values) for values in found)


def wanted_tasks(connection: sqlite3.Connection, user: str, limit: int = 500) -> tuple[TaskRow, ...]:
    """The tasks on open leads that `user` or nobody owns and that want to be done, by when they are due."""
    found = connection.execute(
        f"""SELECT {_ROW} FROM task JOIN lead ON lead.id = lead_id
            WHERE {WANTED_TASK} AND lead.open = 1 AND task.owner IN ('', ?) ORDER BY due, task.id LIMIT ?""",
        (user, limit),
    )
    return tuple(_task(values) for values in found)


def add_task(
    act: Act,
    lead_ids: Sequence[str],
    title: str,
    due: Milliseconds,
    all_day: bool = False,
    channel: str = "",
    template: str = "",
) -> None:
    """Put a task on each of some open leads, for its owner; FieldProblems when it has no title."""
    title = one_line(title)
    if not title:
        raise FieldProblems({"title": _("Say what is to be done.")})
    if len(title) > TITLE_LIMIT:
        raise FieldProblems({"title": _("Shorten it to {n} characters.").format(n=TITLE_LIMIT)})
    ids = [lead.id for lead in changeable(act, lead_ids, OPEN_STATUSES)]
    rows = list(act.rows("SELECT id, owner FROM lead WHERE id IN ({marks})", ids))
    said = title, due, int(all_day), channel, template
    insert_tasks(act, (NewTask(str(lead_id), str(owner), *said) for lead_id, owner in rows))


def insert_tasks(act: Act, tasks: Iterable[NewTask], of: str = "lead") -> None:
    """Write tasks on leads, or opportunities, that were looked at; one that nobody owns is the author's."""
    act.connection.executemany(
        f"""INSERT INTO task ({of}_id, owner, title, due, due_all_day, channel, template, run_id, id, author,
                             created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (*task._replace(owner=task.owner or act.author), act.new_id(), act.author, act.now)
            for task in tasks
        ),
    )


def finish_tasks(act: Act, task_ids: Sequence[str]) -> None:
    """Tasks are done."""
    _close(act, task_ids, "done_at")


def cancel_tasks(act: Act, task_ids: Sequence[str]) -> None:
    """Tasks needn't be done any more."""
    _close(act, task_ids, "cancelled_at")


def finish_next(act: Act, ids: Sequence[str], of: str = "lead") -> None:
    """The task of each lead, or other record, that is due first is done."""
    first: dict[str, str] = {}
    wanted = LEAD_TASK if of == "lead" else WANTED_TASK
    rows = act.rows(
        f"""SELECT {of}_id, task.id FROM task WHERE {of}_id IN ({{marks}}) AND {wanted}
            ORDER BY due, task.id""",
        ids,
    )
    for identity, task_id in rows:
        first.setdefault(str(identity), str(task_id))
    finish_tasks(act, list(first.values()))


def _close(act: Act, task_ids: Sequence[str], column: str) -> None:
    """Close tasks, and the run of a playbook whose last task that was."""
    rows = list(
        act.rows(f"SELECT task.id, run_id FROM task WHERE task.id IN ({{marks}}) AND {OPEN_TASK}", task_ids)
    )
    if len(rows) < len(set(task_ids)):
        raise LeadTUIError(_("The task is no longer open: look at the list again."))
    act.connection.executemany(
        f"UPDATE task SET {column} = ? WHERE id = ?", ((act.now, task_id) for task_id, _run in rows)
    )
    act.connection.executemany(
        f"""UPDATE playbook_run SET ended_at = ? WHERE id = ? AND ended_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM task WHERE run_id = playbook_run.id AND {OPEN_TASK})""",
        ((act.now, run) for run in dict.fromkeys(run for _task, run in rows if run)),
    )


def _task(values: tuple[object, ...]) -> TaskRow:
    row = TaskRow(*values)  # type: ignore[arg-type]
    return row._replace(all_day=bool(row.all_day))
