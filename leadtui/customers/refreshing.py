"""Keeping what is derived of customers, contacts and opportunities in step with the journal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from leadtui.customers.keys import record_keys
from leadtui.customers.standing import keep_derived
from leadtui.settings import Settings
from leadtui.store import record_search
from leadtui.store.named import named_row
from leadtui.store.search_text import search_text
from leadtui.values import RECORDS

_RELATED: dict[str, tuple[tuple[str, str], ...]] = {
    "customer": (
        ("contact", "SELECT id FROM contact WHERE customer_id = ?"),
        ("opportunity", "SELECT id FROM opportunity WHERE customer_id = ?"),
    ),
    "contact": (("customer", "SELECT customer_id FROM contact WHERE id = ?"),),
    "opportunity": (),
}
"""Which other records carry the name of a record in their search text."""

_ASKING = ("objection", "task", "playbook_run")
"""What makes the record that it belongs to ask for something."""


def refresh_records(
    connection: sqlite3.Connection, mark: int, settings: Settings, zone: tzinfo
) -> dict[str, set[str]]:
    """Bring everything up to the journal's end, from the change `mark` on, in the running transaction.

    Returns the ids of the records that the changes are about, by kind.
    """
    touched: dict[str, set[str]] = {record: set() for record in RECORDS}
    gone: dict[str, set[int]] = {record: set() for record in RECORDS}
    former_customers: set[str] = set()
    for record, row, field, old in connection.execute(
        f"SELECT record, row, field, old FROM journal_change WHERE seq > ? AND record IN {RECORDS}", (mark,)
    ):
        touched[record].add(row)
        if field is None and old is not None:
            kept = json.loads(old)
            gone[record].add(kept["seq"])
            former_customers.add(kept.get("customer_id") or "")
        elif field == "customer_id" and old:
            former_customers.add(old)
    _touch_asked(connection, mark, touched)
    if any(touched.values()):
        for record in RECORDS:
            _forget(connection, record, gone[record])
        for record, ids in _with_related(connection, touched, former_customers).items():
            _remember(connection, record, ids, settings, zone)
    return touched


def refresh_all_records(connection: sqlite3.Connection, settings: Settings, zone: tzinfo) -> None:
    """Make everything anew, in the running transaction."""
    record_search.clear(connection)
    connection.execute("DELETE FROM record_key")
    for record in RECORDS:
        ids = [row for (row,) in connection.execute(f"SELECT id FROM {record}")]
        _remember(connection, record, ids, settings, zone)


def record_text(connection: sqlite3.Connection, record: str, row: Mapping[str, Any]) -> str:
    """The search text of a record: its own names, and those of its customer or its contacts."""
    company, people = str(row["name"]), ""
    if record == "customer":
        names = connection.execute("SELECT name FROM contact WHERE customer_id = ? LIMIT 50", (row["id"],))
        people = "\n".join(name for (name,) in names)
    else:
        found = connection.execute("SELECT name FROM customer WHERE id = ?", (row["customer_id"],)).fetchone()
        company, people = (found[0] if found else ""), str(row["name"])
    phones = [row.get("phone", ""), row.get("mobile", ""), *str(row.get("other_phones", "")).split("\n")]
    emails = [row.get("email", ""), *str(row.get("other_emails", "")).split("\n")]
    return search_text(
        number=str(row["number"]).partition("-")[2],
        company=company,
        contact=people,
        title=str(row.get("title", "")),
        phones=[phone for phone in phones if phone],
        emails=[email for email in emails if email],
        wechat=str(row.get("wechat", "")),
        tags=[str(row["number"])],
    )


def _with_related(
    connection: sqlite3.Connection, touched: Mapping[str, set[str]], former_customers: set[str]
) -> dict[str, set[str]]:
    ids = {record: set(touched[record]) for record in RECORDS}
    ids["customer"] |= former_customers
    for record, related in _RELATED.items():
        for other, statement in related:
            for row in touched[record]:
                ids[other].update(found or "" for (found,) in connection.execute(statement, (row,)))
    return ids


def _touch_asked(connection: sqlite3.Connection, mark: int, touched: Mapping[str, set[str]]) -> None:
    """Touch the records whose objections, tasks and playbooks changed, and those that lost one."""
    parents = {f"{record}_id": record for record in RECORDS}
    changes = connection.execute(
        f"SELECT record, row, field, old FROM journal_change WHERE seq > ? AND record IN {_ASKING}", (mark,)
    ).fetchall()
    for part, row, field, old in changes:
        values = named_row(connection, f"SELECT * FROM {part} WHERE id = ?", row) or {}
        if field in parents:
            values = {**values, f"former {field}": old}
        elif field is None and old is not None:
            values = json.loads(old)
        for column, value in values.items():
            record = parents.get(column.removeprefix("former "))
            if record and value:
                touched[record].add(value)


def _remember(
    connection: sqlite3.Connection, record: str, ids: Iterable[str], settings: Settings, zone: tzinfo
) -> None:
    texts, keys, seqs = [], [], []
    for identity in ids:
        row = named_row(connection, f"SELECT * FROM {record} WHERE id = ?", identity)
        if row is None:
            continue
        keep_derived(connection, record, row, settings, zone)
        seqs.append((record, row["seq"]))
        texts.append((row["seq"], record_text(connection, record, row)))
        keys += [(key, record, row["seq"]) for key in record_keys(record, row)]
    connection.executemany("DELETE FROM record_key WHERE record = ? AND seq = ?", seqs)
    connection.executemany("INSERT INTO record_key (key, record, seq) VALUES (?, ?, ?)", keys)
    record_search.put(connection, record, texts)


def _forget(connection: sqlite3.Connection, record: str, seqs: Iterable[int]) -> None:
    record_search.remove(connection, record, seqs)
    connection.executemany(
        "DELETE FROM record_key WHERE record = ? AND seq = ?", ((record, seq) for seq in seqs)
    )
