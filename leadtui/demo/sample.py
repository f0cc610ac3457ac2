"""Sample leads: the same for the same moment, half Chinese and half Latin, in every state an inbox knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import tzinfo
from random import Random

from leadtui.clock import DAY, HOUR, MINUTE
from leadtui.demo import words
from leadtui.demo.parts import Days, Draft, SampleLead, follow_up
from leadtui.demo.stories import told

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

_TIERS = {
    "A": (words.CONCRETE_NEEDS, "concrete", words.DECISION_MAKERS, "decision_maker", "within_3_months"),
    "B": (words.VAGUE_NEEDS, "vague", words.INFLUENCERS, "influencer", "3_to_6_months"),
    "C": (words.WEAK_NEEDS, "none", words.USERS, "user", "later"),
}
_SIZES = {"A": ("large", "medium", "small"), "B": ("medium", "small"), "C": ("medium", "small", "")}


def sample_leads(count: int, now: int, zone: tzinfo) -> Iterator[SampleLead]:
    """`count` leads as they stand at `now` (UTC ms), days being those of `zone`."""
    random = Random(20261121)
    days = Days(now, zone)
    stories = told(days)
    yield from stories[:count]
    situations: list[str] = []
    for index in range(len(stories), count):
        if not situations:
            situations = list(SITUATIONS)
            random.shuffle(situations)
        yield _invented(random, days, index, situations.pop())


def _invented(random: Random, days: Days, index: int, situation: str) -> SampleLead:
    """A lead made of `words`, standing in `situation`."""
    chinese = index % 2 == 1
    tier = random.choices("ABC", (3, 4, 4))[0]
    draft, system = _who(random, index, chinese, tier)
    contacted = situation != "new"
    acquired = days.now - (random.randint(6, 40) * DAY if contacted else random.randint(4, 95) * MINUTE)
    draft["acquired_at"] = acquired - random.randint(0, 500) * MINUTE * contacted
    engagements = tuple(
        (
            random.choice(("page_view", "page_view", "white_paper", "webinar")),
            _between(random, acquired, days.now),
        )
        for _ in range(random.choice({"A": (0, 1, 1, 2, 3), "B": (0, 0, 1, 2), "C": (0, 0, 0, 1)}[tier]))
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
    needs, clarity, titles, role, timing = _TIERS[tier]
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
        prefix = random.choice((135, 136, 137, 138, 139, 158, 186))
        place["mobile"] = f"+86 {prefix} {index // 10_000 % 10_000:04d} {index % 10_000:04d}"
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
        "company_size": random.choice(_SIZES[tier]),
        "industry": industry,
        "email": f"{mailbox}@{domain}",
        "source_channel": channel,
        "source_detail": details[chinese],
        "need": random.choice(needs)[chinese],
        "need_clarity": clarity,
        "timing": timing,
        "asked_for_material": tier == "A" and random.random() < 0.5,
        "budget_max": budget,
        "budget_fit": random.choice(("full", "partial", "none")) if budget else "",
    }
    return draft, random.choice(words.SYSTEMS)


def _follow_ups(
    random: Random, days: Days, acquired: int, chinese: bool, situation: str
) -> tuple[Draft, ...]:
    """What the rep did so far; the last one leaves the lead where `situation` says."""
    if situation in ("new", "watch", "invalid"):
        return ()
    step = random.choice(words.NEXT_STEPS)[chinese]
    due, all_day = {
        "today": days.later_today(random.randint(30, 480)),
        "tomorrow": (days.at(1, random.choice((9, 10, 14, 16))), False),
        "week": (days.at(random.randint(2, 6), 0), True),
        "late": (days.at(-random.randint(1, 3), random.choice((9, 11, 15))), False),
        "snoozed": (days.at(1, 9), False),
    }.get(situation, (None, False))
    early = tuple(
        _said(random, chinese, _between(random, acquired, days.now - 5 * DAY))
        for _ in range(random.randint(0, 3))
    )
    # What is late now was planned in time.
    until = min(due or days.now, days.now) - HOUR
    last = _said(random, chinese, _between(random, until - 39 * HOUR, until), answered=True)
    if due is not None:
        last = {**last, "next_step": step, "next_due": due, "next_due_all_day": all_day}
    if situation == "lost":
        last = {**last, "result": "not_interested"}
    return (*sorted(early, key=lambda draft: int(str(draft["at"]))), last)


def _said(random: Random, chinese: bool, at: int, answered: bool = False) -> Draft:
    choices = [
        said for said in words.SAID if not answered or said[1] in ("reached", "replied", "meeting_set")
    ]
    channel, result, english, other = random.choice(choices)
    return follow_up(
        at, channel, result, other if chinese else english, minutes=random.choice((None, 5, 12, 30))
    )


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
    letters = (
        unicodedata.normalize("NFKD", text.casefold().replace("ø", "o")).encode("ascii", "ignore").decode()
    )
    return letters.replace(" ", "-")
