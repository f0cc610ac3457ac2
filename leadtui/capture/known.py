"""Which leads a row may be: asked of the match keys, settled by what row and lead say of themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from leadtui.capture.rows import SYSTEM_OF_FILES
from leadtui.qualify.match_keys import external_key, mail_key, phone_digits, phone_key, who_key
from leadtui.qualify.names import company_key, person_key

_ASKED_AT_ONCE = 500
_SHARED_MAILBOXES = frozenset(
    "admin contact hello hi hr info inquiry mail marketing office post reception sales service support team "
    "webmaster kontakt vertrieb buero contacto ventas".split()
)
"""What stands before the @ of a mailbox that several people read."""


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


def known_leads(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[int]]:
    """The row numbers of the leads that have each key; keys that nobody has are left out."""
    wanted = list(keys)
    found: dict[int, list[int]] = {}
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        chunk = wanted[start : start + _ASKED_AT_ONCE]
        marks = ",".join("?" * len(chunk))
        for key, seq in connection.execute(
            f"SELECT key, seq FROM match_key WHERE key IN ({marks}) ORDER BY seq", chunk
        ):
            found.setdefault(key, []).append(seq)
    return found


def lead_of(
    values: Mapping[str, Any],
    keys: RowKeys,
    known: Mapping[int, Sequence[int]],
    lead_at: Callable[[int], Mapping[str, Any]],
) -> int | None:
    """The lead that a row is about: the one with its identity, else with its mail address; else None.

    An identity of a file whose system is unknown (1, 2, 3 …) counts only when something else agrees, and a
    shared mailbox only for the same person.
    """
    if keys.external is not None:
        for seq in known.get(keys.external, ()):
            if values["external_system"] != SYSTEM_OF_FILES or not _strangers(values, lead_at(seq)):
                return seq
    if keys.mail is not None:
        for seq in known.get(keys.mail, ()):
            if not (_is_shared(values["email"]) and _other_person(values, lead_at(seq))):
                return seq
    return None


def _strangers(row: Mapping[str, Any], lead: Mapping[str, Any]) -> bool:
    """Whether nothing agrees and something differs."""
    pairs = (
        ({row["email"].lower()}, {lead["email"].lower(), *lead["other_emails"].lower().split("\n")}),
        (_digits(row), _digits(lead)),
        ({person_key(row["contact"])}, {person_key(lead["contact"])}),
        ({company_key(row["company"])}, {company_key(lead["company"])}),
    )
    told = [(ours - {""}, theirs - {""}) for ours, theirs in pairs]
    compared = [bool(ours & theirs) for ours, theirs in told if ours and theirs]
    return bool(compared) and not any(compared)


def _digits(lead: Mapping[str, Any]) -> set[str]:
    return {
        phone_digits(phone) for phone in (lead["phone"], lead["mobile"], *lead["other_phones"].split("\n"))
    }


def _is_shared(email: str) -> bool:
    return email.partition("@")[0].lower() in _SHARED_MAILBOXES


def _other_person(row: Mapping[str, Any], lead: Mapping[str, Any]) -> bool:
    ours, theirs = person_key(row["contact"]), person_key(lead["contact"])
    return bool(ours and theirs) and ours != theirs
