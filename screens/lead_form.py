"""Entering and editing a lead (R12 to R21, R113)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from leadtui.details import LeadDetail
from leadtui.i18n import gettext as _
from leadtui.labels import label, labels
from leadtui.qualify.fields import FieldDefinition, custom_fields
from leadtui.settings import Settings
from screens.custom_row import CUSTOM, custom_row, custom_value
from screens.form_screen import Draft, FormScreen, Save
from screens.lead_fields import (
    CustomField,
    budget_problem,
    budget_text,
    read_budget,
)
from screens.work import WorkingScreen
from widgets.choice_row import Choice, ChoiceRow, TickRow, choices
from widgets.fold import Fold
from widgets.form import FormRow, Heading, LongText
from widgets.plain import plain
from widgets.when_input import WhenInput

_WHO = ("contact", "title", "role", "phone", "mobile", "email", "wechat")
_COMPANY = ("company", "industry", "company_size", "customer_type", "website", "city", "country")
_NEED = ("need", "need_clarity", "timing", "asked_for_material", "budget", "budget_fit", "scenario")
_SOURCE = ("source_channel", "source_detail", "lead_type", "acquired_at", "owner", "remark")
_MORE = ("potential", "other_phones", "other_emails", "address", "state", "postal_code", "notes")
_LONG = frozenset({"need", "notes", "other_phones", "other_emails"})
_CHOICES = frozenset({"role", "need_clarity", "timing", "budget_fit"})
_ROW_OF = dict.fromkeys(("budget_min", "budget_max", "currency"), "budget")
"""The row of a column that has none of its own."""


def open_lead_form(screen: WorkingScreen, detail: LeadDetail | None, on_save: Save[Draft]) -> None:
    """Open the form for a new lead, or for the one that `detail` shows."""
    workspace = screen.workspace

    def show(fields: Sequence[FieldDefinition]) -> None:
        now, zone, settings = workspace.clock.now(), workspace.zone, workspace.settings
        screen.app.push_screen(LeadFormScreen(detail, fields, now, zone, settings, on_save))

    screen.load_first("form", lambda connection: custom_fields(connection, workspace.settings), show)


class LeadFormScreen(FormScreen[Draft]):
    """Enters a lead, or edits `detail`. The draft holds raw texts and codes under the names of the columns.

    For a new lead it holds what was filled in, for an existing one what was changed; `budget_min`,
    `budget_max` (minor units) and `currency` come together; `acquired_at` is in UTC milliseconds; `custom`
    holds the custom fields that were filled in or changed by their keys.
    """

    AUTO_FOCUS = "#contact"

    def __init__(
        self,
        detail: LeadDetail | None,
        custom_fields: Sequence[CustomField],
        now: int,
        zone: tzinfo,
        settings: Settings,
        on_save: Save[Draft] | None = None,
    ) -> None:
        super().__init__(on_save)
        self._detail = detail
        self._custom_fields = tuple(custom_fields)
        self._now = now
        self._zone = zone
        self._settings = settings
        self._fields: Mapping[str, object] = detail.fields if detail else {}

    def title_text(self) -> str:
        return _("Edit lead") if self._detail else _("New lead")

    def heading(self) -> Content | None:
        if self._detail is None:
            return None
        row = self._detail.row
        return plain("  ".join(part for part in (row.number, row.company, row.contact) if part))

    def rows(self) -> Iterable[Widget]:
        yield Heading(_("Who"))
        yield from map(self._row, _WHO)
        yield Heading(_("Company"))
        yield from map(self._row, _COMPANY)
        yield Heading(_("Need and budget"))
        yield from map(self._row, _NEED)
        yield Heading(_("Where it comes from"))
        yield from map(self._row, _SOURCE)
        if self._custom_fields:
            yield Heading(_("Your fields"))
            yield from map(self._custom_row, self._custom_fields)
        yield Fold(_("More: further phones and mail, address, notes"), *map(self._row, _MORE))

    def _row(self, field: str) -> FormRow:
        if field == "asked_for_material":
            return FormRow(field, _("Asked for"), self._asked_row())
        control = self._control(field)
        check = budget_problem if field == "budget" else None
        return FormRow(field, label("field", field), control, check=check)

    def _control(self, field: str) -> Widget:
        value = plain(str(self._fields.get(field) or ""), one_line=field not in _LONG).plain
        if field in _LONG:
            return LongText(value)
        if field in _CHOICES:
            return ChoiceRow(choices(labels(field)), value)
        if field == "source_channel":
            return ChoiceRow(self._sources(value), value)
        if field == "acquired_at":
            known = self._fields.get(field)
            return WhenInput(
                self._now,
                self._zone,
                known if isinstance(known, int) else None,
                examples=_("yesterday 14:00, 2026-11-03"),
                empty="" if self._detail else _("now"),
            )
        if field == "budget":
            return Input(budget_text(self._fields), placeholder=_("300k, 20-30万, 50000 USD"), compact=True)
        return Input(value, compact=True)

    def _asked_row(self) -> TickRow:
        options = [Choice("yes", "y", label("field", "asked_for_material"))]
        return TickRow(options, ["yes"] if self._fields.get("asked_for_material") else [])

    def _sources(self, current: str) -> tuple[Choice, ...]:
        codes = dict.fromkeys((*self._settings.sources.all, *([current] if current else [])))
        return choices({code: label("source", code) for code in codes})

    def _custom_row(self, field: CustomField) -> FormRow:
        value = (self._detail.custom if self._detail else {}).get(field.key)
        return custom_row(field, value, self._now, self._zone)

    def draft(self) -> Draft:
        values = self.values()
        changed = [field for field, value in values.items() if value != self._untouched[field]]
        draft: Draft = {}
        for field in changed:
            if field == "budget":
                draft.update(read_budget(self.text(field), self._currency()))
            elif field == "asked_for_material":
                draft[field] = bool(values[field])
            elif field == "acquired_at":
                draft[field] = self._acquired_at()
            elif not field.startswith(CUSTOM):
                draft[field] = self.text(field)
        custom = {
            field.key: custom_value(field, self.text(CUSTOM + field.key), self._now, self._zone)
            for field in self._custom_fields
            if CUSTOM + field.key in changed
        }
        return {**draft, "custom": custom} if custom else draft

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong with columns and custom fields beside the rows that they come from."""
        own = {field.key for field in self._custom_fields}
        super().show_problems(
            {
                _ROW_OF.get(name, CUSTOM + name if name in own else name): sentence
                for name, sentence in problems.items()
            }
        )

    def _currency(self) -> str:
        return str(self._fields.get("currency") or self._settings.import_.currency)

    def _acquired_at(self) -> int | None:
        control = self.row("acquired_at").control
        return control.due if isinstance(control, WhenInput) else None
