"""An export of ours, read back to the letter: nothing is tidied, nothing that was written is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from leadtui.capture.columns.headers import Column
from leadtui.capture.rows.draft import Draft, Step
from leadtui.capture.words.vocabulary import vocabulary
from leadtui.exporting.formulas import unguard
from leadtui.exporting.table import tags_of
from leadtui.qualify.limits import LINE_LIMIT
from leadtui.settings.model import minor_units
from leadtui.store.columns import LEAD_TEXT
from leadtui.text import clean

_CODES = frozenset(("status", "tier_chosen", "role", "timing", "need_clarity"))
"""Words of ours; whoever edits the file may write those of others."""
_BLOCKS = frozenset(("need", "remark", "notes", "address", "status_note", "other_phones", "other_emails"))
_PHONES = frozenset(("phone", "mobile", "other_phones"))
_MADE_A_NUMBER = re.compile(r"\d(?:\.\d+)?E\+\d\d|\d{7,15}\.0")
"""What a spreadsheet makes of a phone number."""
_Given = Callable[[str], str]
"""What a cell was written from."""
_AMOUNT = re.compile(r"\d{1,17}(?:\.\d{1,4})?")


def own_step(column: Column, ordinary: Step, *, guarded: bool) -> Step:
    """What to do with a cell of an export of ours; `ordinary` is for what we would not have written.

    A workbook says what is a text; elsewhere what looks like a formula is `guarded`.
    """
    name = column.field
    given = unguard if guarded else str
    if name == "tags":
        return _tags(given)
    if not name:
        return _custom(column.key, given)
    return text_step(name, ordinary, given, is_block=name in _BLOCKS) if name in LEAD_TEXT else ordinary


def settle_amounts(draft: Draft) -> None:
    """Put plain amounts in place, now that their currency is known; others are left."""
    left = []
    units = minor_units(str(draft.values.get("currency", "")))
    for name, header, cell in draft.amounts:
        minor = Decimal(cell) * units if _AMOUNT.fullmatch(cell) else None
        if minor is not None and minor == minor.to_integral_value():
            draft.values[name] = int(minor)
        else:
            left.append((name, header, cell))
    draft.amounts = left


def text_step(name: str, ordinary: Step, given: _Given, *, is_block: bool) -> Step:
    """Takes a text as it was; `ordinary` is for one that we would not have written."""
    codes = frozenset(vocabulary().values[name].values()) if name in _CODES else None
    limit = None if is_block else LINE_LIMIT

    def step(draft: Draft, cell: str) -> None:
        text = clean(given(cell))
        strange = (
            (codes is not None and text not in codes)
            or (limit is not None and len(text) > limit)
            or (name in _PHONES and _MADE_A_NUMBER.fullmatch(text))
        )
        if strange:
            ordinary(draft, cell)
        elif text:
            draft.values[name] = text

    return step


def _custom(key: str, given: _Given) -> Step:
    def step(draft: Draft, cell: str) -> None:
        if text := clean(given(cell)):
            draft.custom[key] = text

    return step


def _tags(given: _Given) -> Step:
    def step(draft: Draft, cell: str) -> None:
        draft.tags = tags_of(clean(given(cell)))

    return step
