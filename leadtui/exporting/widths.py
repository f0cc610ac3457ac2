"""How wide texts are where every character stands in a grid: Chinese, Japanese and Korean take two cells."""

from __future__ import annotations

import unicodedata


def text_width(text: str) -> int:
    """The cells that the widest line of `text` takes."""
    if text.isascii():
        return max(map(len, text.split("\n")))
    return max(sum(map(_width, line)) for line in text.split("\n"))


def _width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
