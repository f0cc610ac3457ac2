"""Customers, contacts and opportunities that left as an export of ours and come back to the letter."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadtui.qualify.match_keys import phone_digits
from leadtui.qualify.names import company_key, person_key
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.store.ids import LETTERS

if TYPE_CHECKING:
    from leadtui.store.act import Act

_COMPARED: Mapping[str, tuple[str, ...]] = {
    "customer": ("name", "email", "phone"),
    "contact": ("name", "email", "phone", "mobile"),
    "opportunity": ("name", "customer_id"),
}
_NUMBER = re.compile("[0-9A-HJKMNP-TV-Z]{6}")
_SAID_OF_THE_NAMED = frozenset("id number name customer_id batch_id created_by created_at".split())
_UNSAID = (None, "", 0, "{}", "active", "prospect")


def write_own(
    act: Act, record: str, values: Mapping[str, Any], custom: Mapping[str, object], number: str
) -> str:
    """Enter a record as it was; it keeps its number where no other has it. Returns its new id."""
    taken = act.connection.execute(f"SELECT 1 FROM {record} WHERE number = ?", (number,)).fetchone()
    born = int(values.get("acquired_at") or act.now)
    row = {
        **{name: value for name, value in values.items() if value is not None and name != "acquired_at"},
        "id": act.new_id(),
        "number": number if own_number(record, number) and not taken else act.new_number(record),
        "created_by": values.get("created_by") or act.author,
        "created_at": born,
        "custom": json.dumps(custom, ensure_ascii=False),
    }
    if record == "opportunity":
        row.setdefault("stage_at", born)
        if row.get("stage") in {"won", "lost"}:
            row.setdefault(f"{row['stage']}_at", row.get("expected_close", born))
    marks = ", ".join("?" * len(row))
    act.connection.execute(f"INSERT INTO {record} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return str(row["id"])


def own_number(record: str, number: str) -> bool:
    """Whether `number` is one that we give to records of this kind."""
    letter, _dash, body = number.partition("-")
    return letter == LETTERS[record] and _NUMBER.fullmatch(body) is not None


def agrees(connection: sqlite3.Connection, record: str, known: str, values: Mapping[str, Any]) -> bool:
    """Whether something else than its number says that a row is about this record: another file may have
    given the number to another one."""
    names = _COMPARED[record]
    there = connection.execute(f"SELECT {', '.join(names)} FROM {record} WHERE id = ?", (known,)).fetchone()
    key = person_key if record == "contact" else company_key
    for name, theirs in zip(names, there, strict=True):
        ours = values.get(name)
        if not ours or not theirs:
            continue
        if name == "name" and key(ours) and key(ours) == key(theirs):
            return True
        if name in {"phone", "mobile"} and phone_digits(ours) and phone_digits(ours) == phone_digits(theirs):
            return True
        if ours == theirs:
            return True
    return False


def only_named(connection: sqlite3.Connection, record: str, known: str) -> bool:
    """Whether an import made this record because another one named it, and nobody said more of it since."""
    names = [name for name in JOURNALED_TABLES[record] if name not in _SAID_OF_THE_NAMED]
    batch, *rest = connection.execute(
        f"SELECT batch_id, {', '.join(names)} FROM {record} WHERE id = ?", (known,)
    ).fetchone()
    tagged = (
        record == "customer"
        and connection.execute("SELECT 1 FROM tag WHERE customer_id = ?", (known,)).fetchone()
    )
    return bool(batch) and not tagged and all(value in _UNSAID for value in rest)
