"""Plain text cells: blank when they only say that nothing is there, otherwise what they say."""

from __future__ import annotations

import re

from leadtui.text import clean

BLANKS = frozenset(
    "- -- --- — —— / \\ . n/a #n/a none null nil nan undefined (blank) 无 暂无 未填写 空 不详 未知 "
    "#ref! #value! #div/0! #name? #null! #num! #spill! #calc! #field! #getting_data".split()
) | {""}
"""What other systems write where nothing is known, and spreadsheets where a formula failed (folded)."""
_LONGEST_BLANK = max(map(len, BLANKS))
_DRAWN = "-=_+—–─━"
"""What lines between the rows of a table are drawn with."""

_GAPS = re.compile(r"\s+")
_GAP = re.compile(r"\s\s")
_FORMULA = re.compile(r"'(?=[=+\-@\t\r＝＋－＠])")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Signs that nobody sees and by which a name differs from itself; joiners stay, because emoji need them."""
_EDGES = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b"


def is_blank(text: str) -> bool:
    """Whether a trimmed cell says nothing."""
    if len(text) <= _LONGEST_BLANK and text.lower() in BLANKS:
        return True
    return text[0] in _DRAWN and len(text) > 2 and not text.strip(_DRAWN) and bool(text.strip("+"))


def block(cell: str) -> str:
    """A text of several lines, trimmed, without control characters; the apostrophe that guards a formula is
    taken off again."""
    text = cell.strip(_EDGES)
    if is_blank(text):
        return ""
    if text[:1] == "'":
        text = _FORMULA.sub("", text, count=1)
    if text.isprintable():
        return text
    text = clean(text).translate(_INVISIBLE)
    return "\n".join([each.rstrip(" \t") for each in text.split("\n")]) if "\n" in text else text


def line(cell: str) -> str:
    """A text of one line: each run of white space is one space."""
    text = block(cell)
    if "\n" in text or "\t" in text or "  " in text or (not text.isascii() and _GAP.search(text)):
        return _GAPS.sub(" ", text)
    return text


_SEPARATORS = re.compile(r":::|[,;|、，；\n]")


def tag_names(cell: str) -> tuple[str, ...]:
    """The tags of a cell, each once, without the `#` or `*` that some systems put before them."""
    names = (line(name).lstrip("#* ") for name in _SEPARATORS.split(block(cell)))
    return tuple(dict.fromkeys(name for name in names if name))


def whole(cell: str) -> str:
    """An identity or a postal code: a number that a spreadsheet made a float is whole again."""
    text = line(cell)
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text
