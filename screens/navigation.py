"""The commands of the main screen that change no lead: moving, views, marks, filter, copying, leaving."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.followup.queue import Query
from leadtui.i18n import gettext as _
from screens.doing import Doing
from screens.reminders import LiveReminders
from screens.row_loading import RowLoading
from widgets.filter_bar import FilterBar
from widgets.key_bar import KeyBar
from widgets.lead_detail import LeadDetailPanel
from widgets.lead_list import LeadList
from widgets.panel import Panel
from widgets.plain import cut
from widgets.top_bar import TopBar

if TYPE_CHECKING:
    from leadtui.details import LeadDetail

_ACTING_SECONDS = 0.3
"""Counting waits for so long after an act: the next one may follow at once."""


class Navigation(Doing, RowLoading, LiveReminders):
    """The commands that move, show and leave."""

    leads: LeadList
    detail: LeadDetailPanel
    filter_bar: FilterBar
    top_bar: TopBar
    key_bar: KeyBar
    vocabulary: Mapping[str, Sequence[str]] = {}
    """The words that this file knows, once they are loaded."""

    # What the screen gives

    @property
    def view(self) -> str:
        """The view that is shown."""
        raise NotImplementedError

    @property
    def filter_text(self) -> str:
        """The filter that holds, as it was typed."""
        raise NotImplementedError

    @property
    def query_now(self) -> Query:
        """What the list shows."""
        raise NotImplementedError

    def show_view(self, view: str, filter_text: str = "", select: int | None = None) -> None:
        """Show another view, or the same one filtered otherwise."""
        raise NotImplementedError

    def resort(self) -> None:
        """Bring the list in order again."""
        raise NotImplementedError

    def load_counts(self, patience: float = 0) -> None:
        """Count the views."""
        raise NotImplementedError

    def read_detail(self, connection: sqlite3.Connection, lead_id: str) -> LeadDetail | None:
        """A lead with everything that is known of it."""
        raise NotImplementedError

    # Moving

    @property
    def panel(self) -> Panel:
        """The panel that has the focus, else the list."""
        focused = self.focused
        return focused if isinstance(focused, Panel) else self.leads

    def action_move_down(self) -> None:
        self.panel.move("move-down")

    def action_move_up(self) -> None:
        self.panel.move("move-up")

    def action_move_first(self) -> None:
        self.panel.move("move-first")

    def action_move_last(self) -> None:
        self.panel.move("move-last")

    def action_page_down(self) -> None:
        self.panel.move("page-down")

    def action_page_up(self) -> None:
        self.panel.move("page-up")

    def action_half_page_down(self) -> None:
        self.panel.move("half-page-down")

    def action_half_page_up(self) -> None:
        self.panel.move("half-page-up")

    def action_open(self) -> None:
        if self.reminders.has_focus:
            self.reminders.choose()
        else:
            self.detail.focus()

    def on_row_list_opened(self) -> None:
        self.detail.focus()

    def action_back(self) -> None:
        """One level back: the panel, then the marks, then the filter, then the view."""
        if self.has_class("reminders-open"):
            self.remove_class("reminders-open")
            self.leads.focus()
        elif not self.leads.has_focus:
            self.leads.focus()
        elif self.leads.marked_count:
            self.leads.clear_marks()
        elif self.filter_text:
            self.show_view(self.view, select=self.leads.seq)
        elif self.view != "inbox":
            self.show_view("inbox", select=self.leads.seq)

    def action_panel_list(self) -> None:
        self.remove_class("reminders-open")
        self.leads.focus()

    def action_panel_detail(self) -> None:
        self.remove_class("reminders-open")
        self.detail.focus()

    def action_panel_reminders(self) -> None:
        self.add_class("reminders-open")
        self.call_after_refresh(self.reminders.focus)

    def go_to_lead(self, seq: int, reload: bool = False) -> None:
        self.remove_class("reminders-open")
        self.leads.focus()
        if reload or not self.leads.select(seq):
            view = self.view if reload and not self.filter_text else "all"
            self.show_view(view, select=seq)

    # Marks, filter, views

    def action_mark(self) -> None:
        self.leads.toggle_mark()
        self.leads.move("move-down")

    def action_mark_all(self) -> None:
        self.leads.mark_all()

    async def action_filter(self) -> None:
        self.remove_class("reminders-open")
        await self.filter_bar.open()

    def action_resort(self) -> None:
        self.resort()

    def action_view(self) -> None:
        from leadtui.followup.views import saved_views

        self.load_first("views", saved_views, self._open_views)

    def _open_views(self, saved: Mapping[str, str]) -> None:
        from screens.view_menu import ViewMenu

        def show(chosen: tuple[str, str] | None) -> None:
            if chosen is not None:
                self.show_view(*chosen)

        self.app.push_screen(ViewMenu(saved, self._forget_view), show)

    def _forget_view(self, name: str) -> None:
        from leadtui.followup.views import remove_view

        told = _("{name}: {note}").format(name=cut(name, 40), note=_("view forgotten"))
        self.act(_("Forget view"), lambda act: remove_view(act, name), lambda _nothing: self.say_done(told))

    def action_save_view(self) -> None:
        if not self.filter_text:
            self.say(_("There is no filter to save: {key} types one.").format(key=self.ways_shown["filter"]))
            return
        from screens.prompt import PromptScreen

        text = self.filter_text

        async def save(name: str) -> Mapping[str, str] | None:
            from leadtui.followup.views import save_view

            told = _("Saved as {name}: {key} shows it.").format(
                name=cut(name, 40), key=self.ways_shown["view"]
            )
            return await self.save(
                _("Save view"), lambda act: save_view(act, name, text), lambda _nothing: self.say(told)
            )

        required = _("Give the view a name.")
        self.app.push_screen(PromptScreen(_("Save view"), _("Name"), required=required, on_save=save))

    def _after_act(self) -> None:
        """Load what an act may have changed beside its rows."""
        self.load_counts(_ACTING_SECONDS)
        self.load_reminders()
