"""The bars of the main screen: which view, how many, what is due, and what holds at the moment."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.clock import to_local
from leadtui.commands import COMMANDS
from leadtui.followup import queue
from leadtui.followup.queue import Counts
from leadtui.i18n import gettext as _
from leadtui.keys import display_key
from screens.inbox_actions import InboxActions
from screens.views import empty_texts, view_names
from widgets.plain import cut
from widgets.top_bar import Tab

_TABS = ("overdue", "today", "new", "watch")
_COUNTED = ("inbox", "new", "watch", "retry")
"""The views that are always counted; what is due is counted with the reminders."""


class InboxBars(InboxActions):
    """Counts the views and fills the bars."""

    _counts: Counts | None = None
    _counted_day = 0
    _due_totals: Mapping[str, int] = {}
    _applied: int | None = None
    """How much of the leads, in percent, is in step with rules that changed."""
    _outside = False
    """Whether another program wrote to the file since the list was last sorted."""
    _yesterday = False
    """Whether the list was last sorted on another day."""

    @property
    def view_shown(self) -> str:
        """The view, or all leads when what is searched for isn't in the view."""
        raise NotImplementedError

    def load_counts(self, patience: float = 0) -> None:
        """Count the views."""
        today = self.today
        self._counted_day = today.start
        views = {*_COUNTED, self.view} - self._due_totals.keys()

        def take(counts: Counts) -> None:
            self._counts = counts
            self.show_bars()
            if counts.empty:
                self.leads.empty_text = empty_texts("all", False, self.ways_shown)
                self.leads.touch_all()
                self.host.welcome()

        self.load("counts", lambda connection: queue.counts(connection, today, views), take, patience)

    def show_due_totals(self, overdue: int, today: int) -> None:
        self._due_totals = {"overdue": overdue, "today": today}
        self.show_bars()

    def _count(self, view: str) -> int | None:
        """How many leads a view holds; what is due is counted with the reminders, which are live."""
        counted = self._counts.views.get(view) if self._counts else None
        return self._due_totals.get(view, counted)

    def show_bars(self) -> None:
        """Fill the first line and the last."""
        names, counts = view_names(), self._counts
        number = self._count(self.view)
        number = self._found if number is None or self.filter_text else number
        name = f"{names[self.view_shown]} {self.filter_text}".rstrip()
        tabs = [
            Tab(view, names[view], self._count(view), view == "overdue")
            for view in _TABS
            if view != self.view
        ]
        if self._count("retry") and self.view != "retry":
            tabs.append(Tab("retry", names["retry"], self._count("retry")))
        if self.view != "inbox":
            tabs.insert(0, Tab("inbox", names["inbox"], self._count("inbox")))
        moment = to_local(self.workspace.clock.now(), self.workspace.zone)
        progress = (counts.handled, counts.views["inbox"]) if counts else None
        self.top_bar.show_state(Tab(self.view, name, number), tabs, moment, progress)
        footer = [
            (display_key(self.keys[command.id][0]), _(command.label), command.id)
            for command in COMMANDS
            if command.footer and self.keys[command.id]
        ]
        self.key_bar.show_keys(footer, self._state())

    def show_applied(self, percent: int | None) -> None:
        """Say how far changed rules are applied; None when they are."""
        if percent != self._applied:
            self._applied = percent
            self.show_bars()

    def _state(self) -> str:
        """What holds at the moment: marks, or that the list is no more in order."""
        if self._applied is not None:
            return _("Applying the rules: {percent} %").format(percent=self._applied)
        marked = self.leads.marked_count
        if marked:
            return _("{count} marked").format(count=marked)
        key = self.ways_shown["resort"]
        if self._outside:
            return _("changed elsewhere: {key} sorts again").format(key=key)
        if self._yesterday:
            return _("a new day: {key} sorts again").format(key=key)
        if self.acted:
            return _("{count} changed: {key} sorts again").format(count=len(self.acted), key=key)
        return ""

    def show_caption(self) -> None:
        """Say over the list what it shows and how it is sorted."""
        name = view_names()[self.view_shown]
        caption = [(f"{name}: " + _("tier, score, due"), "title")]
        if self.filter_text:
            caption.append((cut(f"/ {self.filter_text}", 40), "key"))
        self.leads.set_caption(caption)
