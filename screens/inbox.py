"""The main screen: the list of leads, the lead under the cursor, and the reminders."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from leadtui.commands import BY_ID
from leadtui.followup import queue
from leadtui.followup.queue import Query
from leadtui.values import Filter, LeadRow
from screens.ahead import AHEAD_SECONDS, ReadAhead
from screens.doing import command_bindings, moves_of
from screens.host import behind_frame
from screens.inbox_bars import InboxBars
from screens.row_loading import FIRST_PAGE, TYPING_SECONDS
from screens.views import empty_texts, view_names
from screens.work import WorkingScreen
from widgets.bar import ItemBar
from widgets.filter_bar import FilterBar
from widgets.key_bar import KeyBar
from widgets.lead_detail import LeadDetailPanel
from widgets.lead_list import LeadList
from widgets.panel import Panel
from widgets.reminder_panel import ReminderPanel
from widgets.top_bar import TopBar

if TYPE_CHECKING:
    from leadtui.details import LeadDetail
    from leadtui.workspace import Workspace

_NARROW, _WIDE = 100, 150


class InboxScreen(InboxBars, WorkingScreen):
    """Leads in a frozen order: an act changes a row where it stands, and the list sorts again on demand."""

    BLANK = True
    AUTO_FOCUS = "LeadList"

    def __init__(
        self,
        workspace: Workspace,
        keys: Mapping[str, tuple[str, ...]],
        view: str = "inbox",
        filter_text: str = "",
    ) -> None:
        super().__init__(workspace)
        self.keys = keys
        self._view = view
        self._filter_text = filter_text
        self._filter = _filter_of(filter_text)
        self._beyond = False
        self.acted = set()
        self._ahead = ReadAhead(self.read_detail, workspace.clock.now)
        self._line_before = 0
        self._bindings = command_bindings(self, keys)

    # Composition

    def compose(self) -> ComposeResult:
        workspace = self.workspace
        glyphs = self.glyphs
        now, zone = workspace.clock.now, workspace.zone
        yield TopBar(user=workspace.user, file=Path(workspace.path).name, glyphs=glyphs)
        with Horizontal(id="body"):
            with Vertical(id="main"):
                yield LeadList(self.rows_now, now=now, zone=zone, glyphs=glyphs)
                yield FilterBar(self._filter_typed, self._completions)
                yield LeadDetailPanel(now=now, zone=zone, glyphs=glyphs)
            yield ReminderPanel(now=now, zone=zone, glyphs=glyphs)
        yield KeyBar()

    def on_mount(self) -> None:
        self._arrange(self.app.size)
        self.leads = self.query_one(LeadList)
        self.detail = self.query_one(LeadDetailPanel)
        self.reminders = self.query_one(ReminderPanel)
        self.top_bar = self.query_one(TopBar)
        self.key_bar = self.query_one(KeyBar)
        self.filter_bar = self.query_one(FilterBar)
        moves = moves_of(self.keys)
        for panel in self.query(Panel):
            panel.moves = moves
        if self._filter_text:
            self.call_later(self.filter_bar.set_text, self._filter_text)
        self._show_first_page()
        self.show_bars()
        self._ahead_timer = self.set_interval(AHEAD_SECONDS, self._look_ahead, pause=True)
        behind_frame(self, self.load_rest)

    def load_rest(self) -> None:
        """Load what the first frame doesn't wait for."""
        self.watch(self.leads, "highlighted", self.show_detail_now)
        self.load_order()
        self.load_counts()
        self.load_reminders()
        self.remind_of_screening()
        self.load_playbooks()
        from leadtui.followup.vocabulary import vocabulary

        self.load("vocabulary", vocabulary, self._take_vocabulary)

    def _take_vocabulary(self, words: Mapping[str, Sequence[str]]) -> None:
        self.vocabulary = words

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size)

    def _arrange(self, size: Size) -> None:
        """Choose the panels that there is room for."""
        self.set_class(size.width < _NARROW, "narrow")
        self.set_class(size.width >= _WIDE, "wide")
        self.set_class(size.height < 30, "short")

    def tick(self) -> None:
        """A minute has passed: what is late, how late, and the clock."""
        self.leads.touch_all()
        self.detail.show(self.detail.detail)
        if self.today.start != self._counted_day:
            self._new_day()
        self.load_reminders()
        self.remind_of_screening()

    def _new_day(self) -> None:
        """Count what has come to its day; a list stays as it is, for somebody may be at it, and says so."""
        if self.leads.line_count:
            self._yesterday = True
            self.load_counts()
        else:
            self.resort()

    # The list

    @property
    def view(self) -> str:
        return self._view

    @property
    def filter_text(self) -> str:
        return self._filter_text

    def show_view(self, view: str, filter_text: str = "", select: int | None = None) -> None:
        """Show another view, or the same one filtered otherwise."""
        self._view, self._filter_text, self._filter = view, filter_text, _filter_of(filter_text)
        self.call_later(self.filter_bar.set_text, filter_text)
        self.leads.clear_marks()
        self._show_first_page(select)
        self.load_order(select=select)
        self.show_bars()

    def resort(self) -> None:
        """Bring the list in order again; cursor and marks stay with their leads."""
        self._outside = self._yesterday = False
        self.acted.clear()
        self.leads.empty_text = self._empty_text()
        self.load_order(reload=True)
        self.load_counts()
        self.load_reminders()

    def _empty_text(self) -> tuple[str, ...]:
        return empty_texts(self._view, bool(self._filter_text), self.ways_shown)

    @property
    def query_now(self) -> Query:
        return Query(self.view_shown, self._filter)

    @property
    def view_shown(self) -> str:
        """The view, or all leads when what is searched for isn't in the view."""
        return "all" if self._beyond else self._view

    def _show_first_page(self, select: int | None = None) -> None:
        self._beyond = False
        self._found = None
        self._outside = self._yesterday = False
        self.acted.clear()
        rows = self._first_page()
        if rows == [] and self._filter.words:
            self._beyond = True
            rows = self._first_page()
        self.leads.empty_text = self._empty_text()
        whole = rows is not None and len(rows) < FIRST_PAGE
        if whole:
            self._found = len(rows or ())
        self.leads.show(rows or (), whole, select)
        self.show_caption()

    def _first_page(self) -> list[LeadRow] | None:
        query, today, user = self.query_now, self.today, self.workspace.user
        return self.read_now(lambda connection: queue.first_page(connection, query, today, user, FIRST_PAGE))

    def order_reader(self) -> Callable[[sqlite3.Connection], queue.Order]:
        query, today, user = self.query_now, self.today, self.workspace.user
        return lambda connection: queue.order(connection, query, today, user)

    def rows_reader(self, seqs: Sequence[int]) -> Callable[[sqlite3.Connection], Mapping[int, LeadRow]]:
        return lambda connection: queue.rows(connection, seqs)

    # The lead under the cursor

    def show_detail_now(self) -> None:
        """Show the lead under the cursor, in the same frame if it can be read that quickly."""
        row = self.leads.row
        if row is None:
            self.drop("detail")
            self.detail.show(None)
        else:
            self.read_soon(
                "detail", lambda connection: self._ahead.take(connection, row.id), self.detail.show
            )
            self._ahead_timer.reset()

    def _look_ahead(self) -> None:
        """Have the next lead ready, in the direction that the cursor came."""
        self._ahead_timer.pause()
        line, before = self.leads.cursor, self._line_before
        self._line_before = line
        row = self.leads.row_at(line - 1 if line < before else line + 1)
        if row is not None:
            detail = self.read_now(lambda connection: self._ahead.look(connection, row.id))
            if detail is not None:
                self.detail.prepare(detail)

    def read_detail(self, connection: sqlite3.Connection, lead_id: str) -> LeadDetail | None:
        """A lead with everything that is known of it."""
        from leadtui.followup.card import lead_detail

        workspace = self.workspace
        return lead_detail(connection, lead_id, workspace.settings, workspace.clock.now(), workspace.zone)

    # What is clicked

    @on(ItemBar.Clicked)
    def _bar_clicked(self, event: ItemBar.Clicked) -> None:
        if event.target == "menu":
            self.action_view()
        elif event.target in view_names() and event.control is self.top_bar:
            self.show_view(event.target)
        elif event.target in BY_ID:
            self.run_command(event.target)

    # The filter

    def _filter_typed(self, text: str) -> None:
        """The list follows before the letter is painted."""
        self._filter_text, self._filter = text, _filter_of(text)
        select = None if text else self.leads.seq
        self._show_first_page(select)
        self.load_order(select=select, patience=TYPING_SECONDS)
        self.filter_bar.hint(self._filter.problems[0] if self._filter.problems else "")

    def _completions(self, text: str) -> Sequence[str]:
        from leadtui.followup.filter_completion import complete, word_at

        start, _end = word_at(text, len(text))
        return [text[:start] + word for word in complete(text, len(text), self.vocabulary)]

    # Changes from outside

    def changed_outside(self) -> None:
        """Another program wrote to the file: show what stands in it, where it stands.

        An empty list has nothing that could move under anybody's hands, so it is read again.
        """
        if not self.leads.line_count:
            self.resort()
            return
        self._outside = True
        self.leads.reload_rows()
        self.show_detail_now()
        self.load_counts()
        self.load_reminders()
        self.show_bars()

    def run_command(self, command: str) -> None:
        """Do what the command of the registry says."""
        self.call_later(getattr(self, f"action_{BY_ID[command].action}"))


def _filter_of(text: str) -> Filter:
    """What a filter line asks for; an empty one is told without loading the words of filters."""
    if not text.strip():
        return Filter()
    from leadtui.followup.filters import parse_filter

    return parse_filter(text)
