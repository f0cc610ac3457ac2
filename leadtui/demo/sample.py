"""Sample leads: the same for the same moment, half Chinese and half Latin, in every state an inbox knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from random import Random

from leadtui.clock import to_local, to_milliseconds
from leadtui.demo import words

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

Text = Mapping[str, object]

SITUATIONS = (
    ("today",) * 13
    + ("unplanned",) * 12
    + ("tomorrow",) * 9
    + ("week",) * 8
    + ("late",) * 4
    + ("snoozed",) * 4
    + ("new",) * 3
    + ("watch",) * 2
    + ("invalid",) * 3
    + ("lost",) * 2
)
"""How many of each sixty leads stand where: an inbox with a day's work in it, and more that waits."""

_MIX = {
    "A": (words.CONCRETE_NEEDS, words.DECISION_MAKERS, "decision_maker", "within_3_months", ("large", "medium")),
    "B": (words.VAGUE_NEEDS, words.INFLUENCERS, "influencer", "3_to_6_months", ("medium", "large", "small")),
    "C": (words.VAGUE_NEEDS, words.USERS, "user", "later", ("small", "medium")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleLead:
    """One lead and what happened to it so far."""

    draft: Text
    """For `create_lead`."""
    engagements: tuple[tuple[str, int], ...] = ()
    """What the lead did by itself: (event, when)."""
    follow_ups: tuple[Text, ...] = ()
    """For `log_follow_up`, oldest first; the last one plans the next step."""
    signals: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    custom: Text = field(default_factory=dict)
    verdict: tuple[str, str, str] | None = None
    """For `screen`: verdict, reason, note."""
    snoozed_until: int | None = None


def sample_leads(count: int, now: int, zone: tzinfo) -> Iterator[SampleLead]:
    """`count` leads as they stand at `now` (UTC ms), days being those of `zone`."""
    random = Random(20261121)
    days = _Days(now, zone)
    told = _told(days)
    yield from told[:count]
    situations: list[str] = []
    for index in range(len(told), count):
        if not situations:
            situations = list(SITUATIONS)
            random.shuffle(situations)
        yield _invented(random, days, index, situations.pop())


class _Days:
    """Moments relative to now, on the wall clock of a zone."""

    def __init__(self, now: int, zone: tzinfo) -> None:
        self.now = now
        self._local = to_local(now, zone)

    def at(self, days: int, hour: int, minute: int = 0) -> int:
        """The wall-clock time of the day that is `days` after today."""
        day = self._local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return to_milliseconds(_moved(day, days))

    def later_today(self, minutes: int) -> int:
        """Some minutes from now, but never after 23:59 of today; to the quarter of an hour."""
        quarter = 15 * MINUTE
        return min((self.now + minutes * MINUTE) // quarter * quarter, self.at(0, 23, 59))


def _moved(moment: datetime, days: int) -> datetime:
    return moment + timedelta(days=days)


def _told(days: _Days) -> tuple[SampleLead, ...]:
    """The leads at the top of the inbox, each with a story of its own."""
    now = days.now
    return (
        SampleLead(
            {
                "company": "Nova Robotics",
                "contact": "Li Wei",
                "title": "CTO",
                "role": "decision_maker",
                "company_size": "large",
                "industry": "manufacturing",
                "mobile": "+86 138 1234 5678",
                "email": "liwei@nova.example",
                "city": "Suzhou",
                "country": "CN",
                "source_channel": "website",
                "source_detail": "product enquiry",
                "need": "ERP replacement before June, budget 500k",
                "need_clarity": "concrete",
                "timing": "within_3_months",
                "asked_for_material": True,
                "budget_min": 40_000_000,
                "budget_max": 50_000_000,
                "currency": "CNY",
                "budget_fit": "partial",
                "acquired_at": now - 4 * HOUR - 14 * MINUTE,
            },
            engagements=(
                ("webinar", now - 3 * DAY),
                ("white_paper", now - 3 * DAY + HOUR),
                ("page_view", now - 5 * HOUR),
                ("page_view", now - 5 * HOUR + 7 * MINUTE),
            ),
            signals=("intent", "budget"),
            tags=("key account",),
            custom={"system": "用友 U8", "seats": 240},
        ),
        SampleLead(
            {
                "company": "Kestrel Foods",
                "contact": "M. Okafor",
                "title": "Head of Purchasing",
                "role": "decision_maker",
                "company_size": "large",
                "industry": "food",
                "phone": "+44 20 7946 0018",
                "email": "m.okafor@kestrel-foods.example",
                "city": "Leeds",
                "country": "GB",
                "source_channel": "trade_fair",
                "source_detail": "Hannover 2026",
                "need": "Two packing lines controlled from one screen",
                "need_clarity": "concrete",
                "timing": "within_3_months",
                "budget_max": 12_000_000,
                "currency": "GBP",
                "budget_fit": "full",
                "acquired_at": now - 9 * DAY,
            },
            engagements=(("white_paper", now - 6 * DAY), ("page_view", now - 6 * DAY)),
            follow_ups=(
                _follow_up(now - 8 * DAY, "phone", "reached", "Met at the fair; wants a quote for two lines"),
                _follow_up(
                    days.at(-1, 16),
                    "mail",
                    "replied",
                    "Sent line data, asks for the quote before the weekend",
                    step="send quote",
                    due=days.later_today(200),
                ),
            ),
            signals=("intent", "decision_maker", "timeline"),
            tags=("expo-2026",),
            custom={"system": "SAP", "seats": 80},
        ),
        SampleLead(
            {
                "company": "上海启明科技有限公司",
                "contact": "王芳",
                "title": "采购总监",
                "role": "influencer",
                "company_size": "large",
                "industry": "software",
                "mobile": "+86 139 0000 0127",
                "email": "wangfang@qiming.example",
                "wechat": "wangfang_qm",
                "city": "上海",
                "country": "CN",
                "source_channel": "trade_fair",
                "source_detail": "2026年工业展",
                "need": "想了解市面上的方案，三个月后立项",
                "need_clarity": "vague",
                "timing": "3_to_6_months",
                "currency": "CNY",
                "budget_fit": "partial",
                "acquired_at": now - 6 * DAY,
            },
            engagements=(("webinar", now - 4 * DAY), ("page_view", now - 2 * DAY)),
            follow_ups=(
                _follow_up(
                    days.at(-1, 15, 20),
                    "wechat",
                    "replied",
                    "微信发了产线视频，反馈不错，约演示",
                    step="演示",
                    due=days.at(1, 10),
                ),
            ),
            signals=("intent", "demo"),
            tags=("2026展会", "重点客户"),
            custom={"system": "金蝶", "seats": 35},
        ),
        SampleLead(
            {
                "company": "Halden Optics",
                "contact": "Ingrid Solberg",
                "title": "Plant Manager",
                "role": "influencer",
                "company_size": "medium",
                "industry": "manufacturing",
                "phone": "+47 22 00 01 17",
                "email": "ingrid.solberg@halden-optics.example",
                "city": "Halden",
                "country": "NO",
                "source_channel": "webinar",
                "source_detail": "October webinar",
                "need": "Looks for ways to cut the cost of returns",
                "need_clarity": "vague",
                "timing": "3_to_6_months",
                "currency": "EUR",
                "budget_fit": "full",
                "acquired_at": now - 12 * DAY,
            },
            engagements=(("webinar", now - 12 * DAY),),
            follow_ups=(
                _follow_up(now - 11 * DAY, "phone", "reached", "Returns cost them 4 % of turnover"),
                _follow_up(
                    days.at(-2, 11),
                    "mail",
                    "replied",
                    "Has questions on the quote",
                    step="reply to quote",
                    due=days.at(-1, 0),
                    all_day=True,
                ),
            ),
            signals=("intent",),
            tags=("newsletter",),
            custom={"system": "Odoo", "seats": 12},
        ),
    )


def _invented(random: Random, days: _Days, index: int, situation: str) -> SampleLead:
    """A lead made of `words`, standing in `situation`."""
    chinese = index % 2 == 1
    tier = random.choices("ABC", (3, 4, 4))[0]
    draft, system = _who(random, index, chinese, tier)
    contacted = situation != "new"
    acquired = days.now - (random.randint(2, 40) * DAY if contacted else random.randint(4, 95) * MINUTE)
    draft["acquired_at"] = acquired - random.randint(0, 500) * MINUTE * contacted
    engagements = tuple(
        (
            random.choice(("page_view", "page_view", "white_paper", "webinar")),
            _between(random, acquired, days.now),
        )
        for _ in range(random.choice({"A": (2, 3, 4), "B": (0, 1, 2, 3), "C": (0, 0, 1)}[tier]))
    )
    return SampleLead(
        draft,
        engagements=tuple(sorted(engagements, key=lambda event: event[1])),
        follow_ups=_follow_ups(random, days, acquired, chinese, situation),
        signals=tuple(
            name for name in ("intent", "budget", "timeline", "demo") if tier == "A" and random.random() < 0.4
        ),
        tags=tuple(pair[chinese] for pair in words.TAGS if random.random() < 0.15),
        custom={"system": system, "seats": random.randint(3, 400)} if random.random() < 0.6 else {},
        verdict=_verdict(random, chinese, situation),
        snoozed_until=days.at(random.randint(2, 6), 9) if situation == "snoozed" else None,
    )


def _who(random: Random, index: int, chinese: bool, tier: str) -> tuple[dict[str, object], str]:
    """The person, the company and the need, as a draft; and the system that the company uses."""
    needs, titles, role, timing, sizes = _MIX[tier]
    if chinese:
        (city, city_name), (root, root_name) = (
            random.choice(words.CHINESE_CITIES),
            random.choice(words.CHINESE_ROOTS),
        )
        kind, industry = random.choice(words.CHINESE_KINDS)
        company = f"{city}{root}{kind}{random.choice(words.CHINESE_FORMS)}"
        contact = random.choice(words.CHINESE_FAMILIES) + random.choice(words.CHINESE_GIVEN)
        domain, mailbox = f"{root_name}-{city_name}.example", f"sales{index:04d}"
        place: dict[str, object] = {"city": city, "country": "CN", "currency": "CNY"}
        place["mobile"] = (
            f"+86 1{random.choice((35, 36, 37, 38, 39, 58, 86))} {index // 10_000 % 10_000:04d} {index % 10_000:04d}"
        )
    else:
        first, second = random.sample(words.LATIN_ROOTS, 2)
        kind, industry = random.choice(words.LATIN_KINDS)
        company = f"{first} {kind}" if index < 400 else f"{first} {second} {kind}"
        contact = random.choice(words.LATIN_PEOPLE)
        domain, mailbox = f"{_ascii(first)}-{_ascii(kind)}.example", f"{_ascii(contact)}.{index}"
        place = {"country": "US", "currency": "EUR"}
        place["phone"] = f"+1 {201 + index // 100 % 700} 555 01{index % 100:02d}"
    channel, *details = random.choice(words.SOURCES)
    budget = random.choice((8, 15, 30, 60, 120)) * 1_000_000 if tier == "A" or random.random() < 0.3 else None
    draft = {
        **place,
        "company": company,
        "contact": contact,
        "title": random.choice(titles)[chinese],
        "role": role,
        "company_size": random.choice(sizes),
        "industry": industry,
        "email": f"{mailbox}@{domain}",
        "source_channel": channel,
        "source_detail": details[chinese],
        "need": random.choice(needs)[chinese],
        "need_clarity": "concrete" if tier == "A" else "vague",
        "timing": timing,
        "asked_for_material": tier == "A" and random.random() < 0.5,
        "budget_max": budget,
        "budget_fit": random.choice(("full", "partial")) if budget else "",
    }
    return draft, random.choice(words.SYSTEMS)


def _follow_ups(
    random: Random, days: _Days, acquired: int, chinese: bool, situation: str
) -> tuple[Text, ...]:
    """What the rep did so far; the last one leaves the lead where `situation` says."""
    if situation in ("new", "watch", "invalid"):
        return ()
    step = random.choice(words.NEXT_STEPS)[chinese]
    due, all_day = {
        "today": (days.later_today(random.randint(30, 480)), False),
        "tomorrow": (days.at(1, random.choice((9, 10, 14, 16))), False),
        "week": (days.at(random.randint(2, 6), 0), True),
        "late": (days.at(-random.randint(1, 3), random.choice((9, 11, 15))), False),
        "snoozed": (days.at(1, 9), False),
    }.get(situation, (None, False))
    early = tuple(
        _said(random, chinese, _between(random, acquired, days.now - 2 * DAY))
        for _ in range(random.randint(0, 3))
    )
    last = _said(random, chinese, _between(random, days.now - 40 * HOUR, days.now - HOUR), answered=True)
    if due is not None:
        last = {**last, "next_step": step, "next_due": due, "next_due_all_day": all_day}
    if situation == "lost":
        last = {**last, "result": "not_interested"}
    return (*sorted(early, key=lambda draft: int(str(draft["at"]))), last)


def _said(random: Random, chinese: bool, at: int, answered: bool = False) -> Text:
    choices = [
        said for said in words.SAID if not answered or said[1] in ("reached", "replied", "meeting_set")
    ]
    channel, result, english, other = random.choice(choices)
    return _follow_up(
        at, channel, result, other if chinese else english, minutes=random.choice((None, 5, 12, 30))
    )


def _follow_up(
    at: int,
    channel: str,
    result: str,
    content: str,
    step: str = "",
    due: int | None = None,
    all_day: bool = False,
    minutes: int | None = None,
) -> Text:
    return {
        "at": at,
        "channel": channel,
        "result": result,
        "content": content,
        "duration_minutes": minutes,
        "next_step": step,
        "next_due": due,
        "next_due_all_day": all_day,
    }


def _verdict(random: Random, chinese: bool, situation: str) -> tuple[str, str, str] | None:
    if situation == "watch":
        return "watch", "", "需求不明确，待二次确认" if chinese else "Need is vague, ask again"
    if situation == "invalid":
        return "invalid", random.choice(("wrong_contact", "need_mismatch")), ""
    return None


def _between(random: Random, first: int, last: int) -> int:
    return random.randint(first, max(first, last))


def _ascii(text: str) -> str:
    """A name as it stands in a mail address."""
    import unicodedata

    letters = (
        unicodedata.normalize("NFKD", text.casefold().replace("ø", "o")).encode("ascii", "ignore").decode()
    )
    return letters.replace(" ", "-")
