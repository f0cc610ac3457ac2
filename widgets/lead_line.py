"""How one lead is written in one line: its columns, their widths, and what stands in them."""

from __future__ import annotations

from datetime import tzinfo
from typing import Protocol, TypeVar

from rich.cells import cell_len

from leadtui.followup.describe import describe_limit, describe_next
from leadtui.i18n import gettext as _
from leadtui.values import LeadRow
from widgets.glyphs import Glyphs
from widgets.panel import Piece
from widgets.plain import cut, fit

_MARKS, _TIER, _SCORE, _DUE = 3, 5, 6, 13
_SHARES = (10, 8, 7)
"""How company, contact and next step share what the fixed columns leave."""
_SOON = 24 * 60 * 60_000

Written = TypeVar("Written", contravariant=True)


class Listed(Protocol):
    """A row of a list: its row number names it."""

    @property
    def seq(self) -> int: ...
    @property
    def id(self) -> str: ...


class Line(Protocol[Written]):
    """Writes rows as lines of a given width."""

    def header(self, width: int, /) -> str: ...

    def pieces(
        self, row: Written, width: int, now: int, marked: bool, note: str | None, /
    ) -> list[Piece]: ...


class LeadLine:
    """Writes leads as lines of a given width."""

    def __init__(self, zone: tzinfo, glyphs: Glyphs) -> None:
        self._zone = zone
        self._glyphs = glyphs
        self._widths: tuple[int, int, int, int] = (0, 0, 0, 0)

    def header(self, width: int) -> str:
        """The names of the columns."""
        company, contact, step = self._columns(width)
        return (
            " " * _MARKS
            + fit(_("Tier"), _TIER - 1)
            + " "
            + fit(_("Score"), _SCORE - 1)
            + " "
            + fit(_("Company"), company)
            + fit(_("Contact"), contact)
            + fit(_("Next step"), step)
            + fit(_("Due"), _DUE - 1, right=True)
            + " "
        )

    def pieces(self, row: LeadRow, width: int, now: int, marked: bool, note: str | None) -> list[Piece]:
        """A lead at the moment `now`; `note` stands for next step and due when something happened to it.

        The due stands at the right end in full, the next step has what that leaves; a long note takes from
        the contact.
        """
        company, contact, step = self._columns(width)
        if note is not None:
            more = min(max(cell_len(note) + 1 - step - _DUE, 0), contact)
            contact, step = contact - more, step + more
        glyphs = self._glyphs
        late = row.due_at is not None and row.due_at < now
        who = f"{row.contact}, {row.title}" if row.contact and row.title else row.contact or row.title
        acted = note is not None
        sign = glyphs.marked if marked else " "
        warning = glyphs.late if late and not acted else " "
        pieces: list[Piece] = [
            (f"{sign}{warning} ", "late"),
            (fit(row.tier, _TIER), "dim" if acted else f"tier-{row.tier.lower()}" if row.tier else "dim"),
            (fit(str(row.score), 3, right=True) + "   ", "dim" if acted else "text"),
            (fit(row.company or row.contact or row.number, company - 1) + " ", "dim" if acted else "strong"),
            (fit(f"{cut(who, contact - 1)} ", contact), "dim" if acted else "text"),
        ]
        if note is not None:
            return [*pieces, (fit(note, step + _DUE - 1) + " ", "good")]
        due = "" if row.due_at is None else describe_limit(row.due_at, now, self._zone)
        ink = "late" if late else "soon" if row.due_at and row.due_at - now < _SOON else "text"
        room = step + _DUE - cell_len(due) - 2
        return [
            *pieces,
            (fit(describe_next(row.due_kind, row.next_step, row.task), room) + " ", "text"),
            (f"{due} ", ink),
        ]

    def _columns(self, width: int) -> tuple[int, int, int]:
        """Widths of company, contact and next step, each with the gap after it."""
        if self._widths[0] != width:
            left = max(width - _MARKS - _TIER - _SCORE - _DUE, 3)
            total = sum(_SHARES)
            company, step = left * _SHARES[0] // total, left * _SHARES[2] // total
            self._widths = (width, company, left - company - step, step)
        return self._widths[1:]
