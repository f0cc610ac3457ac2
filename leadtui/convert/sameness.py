"""Whether a lead and a record say the same, as people mean it and not to the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leadtui.convert.targets import TargetField
from leadtui.qualify.domains import website_key
from leadtui.qualify.match_keys import phone_digits
from leadtui.qualify.names import person_key
from leadtui.text import one_line

Key = Callable[[str], str]
"""What of a text is compared; an empty one tells nothing."""


def _mail_key(text: str) -> str:
    return text.strip().lower()


_KEYS: Mapping[str, Key] = {
    # Of a customer the legal form and the branch matter: they stand in its contract.
    "customer.name": person_key,
    "contact.name": person_key,
    "phone": phone_digits,
    "mobile": phone_digits,
    "other_phones": phone_digits,
    "email": _mail_key,
    "other_emails": _mail_key,
    "website": website_key,
}


def says_the_same(target: TargetField, one: Any, other: Any) -> bool:
    """Whether two values of a field differ in nothing but how they are written."""
    if not isinstance(one, str) or not isinstance(other, str):
        return bool(one == other)
    return one_line(one) == one_line(other) or _key(target, one) == _key(target, other)


def lines_beside(target: TargetField, before: str, more: str) -> list[str]:
    """The lines of `more` that `before` doesn't have."""
    had = {_key(target, line) for line in before.split("\n")}
    return [line for line in more.split("\n") if _key(target, line) not in had]


def _key(target: TargetField, text: str) -> str:
    key = _KEYS.get(target.ref) or _KEYS.get(target.name)
    return (key(text) if key else "") or text
