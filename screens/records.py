"""The list of customers, of contacts or of opportunities, with the record under the cursor."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from leadtui.commands import COMMANDS
from leadtui.customers import lists
from leadtui.customers.filters import complete, record_filter
from leadtui.customers.lists import SORTS, VIEWS, RecordQuery
from leadtui.customers.rows import RecordDetail, RecordRow, Related
from leadtui.followup.queue import Order
from leadtui.i18n import gettext as _
from leadtui.keys import display_key
from leadtui.workspace import Workspace
from screens.deal_actions import DealActions
from screens.record_texts import empty_texts, filter_words, plural, sort_name, view_name
from screens.row_loading import FIRST_PAGE, TYPING_SECONDS, RowLoading
from widgets.bar import ItemBar
from widgets.filter_bar import FilterBar
from widgets.key_bar import KeyBar
from widgets.lead_list import RowList
from widgets.panel import Panel
from widgets.plain import cut
from widgets.record_detail import RecordDetailPanel
from widgets.record_line import RecordLine

_LOW = 30
"""Under so many lines the detail is a page of its own."""


class RecordList(RowList[RecordRow]):
    """The list of one kind of record."""


class RecordsScreen(RowLoading, DealActions):
    """Records of one kind in a frozen order, worked on with the keys of the inbox."""

    leads: RecordList
    detail: RecordDetailPanel

    AUTO_FOCUS = "RecordList"
    DEFAULT_CSS = """
    RecordsScreen { layout: vertical; }
    RecordsScreen #main { height: 1fr; }
    RecordsScreen RecordList { height: 3fr; }
    RecordsScreen RecordDetailPanel { height: 4fr; min-height: 8; }
    RecordsScreen.low RecordDetailPanel { display: none; height: 1fr; }
    RecordsScreen.low RecordList { height: 1fr; }
    RecordsScreen.low.page RecordList { display: none; }
    RecordsScreen.low.page RecordDetailPanel { display: block; }
    """

    def __init__(
        self,
        workspace: Workspace,
        keys: Mapping[str, tuple[str, ...]],
        record: str,
        select: str = "",
    ) -> None:
        super().__init__(workspace, keys, record)
        self._begin_at = select
        """The id of the record whose page this was opened for, while nothing but that page was read."""
        self._query = RecordQuery.of(record, "all" if select else "")

    def compose(self) -> ComposeResult:
        workspace = self.workspace
        glyphs = self.glyphs
        now, zone = workspace.clock.now, workspace.zone
        with Vertical(id="main"):
            yield RecordList(self.rows_now, RecordLine(self.record, zone, glyphs), now=now, glyphs=glyphs)
            yield FilterBar(self._filter_typed, self._completions, filter_words(self.record))
            yield RecordDetailPanel(now=now, zone=zone, glyphs=glyphs)
        yield KeyBar()

    def on_mount(self) -> None:
        self.leads = self.query_one(RecordList)
        self.detail = self.query_one(RecordDetailPanel)
        self.filter_bar = self.query_one(FilterBar)
        for panel in self.query(Panel):
            panel.moves = self.moves
        self.watch(self.leads, "highlighted", self.show_detail_now)
        self._list(self._seq_of(self._begin_at))
        self.load_vocabulary()
        if self._begin_at:
            self.call_after_refresh(self.action_open)

    def on_resize(self, event: events.Resize) -> None:
        low = event.size.height < _LOW
        self.set_class(low, "low")
        self.detail.alone = low

    # The list

    @property
    def query_now(self) -> RecordQuery:
        return self._query

    @property
    def listed(self) -> int:
        return self.leads.line_count

    def show_record(self, identity: str) -> None:
        """Put the cursor on a record, in the view of all if need be."""
        seq = self._seq_of(identity)
        if seq is not None and not self.leads.select(seq):
            self._query = RecordQuery.of(self.record, "all", sort=self._query.sort)
            self.call_later(self.filter_bar.set_text, "")
            self._list(seq)
        self.show_detail_now()

    def reload(self) -> None:
        """Bring the list in order again; cursor and marks stay with their records."""
        self.acted.clear()
        self.load_order(reload=True)

    def _list(self, select: int | None = None, patience: float = 0) -> None:
        self.acted.clear()
        query, today, user = self._query, self.today, self.workspace.user
        rows = self.read_now(lambda connection: lists.first_page(connection, query, today, user, FIRST_PAGE))
        whole = rows is not None and len(rows) < FIRST_PAGE
        self._found = len(rows or ()) if whole else None
        self.leads.empty_text = empty_texts(self.record, bool(query.filter_text), self.ways_shown)
        self.leads.show(rows or (), whole, select)
        self.load_order(select=select, patience=patience)
        self.show_caption()
        self.show_bars()

    def order_reader(self) -> Callable[[sqlite3.Connection], Order]:
        query, today, user = self._query, self.today, self.workspace.user
        return lambda connection: lists.order(connection, query, today, user)

    def rows_reader(self, seqs: Sequence[int]) -> Callable[[sqlite3.Connection], Mapping[int, RecordRow]]:
        return lambda connection: lists.rows(connection, self.record, seqs)

    def _seq_of(self, identity: str) -> int | None:
        if not identity:
            return None
        return self.read_now(lambda connection: lists.seq_of(connection, self.record, identity))

    def refresh_rows(self, seqs: Sequence[int], note: str | None) -> None:
        super().refresh_rows(seqs, note)
        self.show_detail_now()
        self.show_bars()

    # The record under the cursor

    def show_detail_now(self) -> None:
        row = self.leads.row
        if row is None:
            self.drop("detail")
            self.detail.show(None)
        else:
            self.read_soon(
                "detail", lambda connection: self.read_detail(connection, row.id), self.detail.show
            )

    def read_detail(self, connection: sqlite3.Connection, identity: str) -> RecordDetail | None:
        from leadtui.customers.card import record_detail

        workspace = self.workspace
        now = workspace.clock.now()
        return record_detail(connection, self.record, identity, workspace.settings, now, workspace.zone)

    # Bars

    def show_caption(self) -> None:
        query = self._query
        name = view_name(query.view)
        count = "" if self._found is None else f" ({self._found})"
        sort = sort_name(query.sort)
        caption = [(f"{plural(self.record)}: {name}{count}", "title"), (sort, "dim")]
        if query.filter_text:
            caption.append((cut(f"/ {query.filter_text}", 40), "key"))
        self.leads.set_caption(caption)

    def show_bars(self) -> None:
        wanted = (
            "follow-up",
            "edit",
            "new-lead",
            "snooze",
            "filter",
            *self.FOOTER[self.record],
            "back",
            "help",
        )
        known = {command.id: command for command in COMMANDS}
        footer = [
            (display_key(self.keys[name][0]), self.label_of(known[name]), name)
            for name in wanted
            if self.keys.get(name)
        ]
        marked = self.leads.marked_count
        state = _("{count} marked").format(count=marked) if marked else ""
        if not marked and self.acted:
            state = _("{count} changed: {key} sorts again").format(
                count=len(self.acted), key=self.ways_shown["resort"]
            )
        self.query_one(KeyBar).show_keys(footer, state)

    def on_row_list_opened(self) -> None:
        self.action_open()

    @on(ItemBar.Clicked)
    def _bar_clicked(self, event: ItemBar.Clicked) -> None:
        self.run_command(event.target)

    # Filter, views, orders

    async def action_filter(self) -> None:
        self.leave_page()
        await self.filter_bar.open()

    def _filter_typed(self, text: str) -> None:
        self._query = self._query._replace(filter_text=text)
        self._list(None if text else self.leads.seq, TYPING_SECONDS)
        found = record_filter(self.record, text, self.today, self.workspace.user)
        self.filter_bar.hint(found.problems[0] if found.problems else "")

    def _completions(self, text: str) -> Sequence[str]:
        return complete(self.record, text)

    def _clear_filter(self) -> bool:
        """Take the filter away; whether there was one."""
        if not self._query.filter_text:
            return False
        self._query = self._query._replace(filter_text="")
        self.call_later(self.filter_bar.set_text, "")
        self._list(self.leads.seq)
        return True

    def action_view(self) -> None:
        from screens.choose import ChooseScreen, place_key

        options = [
            (place_key(number), view, view_name(view)) for number, view in enumerate(VIEWS[self.record], 1)
        ]

        def show(view: str | None) -> None:
            if view is not None:
                self._query = self._query._replace(view=view)
                self.leads.clear_marks()
                self._list(self.leads.seq)

        self.app.push_screen(ChooseScreen(_("View"), options), show)

    def action_sort(self) -> None:
        from screens.choose import ChooseScreen, place_key

        options = [
            (place_key(number), sort, sort_name(sort)) for number, sort in enumerate(SORTS[self.record], 1)
        ]

        def show(sort: str | None) -> None:
            if sort is not None:
                self._query = self._query._replace(sort=sort)
                self._list(self.leads.seq)

        self.app.push_screen(ChooseScreen(_("Sort by"), options), show)

    def action_resort(self) -> None:
        self.reload()

    # The page, and what belongs to the record

    def action_open(self) -> None:
        """Read the record; from its page, go on to what belongs to it."""
        if self.detail.has_focus:
            self._open_related()
        else:
            self.add_class("page")
            self.call_after_refresh(self.detail.focus)

    def leave_page(self) -> None:
        """Back from the page to the list."""
        self._begin_at = ""
        self.remove_class("page")

    def action_panel_list(self) -> None:
        self.leave_page()
        self.call_after_refresh(self.leads.focus)

    def action_panel_detail(self) -> None:
        if not self.detail.has_focus:
            self.action_open()

    def action_back(self) -> None:
        """One level back: the page, then the marks, then the filter, then the screen before.

        A page that was opened from another screen goes straight back there.
        """
        if self._begin_at and self.detail.has_focus:
            self.dismiss(None)
        elif not self.leads.has_focus:
            self.action_panel_list()
        elif self.leads.marked_count:
            self.leads.clear_marks()
        elif not self._clear_filter():
            self.dismiss(None)

    def _open_related(self) -> None:
        def choose(detail: RecordDetail) -> None:
            from screens.choose import ChooseScreen, place_key

            if not detail.related:
                self.say(_("Nothing belongs to it yet."))
                return
            options = [
                (place_key(place), one, f"{one.number}  {cut(one.name, 40)}")
                for place, one in enumerate(detail.related, 1)
            ]
            self.app.push_screen(ChooseScreen(_("Go to"), options), self._go)

        self.with_detail(choose)

    def _go(self, one: Related | None) -> None:
        if one is None:
            return
        if one.record == self.record:
            self.show_record(one.id)
        elif one.record == "lead":
            self.dismiss(None)
            self.host.show_lead(one.id)
        else:
            self.host.open_records(one.record, one.id)

    # Changes from outside

    def changed_outside(self) -> None:
        """Another program wrote to the file: show what stands in it, where it stands."""
        if self.leads.line_count:
            self.leads.reload_rows()
            self.show_detail_now()
        else:
            self.reload()
