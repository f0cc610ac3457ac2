"""The rows of a file of customers, contacts, opportunities or activities, cleaned as leads are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.files.records import Record
from leadtui.capture.rows.asides import is_sum
from leadtui.capture.rows.cells import steps
from leadtui.capture.rows.draft import Draft
from leadtui.capture.rows.money import Amounts
from leadtui.capture.rows.own import settle_amounts
from leadtui.capture.rows.settling import (
    SkippedRow,
    aligned,
    keep_leftovers,
    problem,
    settle_name,
    settle_phones,
    skipped_at_once,
)
from leadtui.capture.words.customers import words
from leadtui.capture.words.vocabulary import folded
from leadtui.i18n import gettext as _

REFERENCES: tuple[str, ...] = (
    "company",
    "customer_ref",
    "contact",
    "contact_ref",
    "lead_ref",
    "who_ref",
    "what_ref",
    "email",
)
"""What says which other records a row belongs to."""

_NAMES = {"customer": "company", "contact": "contact", "opportunity": "name", "activity": ""}
_CODES = {"stage": "stages", "channel": "channels", "result": "results"}
_NUMBERS = ("probability", "duration_minutes")


class CleanRecord(NamedTuple):
    """A row that can become a record."""

    line: int
    cells: list[str]
    """As they were written."""
    values: dict[str, object]
    """Columns of the record, and `tags`."""
    custom: dict[str, str]
    """Custom fields by key."""
    references: dict[str, str]
    """By the names of `REFERENCES`: what it belongs to, as the file says it."""
    person: dict[str, object]
    """The contact that stands in the row of a customer, or nothing."""
    problems: tuple[str, ...]


class RecordRows:
    """The rows of a planned file. Iterate once; blank rows are left out."""

    def __init__(self, plan: FilePlan) -> None:
        self.plan = plan
        self._records = plan.table.records()
        self._steps = steps(plan)
        self._amounts = Amounts(plan.options.currency)
        self._is_ours = plan.system == OWN_SYSTEM

    @property
    def position(self) -> int:
        """How many bytes of the file were read."""
        return self._records.position

    def __iter__(self) -> Iterator[CleanRecord | SkippedRow]:
        header_row = self.plan.table.header_row
        for record in self._records:
            if record.line <= header_row or not any(map(str.strip, record.cells)):
                continue
            yield skipped_at_once(self.plan, record) or self._row(record)

    def _row(self, record: Record) -> CleanRecord | SkippedRow:
        draft = Draft()
        cells = aligned(draft, record.cells, len(self.plan.headers))
        for index, step in self._steps:
            if cell := cells[index]:
                step(draft, cell)
        if draft.deleted:
            return SkippedRow(record.line, record.cells, _("it is marked as deleted"))
        settle_name(draft)
        settle_phones(draft)
        if draft.emails:
            draft.values["email"] = draft.emails[0]
            draft.values["other_emails"] = "\n".join(dict.fromkeys(draft.emails[1:]))
        name = _NAMES[self.plan.record]
        if (
            is_sum(str(draft.values.get(name, "")))
            and len(cells) > 1
            and not (self._is_ours or draft.emails or draft.phones or draft.mobiles)
        ):
            return SkippedRow(record.line, record.cells, _("it is a line of totals"))
        if self._is_ours:
            settle_amounts(draft)
        self._amounts.settle(draft)
        _settle_codes(draft)
        _settle_numbers(draft)
        if name and not draft.values.get(name):
            fallback = draft.values.get("email") or draft.values.get("phone") or ""
            if self.plan.record != "contact" or not fallback:
                return SkippedRow(record.line, record.cells, _("it has no name"))
            draft.values[name] = fallback
        if draft.leftovers:
            keep_leftovers(draft)
        return self._separated(record, draft)

    def _separated(self, record: Record, draft: Draft) -> CleanRecord:
        """Tells what a record is from what it belongs to."""
        kind, values = self.plan.record, draft.values
        own = {"customer": {"company", "email"}, "contact": {"contact", "email"}}.get(kind, set())
        references = {
            name: str(values.pop(name)) for name in REFERENCES if name in values and name not in own
        }
        if kind in {"customer", "contact"}:
            values["name"] = values.pop(_NAMES[kind])
        person = _person_of_customer(values, references) if kind == "customer" else {}
        if kind == "opportunity":
            low, high = values.pop("budget_min", None), values.pop("budget_max", None)
            values["amount"] = values.pop("budget", low if high is None else high)
        problems = tuple(problem(*left) for left in draft.leftovers)
        values["tags"] = draft.tags
        return CleanRecord(record.line, record.cells, values, draft.custom, references, person, problems)


def _person_of_customer(values: dict[str, object], references: dict[str, str]) -> dict[str, object]:
    """Who is to be spoken to at a customer; its mobile number is the customer's too, where that has none."""
    title, mobile = values.pop("title", ""), values.pop("mobile", "")
    name = references.pop("contact", "")
    if mobile and not values.get("phone"):
        values["phone"] = mobile
    elif mobile and not name:
        values["other_phones"] = "\n".join(filter(None, (str(values.get("other_phones", "")), str(mobile))))
    return {"name": name, "title": title, "mobile": mobile, "email": values.get("email", "")} if name else {}


def _settle_codes(draft: Draft) -> None:
    """A word of another system becomes our code; a stage and what we don't know is kept beside as well."""
    for field, group in _CODES.items():
        word = str(draft.values.get(field, ""))
        if not word:
            continue
        code = words().values[group].get(folded(word), "")
        if code:
            draft.values[field] = code
        else:
            del draft.values[field]
        if not code or (field == "stage" and folded(code) != folded(word)):
            draft.custom[f"original_{field}"] = word


def _settle_numbers(draft: Draft) -> None:
    for field in _NUMBERS:
        text = str(draft.values.pop(field, "")).strip().rstrip("%").strip()
        if not text:
            continue
        try:
            number = float(text)
        except ValueError:
            draft.leftovers.append((field, text, _("is no number")))
            continue
        if field == "probability" and 0 < number < 1:
            number *= 100
        if 0 <= number <= (100 if field == "probability" else 44_640):
            draft.values[field] = round(number)
