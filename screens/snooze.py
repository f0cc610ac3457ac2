"""Hiding a lead or a record until a day: tomorrow, three days, a week, or a date."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from leadtui.clock import to_local, to_milliseconds
from leadtui.followup.describe import describe_exact
from leadtui.i18n import gettext as _
from screens.modal import Modal
from widgets.box import Box
from widgets.plain import plain
from widgets.when_input import WhenInput


def day_start(now: int, zone: tzinfo, days: int) -> int:
    """When the local day that is `days` after the one of `now` begins, in UTC milliseconds."""
    day = to_local(now, zone).date() + timedelta(days=days)
    return to_milliseconds(datetime(day.year, day.month, day.day, tzinfo=zone))


class SnoozeScreen(Modal[int | None]):
    """Returns until when it is to be hidden (UTC milliseconds), or None."""

    DEFAULT_CSS = """
    SnoozeScreen { align: center middle; }
    SnoozeScreen Box { width: 46; }
    SnoozeScreen Static { height: auto; }
    SnoozeScreen WhenInput { display: none; }
    SnoozeScreen WhenInput.-open { display: block; }
    SnoozeScreen WhenInput > .reading { height: 3; }
    SnoozeScreen Input { background: $boost; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "days(1)", show=False),
        Binding("3", "days(3)", show=False),
        Binding("w", "days(7)", show=False),
        Binding("d", "date", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, now: int, zone: tzinfo) -> None:
        super().__init__()
        self._now = now
        self._zone = zone

    def compose(self) -> ComposeResult:
        yield Box(_("Snooze until"), Static(self._menu()), WhenInput(self._now, self._zone))

    def _menu(self) -> Content:
        parts: list[tuple[str, str] | Content] = []
        for key, days, text in (
            ("1", 1, _("tomorrow")),
            ("3", 3, _("in three days")),
            ("w", 7, _("in a week")),
        ):
            day = describe_exact(day_start(self._now, self._zone, days), True, self._zone)
            parts += [(f"{key} ", "bold $text-accent"), plain(text), (f"  {day}\n", "dim")]
        parts += [("d ", "bold $text-accent"), plain(_("a date"))]
        return Content.assemble(*parts)

    def action_days(self, days: int) -> None:
        self.dismiss(day_start(self._now, self._zone, days))

    def action_date(self) -> None:
        when = self.query_one(WhenInput)
        when.add_class("-open")
        when.query_one(Input).focus()

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(Input.Submitted)
    def _typed(self) -> None:
        when = self.query_one(WhenInput)
        if when.due is None:
            return
        if when.due <= self._now:
            when.say(_("That is past; it can only be hidden until later."))
        else:
            self.dismiss(when.due)
