"""Screening: whether a lead is worth following up (R24 to R29; C10, C18), and giving one up (R96, R107)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from leadtui.clock import day_start, moment_on, to_local
from leadtui.errors import FieldProblems, LeadTUIError, UsageError
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from leadtui.qualify.approval import answer_tasks, approves_alone, ask_supervisor
from leadtui.qualify.changing import EDITABLE, Known, changeable, set_columns
from leadtui.qualify.completeness import EITHER, missing_to_pass
from leadtui.settings.working_hours import working_day_from
from leadtui.text import clean, one_line
from leadtui.values import OPEN_STATUSES, Milliseconds, Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

VERDICTS: Mapping[str, Status] = {
    "valid": Status.WORKING,
    "watch": Status.WATCH,
    "invalid": Status.INVALID,
    "lost": Status.LOST,
    "recycled": Status.RECYCLED,
}
"""What becomes of a lead: `lost` gives up one that was worked on, `recycled` returns one to the pool."""
_NEED_A_REASON = frozenset({"invalid", "lost"})
_STAY = frozenset({Status.WORKING, Status.NURTURING, Status.QUALIFIED})
"""Leads that passed already; passing again changes nothing."""


def screen(act: Act, lead_ids: Sequence[str], verdict: str, reason: str = "", note: str = "") -> None:
    """Pass judgement on leads; also the way back for one that was closed.

    LeadTUIError when a lead lacks what a valid one needs, FieldProblems when a reason is missing; nothing is
    changed then. A lead to watch gets a second look at the next screening hour, unless something is planned.
    """
    if verdict not in VERDICTS:
        raise UsageError(_("A verdict is one of {words}.").format(words=", ".join(VERDICTS)))
    reason, note = one_line(reason), clean(note).strip()
    if verdict in _NEED_A_REASON and not reason:
        raise FieldProblems({"status_reason": _("Say why, so that it can be learned from.")})
    leads = changeable(act, lead_ids, EDITABLE)
    ids = [lead.id for lead in leads]
    if verdict == "valid":
        _refuse_incomplete(act, leads)
    judged = {"status_reason": reason, "status_note": note, "screened_at": act.now}
    set_columns(act, "lead", ids, {**judged, "retry_at": _retry(act, verdict)})
    status = VERDICTS[verdict]
    if verdict == "valid":
        set_columns(act, "lead", [lead.id for lead in leads if lead.status not in _STAY], {"status": status})
    else:
        set_columns(act, "lead", ids, {"status": status, "snoozed_until": None})
    if not approves_alone(act.settings, act.author):
        _ask_to_confirm(act, leads, verdict)
    elif verdict != "watch":
        for lead_id in ids:
            answer_tasks(act, "lead_id", lead_id)
    if verdict == "watch":
        _plan_second_look(act, ids)
    elif verdict in _NEED_A_REASON:
        set_columns(act, "lead", ids, {"next_step": "", "next_due": None, "next_due_all_day": 0})


def advance(act: Act, lead_ids: Sequence[str], status: str) -> None:
    """Say of open leads how far they are: `working`, `nurturing` or `qualified`."""
    if status not in _STAY:
        raise UsageError(_("A status is one of {words}.").format(words=", ".join(sorted(_STAY))))
    set_columns(
        act, "lead", [lead.id for lead in changeable(act, lead_ids, OPEN_STATUSES)], {"status": status}
    )


def _retry(act: Act, verdict: str) -> Milliseconds | None:
    """The start of the day on which a lead that is given up now may be tried again (R107); None for never."""
    team = act.settings.team
    days = {"lost": team.retry_lost_days, "recycled": team.retry_days}.get(verdict, 0)
    if not days:
        return act.now if verdict == "recycled" else None
    day = to_local(act.now, act.zone).date() + timedelta(days=days)
    return day_start(day, act.zone)


def next_screening(act: Act) -> Milliseconds:
    """The next day's screening hour (R26), on a working day when there are office hours."""
    day = to_local(act.now, act.zone).date() + timedelta(days=1)
    day = working_day_from(day, act.settings.work_hours)
    return moment_on(day, act.settings.screening.hour, act.zone)


def _ask_to_confirm(act: Act, leads: Sequence[Known], verdict: str) -> None:
    """In a team the supervisor has the second word on what is watched or found invalid (R26, R28, C19)."""
    titles = {
        "watch": _("Confirm that {number} is watched"),
        "invalid": _("Confirm that {number} is invalid"),
    }
    if verdict in titles:
        for lead in leads:
            title = titles[verdict].format(number=lead.number)
            ask_supervisor(act, title, "lead_id", lead.id, next_screening(act))


def _refuse_incomplete(act: Act, leads: Sequence[Known]) -> None:
    columns = ("contact", "need", "need_clarity", *EITHER["phone_or_email"])
    rows = act.rows(
        f"SELECT number, {', '.join(columns)} FROM lead WHERE id IN ({{marks}})", [lead.id for lead in leads]
    )
    lacking = [
        (number, missing)
        for number, *values in rows
        if (missing := missing_to_pass(dict(zip(columns, values, strict=True)), act.settings))
    ]
    if not lacking:
        return
    number, missing = lacking[0]
    what = ", ".join(label("missing", code) for code in missing)
    sentence = _("{number} can't pass yet: it lacks {what}. Edit it first, or watch it.").format(
        number=number, what=what
    )
    if len(lacking) > 1:
        more = len(lacking) - 1
        sentence += " " + ngettext("({n} more is like it)", "({n} more are like it)", more).format(n=more)
    raise LeadTUIError(sentence)


def _plan_second_look(act: Act, lead_ids: Sequence[str]) -> None:
    unplanned = [
        str(lead_id)
        for (lead_id,) in act.rows(
            "SELECT id FROM lead WHERE id IN ({marks}) AND (next_due IS NULL OR next_due <= ?)",
            lead_ids,
            act.now,
        )
    ]
    plan = {"next_step": label("step", "second look"), "next_due": next_screening(act), "next_due_all_day": 0}
    set_columns(act, "lead", unplanned, plan)
