"""The pool of leads that nobody works on: giving back, recycling, claiming, trying again (R45, R107; C20)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.details import PoolNote
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import EDITABLE, changeable, set_columns
from leadtui.qualify.claim_limits import check_limits
from leadtui.qualify.screening import screen
from leadtui.settings import Settings
from leadtui.settings.working_hours import day_end
from leadtui.values import Milliseconds, Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

CLAIMABLE: frozenset[str] = frozenset({Status.RECYCLED, Status.LOST})
"""Leads that somebody may take: those in the pool, and lost ones that are worth another try."""


def may_give_back(owner: str, user: str, settings: Settings) -> bool:
    """Whether `user` may put a lead into the pool: their own and nobody's, as an admin everybody's (C20)."""
    return owner in ("", user) or settings.team.role == "admin"


def give_back(
    act: Act,
    lead_ids: Sequence[str],
    reason: str = "",
    note: str = "",
    retry_at: Milliseconds | None = None,
) -> None:
    """Put leads into the pool: nobody owns them, nothing is planned, and `retry_at` (default: as the settings
    say) is when they may be tried again. LeadTUIError for leads of others, unless the user is an admin."""
    leads = changeable(act, lead_ids, EDITABLE)
    ids = [lead.id for lead in leads]
    owners = act.rows("SELECT number, owner FROM lead WHERE id IN ({marks})", ids)
    for number, owner in owners:
        if not may_give_back(str(owner), act.author, act.settings):
            raise LeadTUIError(
                _("{number} belongs to {owner}: only an admin recycles leads of others.").format(
                    number=number, owner=owner
                )
            )
    if retry_at is not None and day_end(retry_at, act.zone) < act.now:
        raise FieldProblems({"retry_at": _("This is past; choose a day to come.")})
    screen(act, ids, "recycled", reason, note)
    emptied = {"owner": "", "next_step": "", "next_due": None, "next_due_all_day": 0}
    set_columns(act, "lead", ids, emptied if retry_at is None else {**emptied, "retry_at": retry_at})


def claim(act: Act, lead_ids: Sequence[str]) -> None:
    """Take leads out of the pool: the user owns them, works on them, and why they were there is settled.

    LeadTUIError when a limit of the settings stops it.
    """
    leads = changeable(act, lead_ids, CLAIMABLE)
    check_limits(act, [lead.id for lead in leads])
    taken = {"owner": act.author, "status": Status.WORKING, "status_reason": "", "status_note": ""}
    set_columns(
        act, "lead", [lead.id for lead in leads], {**taken, "retry_at": None, "acknowledged_at": act.now}
    )


def pool_note(connection: sqlite3.Connection, lead_id: str, status: str, retry_at: int | None) -> PoolNote:
    """Who put a lead into the status that it has, when, and from when on it may be tried again."""
    found = connection.execute(
        """SELECT author, clock FROM journal_change JOIN journal_entry ON journal_entry.no = entry
           WHERE row = ? AND field = 'status' AND record = 'lead' AND new = ?
           ORDER BY journal_change.seq DESC LIMIT 1""",
        (lead_id, status),
    ).fetchone()
    author, clock = found or ("", None)
    return PoolNote(author, None if clock is None else clock >> 16, retry_at)
