"""Logging what was done with customers, contacts and opportunities (R51 to R58)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.customers.records import changeable_records
from leadtui.followup.activities import NOTE, checked_follow_up
from leadtui.followup.runs import PAUSING, pause
from leadtui.qualify.changing import set_columns
from leadtui.settings.working_hours import day_end
from leadtui.store.columns import PARENTS

if TYPE_CHECKING:
    from leadtui.store.act import Act

_BELONGS: Mapping[str, str] = {
    "customer": "SELECT id, id, NULL, NULL FROM customer",
    "contact": "SELECT id, customer_id, id, NULL FROM contact",
    "opportunity": "SELECT id, customer_id, contact_id, id FROM opportunity",
}
"""The customer, the contact and the opportunity that an activity on a record belongs to."""
_PLAIN = (
    "at", "channel", "result", "content", "feedback", "sentiment", "need_priority", "duration_minutes",
    "next_step", "next_due", "next_due_all_day", "attachment",
)  # fmt: skip


def follow_up_records(act: Act, record: str, ids: Sequence[str], draft: Mapping[str, object]) -> None:
    """Log a follow-up on records of one kind; FieldProblems when something is missing or wrong.

    It shows on the contact and the customer of an opportunity as well, and on the customer of a contact. The
    draft's plan becomes the next step; without one, what was due by today is taken for done, unless it is
    only a note. An answer pauses the playbook of an opportunity.
    """
    values = checked_follow_up(draft, act)
    known = changeable_records(act, record, ids)
    statement = _BELONGS[record] + " WHERE id IN ({marks})"
    parents = {
        str(row[0]): dict(zip(PARENTS[1:], row[1:], strict=True)) for row in act.rows(statement, known)
    }
    common = {
        **{name: values[name] for name in _PLAIN},
        "next_due_all_day": int(values["next_due_all_day"]),
        "kind": "follow_up",
        "signals": ",".join(values["signals"]),
        "author": act.author,
    }
    names = ("id", *PARENTS[1:], *common)
    act.connection.executemany(
        f"INSERT INTO activity ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        ((act.new_id(), *parents[identity].values(), *common.values()) for identity in known),
    )
    if record == "opportunity" and values["result"] in PAUSING:
        pause(act, known, values["result"], record)
    _plan(act, record, known, values)


def _plan(act: Act, record: str, ids: Sequence[str], values: Mapping[str, Any]) -> None:
    planned = {
        "next_step": values["next_step"],
        "next_due": values["next_due"],
        "next_due_all_day": int(values["next_due_all_day"] and values["next_due"] is not None),
        "snoozed_until": None,
    }
    if values["next_step"] or values["next_due"] is not None:
        set_columns(act, record, ids, planned)
    elif values["channel"] != NOTE:
        statement = f"SELECT id FROM {record} WHERE id IN ({{marks}}) AND next_due <= ?"
        today = day_end(act.now, act.zone)
        answered = [str(identity) for (identity,) in act.rows(statement, ids, today)]
        set_columns(act, record, answered, planned)
