"""The tables, as SQLModel classes.

They carry types and names for sessions; what a user types is validated by drafts before it gets here.
`seq` is the local row number of a lead: it orders and joins inside one file and never leaves it.
"""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from leadtui.store.table_fields import parent_field, text_field


class Lead(SQLModel, table=True):
    """Somebody who may buy (R12 to R21)."""

    __mapper_args__ = {"eager_defaults": True}

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True, sa_type=Text)
    number: str = text_field()
    source_channel: str = text_field()
    source_detail: str = text_field()
    lead_type: str = text_field()
    company: str = text_field()
    industry: str = text_field()
    company_size: str = text_field()
    customer_type: str = text_field()
    contact: str = text_field()
    title: str = text_field()
    role: str = text_field()
    phone: str = text_field()
    mobile: str = text_field()
    other_phones: str = text_field()
    email: str = text_field()
    other_emails: str = text_field()
    wechat: str = text_field()
    website: str = text_field()
    address: str = text_field()
    city: str = text_field()
    state: str = text_field()
    postal_code: str = text_field()
    country: str = text_field()
    need: str = text_field()
    need_clarity: str = text_field()
    scenario: str = text_field()
    potential: str = text_field()
    timing: str = text_field()
    remark: str = text_field()
    notes: str = text_field()
    currency: str = text_field()
    budget_fit: str = text_field()
    tier_chosen: str = text_field()
    tier_reason: str = text_field()
    status: str = Field(default="new", sa_type=Text)
    status_reason: str = text_field()
    status_note: str = text_field()
    owner: str = text_field()
    created_by: str = text_field()
    next_step: str = text_field()
    external_system: str = text_field()
    external_id: str = text_field()
    batch_id: str = text_field()
    customer_id: str = text_field()
    contact_id: str = text_field()
    opportunity_id: str = text_field()
    merged_into: str = text_field()
    department: str = text_field()
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
    tier_source: str = text_field()
    priority: str = text_field()
    stage: str = text_field()
    response_due: int | None = None
    due_at: int | None = None
    due_kind: str = text_field()
    wake_at: int = 0
    first_contact_at: int | None = None
    last_activity_at: int | None = None
    rank: int = 0


class Activity(SQLModel, table=True):
    """Something that happened with a lead, or with the customer, contact or opportunity that it became: a
    follow-up of ours, or an engagement of theirs (R51 to R58)."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = parent_field()
    customer_id: str | None = parent_field()
    contact_id: str | None = parent_field()
    opportunity_id: str | None = parent_field()
    at: int
    kind: str = Field(default="follow_up", sa_type=Text)
    channel: str = text_field()
    result: str = text_field()
    content: str = text_field()
    feedback: str = text_field()
    sentiment: str = text_field()
    need_priority: str = text_field()
    duration_minutes: int | None = None
    next_step: str = text_field()
    next_due: int | None = None
    next_due_all_day: int = 0
    signals: str = text_field()
    attachment: str = text_field()
    author: str = text_field()
    deleted_at: int | None = None


class Tag(SQLModel, table=True):
    """A tag on a lead or a customer; its id is made of both, so that two replicas make the same row."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = parent_field()
    customer_id: str | None = parent_field()
    name: str = text_field()


class CustomField(SQLModel, table=True):
    """A field that users added to a kind of record (R113)."""

    __tablename__ = "custom_field"

    id: str = Field(primary_key=True, sa_type=Text)
    entity: str = Field(default="lead", sa_type=Text)
    key: str = text_field()
    label: str = text_field()
    kind: str = Field(default="text", sa_type=Text)
    choices: str = Field(default="[]", sa_type=Text)


class SavedView(SQLModel, table=True):
    """A filter that was given a name."""

    __tablename__ = "saved_view"

    id: str = Field(primary_key=True, sa_type=Text)
    name: str = text_field()
    filter: str = text_field()


class ImportBatch(SQLModel, table=True):
    """One imported file."""

    __tablename__ = "import_batch"

    id: str = Field(primary_key=True, sa_type=Text)
    file: str = text_field()
    at: int
    author: str = text_field()
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    record: str = Field(default="lead", sa_type=Text)
