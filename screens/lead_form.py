"""Entering and editing a lead (R12 to R21, R113)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from importlib import import_module

from textual.content import Content
from textual.widget import Widget

from leadtui.details import LeadDetail
from leadtui.i18n import gettext as _
from leadtui.labels import label, labels
from leadtui.qualify.fields import FieldDefinition, custom_fields
from leadtui.settings import Settings
from leadtui.values import CUSTOM
from screens.custom_row import custom_row, custom_value, fill_custom
from screens.form_screen import Draft, FormScreen, Save
from screens.kept_form import kept_form
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
from widgets.short_text import ShortText
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
        form = kept_form(
            screen.app,
            "lead",
            lambda: LeadFormScreen(detail, fields, now, zone, settings, on_save),
            lambda form: form.fill(detail, fields, now, settings, on_save),
        )
        screen.app.push_screen(form)
        if detail is None:
            # What writes new leads takes a moment to load: meanwhile the user types.
            screen.host.readers.submit(import_module, "leadtui.store.tables")

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
        self._source = ChoiceRow(())
        self._acquired = WhenInput(now, zone, examples=_("yesterday 14:00, 2026-11-03"))

    def fill(
        self,
        detail: LeadDetail | None,
        custom_fields: Sequence[CustomField],
        now: int,
        settings: Settings,
        on_save: Save[Draft] | None,
    ) -> bool:
        """Begin again, for another lead; False where the custom fields are others."""
        if tuple(custom_fields) != self._custom_fields:
            return False
        self._detail, self._now, self._settings, self._on_save = detail, now, settings, on_save
        self.begin_again()
        return True

    @property
    def _fields(self) -> Mapping[str, object]:
        return self._detail.fields if self._detail else {}

    def title_text(self) -> str:
        return _("Edit lead") if self._detail else _("New lead")

    def about(self) -> str:
        return f"lead {self._detail.row.number}" if self._detail else "lead"

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
        name = _("Asked for") if field == "asked_for_material" else label("field", field)
        check = budget_problem if field == "budget" else None
        return FormRow(field, name, self._control(field), check=check)

    def _control(self, field: str) -> Widget:
        if field in _LONG:
            return LongText()
        if field in _CHOICES:
            return ChoiceRow(choices(labels(field)))
        if field == "source_channel":
            return self._source
        if field == "asked_for_material":
            return TickRow([Choice("yes", "y", label("field", field))])
        if field == "acquired_at":
            return self._acquired
        if field == "budget":
            return ShortText(placeholder=_("300k, 20-30万, 50000 USD"))
        return ShortText()

    def _custom_row(self, field: CustomField) -> FormRow:
        return custom_row(field, lambda: self._now, self._zone)

    def fill_rows(self) -> None:
        known = self._fields
        source = str(known.get("source_channel") or "")
        codes = dict.fromkeys((*self._settings.sources.all, *([source] if source else [])))
        self._source.offer(choices({code: label("source", code) for code in codes}))
        for field in (*_WHO, *_COMPANY, *_NEED, *_SOURCE, *_MORE):
            self.row(field).fill(self._known_value(field))
        acquired = known.get("acquired_at")
        at = acquired if isinstance(acquired, int) else None
        self._acquired.begin(self._now, at, empty="" if self._detail else _("now"))
        custom = self._detail.custom if self._detail else {}
        for definition in self._custom_fields:
            fill_custom(self.row(CUSTOM + definition.key), definition, custom.get(definition.key))

    def _known_value(self, field: str) -> str | tuple[str, ...]:
        value = self._fields.get(field)
        if field == "budget":
            return budget_text(self._fields)
        if field == "asked_for_material":
            return ("yes",) if value else ()
        return plain(str(value or ""), one_line=field not in _LONG).plain

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
                draft[field] = self._acquired.due
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
