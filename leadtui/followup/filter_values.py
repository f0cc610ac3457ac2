"""What the value behind a filter word may be: `a`, `>70`, `week`, 跟进中 become codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from leadtui.followup.filter_words import DUE_NAMES, MISSING_NAMES, STATUS_NAMES
from leadtui.followup.numerals import fold
from leadtui.i18n import gettext as _
from leadtui.labels import labels
from leadtui.values import Status, Tier

MOST_POINTS = 127
"""No score is higher."""

_SCORE = r"(>=|<=|>|<|=)?([0-9]{1,3})|([0-9]{1,3})(?:-|~|\.\.)([0-9]{1,3})|([0-9]{1,3})\+"


def codes(key: str, value: str) -> tuple[str, ...]:
    """The codes that `value` means for a filter word, or itself where anything goes; empty if none."""
    reader = _READERS.get(key)
    return reader(value) if reader else (value,)


def problem(key: str, value: str) -> str:
    """The sentence about a value that has no code."""
    if key == "tier":
        return _("“{value}” is no tier; write tier:a, tier:b or tier:c.").format(value=value)
    if key == "score":
        return _("“{value}” is no score; write score:>70 or score:50-80.").format(value=value)
    known = {
        "status": tuple(Status),
        "due": tuple(dict.fromkeys(DUE_NAMES.values())),
        "no": tuple(dict.fromkeys(MISSING_NAMES.values())),
    }[key]
    return not_known(key, value, known)


def not_known(key: str, value: str, known: Sequence[str]) -> str:
    """The sentence about a value that is none of those that there are."""
    return _("{key}:{value} is not known; there are {known}.").format(
        key=key, value=value, known=", ".join(known)
    )


def _tier(value: str) -> tuple[str, ...]:
    tier = fold(value).removesuffix("级").removesuffix("类").upper()
    return (tier,) if tier in Tier.__members__ else ()


def _status(value: str) -> tuple[str, ...]:
    """The statuses whose name begins like `value`, so that the list narrows while one types."""
    begun = fold(value)
    if begun in set(Status):
        return (begun,)
    chinese = {code for name, code in STATUS_NAMES.items() if name.startswith(begun)}
    shown = {code for code, name in labels("status").items() if fold(name).startswith(begun)}
    return tuple(code.value for code in Status if code.startswith(begun) or code in shown or code in chinese)


def _score(value: str) -> tuple[str, ...]:
    """`>70`, `>=70`, `<50`, `50-80`, `70+` or `80`, as `low..high` (both included)."""
    match = re.fullmatch(_SCORE, fold(value).replace("≥", ">=").replace("≤", "<="))
    if match is None:
        return ()
    sign, bound, low, high, least = match.groups()
    if low is not None:
        first, last = sorted((int(low), int(high)))
    elif least is not None:
        first, last = int(least), MOST_POINTS
    else:
        points = int(bound)
        first = {">": points + 1, "<": 0, "<=": 0}.get(sign, points)
        last = {"<": points - 1, ">": MOST_POINTS, ">=": MOST_POINTS}.get(sign, points)
    return (f"{first}..{last}",)


def _due(value: str) -> tuple[str, ...]:
    name = DUE_NAMES.get(value, fold(value))
    return (name,) if name in DUE_NAMES.values() else ()


def _missing(value: str) -> tuple[str, ...]:
    name = MISSING_NAMES.get(fold(value), fold(value))
    return (name,) if name in MISSING_NAMES.values() else ()


_READERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "tier": _tier,
    "status": _status,
    "score": _score,
    "due": _due,
    "no": _missing,
}
