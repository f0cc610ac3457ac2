"""Which columns a lead has, by what becomes of them."""

from __future__ import annotations

LEAD_TEXT: tuple[str, ...] = (
    "number",
    "source_channel",
    "source_detail",
    "lead_type",
    "company",
    "industry",
    "company_size",
    "customer_type",
    "contact",
    "title",
    "role",
    "phone",
    "mobile",
    "other_phones",
    "email",
    "other_emails",
    "wechat",
    "website",
    "address",
    "city",
    "state",
    "postal_code",
    "country",
    "need",
    "need_clarity",
    "scenario",
    "potential",
    "timing",
    "remark",
    "notes",
    "currency",
    "budget_fit",
    "tier_chosen",
    "tier_reason",
    "status",
    "status_reason",
    "status_note",
    "owner",
    "created_by",
    "next_step",
    "external_system",
    "external_id",
    "batch_id",
)
"""Text, empty when unknown."""

LEAD_FLAGS: tuple[str, ...] = (
    "asked_for_material",
    "signal_intent",
    "signal_budget",
    "signal_decision_maker",
    "signal_timeline",
    "signal_demo",
    "signal_contract",
    "signal_referral",
    "next_due_all_day",
)
"""0 or 1."""

LEAD_NUMBERS: tuple[str, ...] = (
    "budget_min",
    "budget_max",
    "bant_budget",
    "bant_authority",
    "bant_need",
    "bant_timing",
    "screened_at",
    "next_due",
    "snoozed_until",
    "acknowledged_at",
    "deleted_at",
)
"""Integers, NULL when unknown."""

LEAD_TIMES: tuple[str, ...] = ("acquired_at", "created_at")
"""Always known."""

LEAD_JOURNALED: tuple[str, ...] = (
    "id",
    *LEAD_TEXT,
    *LEAD_FLAGS,
    *LEAD_NUMBERS,
    *LEAD_TIMES,
    "custom",
)

LEAD_DERIVED: tuple[str, ...] = (
    "open",
    "score",
    "score_behaviour",
    "score_fit",
    "tier",
    "tier_source",
    "priority",
    "stage",
    "response_due",
    "due_at",
    "due_kind",
    "wake_at",
    "first_contact_at",
    "last_activity_at",
    "rank",
)
"""Computed by each replica from the rest, never journaled."""

JOURNALED_TABLES: dict[str, tuple[str, ...]] = {
    "lead": LEAD_JOURNALED,
    "activity": (
        "id",
        "lead_id",
        "at",
        "kind",
        "channel",
        "result",
        "content",
        "feedback",
        "sentiment",
        "need_priority",
        "duration_minutes",
        "next_step",
        "next_due",
        "next_due_all_day",
        "signals",
        "attachment",
        "author",
        "deleted_at",
    ),
    "tag": ("id", "lead_id", "name"),
    "custom_field": ("id", "entity", "key", "label", "kind", "choices"),
    "saved_view": ("id", "name", "filter"),
    "import_batch": ("id", "file", "at", "author", "rows", "created", "updated", "unchanged", "skipped"),
}
"""The tables whose changes are recorded, and their recorded columns."""
