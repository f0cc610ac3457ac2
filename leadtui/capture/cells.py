"""What each kind of column does with a cell, put together once for a file and run for every row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from leadtui.capture.clean.amounts import Money, amount, currency_code
from leadtui.capture.clean.dates import DateProblem, Moment, moment
from leadtui.capture.clean.mails import mails
from leadtui.capture.clean.phones import Phones
from leadtui.capture.clean.text import block, line, tag_names, whole
from leadtui.capture.headers import IGNORED, Column
from leadtui.capture.plan import FilePlan
from leadtui.capture.vocabulary import folded, vocabulary
from leadtui.i18n import gettext as _
from leadtui.qualify.drafts import LINE_LIMIT
from leadtui.qualify.names import is_cjk

_BLOCKS = frozenset(("need", "remark", "notes", "address", "status_note"))
_WHOLE = frozenset(("postal_code", "company_size"))
_CODES = frozenset(("role", "timing", "need_clarity"))
_YES = frozenset(("1", "true", "yes", "y", "t", "x", "是", "ja", "oui", "sí", "si", "1.0"))
_ACCOUNT_ID = re.compile(r"001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_SOURCE_PARTS = re.compile(r"\s*[-－–—:：]\s*")
_REMEMBERED = 5000
_LONGEST_REMEMBERED = 100
_SELDOM_REPEATED = frozenset(("company", "website", "wechat"))

_Value = TypeVar("_Value")


class _Memory(dict[str, _Value]):
    """What became of a cell that was seen before; forgets all when it grows large."""

    def __init__(self, read: Callable[[str], _Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> _Value:
        value = self._read(cell)
        if len(cell) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[cell] = value
        return value


@dataclass(slots=True)
class Draft:
    """A row while its cells are read."""

    values: dict[str, object] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    phones: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Parts of the person's name."""
    amounts: list[tuple[str, str, str]] = field(default_factory=list)
    """(field, header, cell) of each budget column."""
    converted: bool = False
    deleted: bool = False
    leftovers: list[tuple[str, str, str]] = field(default_factory=list)
    """(header, text, why): what a cell held that isn't what its column is."""


Step = Callable[[Draft, str], None]


def steps(plan: FilePlan) -> tuple[tuple[int, Step], ...]:
    """For each column that says something, its index and what to do with a cell that isn't empty."""
    phones = Phones(plan.options.region)
    return tuple(
        (column.index, _step(column, plan, phones))
        for column in plan.mapping.columns
        if column.field != IGNORED
    )


def _step(column: Column, plan: FilePlan, phones: Phones) -> Step:
    name = column.field
    if not name or name == "salutation":
        return _custom(column)
    if name in {"phone", "mobile", "other_phones"}:
        return _phone(column, phones)
    if name in {"email", "other_emails"}:
        return _mail(column)
    if name in {"contact", "first_name", "middle_name", "last_name"}:
        return _name_part(name)
    if name in {"acquired_at", "next_due"}:
        return _date(column, plan)
    if name in {"budget", "budget_min", "budget_max"}:
        return _amount(column)
    if name == "currency":
        return _currency
    if name in {"status", "tier_chosen"} | _CODES:
        return _code(column)
    if name == "source_channel":
        return _source(column)
    if name == "tags":
        return _tags
    if name in {"converted", "deleted"}:
        return _flag(name)
    if name == "asked_for_material" or name.startswith("signal_"):
        return _yes(name)
    if name.startswith("bant_"):
        return _points(name)
    if name == "company" and plan.system == "salesforce":
        return _company_or_account
    if name == "title":
        return _title(column)
    if name == "profile_url":
        return _profile
    if name in {"external_id", *_WHOLE}:
        return _text(name, whole)
    return _text(name, block) if name in _BLOCKS else _line(column)


def _line(column: Column) -> Step:
    """A text of one line; one that is too long is cut, and kept whole in the remark."""
    name, header = column.field, column.header
    known = _Memory(line)

    def step(draft: Draft, cell: str) -> None:
        text = line(cell) if name in _SELDOM_REPEATED else known[cell]
        if len(text) > LINE_LIMIT:
            draft.leftovers.append((header, text, _("is too long")))
            text = text[: LINE_LIMIT - 1] + "…"
        if text:
            draft.values[name] = text

    return step


def _text(name: str, tidy: Callable[[str], str]) -> Step:
    def step(draft: Draft, cell: str) -> None:
        if text := tidy(cell):
            draft.values[name] = text

    return step


def _custom(column: Column) -> Step:
    key = column.key
    known = _Memory(block)

    def step(draft: Draft, cell: str) -> None:
        if text := known[cell]:
            draft.custom[key] = text

    return step


def _name_part(name: str) -> Step:
    known = _Memory(line)

    def step(draft: Draft, cell: str) -> None:
        if text := known[cell]:
            draft.names[name] = text

    return step


def _phone(column: Column, phones: Phones) -> Step:
    header, mobile = column.header, column.field == "mobile"

    def step(draft: Draft, cell: str) -> None:
        found, left = phones(cell)
        (draft.mobiles if mobile else draft.phones).extend(found)
        if left:
            draft.leftovers.append((header, left, _("is no phone number")))

    return step


def _mail(column: Column) -> Step:
    header = column.header

    def step(draft: Draft, cell: str) -> None:
        found, left = mails(cell)
        draft.emails.extend(found)
        if left:
            draft.leftovers.append((header, left, _("is no mail address")))

    return step


def _date(column: Column, plan: FilePlan) -> Step:
    name, header, zone = column.field, column.header, plan.options.zone
    day_first = plan.day_first.get(column.index, True)

    def read(cell: str) -> Moment | str:
        text = line(cell)
        try:
            return moment(text, zone, day_first) if text else ""
        except DateProblem as problem:
            return str(problem)

    known = _Memory(read)

    def step(draft: Draft, cell: str) -> None:
        found = known[cell]
        if isinstance(found, Moment):
            draft.values[name] = found.at
            if name == "next_due":
                draft.values["next_due_all_day"] = int(found.all_day)
        elif found:
            draft.leftovers.append((header, line(cell), found))

    return step


def _amount(column: Column) -> Step:
    """Amounts wait for the end of the row, because another column may name their currency."""
    name, header = column.field, column.header

    def step(draft: Draft, cell: str) -> None:
        draft.amounts.append((name, header, cell))

    return step


class Amounts:
    """Reads the amounts of rows whose other cells were read."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._known: dict[str, _Memory[Money | None]] = {}

    def settle(self, draft: Draft) -> None:
        """Put the budget of a row in place; what is no amount is left over."""
        currency = str(draft.values.get("currency") or self._currency)
        if currency not in self._known:
            self._known[currency] = _Memory(lambda cell: amount(cell, currency))
        for name, header, cell in draft.amounts:
            found = self._known[currency][cell]
            if found is not None:
                _take_money(draft, name, found)
            elif text := line(cell):
                draft.leftovers.append((header, text, _("is no amount")))


def _take_money(draft: Draft, name: str, found: Money) -> None:
    if not found.low and not found.high:
        return
    if name != "budget_max" and found.low is not None:
        draft.values["budget_min"] = found.low
    if name != "budget_min" and found.high is not None:
        draft.values["budget_max"] = found.high
    draft.values["currency"] = found.currency


def _currency(draft: Draft, cell: str) -> None:
    if code := currency_code(cell):
        draft.values["currency"] = code


def _code(column: Column) -> Step:
    """A word of another system becomes our code; its own word is kept beside when it differs."""
    name, key = column.field, column.key
    table = vocabulary().values[name]

    def read(cell: str) -> tuple[str, str]:
        text = line(cell)
        word = folded(text)
        code = table.get(word, "")
        return code, "" if code and word == folded(code) else text

    known = _Memory(read)

    def step(draft: Draft, cell: str) -> None:
        code, own_word = known[cell]
        if code:
            draft.values[name] = code
        if own_word:
            draft.custom[key] = own_word

    return step


def source_of(text: str) -> tuple[str, str]:
    """The source channel and detail that a text names: `官网-产品咨询` is (`website`, `产品咨询`) (R17)."""
    table = vocabulary().values["source_channel"]
    if code := table.get(folded(text)):
        return code, "" if folded(code) == folded(text) else text
    parts = _SOURCE_PARTS.split(text, maxsplit=1)
    if len(parts) == 2 and all(parts):
        if code := table.get(folded(parts[0])):
            return code, parts[1]
        if is_cjk(parts[0]):
            return parts[0], parts[1]
    return text, ""


def _source(column: Column) -> Step:
    key = column.key
    known = _Memory(lambda cell: source_of(line(cell)))

    def step(draft: Draft, cell: str) -> None:
        channel, detail = known[cell]
        if channel:
            draft.values["source_channel"] = channel
        if detail:
            draft.names["source_detail"] = detail
            draft.names["source_key"] = key

    return step


def _tags(draft: Draft, cell: str) -> None:
    draft.tags = tag_names(cell)


def _flag(name: str) -> Step:
    def step(draft: Draft, cell: str) -> None:
        if cell.strip().lower() in _YES:
            setattr(draft, name, True)

    return step


def _yes(name: str) -> Step:
    def step(draft: Draft, cell: str) -> None:
        if cell.strip().lower() in _YES:
            draft.values[name] = 1

    return step


def _points(name: str) -> Step:
    def step(draft: Draft, cell: str) -> None:
        text = cell.strip()
        if text.isdecimal() and int(text) <= 10:
            draft.values[name] = int(text)

    return step


def _company_or_account(draft: Draft, cell: str) -> None:
    text = line(cell)
    if _ACCOUNT_ID.fullmatch(text):
        draft.custom["account_id"] = text
    elif text:
        draft.values["company"] = text


def _title(column: Column) -> Step:
    """A job title; `Mr` is none."""
    key, salutations = column.key, vocabulary().salutations

    def read(cell: str) -> tuple[str, bool]:
        text = line(cell)
        return text, len(text) < 10 and folded(text) in salutations

    known = _Memory(read)

    def step(draft: Draft, cell: str) -> None:
        text, salutation = known[cell]
        if salutation:
            draft.custom[key] = text
        elif text:
            draft.values["title"] = text

    return step


def _profile(draft: Draft, cell: str) -> None:
    if text := line(cell):
        draft.values.setdefault("website", text)
        draft.values.setdefault("external_id", text)
