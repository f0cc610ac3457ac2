"""Confirming grades and plans of opportunities (R83 to R85, C19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.customers.codes import GRADES
from leadtui.customers.grade import GradeFacts, grade_detail
from leadtui.customers.records import changeable_records, note_grades
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.qualify.approval import answer_tasks, approves_alone, ask_supervisor
from leadtui.qualify.changing import set_columns
from leadtui.text import clean

if TYPE_CHECKING:
    from leadtui.store.act import Act

PLAN: tuple[str, ...] = ("plan_pains", "plan_advantages", "plan_negotiation", "plan_dates")
"""The parts of the personal plan (R85)."""


def choose_grade(act: Act, ids: Sequence[str], grade: str, reason: str = "") -> None:
    """Confirm a grade, or leave it to the rule with an empty one; so ends a weekly re-grade (R84).

    Another grade than the rule's needs a reason. In a team, the supervisor is asked to confirm it.
    """
    if grade and grade not in GRADES:
        raise FieldProblems({"grade_chosen": _("Choose one of {words}.").format(words=", ".join(GRADES))})
    reason = clean(reason).strip()
    known = changeable_records(act, "opportunity", ids)
    columns = ", ".join(GradeFacts._fields)
    found = act.rows(f"SELECT id, number, {columns} FROM opportunity WHERE id IN ({{marks}})", known)
    for identity, number, *values in list(found):
        facts = GradeFacts(*values)  # type: ignore[arg-type]
        suggested = grade_detail(facts, act.settings).suggested
        if grade and suggested and grade != suggested and not reason:
            raise FieldProblems(
                {"grade_reason": _("The rule says {grade}: say why it is another.").format(grade=suggested)}
            )
        if approves_alone(act.settings, act.author):
            answer_tasks(act, "opportunity_id", str(identity))
        elif grade:
            title = _("Confirm grade {grade} of {number}").format(grade=grade, number=number)
            ask_supervisor(act, title, "opportunity_id", str(identity))
    chosen = {"grade_chosen": grade, "grade_reason": reason, "graded_at": act.now}
    set_columns(act, "opportunity", known, chosen)
    note_grades(act, known)


def approve_plan(act: Act, ids: Sequence[str]) -> None:
    """Approve personal plans; in a team, the supervisor is asked for it. LeadTUIError for an empty plan."""
    known = changeable_records(act, "opportunity", ids)
    empty = " AND ".join(f"{name} = ''" for name in PLAN)
    lacking = list(act.rows(f"SELECT number FROM opportunity WHERE id IN ({{marks}}) AND {empty}", known))
    if lacking:
        raise LeadTUIError(_("{number} has no plan yet: edit it first.").format(number=lacking[0][0]))
    if approves_alone(act.settings, act.author):
        approved = {"plan_approved_at": act.now, "plan_approved_by": act.author}
        set_columns(act, "opportunity", known, approved)
        for identity in known:
            answer_tasks(act, "opportunity_id", identity)
        return
    for waiting, named in list(act.rows("SELECT id, number FROM opportunity WHERE id IN ({marks})", known)):
        title = _("Approve the plan of {number}").format(number=named)
        ask_supervisor(act, title, "opportunity_id", str(waiting))
