"""What a row adds to a lead that is known already: blanks are filled, nothing is overwritten."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from leadtui.capture.batch.births import Birth
from leadtui.qualify.match_keys import phone_digits
from leadtui.store.ids import name_id

FILLED: tuple[str, ...] = (
    "lead_type", "company", "industry", "company_size", "customer_type", "contact", "title", "role", "phone",
    "mobile", "email", "wechat", "website", "address", "city", "state", "postal_code", "country", "need",
    "need_clarity", "scenario", "potential", "timing", "remark", "notes", "budget_min", "budget_max",
)  # fmt: skip
"""Columns whose blanks are filled; status, tier, owner and plans belong to whoever works on the lead."""
READ = (
    "seq",
    "id",
    *FILLED,
    "other_phones",
    "other_emails",
    "currency",
    "external_system",
    "external_id",
    "custom",
)
"""What of a known lead is looked at."""
_ASKED_AT_ONCE = 500


def read_leads(connection: sqlite3.Connection, seqs: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The leads with these row numbers, `custom` as a dict, and `tags` as a set of folded names."""
    wanted = sorted(set(seqs))
    leads: dict[int, dict[str, Any]] = {}
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        chunk = wanted[start : start + _ASKED_AT_ONCE]
        marks = ",".join("?" * len(chunk))
        for values in connection.execute(f"SELECT {', '.join(READ)} FROM lead WHERE seq IN ({marks})", chunk):
            lead = dict(zip(READ, values, strict=True))
            lead["custom"] = json.loads(lead["custom"])
            lead["tags"] = set()
            leads[lead["seq"]] = lead
        for seq, name in connection.execute(
            f"SELECT seq, name FROM lead JOIN tag ON lead_id = lead.id WHERE seq IN ({marks})", chunk
        ):
            leads[seq]["tags"].add(name.casefold())
    return leads


def as_known(birth: Birth) -> dict[str, Any]:
    """A lead that is about to be written, as `read_leads` would read it."""
    tags = {name.casefold() for name in birth.tags}
    return {**birth.lead, "custom": dict(birth.custom), "tags": tags}


def additions(row: Mapping[str, Any], lead: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `lead` that `row` fills or lengthens, with their new values."""
    changes = {name: row[name] for name in FILLED if row[name] and not lead[name]}
    if ("budget_min" in changes or "budget_max" in changes) and (lead["budget_min"] or lead["budget_max"]):
        changes.pop("budget_min", None)
        changes.pop("budget_max", None)
    elif "budget_min" in changes or "budget_max" in changes:
        changes["currency"] = row["currency"]
    after = {**lead, **changes}
    known = {email.lower() for email in (after["email"], *after["other_emails"].split("\n"))}
    given = (row["email"], *row["other_emails"].split("\n"))
    emails = [email for email in given if email and email.lower() not in known]
    if emails:
        changes["other_emails"] = "\n".join(filter(None, (after["other_emails"], *dict.fromkeys(emails))))
    numbers = {
        phone_digits(phone) for phone in (after["phone"], after["mobile"], *after["other_phones"].split("\n"))
    }
    given = (row["phone"], row["mobile"], *row["other_phones"].split("\n"))
    phones = [phone for phone in given if phone and phone_digits(phone) not in numbers]
    if phones:
        changes["other_phones"] = "\n".join(filter(None, (after["other_phones"], *dict.fromkeys(phones))))
    return changes


class Blanks:
    """The additions to known leads, kept until all new leads are written."""

    def __init__(self) -> None:
        self._columns: dict[int, dict[str, Any]] = {}
        self._custom: dict[int, dict[str, Any]] = {}
        self._tags: dict[int, tuple[str, dict[str, str]]] = {}

    def overlay(self, lead: dict[str, Any]) -> None:
        """Bring a lead that was read up to what earlier rows added to it."""
        seq = lead["seq"]
        lead.update(self._columns.get(seq, {}))
        lead["custom"].update(self._custom.get(seq, {}))
        lead["tags"].update(self._tags.get(seq, ("", {}))[1])

    def add(
        self, lead: dict[str, Any], row: Mapping[str, Any], custom: Mapping[str, Any], tags: Iterable[str]
    ) -> bool:
        """Note what a row adds to a lead; returns whether it adds anything."""
        seq = lead["seq"]
        columns = additions(row, lead)
        fields = {key: value for key, value in custom.items() if key not in lead["custom"]}
        names = {name.casefold(): name for name in tags if name.casefold() not in lead["tags"]}
        if columns:
            self._columns.setdefault(seq, {}).update(columns)
        if fields:
            self._custom.setdefault(seq, {}).update(fields)
        if names:
            self._tags.setdefault(seq, (lead["id"], {}))[1].update(names)
        lead.update(columns)
        lead["custom"].update(fields)
        lead["tags"].update(names)
        return bool(columns or fields or names)

    def write(self, connection: sqlite3.Connection) -> None:
        """Change the leads; what is derived from them is left to the act."""
        for seq, columns in self._columns.items():
            names = ", ".join(f"{name} = ?" for name in columns)
            connection.execute(f"UPDATE lead SET {names} WHERE seq = ?", (*columns.values(), seq))
        connection.executemany(
            "UPDATE lead SET custom = json_patch(custom, ?) WHERE seq = ?",
            ((json.dumps(fields, ensure_ascii=False), seq) for seq, fields in self._custom.items()),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO tag (id, lead_id, name) VALUES (?, ?, ?)",
            (
                (name_id("tag", lead_id, folded), lead_id, name)
                for lead_id, names in self._tags.values()
                for folded, name in names.items()
            ),
        )
