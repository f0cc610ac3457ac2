"""A playbook at work on a lead or an opportunity: started, paused by an answer, resumed, ended (R110).

What it is on is `of`: `lead` or `opportunity`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from leadtui.clock import DAY, to_local, to_milliseconds
from leadtui.details import PlaybookRun
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.store.columns import OPEN_TASK

if TYPE_CHECKING:
    from leadtui.store.act import Act

PAUSING = frozenset({"replied", "meeting_set"})
"""Results of a follow-up that pause a playbook: what comes next depends on the answer."""


def run_on(connection: sqlite3.Connection, identity: str, of: str = "lead") -> PlaybookRun | None:
    """The playbook that runs or rests on a record, the newest one."""
    found = connection.execute(
        f"""SELECT id, playbook, paused_at, pause_reason FROM playbook_run
            WHERE {of}_id = ? AND ended_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 1""",
        (identity,),
    ).fetchone()
    return PlaybookRun(*found) if found else None


def pause(act: Act, ids: Sequence[str], reason: str, of: str = "lead") -> None:
    """Let the playbooks of records rest; `reason` is the code of a result, or `by_hand`."""
    act.connection.executemany(
        f"""UPDATE playbook_run SET paused_at = ?, pause_reason = ?
            WHERE {of}_id = ? AND ended_at IS NULL AND paused_at IS NULL""",
        ((act.now, reason, identity) for identity in ids),
    )


def resume(act: Act, ids: Sequence[str], of: str = "lead") -> None:
    """Go on with the playbooks of records; their tasks come as much later as they rested, in whole days."""
    for run_id, paused_at in _running(act, ids, of, "paused_at IS NOT NULL"):
        rested = timedelta(days=-(-(act.now - int(str(paused_at))) // DAY))
        waiting = act.connection.execute(
            f"SELECT id, due FROM task WHERE run_id = ? AND due IS NOT NULL AND {OPEN_TASK}", (run_id,)
        ).fetchall()
        # A day of the calendar has 23 hours once a year, and 25.
        act.connection.executemany(
            "UPDATE task SET due = ? WHERE id = ?",
            ((to_milliseconds(to_local(due, act.zone) + rested), task_id) for task_id, due in waiting),
        )
        act.connection.execute(
            "UPDATE playbook_run SET paused_at = NULL, pause_reason = '' WHERE id = ?", (run_id,)
        )


def end(act: Act, ids: Sequence[str], of: str = "lead") -> None:
    """End the playbooks of records; what of their tasks is open is cancelled."""
    for run_id, _paused in _running(act, ids, of, "1"):
        act.connection.execute(
            f"UPDATE task SET cancelled_at = ? WHERE run_id = ? AND {OPEN_TASK}", (act.now, run_id)
        )
        act.connection.execute("UPDATE playbook_run SET ended_at = ? WHERE id = ?", (act.now, run_id))


def begin(act: Act, identity: str, playbook: str, of: str = "lead") -> str:
    """Note that a playbook was started on a record, and return the run's id; one runs at a time."""
    run_id = act.new_id()
    act.connection.execute(
        f"INSERT INTO playbook_run (id, {of}_id, playbook, author, started_at) VALUES (?, ?, ?, ?, ?)",
        (run_id, identity, playbook, act.author, act.now),
    )
    return run_id


def refuse_running(act: Act, ids: Sequence[str], of: str = "lead") -> None:
    """LeadTUIError when a playbook is at work on one of the records."""
    rows = act.rows(
        f"""SELECT number FROM playbook_run JOIN {of} ON {of}.id = {of}_id
            WHERE {of}_id IN ({{marks}}) AND ended_at IS NULL""",
        ids,
    )
    found = next(rows, None)
    if found is not None:
        raise LeadTUIError(
            _("A playbook is at work on {number}: end that one first.").format(number=found[0])
        )


def _running(act: Act, ids: Sequence[str], of: str, condition: str) -> list[tuple[object, ...]]:
    return list(
        act.rows(
            "SELECT id, paused_at FROM playbook_run"
            f" WHERE {of}_id IN ({{marks}}) AND ended_at IS NULL AND {condition}",
            ids,
        )
    )
