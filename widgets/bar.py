"""A line of short texts, some of which can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from widgets.inked import Inked


class Item(NamedTuple):
    """A cleaned text of a bar; with a `target`, clicking it posts the target's name."""

    text: str
    ink: str = "text"
    target: str = ""
    short: str = ""
    """What stands in its place before another item has to go; empty when it can't be shorter."""


class ItemBar(Inked):
    """One line that draws itself: items from the left, others from the right, none cut in two."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """An item with a target was clicked."""

        def __init__(self, bar: ItemBar, target: str) -> None:
            super().__init__()
            self.bar = bar
            self.target = target

        @property
        def control(self) -> ItemBar:
            return self.bar

    def __init__(self) -> None:
        super().__init__()
        self._left: Sequence[Item] = ()
        self._right: Sequence[Item] = ()
        self._strip: Strip | None = None
        self._drawn_width = 0
        self._targets: list[tuple[int, int, str]] = []

    def show(self, left: Sequence[Item], right: Sequence[Item] = ()) -> None:
        """Show items; where they don't all fit, the first of `right` go, then texts become short, then the
        last of `left` go."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self._strip = None
            self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strip = None

    def render_lines(self, crop: Region) -> list[Strip]:
        width = self.outer_size.width
        if self._strip is None or self._drawn_width != width:
            self._drawn_width = width
            self._strip = self._draw(width)
        strip = self._strip
        if crop.column_span != (0, self._drawn_width):
            strip = strip.crop(*crop.column_span)
        return [strip] * crop.height

    def on_click(self, event: events.Click) -> None:
        for start, end, target in self._targets:
            if start <= event.x < end:
                self.post_message(self.Clicked(self, target))

    def _draw(self, width: int) -> Strip:
        left, right = self._fitting(width)
        self._targets = []
        segments: list[Segment] = []
        used = self._place(left, 0, segments)
        gap = width - used - _size(right)
        segments.append(Segment(" " * gap, self.ink("text")))
        self._place(right, used + gap, segments)
        strip = Strip(segments, width)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return strip

    def _place(self, items: Sequence[Item], start: int, segments: list[Segment]) -> int:
        for item in items:
            size = cell_len(item.text)
            segments.append(Segment(item.text, self.ink(item.ink)))
            if item.target:
                self._targets.append((start, start + size, item.target))
            start += size
        return start

    def _fitting(self, width: int) -> tuple[list[Item], list[Item]]:
        left, right = list(self._left), list(self._right)
        while len(right) > 1 and _size(left) + _size(right) > width:
            right.pop(0)
        if _size(left) + _size(right) > width:
            right = _shortened(right)
        if _size(left) + _size(right) > width:
            left = _shortened(left)
        while left and _size(left) + _size(right) > width:
            target = left.pop().target
            while target and left and left[-1].target == target:
                left.pop()
        if _size(right) > width:
            right = []
        return left, right


def _shortened(items: Sequence[Item]) -> list[Item]:
    return [item._replace(text=item.short or item.text) for item in items]


def _size(items: Sequence[Item]) -> int:
    return sum(cell_len(item.text) for item in items)
