"""The base of all panels: lines that draw themselves into a frame, with a scrollbar in its right edge.

A panel keeps the strips of its visible lines and draws again only those that changed, so that a cursor key
costs two lines. What is painted again goes to the right edge and not into it where the thumb stays: Textual
renders what adjoins it as well. It renders itself without Textual's style cache: borders, padding and opacity
of the style sheet don't apply to it, colours come from its inks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip

from widgets.glyphs import Glyphs
from widgets.inked import Inked
from widgets.line_strip import LineStrip
from widgets.plain import cut, fit

Piece = tuple[str, str]
"""A cleaned text and the name of its ink."""

_WHEEL_LINES = 3


class Panel(Inked, can_focus=True):
    """A framed list of lines with a cursor."""

    ALLOW_SELECT = False

    HEADERS: ClassVar[int] = 0
    """Lines between the upper edge and the first line that scrolls."""
    OPEN_BELOW: ClassVar[bool] = False
    """Whether the panel beneath closes the frame."""
    JOINED_ABOVE: ClassVar[bool] = False
    """Whether the upper edge continues the frame of the panel above."""

    def __init__(self, glyphs: Glyphs | None = None) -> None:
        super().__init__()
        self.glyphs = glyphs or Glyphs()
        self.moves: Mapping[str, str] = {}
        """The command of each key that moves in a panel."""
        self.top = 0
        self._strips: list[Strip | None] = []
        self._drawn_size = Size(0, 0)
        self._dragging = False

    # What a panel is made of

    @property
    def line_count(self) -> int:
        """How many lines there are to scroll through."""
        return 0

    @property
    def position(self) -> int:
        """The line that movement starts from."""
        return self.top

    def go_to(self, line: int) -> None:
        """Move to `line`, or as near as there is one."""
        self.scroll_to_line(line)

    def heading(self) -> list[Piece]:
        """What stands in the upper edge."""
        return []

    def draw_header(self, line: int, width: int) -> list[Segment]:
        """One of the `HEADERS` lines, `width` cells."""
        raise NotImplementedError

    def draw(self, line: int, width: int) -> list[Segment]:
        """One line, exactly `width` cells."""
        raise NotImplementedError

    def draw_below(self, line: int, width: int) -> list[Segment]:
        """A line after the last one."""
        return [Segment(" " * width, self.ink("text"))]

    # Geometry

    @property
    def inner_width(self) -> int:
        return max(self.outer_size.width - 2, 0)

    @property
    def page(self) -> int:
        """How many lines are shown at once."""
        return max(self.outer_size.height - 1 - self.HEADERS - (not self.OPEN_BELOW), 1)

    def _row(self, line: int) -> int:
        return line - self.top + 1 + self.HEADERS

    def line_at(self, y: int) -> int | None:
        """The line at a height inside the panel."""
        line = y - 1 - self.HEADERS + self.top
        inside = 1 + self.HEADERS <= y < 1 + self.HEADERS + self.page
        return line if inside and 0 <= line < self.line_count else None

    # Movement

    def move(self, command: str) -> None:
        """Move by one of the commands `move-…`, `page-…` and `half-page-…`."""
        steps = {
            "move-down": 1,
            "move-up": -1,
            "page-down": self.page,
            "page-up": -self.page,
            "half-page-down": self.page // 2,
            "half-page-up": -(self.page // 2),
        }
        if command == "move-first":
            self.go_to(0)
        elif command == "move-last":
            self.go_to(self.line_count - 1)
        elif command in steps:
            self.go_to(self.position + steps[command])

    def scroll_to_line(self, line: int) -> None:
        """Show `line` as the first one, as far as there are enough lines after it."""
        top = max(0, min(line, self.line_count - self.page))
        if top != self.top:
            lines, thumb_before = top - self.top, self._thumb_rows()
            self.top = top
            thumb = self._thumb_rows()
            self._shift_strips(lines, thumb_before, thumb)
            width, height = self.outer_size
            moved = {*thumb_before} ^ {*thumb}
            self.refresh(Region(0, 0, width - 1, height), *(Region(0, row, width, 1) for row in moved))

    def reveal(self, first: int, last: int | None = None) -> None:
        """Scroll as little as shows the lines from `first` to `last`."""
        last = first if last is None else last
        if first < self.top:
            self.scroll_to_line(first)
        elif last >= self.top + self.page:
            self.scroll_to_line(last - self.page + 1)

    def on_key(self, event: events.Key) -> None:
        command = self.moves.get(event.key)
        if command is not None:
            event.stop()
            event.prevent_default()
            self.move(command)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_to_line(self.top + _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_to_line(self.top - _WHEEL_LINES)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.x == self.outer_size.width - 1 and self.line_count > self.page:
            self._dragging = True
            self.capture_mouse()
            self._drag_to(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            self._drag_to(event.y)

    def on_mouse_up(self) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        share = (y - 1 - self.HEADERS) / max(self.page - 1, 1)
        self.scroll_to_line(round(min(max(share, 0), 1) * (self.line_count - self.page)))

    def on_focus(self) -> None:
        self.touch_all()

    def on_blur(self) -> None:
        self.touch_all()

    def on_resize(self) -> None:
        self.scroll_to_line(self.top)

    # Drawing

    def touch(self, *lines: int) -> None:
        """Draw lines again."""
        first = 1 + self.HEADERS
        inside = range(first, first + self.page)
        self._touch_rows([row for row in map(self._row, lines) if row in inside])

    def touch_heading(self) -> None:
        """Draw the upper edge again."""
        self._touch_rows([0])

    def touch_all(self) -> None:
        """Draw every line again."""
        self._strips = [None] * len(self._strips)
        self.refresh()

    def _shift_strips(self, lines: int, thumb_before: range, thumb: range) -> None:
        """Move what is drawn up by `lines`; what comes into sight, and the thumb, are drawn."""
        first = 1 + self.HEADERS
        drawn = self._strips[first : first + self.page]
        for row in range(len(drawn)):
            origin = row + lines
            kept = 0 <= origin < len(drawn) and (first + origin in thumb_before) == (first + row in thumb)
            self._strips[first + row] = drawn[origin] if kept else None

    def _touch_rows(self, rows: Iterable[int]) -> None:
        drawn = [row for row in rows if row < len(self._strips)]
        for row in drawn:
            self._strips[row] = None
        if drawn:
            width = self.outer_size.width - 1
            self.refresh(*(Region(0, row, width, 1) for row in drawn))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips = [None] * len(self._strips)

    def segments(self, pieces: Iterable[Piece], width: int, *over: str) -> list[Segment]:
        """Pieces as one line of exactly `width` cells, with the inks of `over` laid upon all of it."""
        line: list[Segment] = []
        inks = self._inks
        left = width
        for text, name in pieces:
            if left <= 0:
                break
            size = cell_len(text)
            if size > left:
                text = fit(text, left)
                size = left
            left -= size
            style = inks.get((name, *over)) or self.ink(name, *over)
            if line and line[-1].style is style:
                line[-1] = Segment(line[-1].text + text, style)
            else:
                line.append(Segment(text, style))
        if left > 0:
            line.append(Segment(" " * left, self.ink("text", *over)))
        return line

    def render_lines(self, crop: Region) -> list[Strip]:
        size = self.outer_size
        if size != self._drawn_size:
            self._drawn_size = size
            self._strips = [None] * size.height
        missing = [row for row in crop.line_range if self._strips[row] is None]
        if missing:
            self._draw_rows(missing)
        visible = [strip for strip in self._strips[crop.y : crop.bottom] if strip is not None]
        if crop.column_span != (0, size.width):
            return [strip.crop(*crop.column_span) for strip in visible]
        return visible

    def _draw_rows(self, rows: Iterable[int]) -> None:
        width, height = self._drawn_size
        filters = _needed_filters(self.get_line_filters())
        edge, thumb = (Segment(sign, self._frame_ink) for sign in (self.glyphs.down, self.glyphs.thumb))
        thumbed = self._thumb_rows()
        for row in rows:
            if row == 0:
                segments = self._upper_edge(width)
            elif row == height - 1 and not self.OPEN_BELOW:
                segments = self._lower_edge(width)
            else:
                inner = self._draw_inner(row - 1, width - 2)
                segments = [edge, *inner, thumb if row in thumbed else edge]
            strip: Strip = LineStrip(segments, width)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, self.background_colors[1])
            self._strips[row] = strip

    def _draw_inner(self, row: int, width: int) -> list[Segment]:
        if row < self.HEADERS:
            return self.draw_header(row, width)
        line = row - self.HEADERS + self.top
        return self.draw(line, width) if line < self.line_count else self.draw_below(line, width)

    @property
    def _frame_ink(self) -> RichStyle:
        return self.ink("frame-focus" if self.has_focus else "frame")

    def _thumb_rows(self) -> range:
        """The rows in whose edge the scrollbar's thumb stands."""
        count, page = self.line_count, self.page
        if count <= page:
            return range(0)
        size = max(1, page * page // count)
        start = 1 + self.HEADERS + round(self.top / (count - page) * (page - size))
        return range(start, start + size)

    def _upper_edge(self, width: int) -> list[Segment]:
        glyphs = self.glyphs
        left = glyphs.left_joint if self.JOINED_ABOVE else glyphs.top_left
        right = glyphs.right_joint if self.JOINED_ABOVE else glyphs.top_right
        return self.ruled(self.heading(), width, left, right)

    def _lower_edge(self, width: int) -> list[Segment]:
        glyphs = self.glyphs
        return self.ruled([], width, glyphs.bottom_left, glyphs.bottom_right)

    def ruled(self, heading: list[Piece], width: int, left: str = "", right: str = "") -> list[Segment]:
        """A line across with `heading` at its start."""
        frame, across = self._frame_ink, self.glyphs.across
        line = [Segment(left, frame)] if left else []
        room = width - len(left) - len(right)
        for text, ink in heading:
            shown = cut(text, room - 2)
            if shown:
                gap = " " if text.endswith(" ") else ""
                shown = f" {shown}{gap}"
                line.append(Segment(shown, self.ink(ink)))
                room -= cell_len(shown)
        if heading and room > 0:
            line.append(Segment(" ", frame))
            room -= 1
        line.append(Segment(across * room + right, frame))
        return line


def _needed_filters(filters: Sequence[LineFilter]) -> Sequence[LineFilter]:
    """The filters that change our lines: colours of the style sheet are no ANSI colours."""
    return [line_filter for line_filter in filters if not isinstance(line_filter, ANSIToTruecolor)]
