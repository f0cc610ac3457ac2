"""Objections in a negotiation: raised, answered within a day, brought before others (R66, R86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.customers.records import changeable_records
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.followup.tasks import TITLE_LIMIT, NewTask, insert_tasks
from leadtui.i18n import gettext as _
from leadtui.text import clean, one_line, shortened

if TYPE_CHECKING:
    from leadtui.store.act import Act


def add_objection(act: Act, opportunity_id: str, content: str) -> str:
    """Note an objection and return its id; it wants an answer within the hours of the settings."""
    content = clean(content).strip()
    if not content:
        raise FieldProblems({"content": _("Write down what was objected.")})
    changeable_records(act, "opportunity", [opportunity_id])
    identity = act.new_id()
    act.connection.execute(
        "INSERT INTO objection (id, opportunity_id, at, content, author) VALUES (?, ?, ?, ?, ?)",
        (identity, opportunity_id, act.now, content, act.author),
    )
    return identity


def answer_objection(act: Act, objection_id: str, answer: str) -> None:
    """Answer an objection, or change its answer."""
    answer = clean(answer).strip()
    if not answer:
        raise FieldProblems({"answer": _("Write down the answer.")})
    _refuse_missing(act, objection_id)
    act.connection.execute(
        "UPDATE objection SET answer = ?, answered_at = coalesce(answered_at, ?) WHERE id = ?",
        (answer, act.now, objection_id),
    )


def escalate_objection(act: Act, objection_id: str, to: str) -> None:
    """Bring an objection before somebody else, who gets a task; it still waits for its answer."""
    to = one_line(to)
    if not to:
        raise FieldProblems({"escalated_to": _("Name who is to help.")})
    opportunity_id, content, number = _refuse_missing(act, objection_id)
    act.connection.execute("UPDATE objection SET escalated_to = ? WHERE id = ?", (to, objection_id))
    title = _("Help with an objection on {number}: {content}").format(number=number, content=content)
    task = NewTask(opportunity_id, to, shortened(title, TITLE_LIMIT), act.now, 0, channel="", template="")
    insert_tasks(act, [task], "opportunity")


def _refuse_missing(act: Act, objection_id: str) -> tuple[str, str, str]:
    """The opportunity, the content and the opportunity's number of an objection that is still there."""
    row = act.connection.execute(
        """SELECT opportunity_id, objection.content, number FROM objection
           JOIN opportunity ON opportunity.id = opportunity_id
           WHERE objection.id = ? AND objection.deleted_at IS NULL""",
        (objection_id,),
    ).fetchone()
    if row is None:
        raise LeadTUIError(_("The objection is no longer there: load the list again."))
    return str(row[0]), str(row[1]), str(row[2])
