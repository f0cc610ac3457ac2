"""Playbooks on opportunities: which are of use at a stage, started, paused, ended (R60 to R62, R110)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.customers.codes import OPEN_STAGES
from leadtui.customers.stages import in_stages, move_stage
from leadtui.details import PlaybookRun
from leadtui.followup import runs
from leadtui.followup.card import playbook_name, proposed_playbook
from leadtui.followup.starting import COLUMNS, bring_tasks
from leadtui.playbooks.library import library
from leadtui.playbooks.occasion import Situation

if TYPE_CHECKING:
    from leadtui.playbooks.playbook import Playbook
    from leadtui.store.act import Act

_FROM = {
    "company": "customer.name",
    "contact": "contact.name",
    **{name: f"contact.{name}" for name in ("title", "phone", "mobile", "email", "wechat", "department")},
    **{name: f"customer.{name}" for name in ("industry", "city")},
    "scenario": "opportunity.name",
}
"""Where a text finds what a lead has in a column of its own."""


def situation_of(connection: sqlite3.Connection, fields: Mapping[str, Any]) -> Situation:
    """What of an opportunity, from its columns, decides which playbooks are of use."""
    found = connection.execute(
        "SELECT industry FROM customer WHERE id = ?", (fields["customer_id"],)
    ).fetchone()
    return Situation(fields["grade"], "", "", "", found[0] if found else "", fields["stage"])


def playbook_on(connection: sqlite3.Connection, fields: Mapping[str, Any]) -> tuple[PlaybookRun | None, str]:
    """The playbook at work on an opportunity, by its name, and else the name of the one that is proposed."""
    run = runs.run_on(connection, fields["id"], "opportunity")
    if run is not None:
        return run._replace(playbook=playbook_name(run.playbook)), ""
    is_open = fields["stage"] in OPEN_STAGES and not fields["merged_into"]
    return None, proposed_playbook(situation_of(connection, fields)) if is_open else ""


def enter_stage(act: Act, ids: Sequence[str], stage: str) -> None:
    """Move open opportunities to another open stage; the playbooks that say so start there by themselves, on
    those on which none is at work."""
    before = in_stages(act, ids, OPEN_STAGES)
    move_stage(act, ids, stage)
    known = library()
    if not any(playbook.starts for playbook in known.playbooks.values()):
        return
    for identity in (identity for identity, old in before.items() if old != stage):
        if runs.run_on(act.connection, identity, "opportunity") is None:
            found = act.connection.execute(
                "SELECT customer_id, grade, stage FROM opportunity WHERE id = ?", (identity,)
            ).fetchone()
            fields = dict(zip(("customer_id", "grade", "stage"), found, strict=True))
            fitting = known.playbooks_for(situation_of(act.connection, fields))
            for playbook in [one for one in fitting if one.starts][:1]:
                start_on_opportunities(act, [identity], playbook)


def start_on_opportunities(act: Act, ids: Sequence[str], playbook: Playbook) -> None:
    """Start a playbook on open opportunities on which none is at work; otherwise LeadTUIError."""
    known = list(in_stages(act, ids, OPEN_STAGES))
    runs.refuse_running(act, known, "opportunity")
    columns = ", ".join(_FROM.get(name, f"opportunity.{name}") for name in COLUMNS)
    rows = act.rows(
        f"""SELECT opportunity.id, opportunity.custom, {columns} FROM opportunity
            LEFT JOIN customer ON customer.id = opportunity.customer_id
            LEFT JOIN contact ON contact.id = opportunity.contact_id
            WHERE opportunity.id IN ({{marks}})""",
        known,
    )
    bring_tasks(act, list(rows), playbook, "opportunity")
