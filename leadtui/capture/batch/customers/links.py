"""Which records of this file a row of another system means: by their identities there, names and mails."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Mapping

from leadtui.qualify.match_keys import mail_key
from leadtui.qualify.names import company_key, person_key

_TABLES = ("customer", "contact", "opportunity")

Found = dict[str, str]
"""By `lead_id`, `customer_id`, `contact_id` and `opportunity_id`: what a row belongs to."""


class Links:
    """The customers, contacts and opportunities that are known, those of the running import included."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._by_identity: dict[str, tuple[str, str]] = {}
        self._customers: dict[str, str] = {}
        self._parents: dict[str, Found] = {}
        for record in _TABLES:
            parent = "customer_id" if record != "customer" else "NULL"
            for row, number, name, identity, customer in connection.execute(
                f"SELECT id, number, name, external_id, {parent} FROM {record} "
                "WHERE merged_into = '' AND deleted_at IS NULL"
            ):
                self.note(record, row, name, identity, customer)
                # Under its number it left, if it left from here.
                self._by_identity.setdefault(number, (record, row))

    def note(self, record: str, row: str, name: str, identity: str, customer: str | None) -> None:
        """Remember a record."""
        if identity:
            self._by_identity.setdefault(identity, (record, row))
            if len(identity) == 18:
                self._by_identity.setdefault(identity[:15], (record, row))
        if record == "customer" and (key := company_key(name)):
            self._customers.setdefault(key, row)
        self._parents[row] = {"customer_id": customer} if customer else {}

    def customer(self, references: Mapping[str, str], unlike: Container[str] = ()) -> str | None:
        """The customer that a contact or an opportunity belongs to; by its name it is none of `unlike`."""
        found = self._by_identity.get(references.get("customer_ref", ""))
        if found and found[0] == "customer":
            return found[1]
        named = self._customers.get(company_key(references.get("company", "")))
        return None if named in unlike else named

    def contact(
        self, references: Mapping[str, str], customer: str | None, unlike: Container[str]
    ) -> str | None:
        """The contact that an opportunity is worked on with; by its name it is none of `unlike`."""
        found = self._by_identity.get(references.get("contact_ref", ""))
        if found and found[0] == "contact":
            return found[1]
        named = self.person(references.get("contact", ""), customer)
        return None if named in unlike else named

    def person(self, name: str, customer: str | None) -> str | None:
        """The contact of that name at a customer."""
        wanted = person_key(name)
        if not wanted or customer is None:
            return None
        people = self._connection.execute(
            "SELECT id, name FROM contact WHERE customer_id = ? AND merged_into = ''", (customer,)
        )
        return next((row for row, other in people if person_key(other) == wanted), None)

    def opportunity(self, name: str, customer: str | None) -> str | None:
        """The opportunity of that name at a customer."""
        found = self._connection.execute(
            "SELECT id FROM opportunity WHERE name = ? AND customer_id IS ? AND merged_into = ''",
            (name, customer),
        ).fetchone()
        return str(found[0]) if found else None

    def lead(self, number: str) -> str | None:
        """The lead with that number."""
        found = self._connection.execute("SELECT id FROM lead WHERE number = ?", (number,)).fetchone()
        return str(found[0]) if found else None

    def same(self, record: str, identity: str) -> str | None:
        """The record of this kind with that identity in the other system."""
        found = self._by_identity.get(identity)
        return found[1] if found and found[0] == record else None

    def parents(self, references: Mapping[str, str]) -> Found:
        """What an activity belongs to; nothing when none of it is here."""
        found: Found = {}
        for name in ("who_ref", "what_ref", "customer_ref", "contact_ref"):
            if identity := references.get(name, ""):
                found |= self._of_identity(identity)
        if not found and (email := references.get("email", "")):
            found |= self._of_mail(email)
        if not found and (customer := self.customer(references)):
            found["customer_id"] = customer
            if person := self.person(references.get("contact", ""), customer):
                found["contact_id"] = person
        return found

    def _of_identity(self, identity: str) -> Found:
        record, row = self._by_identity.get(identity, ("", ""))
        if record:
            return {**self._parents[row], f"{record}_id": row}
        lead = self._connection.execute(
            "SELECT id FROM lead WHERE external_id = ? AND external_id <> '' LIMIT 1", (identity,)
        ).fetchone()
        found = lead[0] if lead else self.lead(identity)
        return {"lead_id": found} if found else {}

    def _of_mail(self, email: str) -> Found:
        lead = self._connection.execute(
            "SELECT lead.id FROM match_key JOIN lead USING (seq) WHERE key = ? LIMIT 1", (mail_key(email),)
        ).fetchone()
        if lead:
            return {"lead_id": lead[0]}
        contact = self._connection.execute(
            "SELECT id, customer_id FROM contact WHERE email = ? LIMIT 1", (email,)
        ).fetchone()
        if not contact:
            return {}
        return {"contact_id": contact[0], **({"customer_id": contact[1]} if contact[1] else {})}
