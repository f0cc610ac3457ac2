"""The panel with the record under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from leadtui.customers.rows import RecordDetail
from leadtui.i18n import gettext as _
from widgets.card_text import Line
from widgets.glyphs import Glyphs
from widgets.panel import Panel, Piece
from widgets.plain import cut
from widgets.record_card import RecordCard


class RecordDetailPanel(Panel):
    """Shows one customer, contact or opportunity, and scrolls."""

    JOINED_ABOVE: ClassVar[bool] = True

    def __init__(self, *, now: Callable[[], int], zone: tzinfo = UTC, glyphs: Glyphs | None = None) -> None:
        super().__init__(glyphs=glyphs)
        self._now = now
        self._zone = zone
        self._detail: RecordDetail | None = None
        self._lines: list[Line] = []
        self._written_width = 0
        self.alone = False
        """Whether it is a page of its own, with no list above."""

    @property
    def detail(self) -> RecordDetail | None:
        """The record that is shown."""
        return self._detail

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def show(self, detail: RecordDetail | None) -> None:
        """Show a record, from its first line unless it is the one that was shown; or nothing."""
        same = detail is not None and self._detail is not None and detail.row.id == self._detail.row.id
        self._detail = detail
        if not same:
            self.top = 0
        self._write()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._detail is not None and self._written_width != self.inner_width:
            self._write()
        return super().render_lines(crop)

    def _upper_edge(self, width: int) -> list[Segment]:
        if self.alone:
            return self.ruled(self.heading(), width, self.glyphs.top_left, self.glyphs.top_right)
        return super()._upper_edge(width)

    def heading(self) -> list[Piece]:
        if self._detail is None:
            return [(_("Nothing"), "dim")]
        return [(self._detail.row.number, "key"), (cut(self._detail.row.name, 60), "title")]

    def draw(self, line: int, width: int) -> list[Segment]:
        return self.segments([(" ", "text"), *self._lines[line]], width)

    def _write(self) -> None:
        self._written_width = self.inner_width
        self._lines = []
        if self._detail is not None:
            card = RecordCard(self._detail, self._now(), self._zone, self.inner_width, self.glyphs)
            self._lines = list(card.lines())
        self.top = max(0, min(self.top, len(self._lines) - self.page))
        self.touch_all()
