"""Guessing which column of a file of customers, contacts, opportunities or activities is which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadtui.capture.columns.headers import Column
from leadtui.capture.columns.naming import column_keys, said_of, unique_headers
from leadtui.capture.columns.own import own_columns
from leadtui.capture.words.customers import field_of
from leadtui.capture.words.fields import FIELDS, IGNORED
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.values import RECORDS

_SEVERAL = {"email": "other_emails", "phone": "other_phones", "mobile": "other_phones"}
_SAID = -1
_UNSURE = 999


def guess_record_columns(
    kind: str, headers: Sequence[str], said: Mapping[str, str], *, is_ours: bool
) -> tuple[Column, ...]:
    """What the columns are, from their headers; the surest column keeps a field.

    `said` is what the system that wrote the file calls its columns; if it `is_ours`, we know.
    """
    shown = unique_headers([" ".join(header.split()) for header in headers])
    own = own_columns(kind, headers) if is_ours and kind in RECORDS else {}
    found = [
        (own[index][0], _SAID) if index in own else _field(kind, header, said)
        for index, header in enumerate(headers)
    ]
    fields = [""] * len(headers)
    taken: set[str] = set()
    for index in sorted(range(len(headers)), key=lambda index: found[index][1]):
        field = found[index][0]
        if field in taken and field != IGNORED:
            field = _SEVERAL.get(field, "")
        fields[index] = field
        taken.add(field)
    keys = column_keys(shown)
    return tuple(
        Column(index, shown[index], *own[index], "name")
        if index in own
        else Column(index, shown[index], field, keys[index], "name" if field else "")
        for index, field in enumerate(fields)
    )


def _field(kind: str, header: str, said: Mapping[str, str]) -> tuple[str, int]:
    """The field of a column, and how sure that is (0 is surest)."""
    ours = field_of(kind, header)
    theirs = said_of(header, said)
    if folded(header) in vocabulary().ignored or theirs == IGNORED:
        return IGNORED, 0
    if ours is None and theirs in FIELDS[kind]:
        return theirs or "", 0
    return ours or ("", _UNSURE)
