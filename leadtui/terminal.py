"""What a terminal can do, as far as its environment tells."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

SMALLEST = (80, 24)
"""Columns and lines that the inbox needs."""


class Terminal(NamedTuple):
    """The abilities of the terminal that a command runs in."""

    kind: str
    """`TERM`, or empty."""
    colours: int
    """16777216, 256, 16 or, without colours, 0."""
    utf8: bool
    size: tuple[int, int] | None
    """Columns and lines; None when the output is no terminal."""


def terminal(environ: Mapping[str, str], encoding: str, size: os.terminal_size | None) -> Terminal:
    """The terminal that `environ` describes, writing in `encoding`."""
    return Terminal(
        environ.get("TERM", ""),
        _colours(environ),
        encoding.lower().replace("-", "").replace("_", "") == "utf8",
        (size.columns, size.lines) if size else None,
    )


def _colours(environ: Mapping[str, str]) -> int:
    kind = environ.get("TERM", "")
    if "NO_COLOR" in environ or kind in {"dumb", "unknown"}:
        return 0
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or "WT_SESSION" in environ:
        return 1 << 24
    return 256 if "256color" in kind or "kitty" in kind else 16
