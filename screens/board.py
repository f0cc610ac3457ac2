"""Opportunities as a board by stage (R111): `>` and `<` move the card under the cursor."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult

from leadtui.commands import BY_ID
from leadtui.customers.board import BoardColumn, board
from leadtui.customers.filters import complete, record_filter
from leadtui.customers.lists import RecordQuery
from leadtui.customers.rows import RecordDetail
from leadtui.i18n import gettext as _
from leadtui.keys import display_key
from leadtui.workspace import Workspace
from screens.deal_actions import DealActions
from screens.record_texts import filter_words
from widgets.bar import ItemBar
from widgets.board_panel import BoardPanel
from widgets.filter_bar import FilterBar
from widgets.key_bar import KeyBar
from widgets.plain import cut

_FOOTER = ("stage-back", "stage-on", "open", "follow-up", "win", "disqualify", "back")


class BoardScreen(DealActions):
    """Cards in columns; what is done with one is done as in the list of opportunities."""

    AUTO_FOCUS = "BoardPanel"
    DEFAULT_CSS = """
    BoardScreen { layout: vertical; }
    BoardScreen BoardPanel { height: 1fr; }
    """

    leads: BoardPanel

    def __init__(self, workspace: Workspace, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(workspace, keys, "opportunity")
        self._filter_text = ""

    def compose(self) -> ComposeResult:
        workspace = self.workspace
        glyphs = self.glyphs
        yield BoardPanel(now=workspace.clock.now, zone=workspace.zone, glyphs=glyphs)
        yield FilterBar(self._filter_typed, self._completions, filter_words("opportunity"))
        yield KeyBar()

    def on_mount(self) -> None:
        self.leads = self.query_one(BoardPanel)
        self.leads.moves = self.moves
        self.filter_bar = self.query_one(FilterBar)
        self.load_vocabulary()
        self.reload()
        self.show_bars()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """What was done on another screen shows."""
        if self.is_mounted:
            self.reload()

    # What is shown

    @property
    def query_now(self) -> RecordQuery:
        return RecordQuery.of("opportunity", "all", self._filter_text)

    @property
    def listed(self) -> int:
        return self.leads.total

    def reload(self, select: int | None = None) -> None:
        today, user, text = self.today, self.workspace.user, self._filter_text

        def read(connection: sqlite3.Connection) -> Sequence[BoardColumn]:
            return board(connection, today, user, text)

        def take(columns: Sequence[BoardColumn]) -> None:
            self.leads.show(columns, select)

        self.read_soon("board", read, take)

    def refresh_rows(self, seqs: Sequence[int], note: str | None) -> None:
        self.reload(seqs[0] if len(seqs) == 1 else None)

    def show_record(self, identity: str) -> None:
        from leadtui.customers import lists

        self.reload(self.read_now(lambda connection: lists.seq_of(connection, "opportunity", identity)))

    def show_detail_now(self) -> None:
        """A board shows no detail."""

    def read_detail(self, connection: sqlite3.Connection, identity: str) -> RecordDetail | None:
        from leadtui.customers.card import record_detail

        workspace = self.workspace
        now = workspace.clock.now()
        return record_detail(connection, "opportunity", identity, workspace.settings, now, workspace.zone)

    def show_bars(self) -> None:
        """Say over the board what it shows, and beneath it what can be done."""
        caption = [(_("Opportunities by stage"), "title")]
        if self._filter_text:
            caption.append((cut(f"/ {self._filter_text}", 40), "key"))
        self.leads.caption = caption
        self.leads.touch_heading()
        footer = [
            (display_key(self.keys[name][0]), self.label_of(BY_ID[name]), name)
            for name in _FOOTER
            if self.keys.get(name)
        ]
        self.query_one(KeyBar).show_keys(footer)

    # Keys

    def action_open(self) -> None:
        row = self.one()
        if row is not None:
            self.host.open_records("opportunity", row.id)

    @on(BoardPanel.Opened)
    def _opened(self) -> None:
        self.action_open()

    def action_back(self) -> None:
        """The marks, then the filter, then the screen before."""
        if not self.leads.has_focus:
            self.leads.focus()
        elif self.leads.marked_count:
            self.leads.clear_marks()
        elif self._filter_text:
            self._filter_typed("")
            self.call_later(self.filter_bar.set_text, "")
        else:
            self.dismiss(None)

    def action_resort(self) -> None:
        self.reload()

    @on(ItemBar.Clicked)
    def _bar_clicked(self, event: ItemBar.Clicked) -> None:
        self.run_command(event.target)

    # The filter

    async def action_filter(self) -> None:
        await self.filter_bar.open()

    def _filter_typed(self, text: str) -> None:
        self._filter_text = text
        self.reload()
        self.show_bars()
        found = record_filter("opportunity", text, self.today, self.workspace.user)
        self.filter_bar.hint(found.problems[0] if found.problems else "")

    def _completions(self, text: str) -> Sequence[str]:
        return complete("opportunity", text)

    @on(FilterBar.Left)
    def _filter_left(self, event: FilterBar.Left) -> None:
        self.leads.focus()
        if event.move:
            self.leads.move(event.move)

    def changed_outside(self) -> None:
        """Another program wrote to the file."""
        self.reload()
