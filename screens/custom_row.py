"""The row of a form for a field of the user's own (R113)."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

from textual.widgets import Input

from leadtui.i18n import gettext as _
from screens.lead_fields import CustomField, date_problem, number_problem, read_date, read_number
from widgets.choice_row import Choice, ChoiceRow, numbered
from widgets.form import Check, FormRow
from widgets.plain import plain

CUSTOM = "custom."
"""Stands before the key of a custom field in the name of its row."""


def custom_row(field: CustomField, value: object, now: int, zone: tzinfo) -> FormRow:
    """The row for a custom field that holds `value`, None where it holds nothing."""
    text = "" if value is None else plain(str(value)).plain
    if field.kind == "choice":
        known = dict.fromkeys((*field.choices, *([text] if text else [])))
        return FormRow(CUSTOM + field.key, field.label, ChoiceRow(numbered(known), text))
    if field.kind == "yes_no":
        options = [Choice("yes", "y", _("yes")), Choice("no", "n", _("no"))]
        chosen = {"True": "yes", "1": "yes", "yes": "yes", "": ""}.get(text, "no")
        return FormRow(CUSTOM + field.key, field.label, ChoiceRow(options, chosen))
    checks: dict[str, Check] = {
        "number": number_problem,
        "date": partial(date_problem, now=now, zone=zone),
    }
    check = checks.get(field.kind)
    return FormRow(CUSTOM + field.key, field.label, Input(text, compact=True), check=check)


def custom_value(field: CustomField, text: str, now: int, zone: tzinfo) -> object:
    """What was typed into the row of a custom field, as it is kept; None for nothing but a text."""
    if field.kind == "number":
        return read_number(text)
    if field.kind == "date":
        return read_date(text, now, zone)
    if field.kind == "yes_no":
        return None if not text else text == "yes"
    return text
