"""The match keys of a row, made once and used to find the leads that it may be about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from leadtui.qualify.match_keys import external_key, mail_key, phone_key, who_key


class RowKeys(NamedTuple):
    """The match keys of a row, by how much they prove."""

    external: int | None
    mail: int | None
    """Of the first address."""
    weak: tuple[int, ...]
    """Of the phones, and of company and person together."""
    all: tuple[int, ...]
    """All keys under which the row will be found as a lead."""


def row_keys(values: Mapping[str, Any]) -> RowKeys:
    """The keys of a row's values."""
    mails = [mail_key(email) for email in _each(values["email"], values["other_emails"]) if email]
    phones = (values["phone"], *_each(values["mobile"], values["other_phones"]))
    found = [*map(phone_key, filter(None, phones)), who_key(values["company"], values["contact"])]
    weak = tuple(dict.fromkeys(key for key in found if key is not None))
    external = external_key(values["external_system"], values["external_id"])
    everything = (*mails, *weak) if external is None else (*mails, *weak, external)
    return RowKeys(external, mails[0] if mails else None, weak, tuple(dict.fromkeys(everything)))


def _each(first: str, others: str) -> tuple[str, ...]:
    return (first, *others.split("\n")) if others else (first,)
