"""The board: opportunities as cards in a column for each stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, tzinfo
from typing import ClassVar, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message

from leadtui.customers.rows import RecordRow
from leadtui.followup.describe import describe_limit, describe_past
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.money import short_money
from widgets.glyphs import Glyphs
from widgets.panel import Panel, Piece
from widgets.plain import cut, fit

_CARD = 3
"""Lines of a card."""
_NARROWEST = 22
"""Cells of a column."""


class Column(Protocol):
    """One stage and its cards."""

    @property
    def stage(self) -> str: ...
    @property
    def total(self) -> int: ...
    @property
    def sums(self) -> Sequence[tuple[str, int]]: ...
    @property
    def rows(self) -> Sequence[RecordRow]: ...


class BoardPanel(Panel):
    """Columns side by side, as many as there is room for; the cursor goes from card to card."""

    HEADERS: ClassVar[int] = 3

    class Opened(Message):
        """A card was clicked twice."""

    def __init__(self, *, now: Callable[[], int], zone: tzinfo = UTC, glyphs: Glyphs | None = None) -> None:
        super().__init__(glyphs=glyphs)
        self._now = now
        self._zone = zone
        self._columns: Sequence[Column] = ()
        self._column = 0
        self._card = 0
        self._left = 0
        """The first column in sight."""
        self._marks: set[int] = set()
        self.caption: list[Piece] = []

    def show(self, columns: Sequence[Column], select: int | None = None) -> None:
        """Show the columns; the cursor stays with its card, or goes to the card `select`."""
        row = self.row
        wanted = select if select is not None else row.seq if row else None
        first = not self._columns
        self._columns = columns
        self._marks &= {row.seq for column in columns for row in column.rows}
        if not self._select(wanted) and first:
            self._column = next((place for place, one in enumerate(columns) if one.rows), 0)
        self._settle()

    @property
    def total(self) -> int:
        """How many cards there are, those that a long column leaves out among them."""
        return sum(column.total for column in self._columns)

    # What is chosen

    @property
    def row(self) -> RecordRow | None:
        """The card under the cursor."""
        if self._column >= len(self._columns):
            return None
        rows = self._columns[self._column].rows
        return rows[self._card] if self._card < len(rows) else None

    @property
    def marked_count(self) -> int:
        return len(self._marks)

    def targets(self) -> Iterator[int]:
        """The cards that an act is for: the marked ones, else the one under the cursor."""
        row = self.row
        return iter(sorted(self._marks) or ([row.seq] if row else []))

    def row_of(self, seq: int) -> RecordRow | None:
        """A card by its row number."""
        return next((row for column in self._columns for row in column.rows if row.seq == seq), None)

    def toggle_mark(self) -> None:
        if self.row is not None:
            self._marks ^= {self.row.seq}
            self.touch_all()

    def mark_all(self) -> None:
        """Mark all cards of the column."""
        if self._columns:
            self._marks |= {row.seq for row in self._columns[self._column].rows}
            self.touch_all()

    def clear_marks(self) -> None:
        self._marks.clear()
        self.touch_all()

    def advance(self) -> None:
        """Cards stay where they are put: the cursor stays as well."""

    # Moving

    @property
    def line_count(self) -> int:
        return max((len(column.rows) for column in self._columns), default=0) * _CARD

    @property
    def position(self) -> int:
        return self._card * _CARD

    def go_to(self, line: int) -> None:
        self._card = line // _CARD
        self._settle()

    def move(self, command: str) -> None:
        steps = {"move-down": 1, "move-up": -1}
        if command == "move-last" and self._columns:
            self._card = len(self._columns[self._column].rows) - 1
            self._settle()
        elif command in steps:
            self._card += steps[command]
            self._settle()
        else:
            super().move(command)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("left", "right"):
            event.stop()
            self._step(1 if event.key == "right" else -1)
        else:
            super().on_key(event)

    def on_resize(self) -> None:
        self._settle()

    def on_click(self, event: events.Click) -> None:
        place = self._left + (event.x - 1) // max(self._room + 1, 1)
        line = self.line_at(event.y)
        if line is None or place >= len(self._columns):
            return
        self._column, self._card = place, line // _CARD
        self._settle()
        if event.chain >= 2 and self.row is not None:
            self.post_message(self.Opened())

    def _step(self, by: int) -> None:
        """Go to the next column that has a card."""
        place = self._column + by
        while 0 <= place < len(self._columns):
            if self._columns[place].rows:
                self._column = place
                self._settle()
                return
            place += by

    def _select(self, seq: int | None) -> bool:
        for place, column in enumerate(self._columns):
            for card, row in enumerate(column.rows):
                if row.seq == seq:
                    self._column, self._card = place, card
                    return True
        return False

    def _settle(self) -> None:
        """Keep the cursor on a card, and the card in sight."""
        self._column = max(0, min(self._column, len(self._columns) - 1))
        rows = self._columns[self._column].rows if self._columns else ()
        self._card = max(0, min(self._card, len(rows) - 1))
        shown = self._shown
        self._left = max(0, min(self._left, self._column, len(self._columns) - shown))
        self._left = max(self._left, self._column - shown + 1)
        self.top = max(0, min(self.top, self.line_count - self.page))
        self.reveal(self._card * _CARD, self._card * _CARD + _CARD - 1)
        self.touch_all()

    @property
    def _shown(self) -> int:
        """How many columns there is room for."""
        return max(1, min(len(self._columns), (self.inner_width + 1) // (_NARROWEST + 1)))

    @property
    def _room(self) -> int:
        """How wide a column is."""
        return max((self.inner_width - self._shown + 1) // self._shown, 4)

    # Drawing

    def heading(self) -> list[Piece]:
        before, after = self._left, len(self._columns) - self._left - self._shown
        hints: list[Piece] = []
        if before > 0:
            hints.append((_("{count} more to the left").format(count=before), "dim"))
        if after > 0:
            hints.append((_("{count} more to the right").format(count=after), "dim"))
        return [*self.caption, *hints]

    def draw_header(self, line: int, width: int) -> list[Segment]:
        cells: list[tuple[list[Piece], tuple[str, ...]]] = []
        for place, column in self._in_sight():
            here = place == self._column
            if line == 0:
                name = f"{label('opportunity_stage', column.stage)} ({column.total})"
                cells.append(([(" " + fit(name, self._room - 1), "title" if here else "dim")], ()))
            elif line == 1:
                sums = ", ".join(short_money(amount, currency) for currency, amount in column.sums)
                cells.append(([(" " + fit(sums, self._room - 1), "text" if here else "dim")], ()))
            else:
                last = place == self._left + self._shown - 1
                room = self._room + (width - self._shown * (self._room + 1) + 1 if last else 0)
                cells.append(([(self.glyphs.across * room, "frame-focus" if here else "frame")], ()))
        return self._joined(cells, width)

    def draw(self, line: int, width: int) -> list[Segment]:
        card, part = divmod(line, _CARD)
        cells: list[tuple[list[Piece], tuple[str, ...]]] = []
        for place, column in self._in_sight():
            if card >= len(column.rows):
                cells.append(([(" " * self._room, "text")], ()))
                continue
            row = column.rows[card]
            over: tuple[str, ...] = ("marked",) if row.seq in self._marks else ()
            if place == self._column and card == self._card:
                over = (*over, "cursor" if self.has_focus else "cursor-blur")
            cells.append((self._part(row, part), over))
        return self._joined(cells, width)

    def draw_below(self, line: int, width: int) -> list[Segment]:
        if self.line_count or line != 1:
            return super().draw_below(line, width)
        return self.segments([("  " + _("No opportunities here."), "strong")], width)

    def _part(self, row: RecordRow, part: int) -> list[Piece]:
        room = self._room
        if part == 0:
            sign = self.glyphs.marked if row.seq in self._marks else " "
            ink = f"tier-{row.grade.lower()}" if row.grade else "dim"
            return [(sign, "late"), (f"{row.grade or '-'} ", ink), (fit(row.name, room - 3), "strong")]
        if part == 1:
            return [("   " + fit(row.company, room - 3), "text")]
        now = self._now()
        late = row.due_at is not None and row.due_at < now
        when = describe_limit(row.due_at, now, self._zone) if late and row.due_at is not None else ""
        if not when and row.expected_close is not None:
            when = describe_past(row.expected_close, now, self._zone)
        money = cut(short_money(row.amount, row.currency), room - 4)
        when = fit(when, max(room - 4 - cell_len(money), 0), right=True)
        return [(f"   {money} ", "dim"), (when, "late" if late else "dim")]

    def _in_sight(self) -> list[tuple[int, Column]]:
        return list(enumerate(self._columns))[self._left : self._left + self._shown]

    def _joined(self, cells: list[tuple[list[Piece], tuple[str, ...]]], width: int) -> list[Segment]:
        """Cells side by side with a line between them, exactly `width` wide."""
        line: list[Segment] = []
        left = width
        for number, (pieces, over) in enumerate(cells):
            if number:
                line.append(Segment(self.glyphs.down, self.ink("frame")))
                left -= 1
            room = left if number == len(cells) - 1 else min(self._room, left)
            line += self.segments(pieces, room, *over)
            left -= room
        if left > 0:
            line.append(Segment(" " * left, self.ink("text")))
        return line
