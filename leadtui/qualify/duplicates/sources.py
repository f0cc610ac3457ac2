"""Where the records stand that are compared: leads, customers and contacts, each by the same columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from leadtui.qualify.duplicates.identity import COLUMNS
from leadtui.store.chunks import rows_of


class Side(NamedTuple):
    """One record of a pair, as it is shown."""

    seq: int
    id: str
    number: str
    company: str
    contact: str
    phone: str
    mobile: str
    email: str
    status: str
    owner: str
    tier: str
    """Empty for what has none."""


class Source(NamedTuple):
    """A kind of record, as SQL."""

    kind: str
    tables: str
    """What stands after FROM."""
    alive: str
    """Which of them a merge may change."""
    told_by: str
    """The columns that `identity` takes."""
    shown: str
    """The columns of a `Side`."""


def _source(kind: str, tables: str, alive: str, **instead: str) -> Source:
    """The columns of `kind` under their names, but those that stand elsewhere."""

    def columns(names: tuple[str, ...]) -> str:
        return ", ".join(instead.get(name, f"{kind}.{name}") for name in names)

    return Source(kind, tables, alive, columns(COLUMNS), columns(Side._fields))


LEAD = _source("lead", "lead", "lead.deleted_at IS NULL AND lead.status NOT IN ('merged', 'converted')")
_MAILS_OF_CONTACTS = """(SELECT group_concat(nullif(trim(contact.email || char(10) || contact.other_emails,
    char(10)), ''), char(10)) FROM contact WHERE contact.customer_id = customer.id
    AND contact.deleted_at IS NULL AND contact.status <> 'merged')"""
"""A customer is told by its people as well."""
CUSTOMER = _source(
    "customer",
    "customer",
    "customer.deleted_at IS NULL AND customer.status <> 'merged'",
    company="customer.name",
    contact="''",
    mobile="''",
    other_emails=f"customer.other_emails || coalesce(char(10) || {_MAILS_OF_CONTACTS}, '')",
    tier="''",
)
CONTACT = _source(
    "contact",
    "contact LEFT JOIN customer ON customer.id = contact.customer_id",
    "contact.deleted_at IS NULL AND contact.status <> 'merged'",
    company="coalesce(customer.name, '')",
    contact="contact.name",
    website="coalesce(customer.website, '')",
    tier="''",
)
SOURCES: Mapping[str, Source] = {source.kind: source for source in (LEAD, CUSTOMER, CONTACT)}
_IN_ONE_GO = 5000


def count(connection: sqlite3.Connection, source: Source) -> int:
    """How many records are compared."""
    statement = f"SELECT count(*) FROM {source.tables} WHERE {source.alive}"
    (number,) = connection.execute(statement).fetchone()
    return int(number)


def all_rows(connection: sqlite3.Connection, source: Source) -> Iterator[tuple[Any, ...]]:
    """What tells every record, in parts, so that nobody who wants to write waits for the end."""
    statement = f"""SELECT {source.told_by} FROM {source.tables}
        WHERE {source.kind}.seq > ? AND {source.alive} ORDER BY {source.kind}.seq LIMIT {_IN_ONE_GO}"""
    last = 0
    while rows := connection.execute(statement, (last,)).fetchall():
        yield from rows
        last = rows[-1][0]


def rows(
    connection: sqlite3.Connection, source: Source, columns: str, seqs: Sequence[int], alive: str = "1"
) -> Iterator[tuple[Any, ...]]:
    """Columns of the records with these row numbers for which `alive` holds."""
    where = f"{source.kind}.seq IN ({{marks}}) AND {alive}"
    return rows_of(connection, f"SELECT {columns} FROM {source.tables} WHERE {where}", seqs)


def sides(connection: sqlite3.Connection, source: Source, seqs: Iterable[int]) -> dict[int, Side]:
    """The records with these row numbers as they are shown."""
    return {row[0]: Side._make(row) for row in rows(connection, source, source.shown, sorted(seqs))}
