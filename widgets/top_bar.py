"""The first line: which view, what waits, who works on which file, and what time it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from leadtui.i18n import gettext as _
from widgets.bar import Item, ItemBar
from widgets.glyphs import Glyphs
from widgets.plain import cut, unknown


class Tab(NamedTuple):
    """A view that the bar names, with how many leads it holds; None while it is being counted."""

    view: str
    name: str
    number: int | None
    alarming: bool = False


class TopBar(ItemBar):
    """Counts and names; a click on a view shows it, a click on the current one opens the menu of views."""

    def __init__(self, *, user: str, file: str, glyphs: Glyphs | None = None) -> None:
        super().__init__()
        self._user = cut(user, 24)
        self._file = cut(file, 30)
        self._glyphs = glyphs or Glyphs()

    def show_state(
        self, current: Tab, tabs: Sequence[Tab], moment: datetime, progress: tuple[int, int] | None = None
    ) -> None:
        """Show the current view and the others; `progress` is how many were handled today and are left."""
        name = f" {cut(current.name, 24)} {self._glyphs.menu} {_number(current.number)} "
        left = [Item(" LeadTUI  ", "name", short=" "), Item(name, "active", "menu")]
        for tab in tabs:
            ink = "late" if tab.alarming and tab.number else "text" if tab.number else "dim"
            left.append(Item(f"  {tab.name} {_number(tab.number)} ", ink, tab.view))
        dot = f" {self._glyphs.dot} "
        right = [
            Item(f"{self._user}{dot}", "dim"),
            Item(f"{self._file}{dot}", "dim"),
            Item(_moment(moment), "dim", short=f"{moment:%H:%M} "),
        ]
        if progress is not None and progress[0]:
            text = _("done {done} · left {left}").format(done=progress[0], left=progress[1])
            right.insert(len(right) - 1, Item(f"{text}{dot}", "good"))
        self.show(left, right)


def _number(count: int | None) -> str:
    return unknown() if count is None else str(count)


def _moment(moment: datetime) -> str:
    days = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    months = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    # Translators: the clock in the first line, e.g. `Sat 21 Nov 10:42`.
    return _("{weekday} {day} {month} {time} ").format(
        weekday=days[moment.weekday()],
        day=moment.day,
        month=months[moment.month - 1],
        time=f"{moment:%H:%M}",
    )
