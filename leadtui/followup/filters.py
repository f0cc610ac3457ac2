"""Filter words: `tier:a score:>70 source:expo owner:me -tag:x overdue nova` becomes words and conditions."""

from __future__ import annotations

from leadtui.clock import Today
from leadtui.followup.filter_sql import (
    DUE,
    Bound,
    contains,
    counting,
    either,
    is_nobody,
    is_person,
    owned,
    sourced,
)
from leadtui.followup.filter_values import MOST_POINTS, codes, problem
from leadtui.followup.filter_words import BARE, tokens
from leadtui.followup.numerals import fold
from leadtui.followup.rank import rank
from leadtui.store.search import match_expression
from leadtui.values import Condition, Filter

_MISSING: dict[str, str] = {
    "phone": "lead.phone = '' AND lead.mobile = ''",
    "mail": "lead.email = ''",
    "wechat": "lead.wechat = ''",
    "company": "lead.company = ''",
    "contact": "lead.contact = ''",
    "owner": "lead.owner = ''",
    "source": "lead.source_channel = ''",
    "need": "lead.need = ''",
    "budget": "lead.budget_min IS NULL AND lead.budget_max IS NULL",
    "next_step": "lead.next_step = '' AND lead.next_due IS NULL",
    "activity": "lead.last_activity_at IS NULL",
    "tag": "NOT EXISTS (SELECT 1 FROM tag WHERE tag.lead_id = lead.id)",
}
"""What can be missing (`no:phone`)."""

_CONTAINS: dict[str, tuple[str, ...]] = {
    "company": ("company",),
    "contact": ("contact",),
    "title": ("title",),
    "city": ("city", "state"),
    "industry": ("industry",),
}
"""Filter words that look for a part of a column."""

_SEARCHED = ("company", "contact", "title")
"""Those of them whose words the search index holds."""

_ONE_VALUE = ("tier", "status", "due")


def parse_filter(text: str) -> Filter:
    """What a filter line asks for.

    `tier:a,b` means either, and so do `tier:a tier:b` and `overdue today`, since a lead has but one of them.
    All else must hold together; `-tag:x` means not. A filter word without a value yet asks for nothing; an
    unknown word with a colon is searched for as it stands.
    """
    words: list[str] = []
    conditions: list[Condition] = []
    problems: list[str] = []
    for token in tokens(counting(text, problems)):
        bare = token.values[0].lstrip("-－") if not token.key and not token.quoted else ""
        if fold(bare) in BARE:
            conditions.append(Condition("due", codes("due", bare), token.negated))
        elif not token.key:
            words.extend(word for word in token.values if word.strip())
        else:
            found = {value: codes(token.key, value) for value in token.values}
            problems.extend(problem(token.key, value) for value, known in found.items() if not known)
            if any(found.values()):
                values = tuple(dict.fromkeys(code for known in found.values() for code in known))
                conditions.append(Condition(token.key, values, token.negated))
    return Filter(tuple(words), _merged(conditions), tuple(problems))


def _merged(conditions: list[Condition]) -> tuple[Condition, ...]:
    """The conditions, those that only one value can meet put together."""
    either: dict[str, tuple[str, ...]] = {}
    for condition in conditions:
        if condition.key in _ONE_VALUE and not condition.negated:
            either[condition.key] = either.get(condition.key, ()) + condition.values
    merged = [Condition(key, tuple(dict.fromkeys(values))) for key, values in either.items()]
    rest = [one for one in conditions if one.key not in _ONE_VALUE or one.negated]
    return (*merged, *rest)


def to_sql(wanted: Filter, today: Today, me: str) -> tuple[str, dict[str, object]]:
    """The conditions of a filter as SQL over the table `lead`, with its named parameters; empty without any.

    The free words are left to the search; `me` is the user. Tier and score are asked of the rank, and names
    of the search index first, so that no scan of the leads is needed for them.
    """
    bound = Bound(today)
    clauses: list[str] = []
    ranked = [one for one in wanted.conditions if one.key in ("tier", "score") and not one.negated]
    if ranked:
        clauses.append(_rank_clause(ranked, bound))
    for condition in wanted.conditions:
        if condition not in ranked:
            found = (_clause(condition.key, value, me, bound) for value in condition.values)
            clauses.append(either(found, condition.negated))
    sql = " AND ".join(clauses)
    return sql, bound.used(sql)


def _rank_clause(ranked: list[Condition], bound: Bound) -> str:
    """Tiers and scores as ranges of ranks, those that touch put together."""
    tiers: tuple[str, ...] = ("A", "B", "C", "")
    points = set(range(MOST_POINTS + 1))
    for condition in ranked:
        if condition.key == "tier":
            tiers = tuple(sorted(condition.values))
        else:
            spans = [value.split("..") for value in condition.values]
            points &= {one for low, high in spans for one in range(int(low), int(high) + 1)}
    ranges: list[list[int]] = []
    for tier in tiers:
        for score in sorted(points, reverse=True):
            first, last = rank(tier, score, 0, 0), rank(tier, score, None, -1)
            if ranges and ranges[-1][1] + 1 == first:
                ranges[-1][1] = last
            else:
                ranges.append([first, last])
    if not ranges:
        return "0"
    between = " OR ".join(f"lead.rank BETWEEN {bound(low)} AND {bound(high)}" for low, high in ranges)
    return f"lead.rank BETWEEN {bound(ranges[0][0])} AND {bound(ranges[-1][1])} AND ({between})"


def _clause(key: str, value: str, me: str, bound: Bound) -> str:
    """The SQL of one value of a condition."""
    if key == "due":
        return f"lead.open = 1 AND {DUE[value]}"
    if key == "no":
        return _MISSING[value]
    if key == "score":
        first, last = value.split("..")
        return f"lead.score BETWEEN {bound(int(first))} AND {bound(int(last))}"
    if key in ("tier", "status"):
        return f"lead.{key} = {bound(value)}"
    if key == "tag":
        return (
            "lead.rank IN (SELECT tagged.rank FROM tag JOIN lead AS tagged ON tagged.id = tag.lead_id"
            f" WHERE tag.name = {bound(value)} COLLATE NOCASE)"
        )
    if key == "collaborator":
        return _supported(value, me, bound)
    if key == "owner":
        return owned("lead", value, me, bound)
    if key == "source":
        return " OR ".join(sourced("lead", value, bound))
    found = " OR ".join(contains([f"lead.{column}" for column in _CONTAINS[key]], value, bound))
    expression = match_expression([value]) if key in _SEARCHED else None
    if expression is None:
        return found
    search = f"SELECT rowid FROM lead_search WHERE lead_search MATCH {bound(expression)}"
    return f"lead.rank IN ({search}) AND ({found})"


def _supported(value: str, me: str, bound: Bound) -> str:
    """The leads that somebody supports, by a part of the name."""
    if is_nobody(value):
        return "NOT EXISTS (SELECT 1 FROM collaborator WHERE collaborator.lead_id = lead.id)"
    return (
        "lead.rank IN (SELECT supported.rank FROM collaborator JOIN lead AS supported"
        f" ON supported.id = collaborator.lead_id WHERE {is_person('collaborator.name', value, me, bound)})"
    )
