"""What a user reads for each code: `label("channel", "wechat")` is `WeChat`."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.field_labels import FIELDS
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
        "task": _("task"),
        "no_answer": _("no answer yet"),
        "silence": _("silence"),
        "no_next_step": _("no next step"),
        "stale_profile": _("profile not updated"),
        "visit": _("visit them again"),
        "regrade": _("grade again"),
        "project_report": _("project report"),
        "objection": _("answer the objection"),
        "hand_over": _("hand over"),
        "close_passed": _("closing date"),
    },
    "opportunity_stage": {
        "discovery": _("needs"),
        "proposal": _("proposal"),
        "quotation": _("quotation"),
        "negotiation": _("negotiation"),
        "contract": _("contract"),
        "won": _("won"),
        "lost": _("lost"),
    },
    "lifecycle": {"prospect": _("prospect"), "customer": _("customer")},
    "urgency": {
        "immediate": _("immediate, within a month"),
        "urgent": _("urgent, within 3 months"),
        "general": _("general, later"),
    },
    "budget_level": {"high": _("high"), "medium": _("medium"), "low": _("low")},
    "competition": {
        "advantage": _("advantage"),
        "even": _("even"),
        "disadvantage": _("disadvantage"),
    },
    "decision_chain": {
        "simple": _("simple, one decides"),
        "medium": _("medium, departments"),
        "complex": _("complex, several levels"),
    },
    "grade_reason": {
        "high_budget": _("high budget"),
        "low_budget": _("low budget"),
        "within_3_months": _("within 3 months"),
        "later_need": _("later than 3 months"),
        "advantage": _("advantage"),
        "disadvantage": _("disadvantage"),
    },
    "records": {
        "lead": _("leads"),
        "customer": _("customers"),
        "contact": _("contacts"),
        "opportunity": _("opportunities"),
        "activity": _("activities"),
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
    "reason": {
        "wrong_contact": _("wrong contact"),
        "need_mismatch": _("need doesn't match"),
        "incomplete": _("incomplete"),
        "no_budget": _("no budget"),
        "no_plan": _("no plan"),
        "not_target": _("not our target"),
        "false_information": _("false information"),
        "duplicate": _("duplicate"),
        "vague_need": _("vague need"),
        "unverified_contact": _("contact not verified"),
        "no_timing": _("no timing"),
        "price": _("price"),
        "need_changed": _("need changed"),
        "competitor": _("competitor"),
        "long_decision": _("long decision"),
        "unclear_need": _("need unclear"),
        "other": _("other"),
    },
    "source": {
        "website": _("website"),
        "platform": _("platform"),
        "social": _("social media"),
        "official_account": _("official account"),
        "short_video": _("short video"),
        "content": _("content"),
        "search": _("search"),
        "advertising": _("advertising"),
        "email": _("mailing"),
        "webinar": _("webinar"),
        "expo": _("expo"),
        "telephone": _("telephone"),
        "partner": _("partner"),
        "store": _("store"),
        "referral": _("referral"),
        "past_customer": _("past customer"),
        "past_lead": _("past lead"),
        "employee": _("employee"),
        "import": _("import"),
    },
    "source_group": {"online": _("online"), "offline": _("offline"), "internal": _("internal")},
    "node": {
        "first_contact": _("first contact"),
        "second_contact": _("second contact"),
        "need": _("need"),
        "proposal": _("proposal"),
        "quote": _("quote"),
        "contract": _("contract"),
        "return_visit": _("return visit"),
    },
    "pause": {
        "replied": _("replied"),
        "meeting_set": _("meeting set"),
        "by_hand": _("by hand"),
    },
    "step": {
        "call": _("call"),
        "send news": _("send news"),
        "send case study": _("send case study"),
        "send proposal": _("send proposal"),
        "visit": _("visit"),
        "second look": _("second look"),
    },
    "topic": {
        "product_basics": _("product basics"),
        "trend_report": _("trend report"),
        "case": _("case study"),
        "testimonial": _("testimonial"),
        "free_trial": _("free trial"),
        "custom_proposal": _("custom proposal"),
        "business_talk": _("business talk"),
        "invitation": _("invitation to visit"),
    },
    "feature": {
        "concrete_need": _("concrete need"),
        "decision_power": _("decides"),
        "asked_for_material": _("asked for material or a demo"),
        "has_budget": _("has a budget"),
        "within_3_months": _("within 3 months"),
        "score_high": _("high score"),
        "vague_need": _("vague need"),
        "influencer": _("has influence"),
        "3_to_6_months": _("3 to 6 months"),
        "score_medium": _("medium score"),
        "only_browsed": _("only browsed"),
    },
    "tier_source": {"manual": _("chosen"), "rule": _("by its features"), "score": _("by its score")},
    "missing": {
        "source_channel": _("a source"),
        "company_or_contact": _("a company or a contact"),
        "company": _("a company"),
        "contact": _("a contact's name"),
        "phone_or_email": _("a phone or a mail"),
        "phone": _("a phone"),
        "title": _("a title"),
        "industry": _("an industry"),
        "company_size": _("a company size"),
        "need": _("a need"),
        "need_clarity": _("a need that is concrete"),
    },
    "weekday": {
        "mon": _("Mon"),
        "tue": _("Tue"),
        "wed": _("Wed"),
        "thu": _("Thu"),
        "fri": _("Fri"),
        "sat": _("Sat"),
        "sun": _("Sun"),
    },
    "record": {
        "lead": _("lead"),
        "activity": _("activity"),
        "tag": _("tag"),
        "customer": _("customer"),
        "contact": _("contact"),
        "opportunity": _("opportunity"),
        "task": _("task"),
        "objection": _("objection"),
        "collaborator": _("collaborator"),
        "playbook_run": _("playbook"),
    },
    "effect": {
        "created": _("created"),
        "filled": _("filled"),
        "kept": _("kept"),
        "conflict": _("conflict"),
        "converted": _("converted"),
        "truncated": _("too long"),
        "dropped": _("dropped"),
    },
    "path": {
        "database": _("database"),
        "settings": _("settings"),
        "backups": _("backups"),
        "state": _("state"),
        "log": _("log"),
    },
    "check": {
        "file": _("file"),
        "integrity": _("integrity"),
        "contents": _("contents"),
        "references": _("references"),
        "journal": _("journal"),
        "search": _("search"),
        "standing": _("standing"),
        "permissions": _("permissions"),
        "place": _("place"),
        "leftovers": _("leftovers"),
        "settings": _("settings"),
        "terminal": _("terminal"),
    },
    "kind": {
        "text": _("text"),
        "number": _("number"),
        "date": _("date"),
        "choice": _("choice"),
        "yes_no": _("yes or no"),
    },
    "target_kind": {
        "text": _("text"),
        "block": _("long text"),
        "lines": _("a text a line"),
        "mail": _("mail"),
        "phone": _("phone"),
        "code": _("choice"),
        "currency": _("currency"),
        "money": _("amount"),
        "number": _("number"),
        "percent": _("per cent"),
        "date": _("date"),
        "moment": _("date and time"),
        "choice": _("choice"),
        "yes_no": _("yes or no"),
        "tags": _("tags"),
    },
    "field": FIELDS,
}


_GROUPS: Mapping[str, str] = {
    "source_channel": "source",
    "status_reason": "reason",
    "lost_reason": "reason",
    "pause_reason": "pause",
    "stage": "opportunity_stage",
    "need_priority": "level",
}
"""The groups of the columns whose codes are called otherwise than the column."""


def label(group: str, code: str) -> str:
    """The user's word for `code` of a group of `LABELS`; a code that has none is shown as it is."""
    text = LABELS[group].get(code)
    return gettext(text) if text else code


def group_of(column: str) -> str:
    """The group of the codes that stand in a column, or the column itself where any text may stand."""
    return _GROUPS.get(column, column)


def value_label(column: str, value: str) -> str:
    """The user's word for what stands in a column: of a code its label, of any other text the text."""
    group = group_of(column)
    return label(group, value) if group in LABELS else value


def labels(group: str) -> dict[str, str]:
    """All codes of a group with the user's words, in the order in which they are shown."""
    return {code: gettext(text) for code, text in LABELS[group].items()}
