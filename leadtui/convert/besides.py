"""What a conversion does beside the fields, in sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leadtui.convert.existing import Existing
from leadtui.convert.lead import Lead
from leadtui.convert.values import NONE, Choices
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext

OPEN_TASK = "done_at IS NULL AND cancelled_at IS NULL AND deleted_at IS NULL"


def besides(
    connection: sqlite3.Connection,
    lead: Lead,
    others: Sequence[Lead],
    existing: Mapping[str, Existing],
    choices: Choices,
) -> tuple[str, ...]:
    """One sentence for each thing that goes along or changes."""
    return tuple(_sentences(connection, lead, others, existing, choices))


def collaborator_of(lead: Mapping[str, Any], customer: Existing | None) -> str:
    """The lead's owner, when the customer was there before and belongs to somebody else (peers 3.8)."""
    if customer is None or not lead["owner"] or customer.columns["owner"] in ("", lead["owner"]):
        return ""
    return str(lead["owner"])


def _sentences(
    connection: sqlite3.Connection,
    lead: Lead,
    others: Sequence[Lead],
    existing: Mapping[str, Existing],
    choices: Choices,
) -> Iterator[str]:
    for other in others:
        yield _("{number} {name} becomes part of this lead.").format(number=other.number, name=other.name)
    ids = [lead.id, *(other.id for other in others)]
    activities = _count(connection, "activity", ids, "deleted_at IS NULL")
    if activities:
        yield ngettext(
            "{n} activity shows on all of them.", "{n} activities show on all of them.", activities
        ).format(n=activities)
    goal = _("the customer") if choices.opportunity == NONE else _("the opportunity")
    tasks = _count(connection, "task", ids, OPEN_TASK)
    if tasks:
        yield ngettext("{n} open task goes to {goal}.", "{n} open tasks go to {goal}.", tasks).format(
            n=tasks, goal=goal
        )
    if lead.columns["next_step"] or lead.columns["next_due"] is not None:
        yield _("The next step goes to {goal}: {step}").format(goal=goal, step=lead.columns["next_step"])
    customer = existing.get("customer")
    collaborator = collaborator_of(lead.columns, customer)
    if collaborator and customer is not None:
        yield _("{name} becomes a collaborator of {number}, which belongs to {owner}.").format(
            name=collaborator, number=customer.number, owner=customer.columns["owner"]
        )
    yield _("{number} becomes read-only, is still found, and links to the customer.").format(
        number=lead.number
    )


def _count(connection: sqlite3.Connection, table: str, lead_ids: Sequence[str], condition: str) -> int:
    marks = ", ".join("?" * len(lead_ids))
    (found,) = connection.execute(
        f"SELECT count(*) FROM {table} WHERE lead_id IN ({marks}) AND {condition}", tuple(lead_ids)
    ).fetchone()
    return int(found)
