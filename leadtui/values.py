"""The frozen values that pass between the rules, the file and the screen.

Times are integers: UTC milliseconds. Money is in minor units of its currency.
They are named tuples, because a dozen frozen dataclasses take 10 ms to make whenever the app starts.
Codes are fixed English words; what a user reads is their label (`leadtui.labels`).
"""

# Without `annotations` of `__future__`: strings of them are compiled one by one, a millisecond at each start.

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

Milliseconds = int
Progress = Callable[[int, int], None]
"""Told now and then how much of how much is done; what it raises ends the work."""


def untold(done: int, total: int) -> None:
    """For work of which nobody wants to know how far it is."""


class Tier(StrEnum):
    """How much a lead deserves attention (R32 to R34)."""

    A = "A"
    B = "B"
    C = "C"


class Status(StrEnum):
    """Where a lead stands in its life."""

    NEW = "new"
    SCREENING = "screening"
    WATCH = "watch"
    WORKING = "working"
    NURTURING = "nurturing"
    QUALIFIED = "qualified"
    CONVERTED = "converted"
    INVALID = "invalid"
    LOST = "lost"
    RECYCLED = "recycled"
    MERGED = "merged"


OPEN_STATUSES: frozenset[str] = frozenset(
    {Status.NEW, Status.SCREENING, Status.WATCH, Status.WORKING, Status.NURTURING, Status.QUALIFIED}
)
CLOSED_STATUSES: frozenset[str] = frozenset({Status.INVALID, Status.LOST, Status.MERGED})

SIGNALS: tuple[str, ...] = (
    "intent",
    "budget",
    "decision_maker",
    "timeline",
    "demo",
    "contract",
    "referral",
)
"""The seven signals of readiness (C12), in the order in which they are shown."""

RECORDS: tuple[str, ...] = ("customer", "contact", "opportunity")
"""What a lead becomes: the kinds of record, also the names of their tables."""

CUSTOM = "custom."
"""Stands before the key of a custom field where it is named beside columns."""

CHANNELS: tuple[str, ...] = (
    "phone",
    "mail",
    "wechat",
    "visit",
    "meeting",
    "demo",
    "quote",
    "sample",
    "note",
)
"""How a follow-up was made (R51); `note` touches nobody."""

RESULTS: tuple[str, ...] = (
    "reached",
    "no_answer",
    "left_message",
    "replied",
    "meeting_set",
    "not_interested",
    "wrong_contact",
)
"""What came of a follow-up (R53)."""

ENGAGEMENTS: tuple[str, ...] = ("page_view", "white_paper", "webinar", "reply")
"""What a lead did by itself (R40); stored as activities of kind `engagement`, the event as their channel."""


class ReminderKind(StrEnum):
    """Why a lead, a customer, a contact or an opportunity asks for attention."""

    FIRST_CONTACT = "first_contact"
    NEXT_STEP = "next_step"
    TASK = "task"
    NO_ANSWER = "no_answer"
    SILENCE = "silence"
    NO_NEXT_STEP = "no_next_step"
    STALE_PROFILE = "stale_profile"
    VISIT = "visit"
    REGRADE = "regrade"
    PROJECT_REPORT = "project_report"
    OBJECTION = "objection"
    HAND_OVER = "hand_over"
    CLOSE_PASSED = "close_passed"


class Condition(NamedTuple):
    """One filter word that was understood: any of `values` must hold, or none with `negated`."""

    key: str
    """The English name of the filter word: `tier`, `score`, `due`, `no`."""
    values: tuple[str, ...]
    negated: bool = False


class Filter(NamedTuple):
    """What a filter line asks for; all of it must hold."""

    words: tuple[str, ...] = ()
    """Free words and quoted phrases, for the search."""
    conditions: tuple[Condition, ...] = ()
    problems: tuple[str, ...] = ()
    """A sentence for each filter word that was left out because its value can't be read."""


class LeadRow(NamedTuple):
    """One line of the list."""

    seq: int
    """The local row number: names the lead inside this file and this run, and never leaves it."""
    id: str
    number: str
    tier: str
    score: int
    status: str
    company: str
    contact: str
    title: str
    next_step: str
    next_due: Milliseconds | None
    next_due_all_day: bool
    due_at: Milliseconds | None
    due_kind: str
    owner: str
    task: str = ""
    """The task that is due first, where the lead waits for one."""


class ReminderRow(NamedTuple):
    """One line of the reminders panel, and one object of `due --json`."""

    kind: str
    lead_id: str
    seq: int
    number: str
    tier: str
    company: str
    contact: str
    title: str
    """What is to be done: the next step, or the name of the reminder."""
    due: Milliseconds | None
    """When it turns late: the last millisecond of a day for a day."""
    late_minutes: int
    """Above 0 when it is late."""
    record: str = "lead"
    """What it is about: `lead`, `customer`, `contact` or `opportunity`; `lead_id` and `seq` are of that."""
