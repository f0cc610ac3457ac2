"""Putting records off, planning their next step, and settling what they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.customers.records import changeable_records
from leadtui.customers.stages import hand_over, submit_report
from leadtui.errors import LeadTUIError
from leadtui.followup.planning import check_snooze, planned_step
from leadtui.followup.tasks import finish_next
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import set_columns
from leadtui.values import Milliseconds, ReminderKind

if TYPE_CHECKING:
    from leadtui.store.act import Act

_UNPLANNED = {"next_step": "", "next_due": None, "next_due_all_day": 0}


def snooze_records(act: Act, record: str, ids: Sequence[str], until: Milliseconds) -> None:
    """Let records ask for nothing until a moment to come."""
    check_snooze(act, until)
    known = changeable_records(act, record, ids)
    set_columns(act, record, known, {"snoozed_until": until})


def plan_records(
    act: Act, record: str, ids: Sequence[str], step: str, due: Milliseconds | None, all_day: bool = False
) -> None:
    """Plan the next step of records, or nothing with `due` None; FieldProblems for a date that is past."""
    planned = planned_step(act, step, due, all_day)
    set_columns(act, record, changeable_records(act, record, ids), planned)


def settle_records(act: Act, record: str, ids: Sequence[str]) -> None:
    """Do what records ask for next, where saying so is enough: the step is done, the report handed in, the
    grade confirmed as it stands, the profile looked through, what was won handed over.

    LeadTUIError where more is needed, or nothing is due.
    """
    known = changeable_records(act, record, ids)
    kinds = {
        str(identity): (str(number), str(kind))
        for identity, number, kind in act.rows(
            f"SELECT id, number, due_kind FROM {record} WHERE id IN ({{marks}})", known
        )
    }
    for identity in known:
        _settle(act, record, identity, *kinds[identity])


def _settle(act: Act, record: str, identity: str, number: str, kind: str) -> None:
    if kind == ReminderKind.NEXT_STEP:
        set_columns(act, record, [identity], {**_UNPLANNED, "snoozed_until": None})
    elif kind == ReminderKind.TASK:
        finish_next(act, [identity], record)
    elif kind == ReminderKind.STALE_PROFILE:
        set_columns(act, record, [identity], {"profile_at": act.now, "snoozed_until": None})
    elif kind == ReminderKind.REGRADE:
        set_columns(act, record, [identity], {"graded_at": act.now, "snoozed_until": None})
    elif kind == ReminderKind.PROJECT_REPORT:
        submit_report(act, [identity])
    elif kind == ReminderKind.HAND_OVER:
        hand_over(act, [identity])
    elif kind == ReminderKind.OBJECTION:
        raise LeadTUIError(_("{number} has an objection without an answer: answer it.").format(number=number))
    elif kind == ReminderKind.CLOSE_PASSED:
        raise LeadTUIError(
            _("{number} should be closed by now: win it, lose it, or edit its date.").format(number=number)
        )
    else:
        raise LeadTUIError(
            _("Nothing is due on {number}: plan a next step, or log a follow-up.").format(number=number)
        )
