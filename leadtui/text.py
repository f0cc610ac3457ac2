"""Text from outside, made harmless: what a file, a colleague or a clipboard brought may say anything.

Most texts are printable and are told from the others without a pattern. The patterns are compiled when a text
asks for one: the first screen waits for this module, and compiling them takes a millisecond.
"""

from __future__ import annotations

import re

_LINE_BREAK = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_UNSAFE = rf"[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff]"
_BREAKS = rf"\r\n|[{_LINE_BREAK}]"
_FORBIDDEN = rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}]"
_SEQUENCES = r"\x1b\[[0-?]*[ -/]*[@-~]"
_SURROGATES = r"[\ud800-\udfff]"
_GAPS = r"\s+"


def clean(text: str) -> str:
    """`text` without the characters that move a terminal's cursor or reverse its writing.

    Line feeds and tabs stay, other line breaks become line feeds. Zero-width joiners stay: emoji need them.
    Of a sequence that commands a terminal nothing is left.
    """
    if _is_safe(text):
        return text
    text = re.sub(_FORBIDDEN, "", re.sub(_SEQUENCES, "", re.sub(_BREAKS, "\n", text)))
    return re.sub(_SURROGATES, "\ufffd", text)


def one_line(text: str) -> str:
    """`text` cleaned and on one line: each run of breaks and tabs is one space."""
    if _is_safe(text):
        return text.strip()
    return re.sub(_GAPS, _one_space, clean(text)).strip()


def shortened(text: str, most: int) -> str:
    """`text` on one line and at most so many characters long, an ellipsis for its end when it is longer."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def _is_safe(text: str) -> bool:
    """Whether nothing in `text` moves a cursor; what is not printable may still be safe, as NBSP is."""
    return text.isprintable() or not re.search(_UNSAFE, text)


def _one_space(gap: re.Match[str]) -> str:
    """One space for a gap with a break or a tab; a pattern asking for one takes the square of its length."""
    return " " if "\n" in gap[0] or "\t" in gap[0] else gap[0]
