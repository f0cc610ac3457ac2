"""Changing who is responsible for leads (R101, R105; C19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.qualify.changing import set_columns
from leadtui.qualify.leads import edit_leads
from leadtui.store.columns import OPEN_TASK
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.store.act import Act


def change_owner(
    act: Act,
    lead_ids: Sequence[str],
    owner: str,
    department: str | None = None,
    tasks: bool = True,
    records: bool = False,
) -> None:
    """Hand leads over to somebody, or to nobody with an empty name; the former owner becomes a collaborator.

    `department` None leaves it as it is. Open `tasks` go to the new owner, and with `records` the follow-ups
    that the former owner wrote go on under the new owner's name.
    """
    owner = one_line(owner)
    former = {
        str(lead_id): str(name)
        for lead_id, name in act.rows("SELECT id, owner FROM lead WHERE id IN ({marks})", lead_ids)
        if name not in ("", owner)
    }
    edit_leads(act, lead_ids, {"owner": owner})
    if department is not None:
        set_columns(act, "lead", lead_ids, {"department": one_line(department)})
    if not owner:
        return
    if tasks:
        act.connection.executemany(
            f"UPDATE task SET owner = ? WHERE lead_id = ? AND owner IN ('', ?) AND {OPEN_TASK}",
            ((owner, lead_id, name) for lead_id, name in former.items()),
        )
    if records:
        act.connection.executemany(
            "UPDATE activity SET author = ? WHERE lead_id = ? AND author = ? AND kind = 'follow_up'",
            ((owner, lead_id, name) for lead_id, name in former.items()),
        )
