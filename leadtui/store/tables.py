"""The tables, as SQLModel classes.

They carry types and names for sessions; what a user types is validated by drafts before it gets here.
`seq` is the local row number of a lead: it orders and joins inside one file and never leaves it.
"""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


def _text() -> str:
    field: str = Field(default="", sa_type=Text)
    return field


def _parent() -> str | None:
    """The record that a row belongs to, or none; the file itself holds the foreign key."""
    field: str | None = Field(default=None, sa_type=Text)
    return field


class Lead(SQLModel, table=True):
    """Somebody who may buy (R12 to R21)."""

    __mapper_args__ = {"eager_defaults": True}

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True, sa_type=Text)
    number: str = _text()
    source_channel: str = _text()
    source_detail: str = _text()
    lead_type: str = _text()
    company: str = _text()
    industry: str = _text()
    company_size: str = _text()
    customer_type: str = _text()
    contact: str = _text()
    title: str = _text()
    role: str = _text()
    phone: str = _text()
    mobile: str = _text()
    other_phones: str = _text()
    email: str = _text()
    other_emails: str = _text()
    wechat: str = _text()
    website: str = _text()
    address: str = _text()
    city: str = _text()
    state: str = _text()
    postal_code: str = _text()
    country: str = _text()
    need: str = _text()
    need_clarity: str = _text()
    scenario: str = _text()
    potential: str = _text()
    timing: str = _text()
    remark: str = _text()
    notes: str = _text()
    currency: str = _text()
    budget_fit: str = _text()
    tier_chosen: str = _text()
    tier_reason: str = _text()
    status: str = Field(default="new", sa_type=Text)
    status_reason: str = _text()
    status_note: str = _text()
    owner: str = _text()
    created_by: str = _text()
    next_step: str = _text()
    external_system: str = _text()
    external_id: str = _text()
    batch_id: str = _text()
    customer_id: str = _text()
    contact_id: str = _text()
    opportunity_id: str = _text()
    merged_into: str = _text()
    department: str = _text()
    asked_for_material: int = 0
    signal_intent: int = 0
    signal_budget: int = 0
    signal_decision_maker: int = 0
    signal_timeline: int = 0
    signal_demo: int = 0
    signal_contract: int = 0
    signal_referral: int = 0
    next_due_all_day: int = 0
    budget_min: int | None = None
    budget_max: int | None = None
    bant_budget: int | None = None
    bant_authority: int | None = None
    bant_need: int | None = None
    bant_timing: int | None = None
    screened_at: int | None = None
    next_due: int | None = None
    snoozed_until: int | None = None
    acknowledged_at: int | None = None
    deleted_at: int | None = None
    converted_at: int | None = None
    retry_at: int | None = None
    profile_at: int | None = None
    acquired_at: int
    created_at: int
    custom: str = Field(default="{}", sa_type=Text)
    open: int = 1
    score: int = 0
    score_behaviour: int = 0
    score_fit: int = 0
    tier: str = Field(default="C", sa_type=Text)
    tier_source: str = _text()
    priority: str = _text()
    stage: str = _text()
    response_due: int | None = None
    due_at: int | None = None
    due_kind: str = _text()
    wake_at: int = 0
    first_contact_at: int | None = None
    last_activity_at: int | None = None
    rank: int = 0


class Activity(SQLModel, table=True):
    """Something that happened with a lead, or with the customer, contact or opportunity that it became: a
    follow-up of ours, or an engagement of theirs (R51 to R58)."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = _parent()
    customer_id: str | None = _parent()
    contact_id: str | None = _parent()
    opportunity_id: str | None = _parent()
    at: int
    kind: str = Field(default="follow_up", sa_type=Text)
    channel: str = _text()
    result: str = _text()
    content: str = _text()
    feedback: str = _text()
    sentiment: str = _text()
    need_priority: str = _text()
    duration_minutes: int | None = None
    next_step: str = _text()
    next_due: int | None = None
    next_due_all_day: int = 0
    signals: str = _text()
    attachment: str = _text()
    author: str = _text()
    deleted_at: int | None = None


class Tag(SQLModel, table=True):
    """A tag on a lead or a customer; its id is made of both, so that two replicas make the same row."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = _parent()
    customer_id: str | None = _parent()
    name: str = _text()


class CustomField(SQLModel, table=True):
    """A field that users added to a kind of record (R113)."""

    __tablename__ = "custom_field"

    id: str = Field(primary_key=True, sa_type=Text)
    entity: str = Field(default="lead", sa_type=Text)
    key: str = _text()
    label: str = _text()
    kind: str = Field(default="text", sa_type=Text)
    choices: str = Field(default="[]", sa_type=Text)


class SavedView(SQLModel, table=True):
    """A filter that was given a name."""

    __tablename__ = "saved_view"

    id: str = Field(primary_key=True, sa_type=Text)
    name: str = _text()
    filter: str = _text()


class ImportBatch(SQLModel, table=True):
    """One imported file."""

    __tablename__ = "import_batch"

    id: str = Field(primary_key=True, sa_type=Text)
    file: str = _text()
    at: int
    author: str = _text()
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    record: str = Field(default="lead", sa_type=Text)
