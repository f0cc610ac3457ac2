"""What a user typed of a customer, a contact or an opportunity, made safe and checked."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from leadtui.customers.codes import (
    BUDGET_LEVELS,
    COMPETITIONS,
    DECISION_CHAINS,
    GRADES,
    LIFECYCLES,
    ROLES,
    STAGES,
    URGENCIES,
)
from leadtui.i18n import marked as _
from leadtui.qualify.drafts import (
    Block,
    Currency,
    Draft,
    Line,
    Moment,
    Money,
    Phone,
    ReachedDraft,
    RecordDraft,
    codes,
    whole,
)

_Percent = Annotated[int | None, BeforeValidator(whole(0, 100, _("Give 0 to 100 per cent.")))]


class CustomerDraft(ReachedDraft):
    """The columns of a customer that users fill in, in five dimensions (R87)."""

    name: Line = ""
    lifecycle: Annotated[str, codes(*LIFECYCLES)] = "prospect"
    industry: Line = ""
    company_size: Line = ""
    customer_type: Line = ""
    business_type: Line = ""
    currency: Currency = ""
    budget_min: Money = None
    budget_max: Money = None
    budget_range: Line = ""
    purchase_cycle: Line = ""
    focus: Block = ""
    approval_path: Block = ""
    behaviour_visits: Line = ""
    behaviour_interactions: Line = ""
    behaviour_content: Line = ""
    basic_difficulty: Block = ""
    basic_remedy: Block = ""
    industry_difficulty: Block = ""
    industry_remedy: Block = ""
    behaviour_difficulty: Block = ""
    behaviour_remedy: Block = ""
    need_difficulty: Block = ""
    need_remedy: Block = ""
    decision_difficulty: Block = ""
    decision_remedy: Block = ""


class ContactDraft(ReachedDraft):
    """The columns of a contact that users fill in."""

    name: Line = ""
    title: Line = ""
    department: Line = ""
    role: Annotated[str, codes(*ROLES)] = ""
    mobile: Phone = ""
    reports_to: Line = ""


class OpportunityDraft(RecordDraft):
    """The columns of an opportunity that users fill in (R78 to R86)."""

    name: Line = ""
    stage: Annotated[str, codes(*STAGES)] = "discovery"
    stage_note: Block = ""
    probability: _Percent = None
    amount: Money = None
    currency: Currency = ""
    expected_close: Moment = None
    urgency: Annotated[str, codes(*URGENCIES)] = ""
    budget_level: Annotated[str, codes(*BUDGET_LEVELS)] = ""
    competition: Annotated[str, codes(*COMPETITIONS)] = ""
    decision_chain: Annotated[str, codes(*DECISION_CHAINS)] = ""
    competitors: Block = ""
    grade_chosen: Annotated[str, codes(*GRADES)] = ""
    grade_reason: Block = ""
    plan_pains: Block = ""
    plan_advantages: Block = ""
    plan_negotiation: Block = ""
    plan_dates: Block = ""
    contract_delivery: Block = ""
    contract_payment: Block = ""
    contract_breach: Block = ""
    contract_legal: Block = ""
    handover_note: Block = ""


DRAFTS: dict[str, type[Draft]] = {
    "customer": CustomerDraft,
    "contact": ContactDraft,
    "opportunity": OpportunityDraft,
}
