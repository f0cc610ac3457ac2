"""Texts that a spreadsheet would run as a formula, made harmless in a way that our import takes back."""

from __future__ import annotations

import re

_BEGINNINGS = frozenset("'=+-@\t\r＝＋－＠")
"""Full-width signs too: a spreadsheet in Japanese or Chinese takes them for the others."""
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_PHONE = re.compile(r"\+[0-9 ().-]*")
"""A phone number calls no function, and an apostrophe would keep other systems from dialling it."""


def guard(text: str) -> str:
    """`text` with an apostrophe before it when a spreadsheet would take it for a formula.

    Text that already looks guarded gets one more, so that taking one off always gives the text back.
    """
    if text[:1] in _BEGINNINGS and _FORMULA.match(text) and not _PHONE.fullmatch(text):
        return f"'{text}"
    return text


def unguard(text: str) -> str:
    """What `guard` was given."""
    return text[1:] if text[:1] == "'" and guard(text[1:]) == text else text
