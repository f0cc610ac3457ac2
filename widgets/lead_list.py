"""Lists of records: as many as there are, drawn line by line from the rows that are in sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive

from leadtui.clock import MINUTE
from leadtui.i18n import gettext as _
from leadtui.values import LeadRow
from widgets.glyphs import Glyphs
from widgets.lead_line import LeadLine, Line, Listed
from widgets.marks import Marks, Order, ShortOrder
from widgets.panel import Panel, Piece
from widgets.plain import fit

_BLOCK = 64
"""Rows are fetched in blocks of this many lines."""
_KEPT_ROWS = 4096
_KEPT_LINES = 512
_SEARCHED_NEIGHBOURS = 200
"""How far around a lead that is gone the next one is looked for."""

Row = TypeVar("Row", bound=Listed)


class RowList(Panel, Generic[Row]):
    """Records in a frozen order, with a cursor and marks that stay with their records.

    `fetch` gives the rows that can be had at once; for the others `NeedRows` is posted, `add_rows` brings
    them, and until then a line is a placeholder.
    """

    HEADERS: ClassVar[int] = 1
    OPEN_BELOW: ClassVar[bool] = True

    highlighted: reactive[int | None] = reactive[int | None](None, repaint=False, init=False)
    """The lead under the cursor, to be watched: the watcher runs before the frame that moves the cursor."""

    class Opened(Message):
        """A lead was clicked twice."""

        def __init__(self, seq: int) -> None:
            super().__init__()
            self.seq = seq

    class MarksChanged(Message):
        """Leads were marked or unmarked."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class NeedRows(Message):
        """Rows that are in sight couldn't be had at once."""

        def __init__(self, seqs: tuple[int, ...]) -> None:
            super().__init__()
            self.seqs = seqs

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, Row]],
        line: Line[Row],
        *,
        now: Callable[[], int],
        glyphs: Glyphs | None = None,
    ) -> None:
        super().__init__(glyphs=glyphs)
        self._fetch = fetch
        self._now = now
        self._line = line
        self._order: Order = ShortOrder(())
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._notes: dict[int, str] = {}
        self._drawn: dict[tuple[object, ...], list[Segment]] = {}
        """The lines that were drawn lately: scrolling draws only those that come into sight."""
        self._asked: set[int] = set()
        self._gone: set[int] = set()
        self._whole = True
        self._awaited_move = ""
        self.cursor = 0
        self.marks = Marks()
        self.caption: list[Piece] = []
        self.empty_text: tuple[str, ...] = ()
        """What is shown when there is nothing to list: cleaned lines."""

    # What is listed

    @property
    def order(self) -> Order:
        return self._order

    @property
    def line_count(self) -> int:
        return len(self._order)

    @property
    def position(self) -> int:
        return self.cursor

    @property
    def seq(self) -> int | None:
        """The lead under the cursor."""
        return self._order.seq(self.cursor) if self.cursor < len(self._order) else None

    @property
    def row(self) -> Row | None:
        """The row under the cursor, once it is loaded."""
        seq = self.seq
        return None if seq is None else self._rows.get(seq)

    @property
    def marked_count(self) -> int:
        return self.marks.count(self._order)

    def targets(self) -> Iterator[int]:
        """The leads that an act is for: the marked ones, else the one under the cursor."""
        if self.marked_count:
            return self.marks.of(self._order)
        seq = self.seq
        return iter(()) if seq is None else iter((seq,))

    def row_at(self, line: int) -> Row | None:
        """The row of a line, if there is such a line and it is loaded."""
        return self._rows.get(self._order.seq(line)) if 0 <= line < len(self._order) else None

    def row_of(self, seq: int) -> Row | None:
        """A row that is loaded."""
        return self._rows.get(seq)

    def show(self, rows: Sequence[Row], whole: bool, select: int | None = None) -> None:
        """Show the first page of a view, the cursor on `select` or the first lead; then comes `set_order`."""
        self._order = ShortOrder([row.seq for row in rows])
        self._whole = whole
        self._rows = OrderedDict((row.seq, row) for row in rows)
        self._reset()
        self.cursor = 0 if select is None else self._order.index(select) or 0
        self.top = 0
        self.reveal(self.cursor)
        self._announce()

    def set_order(self, order: Order, reload: bool = False) -> None:
        """Take the whole order of the view; cursor and marks stay with their leads.

        With `reload` all rows are read again and the notes of what happened go. Where the lead under the
        cursor is gone, the cursor goes to the next one that is left, else to the one before, else to none.
        """
        before, seq = self._order, self.seq
        seen = self._in_sight()
        self._order = order
        self._whole = True
        if reload:
            self._rows.clear()
            self._notes.clear()
            self._asked.clear()
            self._gone.clear()
        offset = self.cursor - self.top
        self.cursor = self._find(before, seq, order)
        self.top = max(0, min(self.cursor - offset, len(order) - self.page))
        if reload or self._in_sight() != seen:
            self.touch_all()
        self._announce()
        if self._awaited_move:
            command, self._awaited_move = self._awaited_move, ""
            self.move(command)

    def add_rows(self, rows: Iterable[Row], asked: Collection[int]) -> None:
        """Take rows that were loaded for `NeedRows`; those `asked` for that aren't among them are gone."""
        found = set()
        for row in rows:
            self._keep(row)
            found.add(row.seq)
        self._asked -= found
        self._gone.update(seq for seq in asked if seq not in found)
        self.touch_all()

    def update_row(self, row: Row, note: str | None = None) -> None:
        """Change a row where it stands; `note` tells what happened to it (cleaned, one line)."""
        if row.seq in self._rows:
            self._rows[row.seq] = row
        if note:
            self._notes[row.seq] = note
        elif note is not None:
            self._notes.pop(row.seq, None)
        line = self._line_of(row.seq)
        if line is not None:
            self.touch(line)

    def forget_notes(self, lead_ids: Collection[str]) -> list[int]:
        """Take the notes of leads away, because what happened was taken back; their row numbers."""
        seqs = [seq for seq, row in self._rows.items() if row.id in lead_ids]
        for seq in seqs:
            self._notes.pop(seq, None)
        self.reload_rows()
        return seqs

    def reload_rows(self) -> None:
        """Read the rows in sight again, where they stand."""
        self._rows.clear()
        self._asked.clear()
        self._gone.clear()
        self.touch_all()
        self._announce()

    def select(self, seq: int) -> bool:
        """Put the cursor on a lead; False when it isn't in the list."""
        line = self._order.index(seq)
        if line is None:
            return False
        self.go_to(line)
        return True

    def advance(self) -> None:
        """Go on to the next lead that nothing happened to yet, else the next one."""
        for line in range(self.cursor + 1, min(self.cursor + 1 + _SEARCHED_NEIGHBOURS, len(self._order))):
            if self._order.seq(line) not in self._notes:
                self.go_to(line)
                return
        self.go_to(self.cursor + 1)

    def go_to(self, line: int) -> None:
        line = max(0, min(line, len(self._order) - 1))
        if line != self.cursor and line >= 0:
            before, self.cursor = self.cursor, line
            self.touch(before, line)
            self.reveal(line)
            self._announce()
        elif line >= 0:
            self.reveal(line)

    def move(self, command: str) -> None:
        if command == "move-last" and not self._whole:
            self._awaited_move = command
        super().move(command)

    # Marks

    def toggle_mark(self, line: int | None = None) -> None:
        """Mark or unmark a line, by default the one under the cursor."""
        line = self.cursor if line is None else line
        if line < len(self._order):
            self.marks.toggle(self._order.seq(line))
            self.touch(line)
            self.post_message(self.MarksChanged(self.marked_count))

    def mark_all(self) -> None:
        """Mark every lead of the view."""
        self.marks.mark_all()
        self.touch_all()
        self.post_message(self.MarksChanged(self.marked_count))

    def clear_marks(self) -> None:
        self.marks.clear()
        self.touch_all()
        self.post_message(self.MarksChanged(0))

    # Mouse

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event.y)
        if line is None or event.x >= self.size.width - 1:
            return
        self.go_to(line)
        if event.chain >= 2:
            self.post_message(self.Opened(self._order.seq(line)))
        elif event.x <= 2:
            self.toggle_mark(line)

    # Drawing

    def heading(self) -> list[Piece]:
        return self.caption

    def set_caption(self, caption: list[Piece]) -> None:
        """Change what stands in the upper edge (cleaned texts)."""
        if caption != self.caption:
            self.caption = caption
            self.touch_heading()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn.clear()

    def draw_header(self, line: int, width: int) -> list[Segment]:
        return [Segment(self._line.header(width), self.ink("header"))]

    def draw(self, line: int, width: int) -> list[Segment]:
        seq = self._order.seq(line)
        row = self._rows.get(seq)
        if row is None:
            self._fetch_around(line)
            row = self._rows.get(seq)
        over: tuple[str, ...] = ("marked",) if seq in self.marks else ()
        if line == self.cursor:
            over = (*over, "cursor" if self.has_focus else "cursor-blur")
        if row is None:
            text = _("no longer there") if seq in self._gone else _("loading…")
            return self.segments([("   " + fit(text, width - 3), "dim")], width, *over)
        now, note = self._now(), self._notes.get(seq)
        key = (row, width, over, note, now // MINUTE)
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= _KEPT_LINES:
                self._drawn.clear()
            drawn = self.segments(self._line.pieces(row, width, now, seq in self.marks, note), width, *over)
            self._drawn[key] = drawn
        return drawn

    def draw_below(self, line: int, width: int) -> list[Segment]:
        if self._order or line - 1 not in range(len(self.empty_text)):
            return super().draw_below(line, width)
        ink = "strong" if line == 1 else "dim"
        return self.segments([("  " + self.empty_text[line - 1], ink)], width)

    # Inside

    def _reset(self) -> None:
        self._notes.clear()
        self._asked.clear()
        self._gone.clear()
        self._awaited_move = ""
        self.touch_all()

    def _announce(self) -> None:
        """Have the row under the cursor ready, and tell who watches."""
        if self.row is None and self._order:
            self._fetch_around(self.cursor)
        self.highlighted = self.seq

    def _keep(self, row: Row) -> None:
        self._rows[row.seq] = row
        while len(self._rows) > _KEPT_ROWS:
            self._rows.popitem(last=False)

    def _fetch_around(self, line: int) -> None:
        """Get the missing rows of the block that a line is in."""
        start = line - line % _BLOCK
        block = [self._order.seq(near) for near in range(start, min(start + _BLOCK, len(self._order)))]
        missing = [seq for seq in block if seq not in self._rows and seq not in self._asked]
        if not missing:
            return
        for row in self._fetch(missing).values():
            self._keep(row)
        late = tuple(seq for seq in missing if seq not in self._rows)
        if late:
            self._asked.update(late)
            # A message made while the screen draws would count as the screen's own and never reach it.
            self.call_later(lambda: self.post_message(self.NeedRows(late)))

    def _in_sight(self) -> tuple[object, ...]:
        """What the drawn lines depend on beside their rows."""
        last = min(self.top + self.page, len(self._order))
        seqs = tuple(self._order.seq(line) for line in range(self.top, last))
        return seqs, self.cursor - self.top, self._thumb_rows()

    def _line_of(self, seq: int) -> int | None:
        """The line of a lead if it is in sight: only those are drawn."""
        for line in range(self.top, min(self.top + self.page, len(self._order))):
            if self._order.seq(line) == seq:
                return line
        return None

    def _find(self, before: Order, seq: int | None, after: Order) -> int:
        """The line of `seq` in a new order, or of the nearest lead of the old one that is still there."""
        if seq is None or not after:
            return 0
        if self.cursor < len(after) and after.seq(self.cursor) == seq:
            return self.cursor
        following = range(self.cursor, min(self.cursor + _SEARCHED_NEIGHBOURS, len(before)))
        preceding = range(self.cursor - 1, max(self.cursor - _SEARCHED_NEIGHBOURS, -1), -1)
        for line in (*following, *preceding):
            found = after.index(before.seq(line))
            if found is not None:
                return found
        return min(self.cursor, len(after) - 1)


class LeadList(RowList[LeadRow]):
    """The list of leads."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, LeadRow]],
        *,
        now: Callable[[], int],
        zone: tzinfo = UTC,
        glyphs: Glyphs | None = None,
    ) -> None:
        super().__init__(fetch, LeadLine(zone, glyphs or Glyphs()), now=now, glyphs=glyphs)
