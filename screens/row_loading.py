"""How the rows of a list come to it: their order, those that are in sight, what became of some."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from screens.work import ScreenPart
from widgets.filter_bar import FilterBar
from widgets.lead_list import RowList

if TYPE_CHECKING:
    from leadtui.followup.queue import Order

FIRST_PAGE = 64
"""So many rows are read at once."""
TYPING_SECONDS = 0.15
"""The order of a list waits for so long while its filter is typed."""


class RowLoading(ScreenPart):
    """Reads for the list what it shows; the first page is read by the screen, before it is painted."""

    leads: RowList[Any]
    acted: set[int]
    """What was changed since the list was last sorted."""
    _found: int | None = None
    """How many rows the list holds, once that is known."""

    # What the screen gives

    def rows_reader(self, seqs: Sequence[int]) -> Callable[[sqlite3.Connection], Mapping[int, Any]]:
        """Reads these rows."""
        raise NotImplementedError

    def order_reader(self) -> Callable[[sqlite3.Connection], Order]:
        """Reads in which order the list that is wanted now has its rows."""
        raise NotImplementedError

    def show_detail_now(self) -> None:
        """Show what is under the cursor."""
        raise NotImplementedError

    def show_caption(self) -> None:
        """Say over the list what it shows."""
        raise NotImplementedError

    def show_bars(self) -> None:
        """Say around the list what there is and what can be done."""
        raise NotImplementedError

    # Reading

    def load_order(self, reload: bool = False, select: int | None = None, patience: float = 0) -> None:
        """Read the order of the list, unless its first page is all of it."""
        if self._found is not None and not reload:
            self.drop("order")
            return

        def take(order: Order) -> None:
            self.leads.set_order(order, reload)
            self._found = len(order)
            if select is not None:
                self.leads.select(select)
            if reload:
                self.show_detail_now()
            self.show_caption()
            self.show_bars()

        self.load("order", self.order_reader(), take, patience)

    def rows_now(self, seqs: Sequence[int]) -> Mapping[int, Any]:
        """The rows that the list wants at once."""
        return self.read_now(self.rows_reader(seqs)) or {}

    def on_row_list_need_rows(self, event: RowList.NeedRows) -> None:
        def take(rows: Mapping[int, Any]) -> None:
            self.leads.add_rows(rows.values(), event.seqs)
            if self.leads.seq in rows:
                self.show_detail_now()

        self.load("rows", self.rows_reader(event.seqs), take)

    def refresh_rows(self, seqs: Sequence[int], note: str | None) -> None:
        """Show what became of rows, where they stand."""
        self.acted.update(seqs)
        rows = self.rows_now(seqs) if len(seqs) <= FIRST_PAGE else {}
        if rows:
            for row in rows.values():
                self.leads.update_row(row, note)
        else:
            self.leads.reload_rows()
        self.show_caption()

    # What is marked, and the filter

    def on_row_list_marks_changed(self) -> None:
        self.show_bars()

    def on_filter_bar_left(self, event: FilterBar.Left) -> None:
        self.leads.focus()
        if event.move:
            self.leads.move(event.move)
        self.show_bars()
