"""The row of a form for a field of the user's own (R113)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from leadtui.i18n import gettext as _
from leadtui.values import CUSTOM
from screens.lead_fields import CustomField, date_problem, number_problem, read_date, read_number
from widgets.choice_row import Choice, ChoiceRow, numbered
from widgets.form import Check, FormRow
from widgets.plain import plain
from widgets.short_text import ShortText


def custom_row(field: CustomField, now: Callable[[], int], zone: tzinfo) -> FormRow:
    """The empty row for a custom field."""
    name = CUSTOM + field.key
    if field.kind == "choice":
        return FormRow(name, field.label, ChoiceRow(()))
    if field.kind == "yes_no":
        options = [Choice("yes", "y", _("yes")), Choice("no", "n", _("no"))]
        return FormRow(name, field.label, ChoiceRow(options))
    checks: dict[str, Check] = {
        "number": number_problem,
        "date": lambda text: date_problem(text, now(), zone),
    }
    return FormRow(name, field.label, ShortText(), check=checks.get(field.kind))


def fill_custom(row: FormRow, field: CustomField, value: object) -> None:
    """Let the row of a custom field begin with what it holds, None where that is nothing."""
    text = "" if value is None else plain(str(value)).plain
    if field.kind == "choice" and isinstance(row.control, ChoiceRow):
        row.control.offer(numbered(dict.fromkeys((*field.choices, *([text] if text else [])))))
    elif field.kind == "yes_no":
        text = {"True": "yes", "1": "yes", "yes": "yes", "": ""}.get(text, "no")
    row.fill(text)


def custom_value(field: CustomField, text: str, now: int, zone: tzinfo) -> object:
    """What was typed into the row of a custom field, as it is kept; None for nothing but a text."""
    if field.kind == "number":
        return read_number(text)
    if field.kind == "date":
        return read_date(text, now, zone)
    if field.kind == "yes_no":
        return None if not text else text == "yes"
    return text
