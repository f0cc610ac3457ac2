"""How verbs change leads: which leads may be changed, and setting columns of many at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from leadtui.settings.working_hours import late_after
from leadtui.values import OPEN_STATUSES, Status

if TYPE_CHECKING:
    import sqlite3

    from leadtui.store.act import Act

EDITABLE: frozenset[str] = frozenset(Status) - {Status.MERGED, Status.CONVERTED}
"""What a lead is may be changed until it has become something else."""
WORKABLE: frozenset[str] = OPEN_STATUSES | {Status.RECYCLED}
"""Leads that can be followed up; one from the pool comes back to life by it."""

_LONGEST_CHAIN = 100
"""Two laptops may have merged two leads into each other: following them comes to an end."""


class Known(NamedTuple):
    """What a verb needs to know of a lead before it changes it."""

    id: str
    number: str
    status: str


def check_to_come(act: Act, planned: Mapping[str, object]) -> None:
    """FieldProblems when a next step that somebody plans (`next_due`, `next_due_all_day`) is late already."""
    due = planned.get("next_due")
    if not isinstance(due, int):
        return
    if late_after(due, bool(planned.get("next_due_all_day")), act.zone) < act.now:
        raise FieldProblems({"next_due": _("This is past; give the next step a date to come.")})


def changeable(act: Act, lead_ids: Sequence[str], statuses: Collection[str]) -> list[Known]:
    """The leads with these ids, all of which must be in one of `statuses`.

    Otherwise LeadTUIError, with what to do about the first of the others; nothing is changed then.
    """
    act.flush()
    found = {
        str(lead_id): Known(str(lead_id), str(number), str(status))
        for lead_id, number, status in act.rows(
            "SELECT id, number, status FROM lead WHERE id IN ({marks}) AND deleted_at IS NULL", lead_ids
        )
    }
    leads = [found[lead_id] for lead_id in dict.fromkeys(lead_ids) if lead_id in found]
    if len(leads) < len(set(lead_ids)):
        raise LeadTUIError(_("The lead is no longer there: sort the list again."))
    closed = [lead for lead in leads if lead.status not in statuses]
    if closed:
        sentence = why_not(closed[0].number, closed[0].status, survivor_number(act.connection, closed[0].id))
        if len(closed) > 1:
            more = len(closed) - 1
            sentence += " " + ngettext("({n} more is like it)", "({n} more are like it)", more).format(n=more)
        raise LeadTUIError(sentence)
    return leads


def set_columns(act: Act, record: str, ids: Sequence[str], values: Mapping[str, object]) -> None:
    """Give columns of all these records of a kind new values, unchecked; the names must be known columns."""
    if values:
        assignments = ", ".join(f"{name} = ?" for name in values)
        act.connection.executemany(
            f"UPDATE {record} SET {assignments} WHERE id = ?",
            ((*values.values(), identity) for identity in ids),
        )


def patch_custom(act: Act, record: str, ids: Sequence[str], values: Mapping[str, object]) -> None:
    """Give custom fields of all these records new values, unchecked, by key; None takes one away."""
    if values:
        patch = json.dumps(values, ensure_ascii=False)
        act.connection.executemany(
            f"UPDATE {record} SET custom = json_patch(custom, ?) WHERE id = ?",
            ((patch, identity) for identity in ids),
        )


def survivor_number(connection: sqlite3.Connection, lead_id: str) -> str:
    """The number of the lead that a merged one became part of in the end; empty for any other lead."""
    number = ""
    for _step in range(_LONGEST_CHAIN):
        found = connection.execute(
            """SELECT stays.id, stays.number FROM lead JOIN lead AS stays ON stays.id = lead.merged_into
               WHERE lead.id = ? AND lead.status = 'merged'""",
            (lead_id,),
        ).fetchone()
        if found is None:
            break
        lead_id, number = found
    return number


def why_not(number: str, status: str, survivor: str = "") -> str:
    """Why a lead in `status` isn't worked on, and what to do instead; `survivor` is what it is now."""
    if status == Status.MERGED and survivor:
        return _("{number} was merged into {survivor}: work on that one.").format(
            number=number, survivor=survivor
        )
    if status == Status.MERGED:
        return _("{number} was merged into another lead: work on that one.").format(number=number)
    if status == Status.CONVERTED:
        return _("{number} is converted: go on with its customer.").format(number=number)
    if status in OPEN_STATUSES:
        return _("{number} is not in the pool ({status}): ask its owner for it.").format(
            number=number, status=label("status", status)
        )
    return _("{number} is closed ({status}): screen it as valid first.").format(
        number=number, status=label("status", status)
    )
