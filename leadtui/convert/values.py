"""The frozen values of a conversion: what is asked, what was answered, what would be written.

Fields are named by reference: `company` or `custom.seats` of the lead, `customer.industry` or
`contact.custom.seats` of a target.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from leadtui.values import Milliseconds

NEW = "new"
NONE = "none"

Effect = Literal["created", "filled", "kept", "conflict", "converted", "truncated", "dropped"]
"""What happens to the value of a mapped field.

created: stands in a new record; filled: stands where an existing one had nothing, or is added to its notes;
kept: the record says the same; conflict: it says otherwise, the result tells who wins; converted: its
form changes, as from a number to a text; truncated: too long for the target, which blocks, since nothing is
ever cut; dropped: goes nowhere but into the snapshot that the customer keeps.
"""


class SignalLine(NamedTuple):
    """One of the seven signals (C12), on the checklist."""

    name: str
    on: bool
    for_opportunity: bool
    """Whether it counts for that gate."""
    for_customer: bool
    note: str
    """Why it doesn't count although it is on, or empty: `the budget is below 100,000 CNY`."""


class Gate(NamedTuple):
    """How many signals speak for a conversion, and how many are wanted."""

    record: str
    """`opportunity` (2 of 4, R70) or `customer` (3 of 5, R71)."""
    met: int
    wanted: int
    of: int

    @property
    def passed(self) -> bool:
        return self.met >= self.wanted


class Readiness(NamedTuple):
    """What speaks for converting a lead."""

    signals: tuple[SignalLine, ...]
    opportunity: Gate
    customer: Gate
    amount: int | None
    """The budget in minor units of `currency`: its upper end, or its lower one."""
    minimum: int
    """What a budget must reach to count for an opportunity, in the same units."""
    currency: str


class Candidate(NamedTuple):
    """A customer, a contact or an opportunity that might be meant."""

    record: str
    id: str
    number: str
    name: str
    detail: str
    """What tells it from others: a city, a title, a stage with its amount."""
    owner: str
    why: tuple[str, ...] = ()
    """Sentences for people: `same mail domain nova.example`."""
    score: int = 0
    """0 to 100."""
    exact_name: bool = False
    """Called just the same: that must be answered before another one is created."""
    customer: str = ""
    """Of a contact found elsewhere: the number and the name of its customer."""


class OtherLead(NamedTuple):
    """Another open lead of the same company (R75)."""

    id: str
    number: str
    company: str
    contact: str
    title: str
    status: str
    owner: str
    why: tuple[str, ...]


class Choices(NamedTuple):
    """All that the rep decided; a plan is made of it again after every step."""

    customer: str = NEW
    """`new`, or the id of a customer."""
    same_name: bool = False
    """The rep says that a customer called just the same is another company."""
    contact: str = NEW
    """`new`, `none`, or the id of a contact of that customer."""
    opportunity: str = NONE
    """`new`, `none`, or the id of an opportunity of that customer."""
    same_contact: bool = False
    """The rep says that a contact with the same name or mail is another person."""
    others: tuple[str, ...] = ()
    """Ids of other leads of the company that are merged into this one."""
    signals: frozenset[str] | None = None
    """The signals as the rep ticked them; None for those of the lead."""
    reason: str = ""
    """Why it is converted below a gate."""
    mapping: Mapping[str, str] = MappingProxyType({})
    """Target to source, where it differs from the kept mapping; an empty source leaves the target alone."""
    translations: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """Target to its table of values: what the lead says, and the choice that stands for it."""
    added: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Target to choices that are added to its custom field."""
    take: frozenset[str] = frozenset()
    """Targets where the lead's value wins a conflict."""
    given: Mapping[str, str] = MappingProxyType({})
    """Target to what the rep typed for it; wins over everything."""


class Line(NamedTuple):
    """One row of the mapping: a value of the lead and what becomes of it."""

    source: str
    """The lead's field; empty for what the rep typed."""
    source_label: str
    value: str
    target: str
    """Where it goes; empty when nowhere."""
    target_label: str
    target_kind: str
    before: str
    """What the target says now."""
    result: str
    """What it will say."""
    effect: Effect
    problem: str = ""
    """A sentence; the conversion is blocked as long as there is one."""
    note: str = ""
    """A sentence that blocks nothing: why the value is dropped."""
    can_take: bool = False
    """Whether the rep may choose the side (`Choices.take`)."""
    stored: Any = None
    """What is written to the target; None when nothing is."""


class Missing(NamedTuple):
    """A target field without a value."""

    target: str
    label: str
    kind: str
    choices: tuple[str, ...]
    required: bool
    """Required ones block; the others are wanted for a customer (R14, C18) and may stay empty."""


class Blocked(NamedTuple):
    """Something that must be answered first."""

    where: str
    """A target, or `reason`, `customer`, `contact`, `opportunity`."""
    problem: str


class Change(NamedTuple):
    """One record of the plan: what will be created or changed."""

    record: str
    id: str
    """Empty for a new one."""
    number: str
    """Empty for a new one."""
    name: str
    fields: tuple[tuple[str, str, str], ...]
    """(label, before, after)."""


class Plan(NamedTuple):
    """A conversion as it would be carried out; two plans are equal when nothing that matters changed."""

    lead_id: str
    lead_number: str
    lead_name: str
    choices: Choices
    readiness: Readiness
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    blocked: tuple[Blocked, ...]
    changes: tuple[Change, ...]
    """Customer, contact, opportunity, as far as they are created or changed."""
    besides: tuple[str, ...]
    """Sentences on what else happens: activities, tasks, the next step, the lead, collaborators."""
    unmapped: Mapping[str, str]
    """The lead's values that go nowhere, by source; the snapshot keeps them."""
    snapshot: Mapping[str, Any]
    """Every value of the lead, kept by the customer."""
    seen: Mapping[str, int]
    """The newest change of each record that the plan looked at, by its id."""


class Made(NamedTuple):
    """A record that a conversion leads to."""

    id: str
    number: str
    name: str


class Converted(NamedTuple):
    """What a conversion made or went into."""

    customer: Made
    contact: Made | None
    opportunity: Made | None


class Piece(NamedTuple):
    """A record or a field in the list of what taking back does."""

    record: str
    id: str
    number: str
    name: str
    why: str = ""
    """Of what is kept: what was touched since."""
    fields: tuple[tuple[str, str, str], ...] = ()
    """Of what is changed back: (label, now, then)."""


class Step(NamedTuple):
    """One thing that taking back writes."""

    table: str
    row: str
    field: str
    """The column that gets `value`; empty when the row is removed, or put back."""
    value: Any
    """Of a row that is put back: all of it, as the journal kept it."""


class TakingBack(NamedTuple):
    """What taking back a conversion would do; equal to a later one when nothing changed in between."""

    lead_id: str
    lead_number: str
    lead_name: str
    converted_at: Milliseconds
    removed: tuple[Piece, ...]
    """What the conversion created and nobody has touched since."""
    kept: tuple[Piece, ...]
    """What was touched since: it stays as it is."""
    restored: tuple[Piece, ...]
    """What gets its old values back."""
    steps: tuple[Step, ...] = ()
    """What is written, in order."""
