"""Entering and editing customers, contacts and opportunities, with the fields of one's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget

from leadtui.customers.codes import OPEN_STAGES
from leadtui.customers.links import known_names
from leadtui.customers.rows import RecordDetail
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.labels import label, labels
from leadtui.qualify.fields import FieldDefinition, custom_fields
from leadtui.settings import Settings
from leadtui.values import CUSTOM
from screens.custom_row import custom_row, custom_value, fill_custom
from screens.form_screen import Draft, FormScreen, Save
from screens.kept_form import kept_form
from screens.lead_fields import (
    budget_problem,
    budget_text,
    read_budget,
)
from screens.record_texts import edit_title, new_title
from screens.record_values import money_problem, read_money, typed_money
from screens.work import WorkingScreen
from widgets.choice_row import ChoiceRow, choices
from widgets.fold import Fold
from widgets.form import Check, FormRow, Heading, LongText
from widgets.plain import plain
from widgets.short_text import ShortText
from widgets.when_input import WhenInput

_SECTIONS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "customer": (
        (marked("Customer"), ("name", "lifecycle", "phone", "email", "wechat", "website", "city", "country")),
        (marked("Industry"), ("industry", "company_size", "customer_type", "business_type")),
        (marked("Behaviour"), ("behaviour_visits", "behaviour_interactions", "behaviour_content")),
        (marked("Needs"), ("need", "budget", "budget_range", "purchase_cycle", "focus")),
        (marked("Decision"), ("approval_path",)),
        (marked("Plan"), ("next_step", "next_due", "owner")),
    ),
    "contact": (
        (marked("Contact"), ("name", "customer", "title", "department", "role", "reports_to")),
        (marked("How to reach"), ("phone", "mobile", "email", "wechat", "city")),
        (marked("Plan"), ("next_step", "next_due", "owner")),
    ),
    "opportunity": (
        (marked("Opportunity"), ("name", "customer", "contact", "stage", "amount", "expected_close")),
        (marked("Grade"), ("urgency", "budget_level", "competition", "decision_chain", "competitors")),
        (marked("Plan"), ("next_step", "next_due", "owner", "need")),
        (marked("Personal plan"), ("plan_pains", "plan_advantages", "plan_negotiation", "plan_dates")),
    ),
}
"""The headings of each form with their fields."""
_DIMENSIONS = ("basic", "industry", "behaviour", "need", "decision")
_MORE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "customer": (
        marked("More: difficulties and remedies, address, source, notes"),
        (
            *(f"{dimension}_{part}" for dimension in _DIMENSIONS for part in ("difficulty", "remedy")),
            "other_phones", "other_emails", "address", "state", "postal_code", "source_channel",
            "source_detail", "notes",
        ),
    ),
    "contact": (
        marked("More: further phones and mail, address, notes"),
        ("other_phones", "other_emails", "address", "state", "postal_code", "country", "notes"),
    ),
    "opportunity": (
        marked("More: probability, contract, source, notes"),
        (
            "probability", "stage_note", "contract_delivery", "contract_payment", "contract_breach",
            "contract_legal", "handover_note", "source_channel", "source_detail", "notes",
        ),
    ),
}  # fmt: skip
_LONG = frozenset(
    """need focus approval_path other_phones other_emails notes competitors stage_note handover_note
    plan_pains plan_advantages plan_negotiation plan_dates contract_delivery contract_payment contract_breach
    contract_legal""".split()
) | frozenset(f"{dimension}_{part}" for dimension in _DIMENSIONS for part in ("difficulty", "remedy"))
_CODED = ("lifecycle", "role", "urgency", "budget_level", "competition", "decision_chain")
_DATES = ("next_due", "expected_close")
_LINKS = ("customer", "contact")
_OFFERED = ("stage", "source_channel")
_USUAL = {"lifecycle": "prospect", "stage": OPEN_STAGES[0]}
"""What a new record begins with."""
_EXAMPLES = {
    "budget": marked("300k, 20-30万, 50000 USD"),
    "amount": marked("1.2m, 50万, 80000 USD"),
    "probability": marked("by the stage"),
}
_ROW_OF = {
    **dict.fromkeys(("budget_min", "budget_max"), "budget"),
    "customer_id": "customer",
    "contact_id": "contact",
}


class Known(NamedTuple):
    """What a form offers and needs beside the record."""

    fields: tuple[FieldDefinition, ...]
    names: Mapping[str, Sequence[str]]
    """The names of customers and contacts, to be completed."""
    settings: Settings
    now: int
    zone: tzinfo


def open_record_form(
    screen: WorkingScreen,
    record: str,
    detail: RecordDetail | None,
    given: Mapping[str, str],
    on_save: Save[Draft],
) -> None:
    """Open the form for a new record, with what is `given`, or for the one that `detail` shows."""
    workspace = screen.workspace

    def read(connection: sqlite3.Connection) -> Known:
        fields = tuple(custom_fields(connection, workspace.settings, record))
        names = {link: known_names(connection, link) for link in _LINKS}
        return Known(fields, names, workspace.settings, workspace.clock.now(), workspace.zone)

    def show(known: Known) -> None:
        form = kept_form(
            screen.app,
            record,
            lambda: RecordFormScreen(record, detail, given, known, on_save),
            lambda form: form.fill(detail, given, known, on_save),
        )
        screen.app.push_screen(form)

    screen.load_first("form", read, show)


class RecordFormScreen(FormScreen[Draft]):
    """Enters a record, or edits it. The draft holds what was filled in or changed, by column; `customer` and
    `contact` are names or numbers as they were typed; `custom` holds custom fields by their keys."""

    AUTO_FOCUS = "#name"

    def __init__(
        self,
        record: str,
        detail: RecordDetail | None,
        given: Mapping[str, str],
        known: Known,
        on_save: Save[Draft] | None = None,
    ) -> None:
        super().__init__(on_save)
        self._record = record
        self._detail = detail
        self._known = known
        self._given = given

    def fill(
        self,
        detail: RecordDetail | None,
        given: Mapping[str, str],
        known: Known,
        on_save: Save[Draft],
    ) -> bool:
        """Begin again, for another record of the kind; False where the custom fields are others."""
        if known.fields != self._known.fields:
            return False
        self._detail, self._given, self._known, self._on_save = detail, given, known, on_save
        self.begin_again()
        return True

    @property
    def _fields(self) -> Mapping[str, object]:
        return self._detail.fields if self._detail else self._given

    def title_text(self) -> str:
        return edit_title(self._record) if self._detail else new_title(self._record)

    def about(self) -> str:
        which = [self._detail.row.number] if self._detail else self._given.values()
        return " ".join((self._record, *which))

    def heading(self) -> Content | None:
        if self._detail is None:
            return None
        row = self._detail.row
        return plain("  ".join(part for part in (row.number, row.name, row.company) if part))

    def rows(self) -> Iterable[Widget]:
        for title, fields in _SECTIONS[self._record]:
            yield Heading(_(title))
            yield from map(self._row, fields)
        if self._known.fields:
            yield Heading(_("Your fields"))
            yield from map(self._custom_row, self._known.fields)
        title, fields = _MORE[self._record]
        yield Fold(_(title), *map(self._row, fields))

    def _row(self, field: str) -> FormRow:
        name = label("field", {"customer": "customer_id", "contact": "contact_id"}.get(field, field))
        if field.endswith(("_difficulty", "_remedy")):
            dimension, _part = field.rsplit("_", 1)
            names = {
                "basic": _("Basics"),
                "industry": _("Industry"),
                "behaviour": _("Behaviour"),
                "need": _("Needs"),
                "decision": _("Decision"),
            }
            name = f"{names[dimension]}: {label('field', field)}"
        checks: dict[str, Check] = {
            "budget": budget_problem, "amount": money_problem, "probability": _percent_problem
        }  # fmt: skip
        return FormRow(field, name, self._control(field), check=checks.get(field))

    def _control(self, field: str) -> Widget:
        if field in _LONG:
            return LongText()
        if field in _CODED:
            return ChoiceRow(choices(labels(field)))
        if field in _OFFERED:
            return ChoiceRow(())
        if field in _DATES:
            return WhenInput(self._known.now, self._known.zone)
        return ShortText(placeholder=_(_EXAMPLES[field]) if field in _EXAMPLES else "")

    def _custom_row(self, field: FieldDefinition) -> FormRow:
        return custom_row(field, lambda: self._known.now, self._known.zone)

    def fill_rows(self) -> None:
        for field, row in self._rows.items():
            control = row.control
            if isinstance(control, WhenInput):
                due = self._fields.get(field)
                all_day = field == "expected_close" or bool(self._fields.get("next_due_all_day"))
                control.begin(self._known.now, due if isinstance(due, int) else None, all_day)
            if field in _OFFERED and isinstance(control, ChoiceRow):
                control.offer(choices(self._offered(field)))
            if field in _LINKS and isinstance(control, ShortText):
                control.suggester = SuggestFromList(self._known.names[field], case_sensitive=False)
            row.fill(self._known_value(field))
        custom = self._detail.custom if self._detail else {}
        for definition in self._known.fields:
            fill_custom(self.row(CUSTOM + definition.key), definition, custom.get(definition.key))

    def _known_value(self, field: str) -> str:
        if field == "budget":
            return budget_text(self._fields)
        if field == "amount":
            return typed_money(self._fields.get("amount"), self._currency())
        value = self._link(field) if field in _LINKS else self._fields.get(field)
        usual = "" if self._detail else _USUAL.get(field, "")
        return plain(str(value or usual), one_line=field not in _LONG).plain

    def _offered(self, field: str) -> dict[str, str]:
        """The codes that can be chosen with their names; what stands there can stay."""
        value = str(self._fields.get(field) or "")
        if field == "stage":
            stages = OPEN_STAGES if not value or value in OPEN_STAGES else (value,)
            return {code: label("opportunity_stage", code) for code in stages}
        codes = dict.fromkeys((*self._known.settings.sources.all, *([value] if value else [])))
        return {code: label("source", code) for code in codes}

    def _link(self, field: str) -> str:
        if self._detail is None:
            return self._given.get(field, "")
        row = self._detail.row
        return row.company if field == "customer" else row.person

    def draft(self) -> Draft:
        values = self.values()
        first = self._untouched if self._detail else {}
        changed = [field for field, value in values.items() if value != first.get(field, "")]
        draft: Draft = {}
        for field in changed:
            if field == "budget":
                draft.update(read_budget(self.text(field), self._currency()))
            elif field == "amount":
                draft.update(read_money(self.text(field), self._currency()))
            elif field == "probability":
                draft[field] = int(self.text(field)) if self.text(field) else None
            elif field in _DATES:
                draft.update(self._date(field))
            elif not field.startswith(CUSTOM):
                draft[field] = self.text(field)
        custom = {
            field.key: custom_value(field, self.text(CUSTOM + field.key), self._known.now, self._known.zone)
            for field in self._known.fields
            if CUSTOM + field.key in changed
        }
        return {**draft, "custom": custom} if custom else draft

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong with columns and custom fields beside the rows that they come from."""
        own = {field.key for field in self._known.fields}
        super().show_problems(
            {
                _ROW_OF.get(name, CUSTOM + name if name in own else name): sentence
                for name, sentence in problems.items()
            }
        )

    def _date(self, field: str) -> Draft:
        control = self.row(field).control
        due, all_day = (control.due, control.all_day) if isinstance(control, WhenInput) else (None, False)
        if field == "next_due":
            return {"next_due": due, "next_due_all_day": all_day and due is not None}
        return {field: due}

    def _currency(self) -> str:
        return str(self._fields.get("currency") or self._known.settings.import_.currency)


def _percent_problem(text: str) -> str:
    if text.strip().isdecimal() and int(text) <= 100:
        return ""
    return _("Give 0 to 100 per cent.")
