"""The filter line over customers, contacts and opportunities: words, `stage:`, `grade:`, `owner:`…"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from leadtui.clock import Today
from leadtui.customers.codes import GRADES
from leadtui.followup.filter_sql import DUE, Bound, contains, counting, either, owned, sourced
from leadtui.followup.filter_values import not_known
from leadtui.followup.filter_words import BARE, DUE_NAMES, Token, tokens
from leadtui.followup.numerals import fold
from leadtui.labels import labels
from leadtui.store import record_search
from leadtui.store.search import match_expression

_CHINESE: Mapping[str, tuple[str, ...]] = {
    "stage": ("阶段",),
    "grade": ("等级", "级别"),
    "lifecycle": ("状态", "类型"),
    "role": ("角色",),
    "owner": ("负责人", "跟进人"),
    "tag": ("标签",),
    "due": ("到期", "跟进"),
    "source": ("来源", "渠道"),
    "company": ("公司", "客户"),
    "title": ("职位", "职务"),
    "city": ("城市", "地区"),
    "industry": ("行业",),
}
_KEYS: Mapping[str, tuple[str, ...]] = {
    "customer": ("lifecycle", "owner", "tag", "due", "source", "city", "industry"),
    "contact": ("role", "owner", "due", "source", "company", "title", "city"),
    "opportunity": ("stage", "grade", "owner", "tag", "due", "source", "company"),
}
"""The filter words of each kind of record."""

_CODED = {"stage": "opportunity_stage", "lifecycle": "lifecycle", "role": "role"}
"""The group of labels of a word whose values are codes; it is also the name of the column."""


class RecordFilter(NamedTuple):
    """What a filter line asks for, as SQL over the table of the record."""

    where: str
    """Empty when nothing is asked for."""
    parameters: dict[str, object]
    problems: tuple[str, ...]
    """A sentence for each filter word that was left out because its value can't be read."""


def complete(record: str, text: str) -> list[str]:
    """What a filter line can become when its last word is completed (Tab), best first.

    A word that was begun in Chinese goes on in it.
    """
    word = text.rpartition(" ")[2].lstrip("-－")
    before = text[: len(text) - len(word)]
    name, colon, value = word.replace("：", ":").partition(":")
    names = {name: key for key in _KEYS[record] for name in (key, *_CHINESE[key])}
    if not colon:
        begun = fold(name)
        offered = [*(f"{known}:" for known in names), *BARE]
        return [before + known for known in offered if begun and known != word and known.startswith(begun)]
    done, comma, last = value.replace("，", ",").rpartition(",")
    known = _known_values(names.get(fold(name), ""), name.isascii())
    begun = fold(last)
    return [
        f"{before}{name}:{done}{comma}{one}"
        for one in known
        if one != last and one not in done.split(",") and fold(one).startswith(begun)
    ]


def _known_values(key: str, by_code: bool) -> Sequence[str]:
    """The values of a filter word that are the same in every file."""
    if key in _CODED:
        named = labels(_CODED[key])
        return tuple(named) if by_code else tuple(named.values())
    fixed = {
        "grade": tuple(grade.lower() for grade in GRADES),
        "due": tuple(DUE if by_code else DUE_NAMES),
        "owner": ("me", "none") if by_code else ("我", "无"),
    }
    return fixed.get(key, ())


def record_filter(record: str, text: str, today: Today, me: str) -> RecordFilter:
    """What a filter line asks for.

    All of it must hold, of `stage:proposal,contract` either; `-tag:x` means not, and a filter word without a
    value asks for nothing yet.
    """
    names = {name: key for key in _KEYS[record] for name in (key, *_CHINESE[key])}
    bound = Bound(today)
    clauses: list[str] = []
    words: list[str] = []
    problems: list[str] = []
    for token in tokens(counting(text, problems), names):
        bare = fold(token.values[0].lstrip("-－")) if not token.key and not token.quoted else ""
        if bare in BARE:
            clause = either([DUE[DUE_NAMES.get(bare, bare)]], token.negated)
        elif not token.key:
            words += [word for word in token.values if word.strip()]
            continue
        else:
            clause = _condition(record, token, me, bound, problems)
        if clause:
            clauses.append(clause)
    expression = match_expression(words) if words else None
    if expression is not None:
        clauses.append(f"{record}.seq IN ({record_search.matching(record, bound(expression))})")
    where = " AND ".join(clauses)
    return RecordFilter(where, bound.used(where), tuple(problems))


def _condition(record: str, token: Token, me: str, bound: Bound, problems: list[str]) -> str:
    clauses: list[str] = []
    for value in token.values:
        found = _READERS.get(token.key, _contains)(record, token.key, value, me, bound)
        if found:
            clauses += found
        else:
            problems.append(_problem(token.key, value))
    return either(clauses, token.negated) if clauses else ""


def _problem(key: str, value: str) -> str:
    return not_known(key, value, {"grade": GRADES, "due": tuple(DUE)}.get(key) or tuple(labels(_CODED[key])))


def _coded(_record: str, key: str, value: str, _me: str, bound: Bound) -> list[str]:
    """The codes whose name or label begins like `value`, so that the list narrows while one types."""
    begun = fold(value)
    return [
        f"{key} = {bound(code)}"
        for code, name in labels(_CODED[key]).items()
        if code.startswith(begun) or fold(name).startswith(begun)
    ]


def _grade(_record: str, _key: str, value: str, _me: str, bound: Bound) -> list[str]:
    grade = fold(value).removesuffix("级").upper()
    return [f"grade = {bound(grade)}"] if grade in GRADES else []


def _due(_record: str, _key: str, value: str, _me: str, _bound: Bound) -> list[str]:
    name = DUE_NAMES.get(value, fold(value))
    return [DUE[name]] if name in DUE else []


def _owner(record: str, _key: str, value: str, me: str, bound: Bound) -> list[str]:
    return [owned(record, value, me, bound)]


def _tag(record: str, _key: str, value: str, _me: str, bound: Bound) -> list[str]:
    own = "customer.id" if record == "customer" else f"{record}.customer_id"
    tagged = (
        f"SELECT customer_id FROM tag WHERE name = {bound(value)} COLLATE NOCASE AND customer_id IS NOT NULL"
    )
    return [f"{own} IN ({tagged})"]


def _company(record: str, _key: str, value: str, _me: str, bound: Bound) -> list[str]:
    (named,) = contains(["name"], value, bound)
    return [f"{record}.customer_id IN (SELECT id FROM customer WHERE {named})"]


def _source(record: str, _key: str, value: str, _me: str, bound: Bound) -> list[str]:
    return sourced(record, value, bound)


def _contains(record: str, key: str, value: str, _me: str, bound: Bound) -> list[str]:
    columns = ("city", "state") if key == "city" else (key,)
    return contains([f"{record}.{column}" for column in columns], value, bound)


_READERS: Mapping[str, Callable[[str, str, str, str, Bound], list[str]]] = {
    "stage": _coded,
    "lifecycle": _coded,
    "role": _coded,
    "grade": _grade,
    "due": _due,
    "owner": _owner,
    "tag": _tag,
    "company": _company,
    "source": _source,
}
