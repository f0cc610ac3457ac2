"""The frozen values of lists and details of customers, contacts and opportunities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from leadtui.customers.grade import GradeDetail
from leadtui.details import ActivityRow, PlaybookRun
from leadtui.labels import label
from leadtui.values import Milliseconds, ReminderKind, ReminderRow

_STATES: Mapping[str, str] = {
    "lead": "status",
    "customer": "lifecycle",
    "contact": "role",
    "opportunity": "opportunity_stage",
}
"""The group of labels of the state of each kind of record."""


class RecordRow(NamedTuple):
    """One line of a list; what a kind of record doesn't have stays empty."""

    seq: int
    """The local row number: names the record inside this file and this run, and never leaves it."""
    id: str
    record: str
    """`customer`, `contact` or `opportunity`."""
    number: str
    name: str
    state: str
    """The lifecycle of a customer, the role of a contact, the stage of an opportunity."""
    grade: str
    company: str
    """The name of the customer that it belongs to."""
    person: str
    """The first contact of a customer, the title of a contact, the contact of an opportunity."""
    amount: int | None
    """In minor units."""
    currency: str
    probability: int | None
    """In per cent, as it was set by hand; None lets the stage decide."""
    expected_close: Milliseconds | None
    next_step: str
    next_due: Milliseconds | None
    next_due_all_day: bool
    due_at: Milliseconds | None
    due_kind: str
    owner: str

    def asks(self, now: Milliseconds) -> bool:
        """Whether there is a due to show: that a profile turns stale is told once it has."""
        return self.due_at is not None and (self.due_kind != ReminderKind.STALE_PROFILE or self.due_at < now)


class Related(NamedTuple):
    """Another record that one belongs to, or that belongs to it."""

    record: str
    """`lead`, `customer`, `contact` or `opportunity`."""
    id: str
    number: str
    name: str
    state: str
    """The status of a lead; otherwise as in `RecordRow`."""
    more: str = ""
    """The title of a contact."""
    amount: int | None = None
    currency: str = ""


def state_text(one: RecordRow | Related) -> str:
    """The user's word for the state of a record, empty for none."""
    return label(_STATES[one.record], one.state) if one.state else ""


class TimelineRow(NamedTuple):
    """One activity, and where it was logged."""

    activity: ActivityRow
    about: str
    """The number of the lead, the contact or the opportunity; empty for the record itself."""


class RecordTask(NamedTuple):
    """Something to do beside the next step."""

    id: str
    title: str
    due: Milliseconds | None
    """When it is late."""
    owner: str


class ObjectionRow(NamedTuple):
    """An objection and its answer."""

    id: str
    at: Milliseconds
    content: str
    answer: str
    answered_at: Milliseconds | None
    escalated_to: str


class RecordDetail(NamedTuple):
    """Everything that is known of one record."""

    row: RecordRow
    fields: Mapping[str, object]
    """Every column by name, custom fields excluded."""
    custom: Mapping[str, object]
    custom_texts: tuple[tuple[str, str], ...]
    """What `custom` holds, for reading: (the field's label, its value)."""
    tags: tuple[str, ...]
    related: tuple[Related, ...]
    """The customer, the contacts (decision chain), the opportunities, and the leads that became it."""
    collaborators: tuple[str, ...]
    tasks: tuple[RecordTask, ...]
    objections: tuple[ObjectionRow, ...]
    reminders: tuple[ReminderRow, ...]
    grade: GradeDetail | None
    """How an opportunity is graded."""
    timeline: tuple[TimelineRow, ...]
    """Its activities and those of all that belongs to it, the leads included, newest first."""
    activity_count: int
    snapshot: Mapping[str, Mapping[str, Any]]
    """What the leads that became a customer said then, by their numbers: field to value, `custom` by key."""
    run: PlaybookRun | None = None
    """The playbook at work on an opportunity."""
    proposed: str = ""
    """The name of the playbook that is proposed for it, once the playbooks were read."""

    def of(self, record: str) -> tuple[Related, ...]:
        """Those of `related` that are of one kind."""
        return tuple(one for one in self.related if one.record == record)
