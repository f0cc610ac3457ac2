"""Putting leads off, planning their next step, and closing what was due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.errors import LeadTUIError
from leadtui.followup.tasks import finish_next
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import changeable, check_to_come, set_columns
from leadtui.text import one_line
from leadtui.values import OPEN_STATUSES, Milliseconds, ReminderKind

if TYPE_CHECKING:
    from leadtui.store.act import Act

_NOTHING = {"next_step": "", "next_due": None, "next_due_all_day": 0}


def snooze(act: Act, lead_ids: Sequence[str], until_ms: Milliseconds) -> None:
    """Keep leads out of the inbox until a moment to come."""
    check_snooze(act, until_ms)
    ids = [lead.id for lead in changeable(act, lead_ids, OPEN_STATUSES)]
    set_columns(act, "lead", ids, {"snoozed_until": until_ms})


def plan(
    act: Act, lead_ids: Sequence[str], step: str, due_ms: Milliseconds | None, all_day: bool = False
) -> None:
    """Plan the next step of leads, or nothing with `due_ms` None; FieldProblems for a date that is past."""
    planned = planned_step(act, step, due_ms, all_day)
    set_columns(act, "lead", [lead.id for lead in changeable(act, lead_ids, OPEN_STATUSES)], planned)


def check_snooze(act: Act, until: Milliseconds) -> None:
    """LeadTUIError when a snooze would end in the past."""
    if until <= act.now:
        raise LeadTUIError(_("This is past; snooze until a moment to come."))


def planned_step(act: Act, step: str, due: Milliseconds | None, all_day: bool) -> dict[str, object]:
    """The columns of a next step, of a lead or another record; FieldProblems for a date that is past."""
    planned = {"next_due": due, "next_due_all_day": int(all_day and due is not None)}
    check_to_come(act, planned)
    return {"next_step": one_line(step), **planned, "snoozed_until": None}


def mark_done(act: Act, lead_ids: Sequence[str]) -> None:
    """Close what leads are due for: what is late is settled, otherwise the planned step is done, or the first
    task.

    A first contact isn't done by saying so, and where nothing is due there is nothing to close: LeadTUIError.
    """
    ids = [lead.id for lead in changeable(act, lead_ids, OPEN_STATUSES)]
    done: list[str] = []
    stepped: list[str] = []
    tasked: list[str] = []
    rows = act.rows(
        "SELECT id, number, due_kind, due_at, next_due FROM lead WHERE id IN ({marks})",
        ids,
    )
    for lead_id, number, kind, due_at, next_due in rows:
        if kind == ReminderKind.FIRST_CONTACT:
            raise LeadTUIError(
                _("{number} was never contacted: log a follow-up instead.").format(number=number)
            )
        if kind == ReminderKind.TASK:
            tasked.append(str(lead_id))
            continue
        late = isinstance(due_at, int) and due_at <= act.now
        if next_due is not None and (kind == ReminderKind.NEXT_STEP or not late):
            stepped.append(str(lead_id))
        elif not late:
            raise LeadTUIError(
                _("Nothing is due on {number}: plan a next step, or log a follow-up.").format(number=number)
            )
        done.append(str(lead_id))
    finish_next(act, tasked)
    set_columns(act, "lead", done, {"acknowledged_at": act.now})
    set_columns(act, "lead", stepped, _NOTHING)
