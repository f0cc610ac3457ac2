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
from leadtui.store.columns import OPEN_TASK


def besides(
    connection: sqlite3.Connection,
    lead: Lead,
    others: Sequence[Lead],
    existing: Mapping[str, Existing],
    choices: Choices,
) -> tuple[str, ...]:
    """One sentence for each thing that goes along or changes."""
    return tuple(_sentences(connection, lead, others, existing, choices))


def collaborators_of(
    connection: sqlite3.Connection,
    lead_ids: Sequence[str],
    lead: Mapping[str, Any],
    customer: Existing | None,
) -> list[str]:
    """Who supports the lead; its owner too when the customer was there before and is somebody else's."""
    marks = ", ".join("?" * len(lead_ids))
    names = connection.execute(
        f"SELECT name FROM collaborator WHERE lead_id IN ({marks}) ORDER BY since, name", tuple(lead_ids)
    )
    found = {name.casefold(): name for (name,) in names}
    owner = str(customer.columns["owner"] if customer is not None else lead["owner"])
    if customer is not None and owner and lead["owner"]:
        found.setdefault(lead["owner"].casefold(), lead["owner"])
    found.pop(owner.casefold(), None)
    return list(found.values())


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
    for name in collaborators_of(connection, ids, lead.columns, existing.get("customer")):
        yield _("{name} becomes a collaborator of the customer.").format(name=name)
    yield _("{number} becomes read-only, is still found, and links to the customer.").format(
        number=lead.number
    )


def _count(connection: sqlite3.Connection, table: str, lead_ids: Sequence[str], condition: str) -> int:
    marks = ", ".join("?" * len(lead_ids))
    (found,) = connection.execute(
        f"SELECT count(*) FROM {table} WHERE lead_id IN ({marks}) AND {condition}", tuple(lead_ids)
    ).fetchone()
    return int(found)
