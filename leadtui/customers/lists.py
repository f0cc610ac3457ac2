"""Lists of customers, contacts and opportunities: which a view holds, in which order, page by page."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from leadtui.clock import Today
from leadtui.customers.filters import record_filter
from leadtui.customers.rows import RecordRow
from leadtui.followup.queue import Order
from leadtui.store.chunks import rows_of

THERE = {
    "customer": "customer.deleted_at IS NULL AND customer.status = 'active'",
    "contact": "contact.deleted_at IS NULL AND contact.status = 'active'",
    "opportunity": "opportunity.deleted_at IS NULL AND opportunity.merged_into = ''",
}
"""The records that are neither removed nor merged."""
_OPEN = "stage NOT IN ('won', 'lost')"
VIEWS: Mapping[str, Mapping[str, str]] = {
    "customer": {
        "all": "1",
        "due": "due_at <= :day_end",
        "prospects": "lifecycle = 'prospect'",
        "customers": "lifecycle = 'customer'",
    },
    "contact": {"all": "1", "due": "due_at <= :day_end"},
    "opportunity": {
        "open": _OPEN,
        "due": "due_at <= :day_end",
        "won": "stage = 'won'",
        "lost": "stage = 'lost'",
        "all": "1",
    },
}
"""What each view holds; the first is shown at first."""

_DUE_FIRST = "due_at IS NULL, due_at, seq"
_BY_NAME = "name COLLATE NOCASE, seq"
SORTS: Mapping[str, Mapping[str, str]] = {
    "customer": {"due": _DUE_FIRST, "name": _BY_NAME, "newest": "seq DESC"},
    "contact": {"name": _BY_NAME, "due": _DUE_FIRST, "newest": "seq DESC"},
    "opportunity": {
        "grade": "grade = '', grade, due_at IS NULL, due_at, seq",
        "due": _DUE_FIRST,
        "close": "expected_close IS NULL, expected_close, seq",
        "amount": "amount IS NULL, currency, amount DESC, seq",
        "name": _BY_NAME,
        "newest": "seq DESC",
    },
}
"""The orders of each kind of record; the first is the usual one."""

_COLUMNS = {
    "customer": """lifecycle, '', '', coalesce((SELECT person.name FROM contact AS person
        WHERE person.customer_id = customer.id AND person.deleted_at IS NULL AND person.status = 'active'
        ORDER BY person.role <> 'decision_maker', person.seq LIMIT 1), ''), NULL, '', NULL, NULL""",
    "contact": """role, '', coalesce((SELECT name FROM customer WHERE id = contact.customer_id), ''), title,
        NULL, '', NULL, NULL""",
    "opportunity": """stage, grade,
        coalesce((SELECT name FROM customer WHERE id = opportunity.customer_id), ''),
        coalesce((SELECT name FROM contact WHERE id = opportunity.contact_id), ''),
        amount, currency, probability, expected_close""",
}
"""The columns of a row from `state` to `expected_close`."""


class RecordQuery(NamedTuple):
    """Which records are wanted: a view of one kind, narrowed by a filter line, in an order."""

    record: str
    view: str
    sort: str
    filter_text: str = ""

    @classmethod
    def of(cls, record: str, view: str = "", filter_text: str = "", sort: str = "") -> RecordQuery:
        """A query with the usual view and order where none is named."""
        return cls(record, view or next(iter(VIEWS[record])), sort or next(iter(SORTS[record])), filter_text)


def first_page(
    connection: sqlite3.Connection, query: RecordQuery, today: Today, me: str, limit: int = 64
) -> list[RecordRow]:
    """The first rows of a query."""
    source, parameters = _source(query, today, me)
    seqs = [
        seq
        for (seq,) in connection.execute(
            f"SELECT seq {source} ORDER BY {SORTS[query.record][query.sort]} LIMIT :limit",
            {**parameters, "limit": limit},
        )
    ]
    found = rows(connection, query.record, seqs)
    return [found[seq] for seq in seqs]


def order(connection: sqlite3.Connection, query: RecordQuery, today: Today, me: str) -> Order:
    """The whole order of a query."""
    source, parameters = _source(query, today, me)
    found = connection.execute(f"SELECT seq {source} ORDER BY {SORTS[query.record][query.sort]}", parameters)
    return Order.of([seq for (seq,) in found])


def rows(connection: sqlite3.Connection, record: str, seqs: Sequence[int]) -> dict[int, RecordRow]:
    """The rows with these row numbers; those that are gone are missing."""
    statement = _select(record) + " WHERE seq IN ({marks})"
    found: dict[int, RecordRow] = {}
    for values in rows_of(connection, statement, seqs):
        found[values[0]] = _row(values)
    return found


def row_by_id(connection: sqlite3.Connection, record: str, identity: str) -> RecordRow | None:
    """The row of one record, or None when it is gone."""
    values = connection.execute(f"{_select(record)} WHERE id = ?", (identity,)).fetchone()
    return None if values is None else _row(values)


def ids(connection: sqlite3.Connection, record: str, seqs: Sequence[int]) -> list[str]:
    """The ids of the records with these row numbers, in their order."""
    found = dict(rows_of(connection, f"SELECT seq, id FROM {record} WHERE seq IN ({{marks}})", seqs))
    return [found[seq] for seq in seqs if seq in found]


def seq_of(connection: sqlite3.Connection, record: str, identity: str) -> int | None:
    """The row number of a record."""
    row = connection.execute(f"SELECT seq FROM {record} WHERE id = ?", (identity,)).fetchone()
    return row[0] if row else None


def _select(record: str) -> str:
    return f"""SELECT seq, id, '{record}', number, name, {_COLUMNS[record]}, next_step, next_due,
        next_due_all_day, due_at, due_kind, owner FROM {record}"""


def _row(values: Sequence[object]) -> RecordRow:
    row = RecordRow(*values)  # type: ignore[arg-type]
    return row._replace(next_due_all_day=bool(row.next_due_all_day))


def _source(query: RecordQuery, today: Today, me: str) -> tuple[str, dict[str, object]]:
    view = VIEWS[query.record][query.view]
    wanted = record_filter(query.record, query.filter_text, today, me)
    conditions = [THERE[query.record], view, *filter(None, [wanted.where])]
    parameters = dict(wanted.parameters)
    if ":day_end" in view:
        parameters["day_end"] = today.end
    return f"FROM {query.record} WHERE {' AND '.join(f'({one})' for one in conditions)}", parameters
