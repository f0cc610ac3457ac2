"""Values of the fields that users define themselves, held to their kind (R113)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.qualify.fields import FieldDefinition
from leadtui.text import clean

_LIMIT = 10_000


def checked_custom(values: Mapping[str, object], definitions: Sequence[FieldDefinition]) -> dict[str, object]:
    """The values by key, cleaned; None for an empty one. FieldProblems for those that don't fit their field.

    A key without a definition holds a text or a number, as it came.
    """
    known = {field.key: field for field in definitions}
    problems: dict[str, str] = {}
    found: dict[str, object] = {}
    for key, value in values.items():
        try:
            found[key] = _fitting(_plain(value), known.get(key))
        except ValueError as error:
            problems[key] = str(error)
    if problems:
        raise FieldProblems(problems)
    return found


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = clean(str(value)).strip()
    if len(text) > _LIMIT:
        raise ValueError(_("Shorten it to {n} characters.").format(n=_LIMIT))
    return text or None


def _fitting(value: object, field: FieldDefinition | None) -> object:
    if value is None or field is None or field.kind == "text":
        return value
    if field.kind == "number":
        return _number(value)
    if field.kind == "yes_no":
        return _yes_no(value)
    if field.kind == "date":
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise ValueError(_("Write a date, for example 2026-12-03.")) from None
    if value not in field.choices:
        raise ValueError(_("Choose one of {words}.").format(words=", ".join(field.choices)))
    return value


def _number(value: object) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number: int | float = value
    else:
        number = _read_number(str(value).replace(",", ""))
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(_("Write a number, for example 12 or 3.5."))
    return int(number) if number == int(number) else number


def _read_number(text: str) -> int | float:
    """A whole number to its last digit, which a float would not keep."""
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    raise ValueError(_("Write a number, for example 12 or 3.5."))


def _yes_no(value: object) -> object:
    words = {
        "true": True,
        "yes": True,
        "1": True,
        "是": True,
        "false": False,
        "no": False,
        "0": False,
        "否": False,
    }
    known = words.get(str(value).casefold())
    if known is None:
        raise ValueError(_("Say yes or no."))
    return known
