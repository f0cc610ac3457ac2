"""A list of entries of several lines each, with a cursor and marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message

from widgets.glyphs import Glyphs
from widgets.panel import Panel, Piece
from widgets.plain import cut

_SIGN_WIDTH = 2

Draw = Callable[[int, int, int], Sequence[Piece]]
"""The cleaned pieces of one line: of which entry, which line of it, how wide."""


class EntryList(Panel):
    """Draws what it is told to, entry by entry, only where it is in sight."""

    class Chosen(Message):
        """An entry was clicked twice."""

        def __init__(self, entry: int) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, glyphs: Glyphs | None = None) -> None:
        super().__init__(glyphs=glyphs)
        self._count = 0
        self._lines_each = 1
        self._draw: Draw = lambda entry, part, width: ()
        self._caption: list[Piece] = []
        self.empty_text = ""
        """What is shown when there are none (cleaned)."""
        self.cursor = 0
        self.marks: set[int] = set()

    def show(self, count: int, lines_each: int, draw: Draw, cursor: int = 0) -> None:
        """Show `count` entries of so many lines, the cursor on one of them, nothing marked."""
        self._count, self._lines_each, self._draw = count, lines_each, draw
        self.marks = set()
        self.cursor = max(0, min(cursor, count - 1))
        self.top = 0
        self._reveal_cursor()
        self.touch_all()

    def set_caption(self, caption: list[Piece]) -> None:
        """Change what stands in the upper edge (cleaned texts)."""
        self._caption = caption
        self.touch_heading()

    def toggle_mark(self) -> None:
        """Mark or unmark the entry under the cursor, and go on to the next one."""
        if self._count:
            self.marks ^= {self.cursor}
            self._touch_entry(self.cursor)
            self.go_to(self.cursor + 1)

    def targets(self) -> Iterator[int]:
        """The entries that an act is for: the marked ones, else the one under the cursor."""
        if self.marks:
            return iter(sorted(self.marks))
        return iter((self.cursor,) if self._count else ())

    @property
    def line_count(self) -> int:
        return self._count * self._lines_each

    @property
    def position(self) -> int:
        return self.cursor

    def move(self, command: str) -> None:
        each = self._lines_each
        steps = {
            "page-down": self.page // each,
            "page-up": -(self.page // each),
            "half-page-down": self.page // each // 2,
            "half-page-up": -(self.page // each // 2),
        }
        if command == "move-last":
            self.go_to(self._count - 1)
        elif command in steps:
            self.go_to(self.cursor + (steps[command] or (1 if command.endswith("down") else -1)))
        else:
            super().move(command)

    def go_to(self, line: int) -> None:
        """Put the cursor on an entry, or as near as there is one."""
        entry = max(0, min(line, self._count - 1))
        if entry != self.cursor:
            before, self.cursor = self.cursor, entry
            self._touch_entry(before)
            self._touch_entry(entry)
        self._reveal_cursor()

    def heading(self) -> list[Piece]:
        return self._caption

    def draw(self, line: int, width: int) -> list[Segment]:
        entry, part = divmod(line, self._lines_each)
        over: tuple[str, ...] = ()
        if entry == self.cursor:
            over = ("cursor" if self.has_focus else "cursor-blur",)
        elif entry in self.marks:
            over = ("marked",)
        sign = self.glyphs.marked if entry in self.marks and part == 0 else " "
        pieces = self._draw(entry, part, width - _SIGN_WIDTH)
        return self.segments([(f"{sign} ", "key"), *pieces], width, *over)

    def draw_below(self, line: int, width: int) -> list[Segment]:
        if self._count or line != self.top + 1:
            return super().draw_below(line, width)
        return self.segments([(f"  {cut(self.empty_text, width - 2)}", "dim")], width)

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event.y)
        if line is None:
            return
        entry = line // self._lines_each
        self.go_to(entry)
        if event.chain >= 2:
            self.post_message(self.Chosen(entry))
        elif event.x <= _SIGN_WIDTH:
            self.toggle_mark()

    def _touch_entry(self, entry: int) -> None:
        first = entry * self._lines_each
        self.touch(*range(first, first + self._lines_each))

    def _reveal_cursor(self) -> None:
        first = self.cursor * self._lines_each
        self.reveal(first, first + self._lines_each - 1)
