"""What becomes of a value in a field of another kind: text takes anything that can be written down, the other
kinds take only what they can read, and nothing is ever cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple

from leadtui.clock import to_local, to_milliseconds
from leadtui.convert.sources import Value
from leadtui.convert.targets import TargetField
from leadtui.i18n import gettext as _
from leadtui.labels import LABELS, group_of, label
from leadtui.settings.model import minor_units
from leadtui.text import clean, one_line, shortened

TEXTS: frozenset[str] = frozenset(("text", "block", "lines", "mail", "phone", "currency"))
_TAG_LIMIT = 60
_SHOWN = 40
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")


class Fit(NamedTuple):
    """What a field takes of a value."""

    stored: Any = None
    converted: bool = False
    """Whether it isn't what it was."""
    problem: str = ""
    """Why nothing can be taken as it is."""
    too_long: bool = False


class Context(NamedTuple):
    """What a field needs to know to read a value."""

    currency: str
    """Of the record's amounts."""
    zone: tzinfo
    translations: Mapping[str, str]
    """What the lead says, and the choice that stands for it."""
    added: tuple[str, ...]
    """Choices that are added to the field."""


_Rule = Callable[[Value, TargetField, Context], Fit]


def fit(value: Value, target: TargetField, context: Context) -> Fit:
    """What `target` takes of `value`."""
    return _RULES[target.kind](value, target, context)


def can_take(source_kind: str, target_kind: str) -> bool:
    """Whether some value of the one kind fits into a field of the other."""
    return target_kind in TEXTS or source_kind in TEXTS or source_kind in _TAKEN[target_kind]


_TAKEN: Mapping[str, frozenset[str]] = {
    "number": frozenset(("number", "money", "choice")),
    "percent": frozenset(("number", "choice")),
    "money": frozenset(("money", "number", "choice")),
    "date": frozenset(("date", "moment", "choice")),
    "moment": frozenset(("date", "moment", "choice")),
    "yes_no": frozenset(("yes_no", "choice")),
    "choice": frozenset(("choice", "code", "number", "yes_no", "date")),
    "code": frozenset(("choice", "code")),
    "tags": frozenset(("tags", "choice", "code")),
}


def _text(value: Value, target: TargetField, _context: Context) -> Fit:
    plain = value.kind in TEXTS or value.kind in {"choice", "date"}
    whole = str(value.raw) if plain else value.text
    if value.kind == "lines" and target.kind == "text":
        whole = "; ".join(whole.split("\n"))
    text = one_line(whole) if target.kind in {"text", "mail", "phone"} else clean(whole).strip()
    if target.limit and len(text) > target.limit:
        sentence = _("It has {n} characters, {label} takes {most}: shorten it, or send it to another field.")
        return Fit(problem=sentence.format(n=len(text), label=target.label, most=target.limit), too_long=True)
    return Fit(text, text != value.raw)


def _currency(value: Value, target: TargetField, _context: Context) -> Fit:
    from leadtui.capture.clean.amounts import currency_code

    code = currency_code(value.text)
    if not code:
        return _unreadable(value, _("three letters like CNY"))
    return Fit(code, code != value.raw)


def _number(value: Value, target: TargetField, _context: Context) -> Fit:
    if value.kind == "number":
        return Fit(value.raw)
    if value.kind == "money":
        number = Decimal(value.raw) / minor_units(value.currency)
    elif value.kind in {"moment", "date", "yes_no", "tags", "code"}:
        return _unreadable(value, label("kind", "number"))
    else:
        read = _decimal(value.text)
        if read is None:
            return _unreadable(value, label("kind", "number"))
        number = read
    if number == number.to_integral_value():
        return Fit(int(number), True)
    if Decimal(repr(float(number))) != number:
        return _unreadable(value, _("a number with fewer digits"))
    return Fit(float(number), True)


def _percent(value: Value, target: TargetField, context: Context) -> Fit:
    if value.kind != "money" and value.text.strip().endswith(("%", "％")):
        value = value._replace(kind="text", text=value.text.strip()[:-1])
    found = _number(value, target, context)
    if found.problem or not isinstance(found.stored, int) or not 0 <= found.stored <= 100:
        return _unreadable(value, _("0 to 100 per cent"))
    return found


def _money(value: Value, target: TargetField, context: Context) -> Fit:
    from leadtui.capture.clean.amounts import LARGEST, amount

    if value.kind == "money":
        if value.currency != context.currency:
            return Fit(problem=_other_currency(value.currency, context.currency))
        return Fit(value.raw)
    if value.kind == "number":
        minor = Decimal(str(value.raw)) * minor_units(context.currency)
        if minor != minor.to_integral_value() or not 0 <= minor <= LARGEST:
            return _unreadable(value, _("an amount of money"))
        return Fit(int(minor), True)
    found = amount(value.text, context.currency) if value.kind in TEXTS | {"choice"} else None
    if found is None:
        return _unreadable(value, _("an amount of money"))
    if found.low != found.high or found.low is None:
        return _unreadable(value, _("one amount, not a range"))
    if found.currency != context.currency:
        return Fit(problem=_other_currency(found.currency, context.currency))
    return Fit(found.low, True)


def _date(value: Value, target: TargetField, context: Context) -> Fit:
    if value.kind == "date":
        return Fit(value.raw)
    at = value.raw if value.kind == "moment" else _moment_in(value, context.zone)
    if at is None:
        return _unreadable(value, _("a date like 2026-12-03"))
    return Fit(to_local(at, context.zone).date().isoformat(), True)


def _moment(value: Value, target: TargetField, context: Context) -> Fit:
    if value.kind == "moment":
        return Fit(value.raw)
    if value.kind == "date":
        day = date.fromisoformat(value.raw)
        return Fit(to_milliseconds(datetime(day.year, day.month, day.day, tzinfo=context.zone)), True)
    at = _moment_in(value, context.zone)
    return _unreadable(value, _("a date like 2026-12-03")) if at is None else Fit(at, True)


def _yes_no(value: Value, target: TargetField, _context: Context) -> Fit:
    from leadtui.errors import FieldProblems
    from leadtui.qualify.custom import checked_custom
    from leadtui.qualify.fields import FieldDefinition

    if value.kind == "yes_no":
        return Fit(bool(value.raw))
    words = {_("yes").casefold(): True, _("no").casefold(): False}
    folded = value.text.strip().casefold()
    if folded in words:
        return Fit(words[folded], True)
    try:
        read = checked_custom({"x": value.text}, [FieldDefinition("x", "x", "yes_no")])
    except FieldProblems:
        return _unreadable(value, label("kind", "yes_no"))
    return Fit(read["x"], True)


def _choice(value: Value, target: TargetField, context: Context) -> Fit:
    """A choice that is called the same, or what the table of values says."""
    allowed = (*target.choices, *context.added)
    wanted = context.translations.get(value.text, context.translations.get(str(value.raw), ""))
    if wanted and wanted in allowed:
        return Fit(wanted, wanted != value.raw)
    if value.text in allowed:
        return Fit(value.text, value.text != value.raw)
    alike = [choice for choice in allowed if _folded(choice) == _folded(value.text)]
    if len(alike) == 1:
        return Fit(alike[0], True)
    return Fit(
        problem=_("“{value}” is no choice of {label}: say which of {words} stands for it, or add it.").format(
            value=shortened(value.text, _SHOWN), label=target.label, words=", ".join(allowed)
        )
    )


def _code(value: Value, target: TargetField, context: Context) -> Fit:
    """A fixed word, given as such, by its label, or by the table of values."""
    wanted = context.translations.get(str(value.raw), context.translations.get(value.text, str(value.raw)))
    if wanted in target.choices:
        return Fit(wanted, wanted != value.raw)
    called = {_folded(word): code for code in target.choices for word in _words(target.name, code)}
    code = called.get(_folded(value.text))
    if code is not None:
        return Fit(code, True)
    return Fit(
        problem=_("“{value}” is no {label}: say which of {words} stands for it.").format(
            value=shortened(value.text, _SHOWN), label=target.label, words=", ".join(target.choices)
        )
    )


def _tags(value: Value, target: TargetField, _context: Context) -> Fit:
    if value.kind == "tags":
        return Fit(tuple(value.raw))
    names = tuple(filter(None, (one_line(name) for name in re.split(r"[;\n；]", value.text))))
    if any(len(name) > _TAG_LIMIT for name in names):
        return Fit(problem=_("A tag has at most {most} characters.").format(most=_TAG_LIMIT), too_long=True)
    return Fit(names, True)


_RULES: Mapping[str, _Rule] = {
    **dict.fromkeys(("text", "block", "lines", "mail", "phone"), _text),
    "currency": _currency,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "date": _date,
    "moment": _moment,
    "yes_no": _yes_no,
    "choice": _choice,
    "code": _code,
    "tags": _tags,
}


def _unreadable(value: Value, wanted: str) -> Fit:
    return Fit(
        problem=_("“{value}” can't be read as {kind}: correct it, or send it to another field.").format(
            value=shortened(value.text, _SHOWN), kind=wanted
        )
    )


def _other_currency(found: str, wanted: str) -> str:
    return _("It is in {found}, and the amounts there are in {wanted}.").format(found=found, wanted=wanted)


def _decimal(text: str) -> Decimal | None:
    """A number as English writes it, to its last digit; None for `1,5`, which others read otherwise."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return Decimal(plain.replace(",", "")) if len(plain) < 40 and _NUMBER.fullmatch(plain) else None


def _moment_in(value: Value, zone: tzinfo) -> int | None:
    """The moment that a text names beyond doubt: `03/04/2026` is none, nor is a bare number."""
    from leadtui.capture.clean.dates import DateProblem, moment, order_of

    text = value.text.strip()
    if value.kind not in TEXTS | {"choice"} or order_of(text) == "either" or re.fullmatch(r"[\d.]+", text):
        return None
    try:
        return moment(text, zone, day_first=True).at
    except (DateProblem, OverflowError):
        return None


def _words(name: str, code: str) -> tuple[str, ...]:
    """How a fixed word is written: as such, in English, in the user's language."""
    group = group_of(name)
    english = LABELS.get(group, {}).get(code)
    return (code, english, label(group, code)) if english else (code,)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
