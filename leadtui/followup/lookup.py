"""Finding the one lead that somebody means: by its number, its id, or words that match it alone."""

from __future__ import annotations

import sqlite3

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.store.ids import read_number
from leadtui.store.search import match_expression

_CANDIDATES = 5


class NotOneLead(LeadTUIError):
    """No lead was meant, or several; the sentence lists those."""


def find_lead(connection: sqlite3.Connection, text: str) -> str:
    """The id of the lead that `text` means; NotOneLead when that is none, or more than one.

    A number may be written in either case, without its `L-`, and with O for 0; words may be in any order.
    """
    wanted = text.strip()
    if not wanted:
        raise NotOneLead(_("Name a lead by its number, its id, or words that match it."))
    found = _by_id(connection, wanted) or _by_number(connection, wanted) or _by_words(connection, wanted)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotOneLead(
            _("No lead matches “{text}”: `leadtui inbox --view all --filter WORDS` searches.").format(
                text=wanted
            )
        )
    raise NotOneLead(_several(connection, wanted, found))


def _by_id(connection: sqlite3.Connection, wanted: str) -> list[str]:
    return [found for (found,) in connection.execute("SELECT id FROM lead WHERE id = ?", (wanted.lower(),))]


def _by_number(connection: sqlite3.Connection, wanted: str) -> list[str]:
    number = read_number(wanted)
    if number is None:
        return []
    return [found for (found,) in connection.execute("SELECT id FROM lead WHERE number = ?", (number,))]


def _by_words(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """The leads that all words match, in inbox order; one that is called just so comes alone."""
    expression = match_expression(wanted.split())
    if expression is None:
        return []
    found = connection.execute(
        """SELECT id, company, contact FROM lead_search JOIN lead ON lead.rank = lead_search.rowid
           WHERE lead_search MATCH ? ORDER BY lead_search.rowid""",
        (expression,),
    ).fetchall()
    exact = [lead for lead, *names in found if wanted.casefold() in [name.casefold() for name in names]]
    return exact if len(exact) == 1 else [lead for lead, *_names in found]


def _several(connection: sqlite3.Connection, wanted: str, found: list[str]) -> str:
    """The sentence that lists the first leads among `found`."""
    names = []
    for lead_id in found[:_CANDIDATES]:
        number, *who = connection.execute(
            "SELECT number, company, contact FROM lead WHERE id = ?", (lead_id,)
        ).fetchone()
        names.append(f"{number} {', '.join(filter(None, who))}".strip())
    more = len(found) - len(names)
    listed = "; ".join(names)
    if more > 0:
        listed += ngettext("; and {count} more", "; and {count} more", more).format(count=more)
    return _("“{text}” matches {count} leads, say which by its number: {leads}.").format(
        text=wanted, count=len(found), leads=listed
    )
