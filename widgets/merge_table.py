"""Records side by side, field by field: what each says, which one is taken, what will stand there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message

from leadtui.followup.side_by_side import Line
from leadtui.i18n import gettext as _
from widgets.glyphs import Glyphs
from widgets.panel import Panel, Piece
from widgets.plain import cut, fit, wrap

_LABEL_WIDTH = 15
_NARROWEST = 22
"""A column is no narrower; with more records than fit, the columns follow what is chosen."""
_READ_LINES = 5
"""Lines beneath the table in which the field under the cursor is read in full."""


class MergeTable(Panel):
    """A line for each field, a column for each record; the cursor's field is written out beneath."""

    HEADERS: ClassVar[int] = 2

    class Picked(Message):
        """A value was clicked: the field under the cursor is to be taken from that record."""

        def __init__(self, side: int) -> None:
            super().__init__()
            self.side = side

    def __init__(self, glyphs: Glyphs | None = None) -> None:
        super().__init__(glyphs=glyphs)
        self._lines: Sequence[Line] = ()
        self._names: Sequence[tuple[str, str]] = ()
        self._survivor = 0
        self._caption: list[Piece] = []
        self._first = 0
        self.cursor = 0

    def show(
        self,
        lines: Sequence[Line],
        names: Sequence[tuple[str, str]],
        survivor: int,
        caption: list[Piece],
    ) -> None:
        """Show fields; `names` are the number and the name of each record, cleaned as they are drawn."""
        self._lines, self._names, self._survivor, self._caption = lines, names, survivor, caption
        self.cursor = max(0, min(self.cursor, len(lines) - 1))
        self._follow()
        self.touch_all()

    @property
    def line(self) -> Line | None:
        """The field under the cursor."""
        return self._lines[self.cursor] if self._lines else None

    @property
    def line_count(self) -> int:
        return len(self._lines)

    @property
    def page(self) -> int:
        return max(super().page - _READ_LINES - 1, 1)

    @property
    def position(self) -> int:
        return self.cursor

    def go_to(self, line: int) -> None:
        self.cursor = max(0, min(line, len(self._lines) - 1))
        self._follow()
        self.reveal(self.cursor)
        self.touch_all()

    def heading(self) -> list[Piece]:
        return self._caption

    def draw_header(self, line: int, width: int) -> list[Segment]:
        pieces: list[Piece] = [(" " * _LABEL_WIDTH, "header" if line else "dim")]
        for side, room in self._columns(width):
            number, name = self._names[side]
            stays = side == self._survivor
            if line == 0:
                sign = self.glyphs.yes if stays else self.glyphs.no
                text = f"{sign} {side + 1} {number} " + (_("stays") if stays else "")
                pieces.append((fit(text, room), "good" if stays else "dim"))
            else:
                pieces += [("  ", "header"), (fit(name, room - 2), "header")]
        return self.segments(pieces, width)

    def draw(self, line: int, width: int) -> list[Segment]:
        told = self._lines[line]
        pieces: list[Piece] = [(fit(told.label, _LABEL_WIDTH - 1) + " ", "dim")]
        for side, room in self._columns(width):
            taken = _is_taken(told, side)
            sign = self.glyphs.yes if taken and told.texts[side] else " "
            ink = "text" if taken else "dim"
            pieces += [(f"{sign} ", "good"), (fit(told.texts[side], room - 3) + " ", ink)]
        over = ("cursor" if self.has_focus else "cursor-blur",) if line == self.cursor else ()
        return self.segments(pieces, width, *over)

    def _draw_inner(self, row: int, width: int) -> list[Segment]:
        below = row - self.HEADERS - self.page
        if below < 0:
            return super()._draw_inner(row, width)
        if below == 0:
            return self.ruled([(self.line.label if self.line else "", "title")], width)
        return self._read(below - 1, width)

    def _read(self, row: int, width: int) -> list[Segment]:
        """The values of the field under the cursor over several lines, the result in the last one."""
        told = self.line
        if told is None:
            return self.segments([], width)
        if row == _READ_LINES - 1:
            result = told.result.replace("\n", " / ")
            sign = f"{_('Result')}: "
            return self.segments([(sign, "key"), (cut(result, width - len(sign) - 2), "strong")], width)
        pieces: list[Piece] = [(" " * _LABEL_WIDTH, "text")]
        for side, room in self._columns(width):
            wrapped = wrap(told.texts[side], room - 3, _READ_LINES - 1)
            text = wrapped[row] if row < len(wrapped) else ""
            pieces += [("  ", "text"), (fit(text, room - 2), "text" if _is_taken(told, side) else "dim")]
        return self.segments(pieces, width)

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event.y)
        if line is None:
            return
        self.go_to(line)
        at = 1 + _LABEL_WIDTH
        for side, room in self._columns(self.inner_width):
            if at <= event.x < at + room:
                self.post_message(self.Picked(side))
            at += room

    def _shown(self, width: int) -> int:
        return max(1, min(len(self._names), (width - _LABEL_WIDTH) // _NARROWEST))

    def _columns(self, width: int) -> list[tuple[int, int]]:
        """The records that are in sight, each with the width of its column."""
        count = self._shown(width)
        room, more = divmod(width - _LABEL_WIDTH, count)
        first = min(self._first, len(self._names) - count)
        return [(first + at, room + (at < more)) for at in range(count)]

    def _follow(self) -> None:
        """Bring the column in sight that the cursor's field is taken from."""
        count = self._shown(self.inner_width)
        told = self.line
        if told is not None and told.chosen is not None:
            if told.chosen < self._first:
                self._first = told.chosen
            elif told.chosen >= self._first + count:
                self._first = told.chosen - count + 1


def _is_taken(line: Line, side: int) -> bool:
    """Whether a record's value is part of the result."""
    if line.chosen is not None:
        return side == line.chosen or line.texts[side] == line.texts[line.chosen]
    return bool(line.texts[side]) and line.texts[side] in line.result
