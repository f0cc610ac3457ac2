"""How a customer, a contact or an opportunity is written in one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import NamedTuple

from leadtui.customers.rows import RecordRow, state_text
from leadtui.followup.describe import describe_limit, describe_next
from leadtui.i18n import gettext as _
from leadtui.i18n import marked as later
from leadtui.money import short_money
from widgets.glyphs import Glyphs
from widgets.panel import Piece
from widgets.plain import fit

_MARKS, _DUE = 3, 16
_SOON = 24 * 60 * 60_000
_NARROW = 90


class _Column(NamedTuple):
    name: str
    title: str
    width: int = 0
    """In cells with the gap after it; 0 for a share of what the others leave."""
    share: int = 0
    wide_only: bool = False
    right: bool = False


_COLUMNS: Mapping[str, tuple[_Column, ...]] = {
    "customer": (
        _Column("name", later("Customer"), share=10),
        _Column("person", later("Contact"), share=6),
        _Column("state", later("Lifecycle"), width=11),
        _Column("owner", later("Owner"), width=10, wide_only=True),
        _Column("next", later("Next step"), share=6),
    ),
    "contact": (
        _Column("name", later("Contact"), share=6),
        _Column("person", later("Title"), share=6),
        _Column("company", later("Customer"), share=9),
        _Column("state", later("Role"), width=16, wide_only=True),
        _Column("next", later("Next step"), share=6),
    ),
    "opportunity": (
        _Column("grade", later("Grade"), width=6),
        _Column("name", later("Opportunity"), share=8),
        _Column("company", later("Customer"), share=8),
        _Column("state", later("Stage"), width=12),
        _Column("amount", later("Amount"), width=12, right=True),
        _Column("next", later("Next step"), share=6, wide_only=True),
    ),
}


class RecordLine:
    """Writes records of one kind as lines of a given width."""

    def __init__(self, record: str, zone: tzinfo, glyphs: Glyphs) -> None:
        self._record = record
        self._zone = zone
        self._glyphs = glyphs
        self._laid: tuple[int, tuple[tuple[_Column, int], ...]] = (0, ())

    def header(self, width: int) -> str:
        """The names of the columns."""
        names = (
            fit(_(column.title), room - 1, right=column.right) + " " for column, room in self._layout(width)
        )
        return " " * _MARKS + "".join(names) + fit(_("Due"), _DUE - 1, right=True) + " "

    def pieces(self, row: RecordRow, width: int, now: int, marked: bool, note: str | None) -> list[Piece]:
        """A record at the moment `now`; `note` tells what happened to it, in place of its last columns."""
        if not row.asks(now):
            row = row._replace(due_at=None, due_kind="")
        late = row.due_at is not None and row.due_at < now
        sign = self._glyphs.marked if marked else " "
        warning = self._glyphs.late if late and note is None else " "
        pieces: list[Piece] = [(f"{sign}{warning} ", "late")]
        layout = self._layout(width)
        if note is not None:
            layout, room = layout[:-1], layout[-1][1] + _DUE
            pieces += [self._cell(row, column, size, acted=True) for column, size in layout]
            return [*pieces, (fit(note, room - 1) + " ", "good")]
        pieces += [self._cell(row, column, size, acted=False) for column, size in layout]
        due = "" if row.due_at is None else describe_limit(row.due_at, now, self._zone)
        ink = "late" if late else "soon" if row.due_at and row.due_at - now < _SOON else "text"
        return [*pieces, (fit(due, _DUE - 1, right=True) + " ", ink)]

    def _cell(self, row: RecordRow, column: _Column, room: int, acted: bool) -> Piece:
        text, ink = self._text(row, column.name)
        return fit(text, room - 1, right=column.right) + " ", "dim" if acted else ink

    def _text(self, row: RecordRow, column: str) -> Piece:
        if column == "grade":
            return row.grade, f"tier-{row.grade.lower()}" if row.grade else "dim"
        if column == "name":
            return row.name or row.number, "strong"
        if column == "amount":
            return short_money(row.amount, row.currency), "text"
        if column == "state":
            ink = {"won": "good", "lost": "dim", "decision_maker": "strong", "customer": "good"}
            return state_text(row), ink.get(row.state, "text")
        if column == "next":
            return describe_next(row.due_kind, row.next_step), "text"
        return str(getattr(row, column)), "text"

    def _layout(self, width: int) -> tuple[tuple[_Column, int], ...]:
        """The columns that there is room for, each with its width."""
        if self._laid[0] != width:
            columns = [one for one in _COLUMNS[self._record] if not one.wide_only or width >= _NARROW]
            left = max(width - _MARKS - _DUE - sum(one.width for one in columns), len(columns) * 2)
            total = sum(one.share for one in columns)
            rooms = [one.width or left * one.share // total for one in columns]
            slack = width - _MARKS - _DUE - sum(rooms)
            first = next(place for place, one in enumerate(columns) if one.share)
            rooms[first] += max(slack, 0)
            self._laid = (width, tuple(zip(columns, rooms, strict=True)))
        return self._laid[1]
