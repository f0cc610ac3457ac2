"""The signs that panels are drawn with, and their stand-ins for terminals that lack them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Glyphs(NamedTuple):
    """One character each, one cell wide, but for the sign of what is left out."""

    top_left: str = "┌"
    top_right: str = "┐"
    bottom_left: str = "└"
    bottom_right: str = "┘"
    left_joint: str = "├"
    right_joint: str = "┤"
    across: str = "─"
    down: str = "│"
    thumb: str = "┃"
    yes: str = "●"
    no: str = "○"
    done: str = "✓"
    marked: str = "▸"
    late: str = "!"
    menu: str = "▾"
    dot: str = "·"
    times: str = "×"
    arrow: str = "→"
    more: str = "…"
    """Stands for what is left out."""


ASCII = Glyphs(
    top_left="+",
    top_right="+",
    bottom_left="+",
    bottom_right="+",
    left_joint="+",
    right_joint="+",
    across="-",
    down="|",
    thumb="#",
    yes="x",
    no="-",
    done="v",
    marked=">",
    menu="v",
    dot="-",
    times="x",
    arrow=">",
    more="...",
)
ASCII_TEXTS: Mapping[str, str] = {
    "…": ASCII.more,
    "·": ASCII.dot,
    "→": ASCII.arrow,
    "×": ASCII.times,
    "“": '"',
    "”": '"',
    "–": "-",
    "↑": "up",
    "↓": "down",
    "←": "<",
    "\N{REPLACEMENT CHARACTER}": "?",
    "20-30万": "20-30w",
    "50万": "50w",
    ", 下周三10点": "",
    " or 下周三10点": "",
}
"""What stands for what in the texts of the app."""
