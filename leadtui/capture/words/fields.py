"""What a column of a file can be, by what the rows are."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.values import SIGNALS

IGNORED = "ignore"
"""A column of which nothing is taken."""
NAMES = frozenset(("company", "contact", "company_or_person", "first_name", "last_name"))
"""The fields that name somebody."""
SKIPPED_HEADERS = ("leadtui_line", "leadtui_reason")
"""The first two columns of a file of skipped rows; an import of the mended file ignores them."""
_REACHED = (
    "phone mobile other_phones email other_emails wechat website address city state postal_code country"
)
_KEPT = "external_id source_channel source_detail owner created_by acquired_at tags notes remark need deleted"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "lead": tuple(
        "company contact first_name middle_name last_name salutation title role phone mobile other_phones "
        "email other_emails wechat website profile_url address city state postal_code country "
        "source_channel source_detail lead_type industry company_size customer_type need need_clarity "
        "scenario potential timing remark notes budget budget_min budget_max currency tags tier_chosen "
        "status status_reason status_note owner created_by acquired_at next_step next_due "
        "asked_for_material external_id external_system converted deleted".split()
    ),
    "customer": tuple(
        f"company industry company_size customer_type contact first_name middle_name last_name title "
        f"{_REACHED} {_KEPT} next_step next_due".split()
    ),
    "contact": tuple(
        f"company customer_ref contact first_name middle_name last_name salutation title department role "
        f"reports_to {_REACHED} {_KEPT} next_step next_due".split()
    ),
    "opportunity": tuple(
        f"name company customer_ref contact contact_ref stage probability budget currency expected_close "
        f"lost_reason {_KEPT} next_step next_due".split()
    ),
    "activity": tuple(
        "at channel subject content feedback result duration_minutes next_step next_due author author_ref "
        "who_ref what_ref contact company email external_id deleted".split()
    ),
}
"""Columns of the record, and what they are made of; where a lead has such a field, under its name."""
OWN_FIELDS: Mapping[str, tuple[str, ...]] = {
    "lead": (
        "number",
        "tier_reason",
        "budget_fit",
        *(f"signal_{name}" for name in SIGNALS),
        *(f"bant_{name}" for name in ("budget", "authority", "need", "timing")),
    ),
    "customer": tuple(
        "number external_system lifecycle became_customer_at profile_at business_type currency budget_min "
        "budget_max budget_range purchase_cycle focus approval_path behaviour_visits behaviour_interactions "
        "behaviour_content basic_difficulty basic_remedy industry_difficulty industry_remedy "
        "behaviour_difficulty behaviour_remedy need_difficulty need_remedy decision_difficulty "
        "decision_remedy".split()
    ),
    "contact": ("number", "external_system"),
    "opportunity": tuple(
        "number external_system lead_ref stage_at stage_note urgency budget_level competition decision_chain "
        "competitors grade_chosen grade_reason graded_at grade_a_at report_submitted_at plan_pains "
        "plan_advantages plan_negotiation plan_dates plan_approved_at plan_approved_by contract_delivery "
        "contract_payment contract_breach contract_legal won_at lost_at lost_note handed_over_at "
        "handover_note".split()
    ),
    "activity": (),
}
"""What only an export of ours has beside them."""
