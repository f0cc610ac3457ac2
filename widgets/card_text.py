"""How the cards in the detail panel are written: names with their texts beneath each other, activities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from rich.cells import cell_len

from leadtui.details import ActivityRow, PlaybookRun
from leadtui.followup.describe import describe_limit, describe_past
from leadtui.followup.told import activity_head
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from leadtui.values import ReminderRow
from widgets.glyphs import Glyphs
from widgets.panel import Piece
from widgets.plain import cut, wrap

Line = tuple[Piece, ...]
NAME_WIDTH = 11
_STAMP_WIDTH = 14


class CardText:
    """Writes lines as wide as the panel is, at the moment `now`."""

    def __init__(self, now: int, zone: tzinfo, width: int, glyphs: Glyphs) -> None:
        self.now = now
        self.zone = zone
        self.width = max(width - 2, 20)
        self.glyphs = glyphs

    def named(self, name: str, text: str, ink: str, most: int = 2, room: int = NAME_WIDTH) -> Iterator[Line]:
        """A name in `room` cells and its text, wrapped under itself; nothing for an empty text."""
        if not text.strip():
            return
        for number, part in enumerate(wrap(text, self.width - room, most=most)):
            yield ((column(name if number == 0 else "", room), "dim"), (part, ink))

    def flowing(self, pieces: list[Piece]) -> Iterator[Line]:
        """Pieces side by side, on the next line where one does not fit any more."""
        line: list[Piece] = []
        used = 0
        for text, ink in pieces:
            shown = cut(text, self.width)
            if not shown:
                continue
            size = cell_len(shown) + 3
            if line and used + size - 3 > self.width:
                yield tuple(line)
                line, used = [], 0
            line.append((shown + "   ", ink))
            used += size
        if line:
            yield tuple(line)

    def own_fields(self, texts: tuple[tuple[str, str], ...]) -> Iterator[Line]:
        """The user's own fields, their values beneath each other."""
        longest = max((cell_len(name) + 2 for name, _text in texts), default=0)
        room = max(NAME_WIDTH, min(longest, self.width // 2))
        for name, text in texts:
            yield from self.named(name, text, "text", room=room)

    def reminder(self, reminder: ReminderRow) -> Line:
        """What is due, and when."""
        due = ""
        if reminder.due is not None:
            due = describe_limit(reminder.due, self.now, self.zone)
        late = reminder.late_minutes > 0
        title = reminder.title or label("reminder", reminder.kind)
        return (
            (pad(_("Due")), "dim"),
            (cut(title, self.width - NAME_WIDTH - 16) + "  ", "text"),
            (due, "late" if late else "soon"),
        )

    def activity(self, activity: ActivityRow, about: str = "") -> Iterator[Line]:
        """When something happened, how, and what; `about` names the record where it was logged."""
        stamp = describe_past(activity.at, self.now, self.zone)
        head = activity_head(activity.kind, activity.channel, activity.result, activity.duration_minutes)
        if about:
            head += f" ({about})"
        said = f"{head}: {activity.content}" if activity.content else head
        left = self.width - _STAMP_WIDTH
        for number, text in enumerate(wrap(said, left, most=4)):
            stamped = cut(stamp, _STAMP_WIDTH - 2) if number == 0 else ""
            yield (column(stamped, _STAMP_WIDTH), "dim"), (text, "text")
        if activity.attachment:
            named = f"{label('field', 'attachment')}: {activity.attachment}"
            yield (column("", _STAMP_WIDTH), "dim"), (cut(named, left), "dim")

    def playbook(self, run: PlaybookRun | None, proposed: str) -> Iterator[Line]:
        """The playbook that is at work, or that is proposed."""
        if proposed:
            text = _("{name} is proposed").format(name=proposed)
            yield from self.named(_("Playbook"), text, "dim", most=1)
        if run is not None:
            text = run.playbook
            if run.paused_at is not None:
                text += " " + _("(paused: {why})").format(why=label("pause", run.pause_reason))
            yield from self.named(_("Playbook"), text, "text", most=1)

    def older(self, count: int) -> Iterator[Line]:
        """How many activities aren't shown."""
        if count > 0:
            text = ngettext("{count} older activity", "{count} older activities", count).format(count=count)
            yield ((" " * _STAMP_WIDTH + text, "dim"),)


def pad(name: str) -> str:
    """A name in the width of names."""
    return column(name, NAME_WIDTH)


def column(text: str, width: int) -> str:
    """A text in exactly `width` cells, one of them a gap."""
    shown = cut(text, width - 1)
    return shown + " " * (width - cell_len(shown))
