"""Finding the customer, contact or opportunity that somebody means: by number, id, or words."""

from __future__ import annotations

import sqlite3

from leadtui.convert.suggestions import find_customers, open_opportunities, suggest_contacts
from leadtui.convert.values import Candidate
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.qualify.names import person_key
from leadtui.store.ids import LETTERS, read_number

_NAMED = 5


class NotOneRecord(LeadTUIError):
    """Nothing was meant, or several; the sentence lists those."""


def find_customer(connection: sqlite3.Connection, text: str) -> Candidate:
    """The customer that `text` means; NotOneRecord when that is none, or more than one."""
    found = _by_number(connection, "customer", text)
    return _only(text, found if found is not None else find_customers(connection, text, _NAMED * 10))


def find_contact(connection: sqlite3.Connection, lead_id: str, customer_id: str, text: str) -> Candidate:
    """The contact of a customer that `text` means; NotOneRecord when that is none, or more than one."""
    return _among(text, suggest_contacts(connection, lead_id, customer_id))


def find_opportunity(connection: sqlite3.Connection, customer_id: str, text: str) -> Candidate | None:
    """The open opportunity of a customer that `text` means; None when `text` is a name that none has.

    NotOneRecord when several are called so, or a number names none.
    """
    among = open_opportunities(connection, customer_id)
    if _number(text, "opportunity") is None and not any(_means(text, one) for one in among):
        return None
    return _among(text, among)


def _among(text: str, candidates: tuple[Candidate, ...]) -> Candidate:
    exact = tuple(one for one in candidates if _means(text, one))
    words = person_key(text)
    return _only(text, exact or tuple(one for one in candidates if words and words in person_key(one.name)))


def _means(text: str, candidate: Candidate) -> bool:
    wanted = text.strip()
    return (
        wanted.lower() == candidate.id
        or _number(wanted, candidate.record) == candidate.number
        or person_key(wanted) == person_key(candidate.name) != ""
    )


def _by_number(connection: sqlite3.Connection, record: str, text: str) -> tuple[Candidate, ...] | None:
    """The record with that number or id; None when `text` is neither."""
    number = _number(text, record)
    found = connection.execute(
        f"""SELECT id, number, name, owner FROM {record}
            WHERE (id = ? OR number = ?) AND deleted_at IS NULL AND status = 'active'""",
        (text.strip().lower(), number or ""),
    ).fetchall()
    if not found:
        return () if number is not None else None
    return tuple(Candidate(record, identity, no, name, "", owner) for identity, no, name, owner in found)


def _number(text: str, record: str) -> str | None:
    """The number that `text` writes with its letter, forgiving case; None when it is none."""
    letter = LETTERS[record]
    wanted = text.strip().upper()
    if not wanted.startswith(f"{letter}-"):
        return None
    read = read_number(wanted[2:])
    return f"{letter}-{read[2:]}" if read else None


def _only(text: str, found: tuple[Candidate, ...]) -> Candidate:
    exact = [one for one in found if person_key(one.name) == person_key(text) != ""]
    if len(exact) == 1:
        return exact[0]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotOneRecord(_("Nothing matches “{text}”: say `new`, or a number.").format(text=text))
    listed = "; ".join(f"{one.number} {one.name}" for one in found[:_NAMED])
    raise NotOneRecord(
        _("“{text}” matches {count} of them, say which by its number: {names}.").format(
            text=text, count=len(found), names=listed
        )
    )
