"""The lead under the cursor, in full: what it is worth, why, whom to call, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo
from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from leadtui.i18n import gettext as _
from widgets.glyphs import Glyphs
from widgets.panel import Panel, Piece
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.details import LeadDetail
    from widgets.card_text import Line


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
        self._rest: Iterator[Line] = iter(())
        """Lines that were not wanted yet: most are below the edge, and a cursor key doesn't wait for them."""
        self._prepared: tuple[LeadDetail, int, Iterator[Line]] | None = None
        """A lead whose first lines are written already, and for which width."""
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
        """Show a lead, from its first line unless it is the one that was shown; or nothing."""
        same = detail is not None and self._detail is not None and detail.row.id == self._detail.row.id
        self._detail = detail
        if not same:
            self.top = 0
        self._write()

    def prepare(self, detail: LeadDetail) -> None:
        """Write the first lines of a lead that may be shown next."""
        lines = self._card(detail)
        self._prepared = (detail, self.inner_width, chain([*islice(lines, self.page + 1)], lines))

    def scroll_to_line(self, line: int) -> None:
        self._write_rest()
        super().scroll_to_line(line)

    def on_focus(self) -> None:
        self._write_rest()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._written_width not in (0, self.inner_width):
            self._write()
        return super().render_lines(crop)

    def heading(self) -> list[Piece]:
        return self._heading

    def draw(self, line: int, width: int) -> list[Segment]:
        return self.segments([(" ", "text"), *self._lines[line]], width)

    def _write(self) -> None:
        before, thumb_before = (self._heading, self._lines), (self.top, self._thumb_rows())
        self._written_width = self.inner_width
        self._lines, self._rest = [], iter(())
        if self._detail is None:
            self._heading = [(_("No lead"), "dim")]
        else:
            row = self._detail.row
            name = cut(row.company or row.contact, 60)
            self._heading = [(row.number, "key"), (name, "title")]
            self._rest = self._lines_of(self._detail)
            self._lines = list(islice(self._rest, None if self.has_focus else self.top + self.page + 1))
        self.top = max(0, min(self.top, len(self._lines) - self.page))
        if thumb_before != (self.top, self._thumb_rows()):
            self.touch_all()
        else:
            self._touch_what_differs(*before)

    def _lines_of(self, detail: LeadDetail) -> Iterator[Line]:
        prepared, self._prepared = self._prepared, None
        if prepared is not None and prepared[0] is detail and prepared[1] == self.inner_width:
            return prepared[2]
        return self._card(detail)

    def _card(self, detail: LeadDetail) -> Iterator[Line]:
        # Loaded late: the first frame is painted without a lead.
        from widgets.lead_card import LeadCard

        return LeadCard(detail, self._now(), self._zone, self.inner_width, self.glyphs).lines()

    def _touch_what_differs(self, heading: list[Piece], lines: list[Line]) -> None:
        if heading != self._heading:
            self.touch_heading()
        longest = range(max(len(self._lines), len(lines)))
        self.touch(*(line for line in longest if self._lines[line : line + 1] != lines[line : line + 1]))

    def _write_rest(self) -> None:
        """Write what is below the edge, because somebody wants to go there."""
        rest = list(self._rest)
        if rest:
            self._lines += rest
            self.touch_all()
