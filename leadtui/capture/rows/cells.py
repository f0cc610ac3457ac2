"""What each kind of column does with a cell, put together once for a file and run for every row."""

from __future__ import annotations

import re

from leadtui.capture.clean.dates import DateProblem, Moment, moment
from leadtui.capture.clean.mails import mails
from leadtui.capture.clean.phones import Phones, lost_digits
from leadtui.capture.clean.text import block, line, tag_names, whole
from leadtui.capture.columns.headers import Column
from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import DATE_FIELDS, FilePlan
from leadtui.capture.files.kinds import WORKBOOKS
from leadtui.capture.rows.codes import code_step, source_step
from leadtui.capture.rows.draft import Draft, Memory, Step
from leadtui.capture.rows.money import amount_step, take_currency
from leadtui.capture.rows.own import own_step
from leadtui.capture.rows.own_customers import own_record_step
from leadtui.capture.words.fields import IGNORED
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.i18n import gettext as _
from leadtui.qualify.limits import TAG_LIMIT

_BLOCKS = frozenset(("need", "remark", "notes", "address", "status_note", "content", "feedback"))
_WHOLE = frozenset(("external_id", "postal_code", "company_size"))
_CODES = frozenset(("role", "timing", "need_clarity"))
_YES = frozenset(("1", "true", "yes", "y", "t", "x", "是", "ja", "oui", "sí", "si", "1.0"))
_ACCOUNT_ID = re.compile(r"001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_SELDOM_REPEATED = frozenset(("company", "website", "wechat"))


def steps(plan: FilePlan) -> tuple[tuple[int, Step], ...]:
    """For each column that says something, its index and what to do with a cell that isn't empty."""
    phones = Phones(plan.options.region)
    found: list[tuple[int, Step]] = []
    guarded = plan.table.format not in WORKBOOKS
    for column in plan.mapping.columns:
        if column.field != IGNORED:
            step = _step(column, plan, phones)
            if plan.system == OWN_SYSTEM and column.how == "name":
                ours = own_step if plan.record == "lead" else own_record_step
                step = ours(column, step, guarded=guarded)
            found.append((column.index, step))
    return tuple(found)


def _step(column: Column, plan: FilePlan, phones: Phones) -> Step:
    name = column.field
    if not name or name == "salutation":
        return _custom(column)
    if name in {"phone", "mobile", "other_phones"}:
        return _phone(column, phones)
    if name in {"email", "other_emails"}:
        return _mail(column)
    if name in {"contact", "first_name", "middle_name", "last_name"}:
        return _name_part(column)
    if name in DATE_FIELDS or name.endswith("_at"):
        return _date(column, plan)
    if name in {"budget", "budget_min", "budget_max"}:
        return amount_step(column)
    if name == "currency":
        return take_currency
    if name in {"status", "tier_chosen"} | _CODES:
        return code_step(column, plan.mapping.profile)
    if name == "source_channel":
        return source_step(column, plan.mapping.profile)
    if name == "tags":
        return _tags(column)
    if name in {"converted", "deleted"}:
        return _flag(name)
    if name == "asked_for_material" or name.startswith("signal_"):
        return _yes(name)
    if name.startswith("bant_"):
        return _points(name)
    if name == "company" and plan.system == "salesforce":
        return _company_or_account(column)
    if name == "title":
        return _title(column)
    if name == "profile_url":
        return _profile(column)
    if name in _WHOLE:
        return _identity(column)
    return _block(name) if name in _BLOCKS else _line(column)


def _line(column: Column) -> Step:
    """A text of one line; one that is too long is cut, and kept whole in the remark."""
    name, header = column.field, column.header
    known = Memory(line)

    def step(draft: Draft, cell: str) -> None:
        if text := line(cell) if name in _SELDOM_REPEATED else known[cell]:
            draft.values[name] = draft.line(header, text)

    return step


def _block(name: str) -> Step:
    def step(draft: Draft, cell: str) -> None:
        if text := block(cell):
            draft.values[name] = text

    return step


def _identity(column: Column) -> Step:
    """What says something only as a whole: one that is too long is left over."""
    name, header = column.field, column.header

    def step(draft: Draft, cell: str) -> None:
        if (text := whole(cell)) and draft.line(header, text) == text:
            draft.values[name] = text

    return step


def _custom(column: Column) -> Step:
    key = column.key
    known = Memory(block)

    def step(draft: Draft, cell: str) -> None:
        if text := known[cell]:
            draft.custom[key] = text

    return step


def _name_part(column: Column) -> Step:
    name, header = column.field, column.header
    known = Memory(line)

    def step(draft: Draft, cell: str) -> None:
        if text := known[cell]:
            draft.names[name] = draft.line(header, text)

    return step


def _phone(column: Column, phones: Phones) -> Step:
    header, mobile = column.header, column.field == "mobile"

    def step(draft: Draft, cell: str) -> None:
        found, left = phones(cell)
        (draft.mobiles if mobile else draft.phones).extend(found)
        if left:
            why = _("lost its last digits in a spreadsheet") if lost_digits(left) else _("is no phone number")
            draft.leftovers.append((header, left, why))

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

    known = Memory(read)

    def step(draft: Draft, cell: str) -> None:
        found = known[cell]
        if isinstance(found, Moment):
            draft.values[name] = found.at
            if name == "next_due":
                draft.values["next_due_all_day"] = int(found.all_day)
        elif found:
            draft.leftovers.append((header, line(cell), found))

    return step


def _tags(column: Column) -> Step:
    header = column.header

    def step(draft: Draft, cell: str) -> None:
        names = tag_names(cell)
        draft.tags = tuple(name for name in names if len(name) <= TAG_LIMIT)
        draft.leftovers += [(header, name, _("is too long")) for name in names if len(name) > TAG_LIMIT]

    return step


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
        if len(text) < 3 and text.isdecimal() and int(text) <= 10:
            draft.values[name] = int(text)

    return step


def _company_or_account(column: Column) -> Step:
    header = column.header

    def step(draft: Draft, cell: str) -> None:
        text = line(cell)
        if _ACCOUNT_ID.fullmatch(text):
            draft.custom["account_id"] = text
        elif text:
            draft.values["company"] = draft.line(header, text)

    return step


def _title(column: Column) -> Step:
    """A job title; `Mr` is none."""
    key, header, salutations = column.key, column.header, vocabulary().salutations

    def read(cell: str) -> tuple[str, bool]:
        text = line(cell)
        return text, len(text) < 10 and folded(text) in salutations

    known = Memory(read)

    def step(draft: Draft, cell: str) -> None:
        text, salutation = known[cell]
        if salutation:
            draft.custom[key] = text
        elif text:
            draft.values["title"] = draft.line(header, text)

    return step


def _profile(column: Column) -> Step:
    """The address of a profile: it tells the person, too."""
    header = column.header

    def step(draft: Draft, cell: str) -> None:
        if (text := line(cell)) and draft.line(header, text) == text:
            draft.values.setdefault("website", text)
            draft.values.setdefault("external_id", text)

    return step
