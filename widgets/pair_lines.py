"""How records that may be the same are written, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from leadtui.i18n import ngettext
from leadtui.qualify.duplicates.reasons import reasons
from leadtui.qualify.duplicates.search import Company, Pair
from leadtui.qualify.duplicates.sources import Side
from widgets.panel import Piece
from widgets.plain import cut, fit

PAIR_LINES = 3
"""Both records, and why they may be the same."""
_NUMBER_WIDTH = 10
_PERCENT_WIDTH = 6


def pair_line(pair: Pair, part: int, width: int) -> Sequence[Piece]:
    """One of the lines of a pair."""
    room = width - _PERCENT_WIDTH
    if part == PAIR_LINES - 1:
        return [(" " * _PERCENT_WIDTH, "dim"), (cut(reasons(pair.evidence), room), "dim")]
    side = (pair.one, pair.other)[part]
    percent = f"{pair.score:>3}%  " if part == 0 else " " * _PERCENT_WIDTH
    return [(percent, "good" if pair.likely else "soon"), *_side(side, room)]


def company_line(company: Company, side: Side | None, width: int) -> Sequence[Piece]:
    """A company with how many leads it has, or one of those."""
    if side is not None:
        return [("    ", "text"), *_side(side, width - 4)]
    number = len(company.leads)
    count = ngettext("{count} lead", "{count} leads", number).format(count=number)
    return [(f"{cut(company.name, width - 16)}  {count}", "strong")]


def _side(side: Side, width: int) -> list[Piece]:
    room = max(width - _NUMBER_WIDTH - 2, 10)
    name_room = room * 3 // 5
    name = ", ".join(filter(None, (side.company, side.contact)))
    return [
        (f"{side.tier or ' '} ", f"tier-{side.tier.lower()}" if side.tier else "dim"),
        (fit(side.number, _NUMBER_WIDTH), "dim"),
        (fit(name, name_room) + "  ", "text"),
        (cut(side.phone or side.mobile or side.email, room - name_room), "dim"),
    ]
