"""What is done alike with leads and with customers, contacts and opportunities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from leadtui.customers.activities import follow_up_records
from leadtui.customers.planning import plan_records, settle_records, snooze_records
from leadtui.followup.activities import log_follow_up
from leadtui.followup.planning import mark_done, plan, snooze
from leadtui.values import Milliseconds

if TYPE_CHECKING:
    from leadtui.store.act import Act


class Verbs(NamedTuple):
    """What can be done with records of one kind that have these ids."""

    follow_up: Callable[[Act, Sequence[str], Mapping[str, object]], None]
    """Log a follow-up with this draft."""
    plan: Callable[[Act, Sequence[str], str, Milliseconds | None, bool], None]
    """Plan a next step, when it is due, and whether that is a whole day."""
    snooze: Callable[[Act, Sequence[str], Milliseconds], None]
    """Ask for nothing until a moment to come."""
    settle: Callable[[Act, Sequence[str]], None]
    """Do what they ask for next, where saying so is enough."""


def verbs_of(record: str) -> Verbs:
    """The verbs of a kind of record: `lead`, `customer`, `contact` or `opportunity`."""
    if record == "lead":
        return Verbs(log_follow_up, plan, snooze, mark_done)
    return Verbs(
        lambda act, ids, draft: follow_up_records(act, record, ids, draft),
        lambda act, ids, step, due, all_day: plan_records(act, record, ids, step, due, all_day),
        lambda act, ids, until: snooze_records(act, record, ids, until),
        lambda act, ids: settle_records(act, record, ids),
    )
