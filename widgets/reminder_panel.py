"""What asks for attention: overdue first, then today, tomorrow, this week, and leads with nothing planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message

from leadtui.followup.describe import describe_limit
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from leadtui.values import ReminderRow
from widgets.glyphs import Glyphs
from widgets.panel import Panel, Piece
from widgets.plain import cut, fit

_LINES_EACH = 2


class ReminderGroup(NamedTuple):
    """One part of the panel: `overdue`, `today`, `tomorrow`, `week` or `no_next_step`."""

    name: str
    total: int
    rows: Sequence[ReminderRow]
    leads: int
    """How many of all are leads."""


class _Place(NamedTuple):
    """What a line of the panel shows: the head of a group, or part of a reminder."""

    group: ReminderGroup
    row: ReminderRow | None = None
    part: int = 0


class ReminderPanel(Panel):
    """Reminders in groups; the cursor goes from reminder to reminder and stays with its lead."""

    class Chosen(Message):
        """A reminder was opened."""

        def __init__(self, row: ReminderRow) -> None:
            super().__init__()
            self.row = row

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
        self._places: list[_Place] = []
        self._first: ReminderGroup | None = None
        self._loaded = False
        self.cursor = 0
        """The line of the reminder that the cursor is on."""

    def show(self, groups: Sequence[ReminderGroup]) -> None:
        """Show groups, empty ones left out; the first one's name stands in the frame."""
        self._loaded = True
        chosen = self.row
        filled = [group for group in groups if group.total]
        self._first = filled[0] if filled else None
        self._places = []
        for group in filled:
            if group is not self._first:
                self._places.append(_Place(group))
            for row in group.rows:
                self._places += [_Place(group, row, part) for part in range(_LINES_EACH)]
            if group.total > len(group.rows):
                self._places.append(_Place(group, None, 1))
        self.cursor = self._line_of(chosen)
        self.top = max(0, min(self.top, self.line_count - self.page))
        self.touch_all()

    @property
    def row(self) -> ReminderRow | None:
        """The reminder under the cursor."""
        return self._places[self.cursor].row if self.cursor < len(self._places) else None

    @property
    def line_count(self) -> int:
        return len(self._places)

    @property
    def position(self) -> int:
        return self.cursor

    def go_to(self, line: int) -> None:
        line = max(0, min(line, len(self._places) - 1))
        found = self._nearest(line, down=line >= self.cursor)
        if found is None or found == self.cursor:
            self.scroll_to_line(0 if line == 0 else self.top)
            return
        self.touch(*(start + part for start in (self.cursor, found) for part in range(_LINES_EACH)))
        self.cursor = found
        headed = found > 0 and self._places[found - 1].row is None
        self.reveal(found - 1 if headed else found)
        self.reveal(found + _LINES_EACH - 1)

    def move(self, command: str) -> None:
        if command == "move-down":
            self.go_to(self.cursor + _LINES_EACH)
        elif command == "move-up":
            self.go_to(self.cursor - 1)
        else:
            super().move(command)

    def choose(self) -> None:
        """Open the reminder under the cursor."""
        if self.row is not None:
            self.post_message(self.Chosen(self.row))

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event.y)
        if line is None or event.x >= self.size.width - 1 or self._places[line].row is None:
            return
        self.go_to(line)
        if event.chain >= 2:
            self.choose()

    # Drawing

    def heading(self) -> list[Piece]:
        if self._first is None:
            return [(_("Reminders"), "title")]
        return [_head(self._first)]

    def draw(self, line: int, width: int) -> list[Segment]:
        place = self._places[line]
        if place.row is None:
            if place.part == 0:
                return self.ruled([_head(place.group)], width)
            more = place.group.total - len(place.group.rows)
            return self.segments([(" " + _("… {count} more").format(count=more), "dim")], width)
        over: tuple[str, ...] = ()
        if line - place.part == self.cursor:
            over = ("cursor" if self.has_focus else "cursor-blur",)
        pieces = self._upper(place.row, width) if place.part == 0 else self._lower(place.row, width)
        return self.segments(pieces, width, *over)

    def draw_below(self, line: int, width: int) -> list[Segment]:
        if self._places or line != 1 or not self._loaded:
            return super().draw_below(line, width)
        return self.segments([("  " + _("Nothing is due."), "dim")], width)

    def _upper(self, row: ReminderRow, width: int) -> list[Piece]:
        what = cut(row.title or label("reminder", row.kind), max(width // 2 - 2, 4))
        company = width - 5 - cell_len(what)
        tier = row.tier or " "
        return [
            (f" {tier} ", f"tier-{tier.lower()}" if row.tier else "dim"),
            (fit(row.company or row.contact or row.number, company) + " ", "strong"),
            (what + " ", "text"),
        ]

    def _lower(self, row: ReminderRow, width: int) -> list[Piece]:
        due = "" if row.due is None else describe_limit(row.due, self._now(), self._zone)
        due = cut(due, width // 2)
        contact = row.contact if row.company else ""
        return [
            ("   " + fit(contact, width - 5 - cell_len(due)) + " ", "dim"),
            (due + " ", "late" if row.late_minutes > 0 else "soon" if row.due is not None else "dim"),
        ]

    # The cursor

    def _line_of(self, chosen: ReminderRow | None) -> int:
        """The line of the reminder that was chosen, else of the one that stands where it stood.

        One that was put off is another one: whoever goes down the list goes on with the next.
        """
        if chosen is not None:
            for line, place in enumerate(self._places):
                if place.row and _same(place.row, chosen):
                    return line
        line = min(self.cursor, len(self._places) - 1)
        found = self._nearest(max(line, 0), down=True)
        return 0 if found is None else found

    def _nearest(self, line: int, down: bool) -> int | None:
        """The first line of a reminder at `line` or further on, else before it."""
        below = tuple(range(line, len(self._places)))
        above = tuple(range(min(line, len(self._places) - 1), -1, -1))
        for near in below + above if down else above + below:
            place = self._places[near]
            if place.row is not None:
                return near - place.part
        return None


def _same(one: ReminderRow, other: ReminderRow) -> bool:
    return (one.lead_id, one.kind, one.due) == (other.lead_id, other.kind, other.due)


def _head(group: ReminderGroup) -> Piece:
    titles = {
        "overdue": _("Overdue"),
        "today": _("Today"),
        "tomorrow": _("Tomorrow"),
        "week": _("This week"),
        "no_next_step": _("No next step"),
    }
    ink = "late" if group.name == "overdue" else "title"
    number = str(group.total)
    if group.leads < group.total:
        # The views of the same name hold leads alone, and are counted without the others.
        leads = ngettext("{count} lead", "{count} leads", group.leads).format(count=group.leads)
        number = _("{total}, {leads}").format(total=number, leads=leads)
    return f"{titles.get(group.name, group.name)} ({number})", ink
