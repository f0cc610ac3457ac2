"""What is known of one lead in full: its facts, what they are worth, and what was done and is to be done.

The first screen lists leads without it, so it is apart from `leadtui.values`: named tuples take time to make.
"""

# Without `annotations` of `__future__`: strings of them are compiled one by one.

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from leadtui.values import LeadRow, Milliseconds, ReminderRow


class Touches(NamedTuple):
    """What the activities of a lead amount to."""

    first_contact_at: Milliseconds | None = None
    """The first activity of ours that reached out (any channel but `note`)."""
    last_activity_at: Milliseconds | None = None
    """The latest activity of either side, notes excluded."""
    last_outbound_at: Milliseconds | None = None
    last_inbound_at: Milliseconds | None = None
    """The latest answer: an engagement, or a follow-up whose result shows that the lead answered."""
    events: Mapping[str, int] = MappingProxyType({})
    """How often each of `ENGAGEMENTS` happened; a follow-up with result `replied` counts as a `reply`."""
    last_visit_at: Milliseconds | None = None


class LeadFacts(NamedTuple):
    """All that the rules need to know of a lead."""

    status: str
    acquired_at: Milliseconds
    company: str = ""
    company_size: str = ""
    """As written: `large`, `大型`, `200-500`, `1,200`."""
    title: str = ""
    role: str = ""
    """`decision_maker`, `influencer`, `user`, `blocker`, or empty: then the title decides."""
    need: str = ""
    need_clarity: str = ""
    """`concrete`, `vague`, `none`, or empty."""
    timing: str = ""
    """`within_3_months`, `3_to_6_months`, `later`, or empty."""
    asked_for_material: bool = False
    """Asked for material or booked a demo (R32)."""
    budget_min: int | None = None
    budget_max: int | None = None
    budget_fit: str = ""
    """`full`, `partial`, `none`, or empty: then the amount decides."""
    signals: frozenset[str] = frozenset()
    bant: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    """Budget, authority, need, timing: 0 to 10 each (R43)."""
    tier_chosen: str = ""
    """The tier that the rep confirmed, or empty."""
    next_step: str = ""
    next_due: Milliseconds | None = None
    next_due_all_day: bool = False
    """Then `next_due` is the start of that local day, and the step is late after the day ends."""
    snoozed_until: Milliseconds | None = None
    acknowledged_at: Milliseconds | None = None
    """`no_answer` and `silence` that fell due before this moment are settled."""
    touches: Touches = Touches()
    profile_at: Milliseconds | None = None
    """When its profile was last changed by hand, if that is known."""
    task_due: Milliseconds | None = None
    """When the first of its open tasks is due."""
    task_all_day: bool = False


class Standing(NamedTuple):
    """What a lead is worth and when it wants attention; derived, never journaled."""

    open: bool
    score: int
    score_behaviour: int
    score_fit: int
    tier: str
    tier_source: str
    """`manual`, `rule` or `score`."""
    priority: str
    """`high`, `medium` or `low` (R42)."""
    stage: str
    """Nurture stage by score: `awareness`, `interest`, `consideration` (R47)."""
    response_due: Milliseconds | None
    """When the first contact is late (hard limit); None once it was made."""
    due_at: Milliseconds | None
    """The earliest moment at which one of its reminders is late."""
    due_kind: str
    """The `ReminderKind` of that moment, `no_next_step` when nothing is planned, or empty."""
    wake_at: Milliseconds
    """From when on the lead belongs in the inbox; 0 for now."""


class ActivityRow(NamedTuple):
    """One line of a timeline, with the columns of an activity in the file."""

    id: str
    at: Milliseconds
    kind: str
    """`follow_up` or `engagement`."""
    channel: str
    result: str
    content: str
    author: str
    duration_minutes: int | None = None
    feedback: str = ""
    sentiment: str = ""
    need_priority: str = ""
    attachment: str = ""
    signals: tuple[str, ...] = ()

    @classmethod
    def stored(cls, values: Sequence[Any]) -> "ActivityRow":
        """The row from its values as they stand in the file, where the signals are one text."""
        *plain, signals = values
        return cls._make((*plain, tuple(filter(None, signals.split(",")))))


class ScoreLine(NamedTuple):
    """One term of a score: `4 webinars × 15 = 60`."""

    group: str
    """`behaviour` or `fit`."""
    name: str
    """The code of what is counted: an event, `company_size`, `role`, `budget`."""
    detail: str
    """The code of the level that was found (`large`, `decision_maker`, `full`), or empty."""
    times: int
    points: int


class ScoreDetail(NamedTuple):
    """How a score came about, with what the caps took away (C1, C2)."""

    lines: tuple[ScoreLine, ...]
    behaviour_raw: int
    behaviour: int
    behaviour_cap: int
    fit_raw: int
    fit: int
    fit_cap: int
    total: int
    next_threshold: int | None
    """The next priority or stage threshold above the total; None at the top."""
    cheapest: str
    """The code of the event or fact that reaches it most cheaply, e.g. `reply`; empty when none does."""
    cheapest_count: int
    """How many of it are needed."""


class ResponseLimit(NamedTuple):
    """The first-contact limit of a lead (C6, C7)."""

    soft_due: Milliseconds
    hard_due: Milliseconds
    met_at: Milliseconds | None
    entry_lag_minutes: int
    """How long the lead waited between being acquired and being entered."""
    entered_late: bool
    """Whether that was longer than it may wait (R16)."""


class PoolNote(NamedTuple):
    """How a lead came into the pool, or was lost."""

    author: str
    """Who put it there; empty when that isn't recorded."""
    at: Milliseconds | None
    retry_at: Milliseconds | None
    """From when on it may be tried again (R107)."""


class TaskRow(NamedTuple):
    """Something to do by a time, beside the next step of its lead."""

    id: str
    title: str
    channel: str
    due: Milliseconds | None
    all_day: bool
    template: str
    """The name of the text that goes with it, or empty."""
    owner: str
    lead_id: str
    seq: int
    company: str
    contact: str


class PlaybookRun(NamedTuple):
    """A playbook that was started on a lead and isn't over."""

    id: str
    playbook: str
    paused_at: Milliseconds | None
    pause_reason: str


class ContentTask(NamedTuple):
    """Something that the nurture stage of a lead asks for again and again (R47)."""

    channel: str
    step: str
    """A code of the label group `step`."""
    topics: tuple[str, ...]
    """Codes of the label group `topic`: what it is about."""
    every_days: int
    """0 when it is switched off."""
    optional: bool = False
    """Whether it is done only when it is wanted (C9)."""


class LeadDetail(NamedTuple):
    """Everything that the detail shows of one lead."""

    row: LeadRow
    fields: Mapping[str, object]
    """Every column of the lead by name, custom fields excluded."""
    custom: Mapping[str, object]
    tags: tuple[str, ...]
    facts: LeadFacts
    standing: Standing
    score: ScoreDetail
    suggested_tier: str
    suggested_because: tuple[str, ...]
    """The codes of the features that suggest it; none where nothing speaks for more than C."""
    response: ResponseLimit | None
    reminders: tuple[ReminderRow, ...]
    activities: tuple[ActivityRow, ...]
    activity_count: int
    custom_texts: tuple[tuple[str, str], ...] = ()
    """What `custom` holds, for reading: (the field's label, its value)."""
    possible_duplicates: tuple[tuple[str, str, str], ...] = ()
    """(lead number, company and contact, why in words)."""
    merged_into: str = ""
    """The number of the lead that a merged one became part of."""
    collaborators: tuple[str, ...] = ()
    pool: PoolNote | None = None
    """For a lead that is in the pool, or lost."""
    tasks: tuple[TaskRow, ...] = ()
    """The open ones, the first one due before the others; those of a paused playbook come last."""
    run: PlaybookRun | None = None
    became: tuple[tuple[str, str, str], ...] = ()
    """What a converted one became: (`customer`, `contact` or `opportunity`, its number, its name)."""
    proposed: str = ""
    """The name of the playbook that is proposed, once the playbooks were read."""
    content: tuple[ContentTask, ...] = ()
    """What the stage of one that is nurtured asks for."""
    unanswered: tuple[str, ...] = ()
    """What nobody knows of it that might raise its tier: `need`, `authority`, `timing`, `budget`."""
