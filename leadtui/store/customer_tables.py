"""The tables of customers, contacts, opportunities and what belongs to them, as SQLModel classes.

They carry types and names for sessions; what a user types is validated by drafts before it gets here.
`seq` is the local row number of a record: it orders and joins inside one file and never leaves it.
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


class _Record(SQLModel):
    """What customers, contacts and opportunities all have."""

    __mapper_args__ = {"eager_defaults": True}

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True, sa_type=Text)
    number: str = _text()
    name: str = _text()
    need: str = _text()
    remark: str = _text()
    notes: str = _text()
    source_channel: str = _text()
    source_detail: str = _text()
    owner: str = _text()
    created_by: str = _text()
    next_step: str = _text()
    external_system: str = _text()
    external_id: str = _text()
    batch_id: str = _text()
    merged_into: str = _text()
    next_due: int | None = None
    next_due_all_day: int = 0
    snoozed_until: int | None = None
    due_at: int | None = None
    due_kind: str = _text()
    created_at: int
    deleted_at: int | None = None
    custom: str = Field(default="{}", sa_type=Text)


class _Reached(_Record):
    """How a customer or a contact is reached."""

    status: str = Field(default="active", sa_type=Text)
    phone: str = _text()
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


class Customer(_Reached, table=True):
    """A company that may buy or has bought, its profile in five dimensions (R87)."""

    lifecycle: str = Field(default="prospect", sa_type=Text)
    source_snapshot: str = Field(default="{}", sa_type=Text)
    industry: str = _text()
    company_size: str = _text()
    customer_type: str = _text()
    business_type: str = _text()
    currency: str = _text()
    budget_range: str = _text()
    purchase_cycle: str = _text()
    focus: str = _text()
    approval_path: str = _text()
    behaviour_visits: str = _text()
    behaviour_interactions: str = _text()
    behaviour_content: str = _text()
    basic_difficulty: str = _text()
    basic_remedy: str = _text()
    industry_difficulty: str = _text()
    industry_remedy: str = _text()
    behaviour_difficulty: str = _text()
    behaviour_remedy: str = _text()
    need_difficulty: str = _text()
    need_remedy: str = _text()
    decision_difficulty: str = _text()
    decision_remedy: str = _text()
    budget_min: int | None = None
    budget_max: int | None = None
    became_customer_at: int | None = None
    profile_at: int | None = None


class Contact(_Reached, table=True):
    """A person at a customer, with a role in its decision chain (R87)."""

    customer_id: str | None = _parent()
    title: str = _text()
    department: str = _text()
    role: str = _text()
    mobile: str = _text()
    reports_to: str = _text()


class Opportunity(_Record, table=True):
    """A deal in the making (R78 to R86)."""

    customer_id: str | None = _parent()
    contact_id: str | None = _parent()
    lead_id: str | None = _parent()
    stage: str = Field(default="discovery", sa_type=Text)
    stage_note: str = _text()
    currency: str = _text()
    urgency: str = _text()
    budget_level: str = _text()
    competition: str = _text()
    decision_chain: str = _text()
    competitors: str = _text()
    grade_chosen: str = _text()
    grade_reason: str = _text()
    plan_pains: str = _text()
    plan_advantages: str = _text()
    plan_negotiation: str = _text()
    plan_dates: str = _text()
    plan_approved_by: str = _text()
    contract_delivery: str = _text()
    contract_payment: str = _text()
    contract_breach: str = _text()
    contract_legal: str = _text()
    lost_reason: str = _text()
    lost_note: str = _text()
    handover_note: str = _text()
    probability: int | None = None
    amount: int | None = None
    expected_close: int | None = None
    stage_at: int | None = None
    graded_at: int | None = None
    grade_a_at: int | None = None
    grade: str = _text()
    report_submitted_at: int | None = None
    plan_approved_at: int | None = None
    won_at: int | None = None
    lost_at: int | None = None
    handed_over_at: int | None = None


class Task(SQLModel, table=True):
    """Something to do by a time, beside the next step; a playbook brings them (R60, R62)."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = _parent()
    customer_id: str | None = _parent()
    contact_id: str | None = _parent()
    opportunity_id: str | None = _parent()
    title: str = _text()
    channel: str = _text()
    due: int | None = None
    due_all_day: int = 0
    template: str = _text()
    run_id: str = _text()
    owner: str = _text()
    author: str = _text()
    created_at: int
    done_at: int | None = None
    cancelled_at: int | None = None
    deleted_at: int | None = None


class PlaybookRun(SQLModel, table=True):
    """A playbook that was started on a lead or an opportunity (R110)."""

    __tablename__ = "playbook_run"

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = _parent()
    opportunity_id: str | None = _parent()
    playbook: str = _text()
    author: str = _text()
    started_at: int
    paused_at: int | None = None
    pause_reason: str = _text()
    ended_at: int | None = None


class Collaborator(SQLModel, table=True):
    """Somebody who supports the owner of a lead or a customer (R100 to R102); its id is made of both."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = _parent()
    customer_id: str | None = _parent()
    name: str = _text()
    since: int


class Objection(SQLModel, table=True):
    """An objection in a negotiation, and its answer (R66, R86)."""

    id: str = Field(primary_key=True, sa_type=Text)
    opportunity_id: str = Field(sa_type=Text)
    at: int
    content: str = _text()
    answer: str = _text()
    answered_at: int | None = None
    escalated_to: str = _text()
    author: str = _text()
    deleted_at: int | None = None


class ConversionMapping(SQLModel, table=True):
    """Which field of a lead fills a field of a customer, a contact or an opportunity (R74)."""

    __tablename__ = "conversion_mapping"

    id: str = Field(primary_key=True, sa_type=Text)
    target: str = _text()
    field: str = _text()
    source: str = _text()
    choices: str = Field(default="{}", sa_type=Text)


class NotDuplicate(SQLModel, table=True):
    """Two records that somebody looked at and found to be two; its id is made of both."""

    __tablename__ = "not_duplicate"

    id: str = Field(primary_key=True, sa_type=Text)
    one: str = Field(sa_type=Text)
    other: str = Field(sa_type=Text)
    author: str = _text()
    at: int
