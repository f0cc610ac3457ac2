"""The lead under the cursor, in full: what it is worth, why, whom to call, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from leadtui.i18n import gettext as _
from leadtui.values import LeadDetail
from widgets.glyphs import Glyphs
from widgets.panel import Panel, Piece
from widgets.plain import cut

if TYPE_CHECKING:
    from widgets.lead_card import Line


class LeadDetailPanel(Panel):
    """Shows one lead, scrolls, and draws only the lines that differ from what stands there."""

    JOINED_ABOVE: ClassVar[bool] = True

    def __init__(
        self,
        *,
        now: Callable[[], int],
        zone: tzinfo = UTC,
        glyphs: Glyphs | None = None,
    ) -> None:
        super().__init__(glyphs=glyphs)
        self._now = now
        self._zone = zone
        self._detail: LeadDetail | None = None
        self._lines: list[Line] = []
        self._heading: list[Piece] = []
        self._written_width = 0
        """For which width the lines were written; 0 before anything was shown."""

    @property
    def detail(self) -> LeadDetail | None:
        """The lead that is shown."""
        return self._detail

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def show(self, detail: LeadDetail | None) -> None:
        """Show a lead from its first line, or nothing."""
        same = detail is not None and self._detail is not None and detail.row.id == self._detail.row.id
        self._detail = detail
        if not same:
            self.top = 0
        self._write()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._written_width not in (0, self.inner_width):
            self._write()
        return super().render_lines(crop)

    def heading(self) -> list[Piece]:
        return self._heading

    def draw(self, line: int, width: int) -> list[Segment]:
        return self.segments([(" ", "text"), *self._lines[line]], width)

    def _write(self) -> None:
        before, lines_before = self._heading, self._lines
        self._written_width = self.inner_width
        self._lines = []
        if self._detail is None:
            self._heading = [(_("No lead"), "dim")]
        else:
            row = self._detail.row
            name = cut(row.company or row.contact, 60)
            self._heading = [(row.number, "key"), (name, "title")]
            # Loaded late: the first frame is painted without a lead.
            from widgets.lead_card import LeadCard

            self._lines = LeadCard(
                self._detail, self._now(), self._zone, self.inner_width, self.glyphs
            ).lines()
        self.top = max(0, min(self.top, len(self._lines) - self.page))
        if before != self._heading:
            self.touch_heading()
        if len(self._lines) > self.page or len(lines_before) > self.page:
            self.touch_all()
            return
        for line in range(max(len(self._lines), len(lines_before))):
            if self._lines[line : line + 1] != lines_before[line : line + 1]:
                self.touch(line)
