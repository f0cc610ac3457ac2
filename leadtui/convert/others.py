"""Other leads of the company, merged into the one that is converted (R75)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from leadtui.convert.lead import Lead
from leadtui.qualify.merging.merge import read_plan
from leadtui.qualify.merging.plan import MergePlan
from leadtui.values import CUSTOM


def merge_plan(connection: sqlite3.Connection, lead_id: str, others: Sequence[str]) -> MergePlan:
    """How the others become part of the lead: its values stay, its blanks are filled, texts are joined."""
    return read_plan(connection, "lead", [lead_id, *others], lead_id)


def with_others(connection: sqlite3.Connection, lead: Lead, others: Sequence[str]) -> Lead:
    """The lead as it will be once the others are part of it."""
    if not others:
        return lead
    plan = merge_plan(connection, lead.id, others)
    columns, custom = dict(lead.columns), dict(lead.custom)
    for name, value in plan.changes().items():
        if name.startswith(CUSTOM):
            custom[name.removeprefix(CUSTOM)] = value
        else:
            columns[name] = value
    tags = {name.casefold(): name for side in (*plan.losers, plan.stays) for name in side.tags}
    return Lead(columns, custom, tuple(sorted({*tags.values(), *lead.tags})))
