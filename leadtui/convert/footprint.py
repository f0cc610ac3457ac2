"""What a conversion changed, as the journal tells it, and what happened to that since."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from leadtui.convert.lead import ConversionRefused, Lead
from leadtui.i18n import gettext as _
from leadtui.store.columns import JOURNALED_TABLES

REMEMBERED: frozenset[str] = frozenset(("conversion_mapping", "custom_field"))
"""What a conversion teaches; it stays known when the conversion is taken back."""
RECORDS: tuple[str, ...] = ("opportunity", "contact", "customer")
"""In the order in which they can be removed: each belongs to those after it."""

Row = tuple[str, str]
"""A table and the id of a row in it."""


class Cell(NamedTuple):
    """One column of one row."""

    table: str
    row: str
    field: str


class Footprint(NamedTuple):
    """The changes of one conversion."""

    until: int
    """The last of its changes, by the journal's number."""
    born: tuple[Row, ...]
    gone: Mapping[Row, str]
    """The rows that it removed, as the journal kept them."""
    updates: Mapping[Cell, tuple[Any, Any]]
    """Of rows that were there before: what stood there, and what the conversion wrote."""


def footprint(connection: sqlite3.Connection, lead: Lead) -> Footprint:
    """What the conversion of a lead changed; ConversionRefused when the journal doesn't know of it."""
    found = connection.execute(
        """SELECT first_change, last_change, no FROM journal_entry WHERE no = (
             SELECT entry FROM journal_change WHERE row = ? AND field = 'converted_at' AND new IS ?
             ORDER BY seq DESC LIMIT 1)""",
        (lead.id, lead.columns["converted_at"]),
    ).fetchone()
    if found is None:
        raise ConversionRefused(
            _("{number} was converted elsewhere, its steps aren't known here.").format(number=lead.number)
        )
    first, last, entry = found
    born: dict[Row, None] = {}
    gone: dict[Row, str] = {}
    updates: dict[Cell, tuple[Any, Any]] = {}
    changes = connection.execute(
        """SELECT record, row, field, old, new FROM journal_change
           WHERE seq BETWEEN ? AND ? AND entry = ? ORDER BY seq""",
        (first, last, entry),
    )
    for table, row, field, old, new in changes:
        if table not in JOURNALED_TABLES or table in REMEMBERED:
            continue
        if field is None and old is None:
            born[table, row] = None
        elif field is None:
            gone[table, row] = old
        elif (table, row) not in born:
            cell = Cell(table, row, field)
            updates[cell] = (updates[cell][0] if cell in updates else old, new)
    return Footprint(last, tuple(born), gone, updates)


def references(connection: sqlite3.Connection, record: str, identity: str) -> Iterator[Cell]:
    """Everything that belongs to a record or points to it."""
    for table, columns in JOURNALED_TABLES.items():
        names = [f"{record}_id"] if f"{record}_id" in columns else []
        names += ["merged_into"] if table == record and "merged_into" in columns else []
        names += ["reports_to"] if table == record and "reports_to" in columns else []
        for name in names:
            for (row,) in connection.execute(f"SELECT id FROM {table} WHERE {name} = ?", (identity,)):
                yield Cell(table, row, name)
