"""Bringing a file's customers, contacts, opportunities or activities in, inside the act of the import."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from leadtui.capture.batch.customers.joining import link_what_came_before
from leadtui.capture.batch.customers.links import Links
from leadtui.capture.batch.customers.returning import agrees, only_named, own_number, write_own
from leadtui.capture.batch.incoming import Incoming, Progress, go_on
from leadtui.capture.batch.skipped import SkippedFile
from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.rows.customers import CleanRecord, RecordRows
from leadtui.capture.rows.leads import SYSTEM_OF_FILES
from leadtui.capture.rows.settling import SkippedRow
from leadtui.customers.records import create_record
from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.store.ids import name_id

if TYPE_CHECKING:
    from leadtui.store.act import Act

_TOLD_EVERY = 200
_BLANK: dict[str, tuple[object, ...]] = {"lifecycle": ("prospect",), "next_due_all_day": ()}
"""What a column says that nobody filled, where that is neither empty nor NULL."""
_OF_A_STAGE = frozenset(("stage_note", "won_at", "lost_at", "lost_reason", "lost_note", "handed_over_at"))
"""What says something of the stage that an opportunity was in when it left."""
_ACTIVITY = (
    "id", "lead_id", "customer_id", "contact_id", "opportunity_id", "at", "kind", "channel", "result",
    "content", "feedback", "duration_minutes", "next_step", "next_due", "next_due_all_day", "author",
)  # fmt: skip


class RecordImport(Incoming):
    """A file of other records: what is known fills its blanks, everything else is new."""

    def __init__(self, act: Act, plan: FilePlan, rest: SkippedFile) -> None:
        super().__init__(act, plan, rest)
        self.links = Links(act.connection)
        self.born: set[str] = set()
        """The ids of the records that this file brought."""

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Take in all rows; Cancelled when the user stops it."""
        rows = RecordRows(self.plan)
        for count, row in enumerate(rows):
            if count % _TOLD_EVERY == 0:
                progress(count, rows.position)
                go_on(cancelled)
            if isinstance(row, SkippedRow):
                self.skip(row)
            else:
                self._take(row)
        link_what_came_before(self.act.connection)
        self.finish()
        progress(self.count, self.plan.size)

    def _take(self, row: CleanRecord) -> None:
        try:
            if self.plan.record == "activity":
                self._take_activity(row)
            else:
                self._take_record(row)
        except FieldProblems as refused:
            why = "; ".join(f"{field}: {sentence}" for field, sentence in refused.problems.items())
            self.skip(SkippedRow(row.line, row.cells, why))
            return
        self.with_problems += bool(row.problems)

    # Customers, contacts, opportunities

    def _take_record(self, row: CleanRecord) -> None:
        record = self.plan.record
        values: dict[str, Any] = dict(row.values)
        tags = values.pop("tags", ())
        if tags and record != "customer":
            row.custom["tags"] = "; ".join(tags)
        custom, refused = self.customs.fitting(row.custom)
        if refused:
            values["remark"] = "\n".join(filter(None, (str(values.get("remark", "")), *refused)))
        self._link(values, custom, row)
        identity = str(values.get("external_id", ""))
        number = str(values.pop("number", ""))
        if identity and not number:
            values.setdefault("external_system", self.plan.system or SYSTEM_OF_FILES)
        known = self._known(values, identity, number)
        if known is not None:
            is_to_complete = bool(number) and only_named(self.act.connection, record, known)
            is_changed = self._fill(known, values, custom)
            if is_to_complete:
                is_changed |= self._complete(known, values.get("acquired_at"), tags)
            self.updated += is_changed
            self.unchanged += not is_changed
            return
        new = self._write_own(values, custom, number) if number else self._write(values, custom)
        if row.person:
            create_record(self.act, "contact", {**row.person, "customer_id": new, "batch_id": self.batch})
        self._tag(new, tags)
        self._note(record, new, str(values["name"]), identity, number, values.get("customer_id"))
        self.customs.note(custom)
        self.created += 1

    def _write(self, values: dict[str, Any], custom: dict[str, object]) -> str:
        """A new record, checked as if it had been typed."""
        born = int(values.pop("acquired_at", None) or self.act.now)
        fixed = {"created_at": born, "created_by": values.pop("created_by", "") or self.act.author}
        if self.plan.record == "opportunity":
            fixed |= _end_of(values, born)
        draft = {**values, "batch_id": self.batch, "custom": custom}
        new = create_record(self.act, self.plan.record, draft, fixed)
        self._win(values, fixed)
        return new

    def _write_own(self, values: dict[str, Any], custom: dict[str, object], number: str) -> str:
        """A record that left from here or from a colleague's file, to the letter."""
        return write_own(self.act, self.plan.record, {**values, "batch_id": self.batch}, custom, number)

    def _note(
        self, record: str, new: str, name: str, identity: str, number: str, customer: str | None
    ) -> None:
        """Remember a record that this file brought: the next rows may belong to it."""
        self.born.add(new)
        if number:
            self.links.note(record, new, name, number, customer)
        self.links.note(record, new, name, identity, customer)

    def _link(self, values: dict[str, Any], custom: dict[str, object], row: CleanRecord) -> None:
        """Find what the record belongs to; a customer that is only named is made, one that is only
        referred to is waited for."""
        if self.plan.record == "customer":
            return
        references = row.references
        name, identity = references.get("company", ""), references.get("customer_ref", "")
        customer = self.links.customer(references, self._unlike(identity))
        if customer is None and name:
            customer = self._referred_to("customer", name, identity)
        elif customer is None and identity:
            custom["customer_ref"] = identity
        values["customer_id"] = customer
        if self.plan.record == "opportunity":
            self._link_opportunity(values, custom, references)

    def _link_opportunity(
        self, values: dict[str, Any], custom: dict[str, object], references: dict[str, str]
    ) -> None:
        customer = values["customer_id"]
        name, identity = references.get("contact", ""), references.get("contact_ref", "")
        contact = self.links.contact(references, customer, self._unlike(identity))
        if contact is None and self.is_ours and name and own_number("contact", identity):
            contact = self._referred_to("contact", name, identity, customer)
        values["contact_id"] = contact
        if number := references.get("lead_ref", ""):
            lead = self.links.lead(number)
            if lead is None:
                custom["lead_ref"] = number
            values["lead_id"] = lead

    def _unlike(self, number: str) -> set[str]:
        """The records that one with `number` is not: in an export of ours, those that other rows brought."""
        return self.born if self.is_ours and number else set()

    def _referred_to(self, record: str, name: str, identity: str, customer: str | None = None) -> str:
        """A record of which nothing is known yet but what another one says of it."""
        values = {"name": name, "batch_id": self.batch}
        if record == "contact":
            values["customer_id"] = customer or ""
        if self.is_ours and own_number(record, identity):
            new = write_own(self.act, record, {**values, "customer_id": customer}, {}, identity)
        else:
            if identity:
                values |= {"external_id": identity, "external_system": self.plan.system or SYSTEM_OF_FILES}
            new = create_record(self.act, record, values)
        self._note(record, new, name, identity, "", customer)
        return new

    def _known(self, values: dict[str, Any], identity: str, number: str) -> str | None:
        """The record that a row is about.

        A number counts when a name or an address agrees as well, and rows of an export of ours with
        different numbers are about different records whatever they share.
        """
        record = self.plan.record
        if number:
            named = self.links.same(record, number)
            if named is not None and agrees(self.act.connection, record, named, values):
                return named
        found = self._alike(values, identity)
        return None if found in self._unlike(number) else found

    def _alike(self, values: dict[str, Any], identity: str) -> str | None:
        record, name, customer = self.plan.record, str(values["name"]), values.get("customer_id")
        if identity:
            return self.links.same(record, identity)
        if record == "customer":
            return self.links.customer({"company": name})
        if record == "contact":
            return self.links.person(name, customer)
        return self.links.opportunity(name, customer)

    def _fill(self, known: str, values: dict[str, Any], custom: dict[str, object]) -> bool:
        """Fill the blanks of a record that is known; nothing is overwritten. Returns whether it had any."""
        record, connection = self.plan.record, self.act.connection
        names = [name for name, value in values.items() if value not in (None, "") and name != "acquired_at"]
        row = connection.execute(f"SELECT custom, {', '.join(names)} FROM {record} WHERE id = ?", (known,))
        old_custom, *found = row.fetchone()
        old = dict(zip(names, found, strict=True))
        changes = {
            name: values[name]
            for name in names
            if old[name] in _BLANK.get(name, (None, "")) and old[name] != values[name]
        }
        if old.get("stage") != values.get("stage"):
            changes = {name: value for name, value in changes.items() if name not in _OF_A_STAGE}
        if "next_due" in changes:
            changes["next_due_all_day"] = values.get("next_due_all_day", 0)
        added = {key: value for key, value in custom.items() if key not in json.loads(old_custom)}
        if changes:
            assignments = ", ".join(f"{name} = ?" for name in changes)
            connection.execute(f"UPDATE {record} SET {assignments} WHERE id = ?", (*changes.values(), known))
        if added:
            patch = json.dumps(added, ensure_ascii=False)
            connection.execute(
                f"UPDATE {record} SET custom = json_patch(custom, ?) WHERE id = ?", (patch, known)
            )
            self.customs.note(added)
        return bool(changes or added)

    def _complete(self, known: str, born: int | None, tags: Sequence[str]) -> bool:
        """Say of a record that another one only named what isn't blank in it; returns whether that is new."""
        moved = self.act.connection.execute(
            f"UPDATE {self.plan.record} SET created_at = ?1 WHERE id = ?2 AND created_at <> ?1", (born, known)
        )
        self._tag(known, tags)
        return bool(moved.rowcount or tags)

    def _win(self, values: dict[str, Any], fixed: dict[str, object]) -> None:
        """A customer with an opportunity that was won is one (C13)."""
        if fixed.get("won_at") and values.get("customer_id"):
            self.act.connection.execute(
                """UPDATE customer SET lifecycle = 'customer',
                   became_customer_at = coalesce(became_customer_at, ?) WHERE id = ?""",
                (fixed["won_at"], values["customer_id"]),
            )

    def _tag(self, customer: str, names: Sequence[str]) -> None:
        if self.plan.record == "customer":
            self.act.connection.executemany(
                "INSERT OR IGNORE INTO tag (id, customer_id, name) VALUES (?, ?, ?)",
                ((name_id("tag", customer, name.casefold()), customer, name) for name in names),
            )

    # Activities

    def _take_activity(self, row: CleanRecord) -> None:
        parents = self.links.parents(row.references)
        if not parents:
            reason = _("it belongs to no lead, customer or opportunity that is here: import those first")
            self.skip(SkippedRow(row.line, row.cells, reason))
            return
        values = row.values
        own_words = [f"{key}: {text}" for key, text in row.custom.items()]
        told = (values.get("subject", ""), values.get("content", ""), values.get("remark", ""), *own_words)
        activity = {
            **dict.fromkeys(_ACTIVITY, ""),
            **dict.fromkeys(("lead_id", "customer_id", "contact_id", "opportunity_id", "next_due")),
            "duration_minutes": None,
            "next_due_all_day": 0,
            "kind": "follow_up",
            "channel": "note",
            **{name: value for name, value in values.items() if name in _ACTIVITY},
            **parents,
            "at": values.get("at") or self.act.now,
            "author": values.get("author") or values.get("author_ref") or "",
            "content": "\n".join(map(str, filter(None, told))),
            "id": self.act.new_id(),
        }
        if self._has(activity):
            self.unchanged += 1
            return
        marks = ", ".join("?" * len(_ACTIVITY))
        self.act.connection.execute(
            f"INSERT INTO activity ({', '.join(_ACTIVITY)}) VALUES ({marks})",
            tuple(activity[name] for name in _ACTIVITY),
        )
        self.created += 1

    def _has(self, activity: dict[str, Any]) -> bool:
        """Whether the very same activity is there already."""
        parent = next(name for name in _ACTIVITY[1:5] if activity[name])
        found = self.act.connection.execute(
            f"SELECT 1 FROM activity WHERE {parent} = ? AND at = ? AND channel = ? AND content = ?",
            (activity[parent], activity["at"], activity["channel"], activity["content"]),
        )
        return found.fetchone() is not None


def _end_of(values: dict[str, Any], born: int) -> dict[str, object]:
    """When an opportunity was won or lost."""
    ended = values.get("expected_close") or born
    if values.get("stage") == "won":
        return {"won_at": ended}
    if values.get("stage") == "lost":
        reason = values.pop("lost_reason", "") or "other"
        return {"lost_at": ended, "lost_reason": reason}
    with suppress(KeyError):
        del values["lost_reason"]
    return {}
