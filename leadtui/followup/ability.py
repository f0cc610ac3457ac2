"""What can't be done for which of several leads, told before it is begun."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from leadtui.clock import DAY
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.qualify.changing import EDITABLE, WORKABLE
from leadtui.qualify.claim_limits import let_go
from leadtui.qualify.completeness import EITHER, missing_to_pass
from leadtui.qualify.pool import CLAIMABLE, may_give_back
from leadtui.settings import Settings
from leadtui.store.chunks import rows_of
from leadtui.values import OPEN_STATUSES, Milliseconds, ReminderKind

STATUSES: Mapping[str, Collection[str]] = {
    "edit": EDITABLE,
    "work": WORKABLE,
    "plan": OPEN_STATUSES,
    "done": OPEN_STATUSES,
    "valid": EDITABLE,
    "give-back": EDITABLE,
    "claim": CLAIMABLE,
    "start": OPEN_STATUSES,
}
"""In which statuses a lead can be edited, worked on, planned for, and so on."""

_COLUMNS = (
    "status", "owner", "due_kind", "due_at", "next_due", "retry_at", "contact", "need", "need_clarity",
    *EITHER["phone_or_email"],
    "EXISTS (SELECT 1 FROM playbook_run WHERE lead_id = lead.id AND ended_at IS NULL)",
)  # fmt: skip


class Judge(NamedTuple):
    """Who asks, when, and by which rules."""

    settings: Settings
    now: Milliseconds
    user: str


def refused(connection: sqlite3.Connection, seqs: Sequence[int], what: str, judge: Judge) -> dict[int, str]:
    """The leads for which `what` (a key of `STATUSES`) can't be done, each with the reason in a few words."""
    found: dict[int, str] = {}
    statement = f"SELECT seq, {', '.join(_COLUMNS)} FROM lead WHERE seq IN ({{marks}}) AND deleted_at IS NULL"
    reasons = {
        seq: _reason(dict(zip(_COLUMNS, values, strict=True)), what, judge)
        for seq, *values in rows_of(connection, statement, seqs)
    }
    for seq in seqs:
        if reason := reasons.get(seq, _("no longer there")):
            found[seq] = reason
    days = judge.settings.team.claim_again_days
    if what == "claim" and days:
        able = [seq for seq in seqs if seq not in found]
        gone = _let_go(connection, able, judge.user, judge.now - days * DAY)
        found |= dict.fromkeys(gone, _("yours not long ago"))
    return found


def _let_go(connection: sqlite3.Connection, seqs: Sequence[int], user: str, since: Milliseconds) -> list[int]:
    """Those of the leads that `user` gave away after `since`."""
    ids = dict(rows_of(connection, "SELECT id, seq FROM lead WHERE seq IN ({marks})", seqs))
    return [ids[lead_id] for lead_id in let_go(connection, list(ids), user, since)]


def reasons_text(reasons: Mapping[int, str]) -> str:
    """`3 invalid, 1 converted`: the reasons with how often each holds, the most frequent first."""
    counted = Counter(reasons.values()).most_common()
    return ", ".join(f"{count} {reason}" for reason, count in counted)


def _reason(lead: Mapping[str, Any], what: str, judge: Judge) -> str:
    if lead["status"] not in STATUSES[what]:
        return label("status", lead["status"])
    if what == "done":
        return _not_done(lead, judge.now)
    if what == "valid" and missing_to_pass(lead, judge.settings):
        return _("incomplete")
    if what == "give-back" and not may_give_back(lead["owner"], judge.user, judge.settings):
        return _("of others")
    if what == "start" and lead[_COLUMNS[-1]]:
        return _("with a playbook at work")
    if what == "claim" and lead["retry_at"] is not None and lead["retry_at"] > judge.now:
        return _("not to be tried yet")
    return ""


def _not_done(lead: Mapping[str, Any], now: Milliseconds) -> str:
    if lead["due_kind"] == ReminderKind.FIRST_CONTACT:
        return _("never contacted")
    late = lead["due_at"] is not None and lead["due_at"] <= now
    if not late and lead["next_due"] is None and lead["due_kind"] != ReminderKind.TASK:
        return _("with nothing due")
    return ""
