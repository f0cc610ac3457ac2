"""A playbook at work on a lead: started, paused by an answer, resumed, ended (R110)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.values import PlaybookRun

if TYPE_CHECKING:
    from leadtui.store.act import Act

PAUSING = frozenset({"replied", "meeting_set"})
"""Results of a follow-up that pause a playbook: what comes next depends on the answer."""
_DAY = 86_400_000
_OPEN_TASK = "done_at IS NULL AND cancelled_at IS NULL AND deleted_at IS NULL"


def run_of_lead(connection: sqlite3.Connection, lead_id: str) -> PlaybookRun | None:
    """The playbook that runs or rests on a lead, the newest one."""
    found = connection.execute(
        """SELECT id, playbook, paused_at, pause_reason FROM playbook_run
           WHERE lead_id = ? AND ended_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 1""",
        (lead_id,),
    ).fetchone()
    return PlaybookRun(*found) if found else None


def pause(act: Act, lead_ids: Sequence[str], reason: str) -> None:
    """Let the playbooks of leads rest; `reason` is the code of a result, or `by_hand`."""
    act.connection.executemany(
        """UPDATE playbook_run SET paused_at = ?, pause_reason = ?
           WHERE lead_id = ? AND ended_at IS NULL AND paused_at IS NULL""",
        ((act.now, reason, lead_id) for lead_id in lead_ids),
    )


def resume(act: Act, lead_ids: Sequence[str]) -> None:
    """Go on with the playbooks of leads; their tasks come as much later as they rested, in whole days."""
    for run_id, paused_at in _running(act, lead_ids, "paused_at IS NOT NULL"):
        rested = -(-(act.now - int(str(paused_at))) // _DAY) * _DAY
        act.connection.execute(
            f"UPDATE task SET due = due + ? WHERE run_id = ? AND {_OPEN_TASK}", (rested, run_id)
        )
        act.connection.execute(
            "UPDATE playbook_run SET paused_at = NULL, pause_reason = '' WHERE id = ?", (run_id,)
        )


def end(act: Act, lead_ids: Sequence[str]) -> None:
    """End the playbooks of leads; what of their tasks is open is cancelled."""
    for run_id, _paused in _running(act, lead_ids, "1"):
        act.connection.execute(
            f"UPDATE task SET cancelled_at = ? WHERE run_id = ? AND {_OPEN_TASK}", (act.now, run_id)
        )
        act.connection.execute("UPDATE playbook_run SET ended_at = ? WHERE id = ?", (act.now, run_id))


def begin(act: Act, lead_id: str, playbook: str) -> str:
    """Note that a playbook was started on a lead, and return the run's id; one runs at a time."""
    run_id = act.new_id()
    act.connection.execute(
        "INSERT INTO playbook_run (id, lead_id, playbook, author, started_at) VALUES (?, ?, ?, ?, ?)",
        (run_id, lead_id, playbook, act.author, act.now),
    )
    return run_id


def refuse_running(act: Act, lead_ids: Sequence[str]) -> None:
    """LeadTUIError when a playbook is at work on one of the leads."""
    rows = act.rows(
        """SELECT number FROM playbook_run JOIN lead ON lead.id = lead_id
           WHERE lead_id IN ({marks}) AND ended_at IS NULL""",
        lead_ids,
    )
    found = next(rows, None)
    if found is not None:
        raise LeadTUIError(
            _("A playbook is at work on {number}: end that one first.").format(number=found[0])
        )


def _running(act: Act, lead_ids: Sequence[str], condition: str) -> list[tuple[object, ...]]:
    return list(
        act.rows(
            "SELECT id, paused_at FROM playbook_run"
            f" WHERE lead_id IN ({{marks}}) AND ended_at IS NULL AND {condition}",
            lead_ids,
        )
    )
