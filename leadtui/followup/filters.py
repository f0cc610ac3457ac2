"""Filter words: `tier:a score:>70 source:expo owner:me -tag:x overdue nova` becomes words and conditions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from leadtui.followup.filter_words import BARE, DUE_NAMES, MISSING_NAMES, STATUS_NAMES, tokens
from leadtui.followup.numerals import fold
from leadtui.i18n import gettext as _
from leadtui.labels import labels
from leadtui.values import Milliseconds, Status, Tier

_DAY = 86_400_000
_LONGEST = 500
"""Characters of a filter line that count: SQLite takes no condition that is nested a thousand deep."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter word that was understood: any of `values` must hold, or none with `negated`."""

    key: str
    """The English name of the filter word: `tier`, `score`, `due`, `no`."""
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What a filter line asks for; all of it must hold."""

    words: tuple[str, ...] = ()
    """Free words and quoted phrases, for the search."""
    conditions: tuple[Condition, ...] = ()
    problems: tuple[str, ...] = ()
    """A sentence for each filter word that was left out because its value can't be read."""


_DUE: dict[str, str] = {
    "overdue": "lead.open = 1 AND lead.due_at < :filter_now",
    "today": "lead.open = 1 AND lead.due_at >= :filter_now AND lead.due_at <= :filter_day_end",
    "tomorrow": "lead.open = 1 AND lead.due_at > :filter_day_end AND lead.due_at <= :filter_tomorrow_end",
    "week": "lead.open = 1 AND lead.due_at >= :filter_now AND lead.due_at <= :filter_week_end",
    "none": "lead.open = 1 AND lead.due_at IS NULL",
}
"""When something is due; a week is the seven days that begin today."""

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
    "source": ("source_channel", "source_detail"),
    "company": ("company",),
    "contact": ("contact",),
    "title": ("title",),
    "city": ("city", "state"),
    "industry": ("industry",),
}
"""Filter words that look for a part of a column."""

_ONE_VALUE = ("tier", "status", "due")

_SCORE = r"(>=|<=|>|<|=)?([0-9]{1,3})|([0-9]{1,3})(?:-|~|\.\.)([0-9]{1,3})|([0-9]{1,3})\+"


def parse_filter(text: str) -> Filter:
    """What a filter line asks for.

    `tier:a,b` means either, and so do `tier:a tier:b` and `overdue today`, since a lead has but one of them.
    All else must hold together; `-tag:x` means not. A filter word without a value yet asks for nothing; an
    unknown word with a colon is searched for as it stands.
    """
    words: list[str] = []
    conditions: list[Condition] = []
    problems: list[str] = []
    for token in tokens(text[:_LONGEST].encode(errors="replace").decode()):
        bare = token.values[0].lstrip("-－") if not token.key and not token.quoted else ""
        if fold(bare) in BARE:
            conditions.append(Condition("due", (DUE_NAMES.get(bare, fold(bare)),), token.negated))
        elif not token.key:
            words.extend(word for word in token.values if word.strip())
        else:
            read = _READERS.get(token.key, _as_typed)
            values: list[str] = []
            for value in token.values:
                understood = read(value)
                values.extend(understood)
                if not understood:
                    problems.append(_problem(token.key, value))
            if values:
                conditions.append(Condition(token.key, tuple(values), token.negated))
    if len(text) > _LONGEST:
        problems.append(_("The filter is too long; its first {n} characters count.").format(n=_LONGEST))
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


def _as_typed(value: str) -> tuple[str, ...]:
    return (value,)


def _tier(value: str) -> tuple[str, ...]:
    tier = fold(value).removesuffix("级").removesuffix("类").upper()
    return (tier,) if tier in Tier.__members__ else ()


def _status(value: str) -> tuple[str, ...]:
    """The statuses whose name begins like `value`, so that the list narrows while one types."""
    begun = fold(value)
    if begun in set(Status):
        return (begun,)
    chinese = {name: code for name, code in STATUS_NAMES.items() if name.startswith(begun)}
    shown = {code for code, name in labels("status").items() if fold(name).startswith(begun)}
    return tuple(
        code.value for code in Status if code.startswith(begun) or code in shown or code in chinese.values()
    )


def _score(value: str) -> tuple[str, ...]:
    """`>70`, `>=70`, `<50`, `50-80`, `70+` or `80`, as `low..high` (both included)."""
    match = re.fullmatch(_SCORE, fold(value).replace("≥", ">=").replace("≤", "<="))
    if match is None:
        return ()
    sign, bound, low, high, least = match.groups()
    if low is not None:
        first, last = sorted((int(low), int(high)))
    elif least is not None:
        first, last = int(least), 999
    else:
        points = int(bound)
        first = {">": points + 1, ">=": points, None: points, "=": points}.get(sign, 0)
        last = {"<": points - 1, "<=": points, None: points, "=": points}.get(sign, 999)
    return (f"{first}..{last}",)


def _due(value: str) -> tuple[str, ...]:
    name = DUE_NAMES.get(value, fold(value))
    return (name,) if name in _DUE else ()


def _missing(value: str) -> tuple[str, ...]:
    name = MISSING_NAMES.get(fold(value), fold(value))
    return (name,) if name in _MISSING else ()


_READERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "tier": _tier,
    "status": _status,
    "score": _score,
    "due": _due,
    "no": _missing,
}


def _problem(key: str, value: str) -> str:
    if key == "tier":
        return _("“{value}” is no tier; write tier:a, tier:b or tier:c.").format(value=value)
    if key == "score":
        return _("“{value}” is no score; write score:>70 or score:50-80.").format(value=value)
    known = {"status": tuple(Status), "due": tuple(_DUE), "no": tuple(_MISSING)}[key]
    return _("{key}:{value} is not known; there are {known}.").format(
        key=key, value=value, known=", ".join(known)
    )


def to_sql(
    wanted: Filter, now: Milliseconds, day_end: Milliseconds, me: str
) -> tuple[str, dict[str, object]]:
    """The conditions of a filter as SQL over the table `lead`, with its named parameters; empty without any.

    The free words are left to the search. `day_end` is the last millisecond of the user's day, `me` the user.
    """
    parameters: dict[str, object] = {}

    def bind(value: object) -> str:
        name = f"filter_{len(parameters)}"
        parameters[name] = value
        return f":{name}"

    clauses: list[str] = []
    for condition in wanted.conditions:
        either = " OR ".join(f"({_clause(condition.key, value, me, bind)})" for value in condition.values)
        clauses.append(f"({either}) IS NOT TRUE" if condition.negated else f"({either})")
    moments = {
        "filter_now": now,
        "filter_day_end": day_end,
        "filter_tomorrow_end": day_end + _DAY,
        "filter_week_end": day_end + 6 * _DAY,
    }
    sql = " AND ".join(clauses)
    parameters.update({name: moment for name, moment in moments.items() if f":{name}" in sql})
    return sql, parameters


def _clause(key: str, value: str, me: str, bind: Callable[[object], str]) -> str:
    """The SQL of one value of a condition."""
    if key == "due":
        return _DUE[value]
    if key == "no":
        return _MISSING[value]
    if key == "score":
        first, last = value.split("..")
        return f"lead.score BETWEEN {bind(int(first))} AND {bind(int(last))}"
    if key in ("tier", "status"):
        return f"lead.{key} = {bind(value)}"
    if key == "tag":
        return (
            "EXISTS (SELECT 1 FROM tag WHERE tag.lead_id = lead.id"
            f" AND tag.name = {bind(value)} COLLATE NOCASE)"
        )
    if key == "owner":
        if fold(value) in ("me", "我"):
            return f"lead.owner = {bind(me)}"
        if fold(value) in ("none", "无"):
            return "lead.owner = ''"
        return f"lead.owner LIKE {bind(_part(value))} ESCAPE '\\'"
    part = bind(_part(value))
    found = [f"lead.{column} LIKE {part} ESCAPE '\\'" for column in _CONTAINS[key]]
    if key == "source":
        shown = [code for code, name in labels("source").items() if fold(value) in fold(name)]
        found.extend(f"lead.source_channel = {bind(code)}" for code in shown)
    return " OR ".join(found)


def _part(value: str) -> str:
    """The LIKE pattern of a text that stands somewhere in a column."""
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
