"""Guessing which column of a file is which field of a lead, from the headers and the first rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from leadtui.capture.clean.mails import mails
from leadtui.capture.columns.customers import guess_record_columns
from leadtui.capture.columns.headers import Column, HeaderMapping
from leadtui.capture.columns.naming import column_keys, said_of, unique_headers
from leadtui.capture.columns.own import OWN_SYSTEM, own_columns
from leadtui.capture.words.customers import kind_of_headers
from leadtui.capture.words.fields import IGNORED
from leadtui.capture.words.systems import System, recognise, shipped_systems
from leadtui.capture.words.vocabulary import Vocabulary, folded, vocabulary

_SAID = -1
"""How sure a column is that the system itself explains: surer than any name."""
_SEVERAL: Mapping[str, str] = {"email": "other_emails", "phone": "other_phones", "mobile": "other_phones"}
"""Fields of which a lead has further ones."""
_FUZZY_LEAST = 4
_CUSTOMER_NAMES = frozenset(map(folded, ("客户姓名", "customer name", "client name")))
"""They name a person, unless another column does."""
_BARE_NAMES = frozenset(map(folded, ("name", "姓名")))
_PHONE = re.compile(r"\+?[\d(][\d\s().\-]{6,18}\d")


def guess_mapping(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    systems: Sequence[System] = (),
    record: str = "",
) -> HeaderMapping:
    """What the columns are, from their headers and, where these leave a choice, from the first rows.

    `systems` are asked before those that we know; `record` says what the rows are, where the user knows it.
    """
    words = vocabulary()
    written = recognise(headers, (*systems, *shipped_systems()))
    record = record or (written.holds if written.system.name else kind_of_headers(headers))
    if record != "lead":
        is_ours = written.system.name == OWN_SYSTEM
        columns = guess_record_columns(record, headers, written.columns, is_ours=is_ours)
        return HeaderMapping(columns, written.system, record)
    shown = unique_headers([" ".join(header.split()) for header in headers])
    fields: list[tuple[str, int, str]] = []
    own = own_columns(record, headers) if written.system.name == OWN_SYSTEM else {}
    for index, header in enumerate(headers):
        said = own[index][0] if index in own else said_of(header, written.columns)
        if said is not None:
            fields.append((said, _SAID, "name"))
            continue
        found = words.lookup(header)
        fields.append((found[0], found[1], "name") if found else ("", 0, ""))
        if folded(header) in words.ignored or (folded(header) in words.counters and not found):
            fields[index] = (IGNORED, 0, "name")
    _similar(headers, fields, words)
    _settle_traps(headers, samples, fields, words)
    _by_content(headers, samples, fields)
    _one_column_each(fields)
    keys = column_keys(shown)
    columns = tuple(
        Column(index, shown[index], *own[index], "name")
        if index in own
        else Column(index, shown[index], field, keys[index], how)
        for index, (field, _sureness, how) in enumerate(fields)
    )
    return HeaderMapping(columns, written.system, record)


def _similar(headers: Sequence[str], fields: list[tuple[str, int, str]], words: Vocabulary) -> None:
    """Misspelt headers (`Emial`, `Compny`), where only one field that no other column names is near."""
    taken = {field for field, _sureness, _how in fields}
    for index, header in enumerate(headers):
        name = folded(header)
        if (
            fields[index][0]
            or fields[index][1] == _SAID
            or len(name) < _FUZZY_LEAST
            or not name.isascii()
            or not name.isalpha()
        ):
            continue
        if name in words.own or name in words.counters:
            continue
        near = {
            words.fields[alias][0]: alias
            for alias in words.fields
            if alias[:1] == name[:1] and alias.isascii() and _misspelt(name, alias)
        }
        left = [field for field in near if field not in taken or field in _SEVERAL]
        if len(left) == 1 and len(near) == 1 and left[0] != "external_id":
            fields[index] = (left[0], 50, "similar")


def _misspelt(name: str, alias: str) -> bool:
    """Whether `name` is `alias` with one slip: two letters swapped, one missing or too many, or in longer
    names one wrong."""
    if abs(len(name) - len(alias)) > 1 or name == alias:
        return False
    if len(name) == len(alias):
        wrong = [place for place in range(len(name)) if name[place] != alias[place]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return name[wrong[0]] == alias[wrong[1]] and name[wrong[1]] == alias[wrong[0]]
        return len(wrong) == 1 and len(name) > 5
    short, long = sorted((name, alias), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _settle_traps(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    fields: list[tuple[str, int, str]],
    words: Vocabulary,
) -> None:
    """Names that mean one thing in one file and another in the next."""
    named = {field for field, _sureness, _how in fields}
    company_free = "company" not in named
    person_free = not named & {"contact", "first_name", "last_name"}
    has_contact = any(
        field == "contact" and folded(headers[index]) not in _BARE_NAMES
        for index, (field, _sureness, _how) in enumerate(fields)
    )
    account = any(folded(header) in words.accounts for header in headers)
    job_title = min((sureness for field, sureness, _how in fields if field == "title"), default=0)
    for index, (field, sureness, how) in enumerate(fields):
        name = folded(headers[index])
        if sureness == _SAID:
            continue
        if field == "company_or_person":
            person = person_free and (name in _CUSTOMER_NAMES or not company_free)
            field = "contact" if person else "company" if company_free else ""
            fields[index] = (field, sureness + 50, how if field else "")
        elif field == "contact" and name in _BARE_NAMES and company_free:
            if has_contact or (account and not named & {"first_name", "last_name"}):
                fields[index] = ("company", sureness, how)
        elif (
            field == "title"
            and name == "title"
            and (job_title < sureness or _all_within(samples, index, words.salutations))
        ):
            fields[index] = ("salutation", sureness, how)


def _all_within(samples: Sequence[Sequence[str]], index: int, known: frozenset[str]) -> bool:
    values = {folded(row[index]) for row in samples if index < len(row)} - {""}
    return bool(values) and values <= known


def _by_content(
    headers: Sequence[str], samples: Sequence[Sequence[str]], fields: list[tuple[str, int, str]]
) -> None:
    """A column of mail addresses is one, whatever it is called, when no other is; in a table without a
    header row, so is one of phone numbers."""
    named = {field for field, _sureness, _how in fields}
    checks: dict[str, Callable[[str], bool]] = {"email": lambda value: "@" in value and bool(mails(value)[0])}
    if not any(headers):
        checks["phone"] = lambda value: bool(_PHONE.fullmatch(value.strip()))
    for field in checks.keys() - named:
        for index in range(len(headers)):
            values = [row[index] for row in samples if index < len(row) and row[index].strip()]
            free = not fields[index][0] and fields[index][1] != _SAID
            if free and values and all(map(checks[field], values)):
                fields[index] = (field, 60, "content")
                break


def _one_column_each(fields: list[tuple[str, int, str]]) -> None:
    """The surest column keeps a field; further mails and phones are kept as such, others as custom fields."""
    order = sorted(
        range(len(fields)), key=lambda index: (fields[index][2] != "name", fields[index][1], index)
    )
    taken: set[str] = set()
    for index in order:
        field, sureness, how = fields[index]
        if field in taken and field in _SEVERAL:
            fields[index] = (_SEVERAL[field], sureness, how)
        elif field in taken and field not in {IGNORED, "other_emails", "other_phones"}:
            fields[index] = ("", 0, "")
        taken.add(field)
