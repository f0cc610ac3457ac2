"""How many leads of the pool one may claim, and how soon one that was let go (R107); off by default."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from leadtui.clock import DAY, Today, to_local
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.store.chunks import rows_of
from leadtui.values import OPEN_STATUSES, Milliseconds, Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

_IN_THE_POOL = (Status.RECYCLED, Status.LOST)


def check_limits(act: Act, lead_ids: Sequence[str]) -> None:
    """LeadTUIError in a sentence when the user may not claim these leads now."""
    team = act.settings.team
    if team.claim_again_days:
        _check_rest(act, lead_ids)
    if team.claims_a_day:
        left = team.claims_a_day - claimed_since(act, Today.at(act.now, act.zone).start)
        if len(lead_ids) > left:
            raise LeadTUIError(_too_many_today(max(left, 0), team.claims_a_day))
    if team.claims_held:
        held = _held(act)
        if held + len(lead_ids) > team.claims_held:
            raise LeadTUIError(
                _("You hold {held} open leads and may hold {limit}: finish some, or give some back.").format(
                    held=f"{held:,}", limit=f"{team.claims_held:,}"
                )
            )


def claimed_since(act: Act, since: Milliseconds) -> int:
    """How many leads of the pool the user took since then, those of the running act among them; a claim that
    was taken back doesn't count."""
    marks = ", ".join("?" * len(_IN_THE_POOL))
    (count,) = act.connection.execute(
        f"""SELECT count(DISTINCT change.row) FROM journal_entry AS entry
            JOIN journal_change AS change ON change.entry = entry.no AND change.seq >= entry.first_change
              AND (change.seq <= entry.last_change OR entry.no = ?)
            WHERE entry.clock >= ? AND entry.author = ? AND entry.kind = 'act' AND entry.undone = 0
              AND change.record = 'lead' AND change.field = 'status' AND change.new = ?
              AND change.old IN ({marks})
              AND EXISTS (SELECT 1 FROM journal_change AS taken WHERE taken.row = change.row
                AND taken.field = 'owner' AND taken.entry = change.entry AND taken.new = entry.author)""",
        (act.entry, since << 16, act.author, Status.WORKING, *_IN_THE_POOL),
    ).fetchone()
    return int(count)


def let_go(
    connection: sqlite3.Connection, lead_ids: Sequence[str], user: str, since: Milliseconds
) -> dict[str, Milliseconds]:
    """When `user` gave each of these leads away last, where that was after `since`."""
    statement = """SELECT row, max(clock) >> 16 FROM journal_change JOIN journal_entry ON no = entry
        WHERE row IN ({marks}) AND field = 'owner' AND record = 'lead' AND old = ? AND new <> old
          AND kind = 'act' AND undone = 0 AND clock >= ? GROUP BY row"""
    return dict(rows_of(connection, statement, lead_ids, user, since << 16))


def rest_ends(gone: Milliseconds, days: int, zone: tzinfo) -> str:
    """The day from which a lead may be claimed again."""
    return to_local(gone + days * DAY, zone).date().isoformat()


def _check_rest(act: Act, lead_ids: Sequence[str]) -> None:
    days = act.settings.team.claim_again_days
    gone = let_go(act.connection, lead_ids, act.author, act.now - days * DAY)
    for lead_id, at in gone.items():
        (number,) = act.connection.execute("SELECT number FROM lead WHERE id = ?", (lead_id,)).fetchone()
        raise LeadTUIError(
            _("You let {number} go not long ago: others come first, and you again from {day}.").format(
                number=number, day=rest_ends(at, days, act.zone)
            )
        )


def _held(act: Act) -> int:
    marks = ", ".join("?" * len(OPEN_STATUSES))
    (count,) = act.connection.execute(
        f"SELECT count(*) FROM lead WHERE owner = ? AND deleted_at IS NULL AND status IN ({marks})",
        (act.author, *OPEN_STATUSES),
    ).fetchone()
    return int(count)


def _too_many_today(left: int, limit: int) -> str:
    if left:
        return ngettext(
            "You may claim {left} more lead today ({limit} a day): mark fewer.",
            "You may claim {left} more leads today ({limit} a day): mark fewer.",
            left,
        ).format(left=left, limit=limit)
    return ngettext(
        "You have claimed your {limit} lead of today: come back tomorrow.",
        "You have claimed your {limit} leads of today: come back tomorrow.",
        limit,
    ).format(limit=limit)
