"""From the names that a form shows to the records that they mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _

_THERE = "deleted_at IS NULL AND status = 'active'"


def with_links(
    connection: sqlite3.Connection, record: str, draft: Mapping[str, object], ids: Sequence[str] = ()
) -> dict[str, object]:
    """A draft whose `customer` and `contact` (names or numbers) became `customer_id` and `contact_id`.

    A contact is looked for at the draft's customer, or that of the first of the records `ids` that are
    changed. FieldProblems for a name that nobody has, or several.
    """
    values = dict(draft)
    customer = str(values.pop("customer", "")).strip() if "customer" in values else None
    contact = str(values.pop("contact", "")).strip() if "contact" in values else None
    if customer is not None and record != "customer":
        values["customer_id"] = _found(connection, "customer", customer, "1", ())
    if contact is not None and record == "opportunity":
        owner = values.get("customer_id") or _customer_of(connection, ids)
        where, more = ("customer_id = ?", (owner,)) if owner else ("1", ())
        values["contact_id"] = _found(connection, "contact", contact, where, more)
    return values


def known_names(connection: sqlite3.Connection, record: str, limit: int = 2000) -> tuple[str, ...]:
    """The names of the newest records of one kind, to be completed."""
    rows = connection.execute(
        f"SELECT DISTINCT name FROM {record} WHERE {_THERE} AND name <> '' ORDER BY seq DESC LIMIT ?",
        (limit,),
    )
    return tuple(name for (name,) in rows)


def _found(
    connection: sqlite3.Connection, record: str, text: str, where: str, more: tuple[object, ...]
) -> str | None:
    if not text:
        return None
    rows = connection.execute(
        f"""SELECT id FROM {record} WHERE {_THERE} AND {where}
            AND (name = ? COLLATE NOCASE OR number = ? COLLATE NOCASE) LIMIT 2""",
        (*more, text, text),
    ).fetchall()
    if len(rows) == 1:
        return str(rows[0][0])
    if rows:
        sentence = _("Several are called so: write the number, such as {example}.")
        example = "C-7K3QF2" if record == "customer" else "P-7K3QF2"
        raise FieldProblems({record: sentence.format(example=example)})
    if record == "customer":
        raise FieldProblems({record: _("There is no customer of that name: enter the customer first.")})
    raise FieldProblems({record: _("This customer has no contact of that name: enter the contact first.")})


def _customer_of(connection: sqlite3.Connection, ids: Sequence[str]) -> str | None:
    if not ids:
        return None
    row = connection.execute("SELECT customer_id FROM opportunity WHERE id = ?", (ids[0],)).fetchone()
    return row[0] if row else None
