"""The tables of customers, contacts, opportunities and what belongs to them, as SQLModel classes.

They carry types and names for sessions; what a user types is validated by drafts before it gets here.
`seq` is the local row number of a record: it orders and joins inside one file and never leaves it.
"""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from leadtui.store.table_fields import parent_field, text_field


class _Record(SQLModel):
    """What customers, contacts and opportunities all have."""

    __mapper_args__ = {"eager_defaults": True}

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True, sa_type=Text)
    number: str = text_field()
    name: str = text_field()
    need: str = text_field()
    remark: str = text_field()
    notes: str = text_field()
    source_channel: str = text_field()
    source_detail: str = text_field()
    owner: str = text_field()
    created_by: str = text_field()
    next_step: str = text_field()
    external_system: str = text_field()
    external_id: str = text_field()
    batch_id: str = text_field()
    merged_into: str = text_field()
    next_due: int | None = None
    next_due_all_day: int = 0
    snoozed_until: int | None = None
    due_at: int | None = None
    due_kind: str = text_field()
    created_at: int
    deleted_at: int | None = None
    custom: str = Field(default="{}", sa_type=Text)


class _Reached(_Record):
    """How a customer or a contact is reached."""

    status: str = Field(default="active", sa_type=Text)
    phone: str = text_field()
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


class Customer(_Reached, table=True):
    """A company that may buy or has bought, its profile in five dimensions (R87)."""

    lifecycle: str = Field(default="prospect", sa_type=Text)
    source_snapshot: str = Field(default="{}", sa_type=Text)
    industry: str = text_field()
    company_size: str = text_field()
    customer_type: str = text_field()
    business_type: str = text_field()
    currency: str = text_field()
    budget_range: str = text_field()
    purchase_cycle: str = text_field()
    focus: str = text_field()
    approval_path: str = text_field()
    behaviour_visits: str = text_field()
    behaviour_interactions: str = text_field()
    behaviour_content: str = text_field()
    basic_difficulty: str = text_field()
    basic_remedy: str = text_field()
    industry_difficulty: str = text_field()
    industry_remedy: str = text_field()
    behaviour_difficulty: str = text_field()
    behaviour_remedy: str = text_field()
    need_difficulty: str = text_field()
    need_remedy: str = text_field()
    decision_difficulty: str = text_field()
    decision_remedy: str = text_field()
    budget_min: int | None = None
    budget_max: int | None = None
    became_customer_at: int | None = None
    profile_at: int | None = None


class Contact(_Reached, table=True):
    """A person at a customer, with a role in its decision chain (R87)."""

    customer_id: str | None = parent_field()
    title: str = text_field()
    department: str = text_field()
    role: str = text_field()
    mobile: str = text_field()
    reports_to: str = text_field()


class Opportunity(_Record, table=True):
    """A deal in the making (R78 to R86)."""

    customer_id: str | None = parent_field()
    contact_id: str | None = parent_field()
    lead_id: str | None = parent_field()
    stage: str = Field(default="discovery", sa_type=Text)
    stage_note: str = text_field()
    currency: str = text_field()
    urgency: str = text_field()
    budget_level: str = text_field()
    competition: str = text_field()
    decision_chain: str = text_field()
    competitors: str = text_field()
    grade_chosen: str = text_field()
    grade_reason: str = text_field()
    plan_pains: str = text_field()
    plan_advantages: str = text_field()
    plan_negotiation: str = text_field()
    plan_dates: str = text_field()
    plan_approved_by: str = text_field()
    contract_delivery: str = text_field()
    contract_payment: str = text_field()
    contract_breach: str = text_field()
    contract_legal: str = text_field()
    lost_reason: str = text_field()
    lost_note: str = text_field()
    handover_note: str = text_field()
    probability: int | None = None
    amount: int | None = None
    expected_close: int | None = None
    stage_at: int | None = None
    graded_at: int | None = None
    grade_a_at: int | None = None
    grade: str = text_field()
    report_submitted_at: int | None = None
    plan_approved_at: int | None = None
    won_at: int | None = None
    lost_at: int | None = None
    handed_over_at: int | None = None


class Task(SQLModel, table=True):
    """Something to do by a time, beside the next step; a playbook brings them (R60, R62)."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = parent_field()
    customer_id: str | None = parent_field()
    contact_id: str | None = parent_field()
    opportunity_id: str | None = parent_field()
    title: str = text_field()
    channel: str = text_field()
    due: int | None = None
    due_all_day: int = 0
    template: str = text_field()
    run_id: str = text_field()
    owner: str = text_field()
    author: str = text_field()
    created_at: int
    done_at: int | None = None
    cancelled_at: int | None = None
    deleted_at: int | None = None


class PlaybookRun(SQLModel, table=True):
    """A playbook that was started on a lead or an opportunity (R110)."""

    __tablename__ = "playbook_run"

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = parent_field()
    opportunity_id: str | None = parent_field()
    playbook: str = text_field()
    author: str = text_field()
    started_at: int
    paused_at: int | None = None
    pause_reason: str = text_field()
    ended_at: int | None = None


class Collaborator(SQLModel, table=True):
    """Somebody who supports the owner of a lead or a customer (R100 to R102); its id is made of both."""

    id: str = Field(primary_key=True, sa_type=Text)
    lead_id: str | None = parent_field()
    customer_id: str | None = parent_field()
    name: str = text_field()
    since: int


class Objection(SQLModel, table=True):
    """An objection in a negotiation, and its answer (R66, R86)."""

    id: str = Field(primary_key=True, sa_type=Text)
    opportunity_id: str = Field(sa_type=Text)
    at: int
    content: str = text_field()
    answer: str = text_field()
    answered_at: int | None = None
    escalated_to: str = text_field()
    author: str = text_field()
    deleted_at: int | None = None


class ConversionMapping(SQLModel, table=True):
    """Which field of a lead fills a field of a customer, a contact or an opportunity (R74)."""

    __tablename__ = "conversion_mapping"

    id: str = Field(primary_key=True, sa_type=Text)
    target: str = text_field()
    field: str = text_field()
    source: str = text_field()
    choices: str = Field(default="{}", sa_type=Text)


class NotDuplicate(SQLModel, table=True):
    """Two records that somebody looked at and found to be two; its id is made of both."""

    __tablename__ = "not_duplicate"

    id: str = Field(primary_key=True, sa_type=Text)
    one: str = Field(sa_type=Text)
    other: str = Field(sa_type=Text)
    author: str = text_field()
    at: int
