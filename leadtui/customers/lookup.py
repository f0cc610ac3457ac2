"""Finding the one customer, contact or opportunity that somebody means."""

from __future__ import annotations

import sqlite3

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.store import record_search
from leadtui.store.ids import LETTERS
from leadtui.store.search import match_expression

_CANDIDATES = 5
_THERE = "deleted_at IS NULL"
_KINDS = {letter: record for record, letter in LETTERS.items() if record != "lead"}


def kind_of(text: str) -> str:
    """The kind of record whose number `text` looks like (`C-7K3QF2`), or empty."""
    letter, dash, body = text.strip().upper().partition("-")
    return _KINDS.get(letter, "") if dash and len(body) == 6 else ""


def find_record(connection: sqlite3.Connection, record: str, text: str) -> str:
    """The id of the record of one kind that `text` means: its number, its id, or words that match it alone.

    LeadTUIError when that is none, or more than one.
    """
    wanted = text.strip()
    letter, _dash, body = wanted.upper().partition("-")
    body = body.replace("O", "0").replace("I", "1").replace("L", "1")
    found = [
        identity
        for (identity,) in connection.execute(
            f"SELECT id FROM {record} WHERE (number = ? OR id = ?) AND {_THERE}",
            (f"{letter}-{body}", wanted.lower()),
        )
    ]
    if not found:
        found = _by_words(connection, record, wanted)
    if len(found) == 1:
        return str(found[0])
    if not found:
        raise LeadTUIError(_("Nothing matches “{text}”.").format(text=wanted))
    named = [
        connection.execute(f"SELECT number, name FROM {record} WHERE id = ?", (identity,)).fetchone()
        for identity in found[:_CANDIDATES]
    ]
    listed = "; ".join(f"{number} {name}".strip() for number, name in named)
    raise LeadTUIError(
        _("“{text}” matches {count} records, say which by its number: {listed}.").format(
            text=wanted, count=len(found), listed=listed
        )
    )


def _by_words(connection: sqlite3.Connection, record: str, wanted: str) -> list[str]:
    expression = match_expression(wanted.split())
    if expression is None:
        return []
    found = [
        connection.execute(f"SELECT id, name FROM {record} WHERE seq = ? AND {_THERE}", (seq,)).fetchone()
        for seq in record_search.hits(connection, record, expression)
    ]
    there = [row for row in found if row]
    exact = [identity for identity, name in there if name.casefold() == wanted.casefold()]
    return exact if len(exact) == 1 else [identity for identity, _name in there]
