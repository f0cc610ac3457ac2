"""What a user reads for each code: `label("channel", "wechat")` is `WeChat`."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.i18n import gettext
from leadtui.i18n import marked as _

LABELS: Mapping[str, Mapping[str, str]] = {
    "channel": {
        "phone": _("phone"),
        "mail": _("mail"),
        "wechat": _("WeChat"),
        "visit": _("visit"),
        "meeting": _("meeting"),
        "demo": _("demo"),
        "quote": _("quote"),
        "sample": _("sample"),
        "note": _("note"),
    },
    "result": {
        "reached": _("reached"),
        "no_answer": _("no answer"),
        "left_message": _("left message"),
        "replied": _("replied"),
        "meeting_set": _("meeting set"),
        "not_interested": _("not interested"),
        "wrong_contact": _("wrong contact"),
    },
    "signal": {
        "intent": _("intent"),
        "budget": _("budget"),
        "decision_maker": _("decision maker"),
        "timeline": _("timeline"),
        "demo": _("demo"),
        "contract": _("contract"),
        "referral": _("referral"),
    },
    "engagement": {
        "page_view": _("page view"),
        "white_paper": _("white paper"),
        "webinar": _("webinar"),
        "reply": _("reply"),
    },
    "sentiment": {"positive": _("positive"), "neutral": _("neutral"), "negative": _("negative")},
    "level": {"high": _("high"), "medium": _("medium"), "low": _("low")},
    "status": {
        "new": _("new"),
        "screening": _("screening"),
        "watch": _("watch"),
        "working": _("working"),
        "nurturing": _("nurturing"),
        "qualified": _("qualified"),
        "converted": _("converted"),
        "invalid": _("invalid"),
        "lost": _("lost"),
        "recycled": _("recycled"),
        "merged": _("merged"),
    },
    "reminder": {
        "first_contact": _("first contact"),
        "next_step": _("next step"),
        "no_answer": _("no answer yet"),
        "silence": _("silence"),
        "no_next_step": _("no next step"),
    },
    "role": {
        "decision_maker": _("decision maker"),
        "influencer": _("influencer"),
        "user": _("user"),
        "blocker": _("blocker"),
    },
    "need_clarity": {"concrete": _("concrete"), "vague": _("vague"), "none": _("none")},
    "timing": {
        "within_3_months": _("within 3 months"),
        "3_to_6_months": _("3 to 6 months"),
        "later": _("later"),
    },
    "budget_fit": {"full": _("full"), "partial": _("partial"), "none": _("none")},
    "company_size": {"large": _("large"), "medium": _("medium"), "small": _("small")},
    "bant": {
        "budget": _("budget"),
        "authority": _("authority"),
        "need": _("need"),
        "timing": _("timing"),
    },
    "stage": {
        "awareness": _("awareness"),
        "interest": _("interest"),
        "consideration": _("consideration"),
    },
    "kind": {
        "text": _("text"),
        "number": _("number"),
        "date": _("date"),
        "choice": _("choice"),
        "yes_no": _("yes or no"),
    },
    "field": {
        "number": _("Number"),
        "source_channel": _("Source"),
        "source_detail": _("Source detail"),
        "lead_type": _("Lead type"),
        "company": _("Company"),
        "industry": _("Industry"),
        "company_size": _("Company size"),
        "customer_type": _("Customer type"),
        "contact": _("Contact"),
        "title": _("Title"),
        "role": _("Role"),
        "phone": _("Phone"),
        "mobile": _("Mobile"),
        "other_phones": _("Other phones"),
        "email": _("Mail"),
        "other_emails": _("Other mail"),
        "wechat": _("WeChat"),
        "website": _("Website"),
        "address": _("Address"),
        "city": _("City"),
        "state": _("Province or state"),
        "postal_code": _("Postal code"),
        "country": _("Country"),
        "need": _("Need"),
        "need_clarity": _("How clear"),
        "scenario": _("Scenario"),
        "potential": _("Potential"),
        "timing": _("Timing"),
        "remark": _("First remark"),
        "notes": _("Notes"),
        "asked_for_material": _("Asked for material or a demo"),
        "budget": _("Budget"),
        "budget_min": _("Budget from"),
        "budget_max": _("Budget to"),
        "currency": _("Currency"),
        "budget_fit": _("Budget fit"),
        "status": _("Status"),
        "status_reason": _("Reason"),
        "status_note": _("Reason in words"),
        "tier": _("Tier"),
        "owner": _("Owner"),
        "created_by": _("Entered by"),
        "acquired_at": _("Acquired"),
        "created_at": _("Entered"),
        "next_step": _("Next step"),
        "next_due": _("Next due"),
        "tags": _("Tags"),
        "external_id": _("Number elsewhere"),
        "external_system": _("Other system"),
    },
}


def label(group: str, code: str) -> str:
    """The user's word for `code` of a group of `LABELS`; a code that has none is shown as it is."""
    text = LABELS[group].get(code)
    return gettext(text) if text else code


def labels(group: str) -> dict[str, str]:
    """All codes of a group with the user's words, in the order in which they are shown."""
    return {code: gettext(text) for code, text in LABELS[group].items()}
