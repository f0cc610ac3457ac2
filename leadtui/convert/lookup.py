"""Finding the contact or the opportunity of a customer that somebody means."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from leadtui.convert.suggestions import open_opportunities, suggest_contacts
from leadtui.convert.values import Candidate
from leadtui.customers.lookup import kind_of
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.qualify.names import person_key

_NAMED = 5


def find_contact(connection: sqlite3.Connection, lead_id: str, customer_id: str, text: str) -> Candidate:
    """The contact of a customer that `text` means by its number, its id, its name or part of it; LeadTUIError
    when that is none, or more than one."""
    among = suggest_contacts(connection, lead_id, customer_id)
    words = person_key(text)
    exact = [one for one in among if _means(text, one)]
    return _only(text, exact or [one for one in among if words and words in person_key(one.name)])


def find_opportunity(connection: sqlite3.Connection, customer_id: str, text: str) -> Candidate | None:
    """The open opportunity of a customer that `text` means; None when `text` is a name that none has.

    LeadTUIError when several are called so, or a number names none.
    """
    found = [one for one in open_opportunities(connection, customer_id) if _means(text, one)]
    return _only(text, found) if found or kind_of(text) == "opportunity" else None


def _means(text: str, candidate: Candidate) -> bool:
    wanted = text.strip()
    return (
        wanted.lower() == candidate.id
        or wanted.upper() == candidate.number
        or person_key(wanted) == person_key(candidate.name) != ""
    )


def _only(text: str, found: Sequence[Candidate]) -> Candidate:
    if len(found) == 1:
        return found[0]
    if not found:
        raise LeadTUIError(_("The customer has no “{text}”: say `new`, or a number.").format(text=text))
    listed = "; ".join(f"{one.number} {one.name}" for one in found[:_NAMED])
    raise LeadTUIError(
        _("“{text}” matches {count} records, say which by its number: {listed}.").format(
            text=text, count=len(found), listed=listed
        )
    )
