"""Records that may be the same: pairs of one lead, of all leads, of customers and contacts; companies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from leadtui.errors import Cancelled
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.qualify.duplicates.search import (
    MOST_COMPANIES,
    Company,
    Pair,
    all_pairs,
    companies,
    pairs_of,
)  # fmt: skip
from leadtui.qualify.duplicates.sources import Side
from leadtui.qualify.merging.plan import MergePlan
from leadtui.workspace import Undone, Workspace
from screens.entries import ChangingScreen, Keys, Left
from screens.merge import merged_text, open_merge
from widgets.entry_list import EntryList
from widgets.pair_lines import PAIR_LINES, company_line, pair_line
from widgets.panel import Piece

_LEAD, _PAIRS, _COMPANIES, _CUSTOMERS, _CONTACTS = "lead", "pairs", "companies", "customers", "contacts"
_KINDS = {_PAIRS: "lead", _CUSTOMERS: "customer", _CONTACTS: "contact"}
"""What is searched through for each face."""
_FACES = [_PAIRS, _COMPANIES, _CUSTOMERS, _CONTACTS]
_FRAME_SECONDS = 0.1


class DuplicatesScreen(ChangingScreen):
    """`lead` are the columns of the lead that it was opened on; `left` is told where to go, and what changed.

    Without a lead it begins with the pairs of a `kind` of record.

    What was merged or told apart goes from the list, until it is taken back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,M", "merge", show=False),
        Binding("space", "mark", show=False),
        Binding("x", "apart", show=False),
        Binding("o", "go(0)", show=False),
        Binding("O", "go(1)", show=False),
        Binding("R", "search", show=False),
        Binding("1", f"show('{_LEAD}')", show=False),
        Binding("2", f"show('{_PAIRS}')", show=False),
        Binding("3", f"show('{_COMPANIES}')", show=False),
        Binding("4", f"show('{_CUSTOMERS}')", show=False),
        Binding("5", f"show('{_CONTACTS}')", show=False),
    ]

    def __init__(
        self,
        workspace: Workspace,
        lead: Mapping[str, object] | None,
        keys: Keys,
        left: Left,
        kind: str = "lead",
    ) -> None:
        super().__init__(workspace, keys, left)
        self._lead = lead
        self._kind = kind
        self._face = _PAIRS
        self._pairs: dict[str, list[Pair]] = {}
        self._companies: list[Company] | None = None
        self._company_lines: list[tuple[Company, Side | None]] = []
        """A line for each company, and one for each of its leads."""
        self._stop = threading.Event()
        self._searched = ""
        """The face that is being searched for, while it is."""
        self._part = 0.0
        """How much of it is done."""
        self._stopped: set[str] = set()
        """The faces whose search was stopped."""

    def on_mount(self) -> None:
        self.set_interval(_FRAME_SECONDS, self._show_progress)
        self._begin()

    def on_unmount(self) -> None:
        self._stop.set()

    # Looking

    def _begin(self) -> None:
        """Begin with the pairs of the lead, or with all when it has none."""
        lead, settings = self._lead, self.workspace.settings
        if lead is None:
            self.action_show(next(face for face, kind in _KINDS.items() if kind == self._kind))
            return

        def take(pairs: list[Pair]) -> None:
            self._pairs[_LEAD] = pairs
            self.action_show(_LEAD if pairs else _PAIRS)

        self.load("lead", lambda connection: pairs_of(connection, lead, settings), take)

    def action_show(self, face: str) -> None:
        if face == _LEAD and self._lead is None:
            return
        self._face = face
        if face == _COMPANIES and self._companies is None:
            self.load("companies", companies, self._take_companies)
        elif face in _KINDS and face not in self._pairs and face != self._searched:
            self.action_search()
        elif face == _LEAD and face not in self._pairs:
            self._begin()
        self._show()

    def _take_companies(self, found: list[Company]) -> None:
        self._companies = found
        self._company_lines = [(company, side) for company in found for side in (None, *company.leads)]
        self._show()

    def action_search(self) -> None:
        """Look through all records, again if it was done before; what was being looked through is left."""
        face = self._face if self._face in _KINDS else _PAIRS
        self._stop.set()
        self._stop, self._searched, self._part = threading.Event(), face, 0.0
        self._pairs.pop(face, None)
        self._face = face
        self._show()
        self.run_worker(self._search(face, self._stop), group="search", exit_on_error=False)

    async def _search(self, face: str, stop: threading.Event) -> None:
        settings = self.workspace.settings

        def note(done: int, total: int) -> None:
            """How far the search is, told in its thread."""
            if stop.is_set():
                raise Cancelled(_("Stopped."))
            self._part = done / max(total, 1)

        found: list[Pair] = []
        try:
            found = await self.answer(lambda connection: all_pairs(connection, settings, note, _KINDS[face]))
        except Cancelled:
            self._stopped.add(face)
        except Exception as error:
            self.host.tell_error(error)
        else:
            self._stopped.discard(face)
        if stop is self._stop:
            self._pairs[face], self._searched = found, ""
            self._show()

    def _show_progress(self) -> None:
        if self._searched:
            self._show_caption()

    # What is shown

    def _show(self, cursor: int = 0) -> None:
        self._list.empty_text = self._empty_text()
        if self._face == _COMPANIES:
            self._list.show(len(self._company_lines), 1, self._draw_company, cursor)
        else:
            self._list.show(len(self._shown_pairs), PAIR_LINES, self._draw_pair, cursor)
        self._show_caption()
        faces = [_LEAD, *_FACES] if self._lead else _FACES
        following = faces[(faces.index(self._face) + 1) % len(faces)]
        self.show_keys(
            ("enter", _("Merge"), "merge"),
            ("space", _("Mark"), "mark"),
            ("x", _("Not the same"), "apart"),
            ("1-5", _("Show"), f"show('{following}')"),
            ("esc", _("Back"), "leave"),
            ("o", _("Go to lead"), "go(0)"),
            self.undo_shown,
        )

    @property
    def _shown_pairs(self) -> list[Pair]:
        return self._pairs.get(self._face, [])

    def _empty_text(self) -> str:
        if self._face == self._searched:
            return _("Looking for duplicates; esc stops.")
        if self._face in self._stopped:
            return _("Stopped; R looks again.")
        if self._face == _COMPANIES:
            return _("No company has several leads.")
        return _("No other lead looks like this one.") if self._face == _LEAD else _("No two look the same.")

    def _and_more(self, face: str) -> str:
        """A sign that only the largest are shown."""
        return "+" if face == _COMPANIES and len(self._companies or ()) == MOST_COMPANIES else ""

    def _show_caption(self) -> None:
        names = {
            _LEAD: _("1 this lead"),
            _PAIRS: _("2 leads"),
            _COMPANIES: _("3 company"),
            _CUSTOMERS: _("4 customers"),
            _CONTACTS: _("5 contacts"),
        }
        caption: list[Piece] = [(_("Duplicates"), "title")]
        for face, name in names.items():
            found: Sequence[object] | None = self._companies if face == _COMPANIES else self._pairs.get(face)
            told = name if found is None else f"{name} ({len(found):,}{self._and_more(face)})"
            if face == self._searched:
                told = f"{name} {self._part:.0%}"
            if face != _LEAD or self._lead is not None:
                caption.append((told, "key" if face == self._face else "dim"))
        self._list.set_caption(caption)

    def _draw_pair(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        return pair_line(self._shown_pairs[entry], part, width)

    def _draw_company(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        return company_line(*self._company_lines[entry], width)

    # Acting

    @on(EntryList.Chosen)
    def _chosen(self) -> None:
        self.action_merge()

    def action_mark(self) -> None:
        self._list.toggle_mark()

    def _targets(self) -> list[Side]:
        """The leads of the marked entries, or of the one under the cursor; of a company all of them."""
        sides: dict[str, Side] = {}
        for entry in self._list.targets():
            if self._face != _COMPANIES:
                sides.update({side.id: side for side in self._shown_pairs[entry][:2]})
                continue
            company, side = self._company_lines[entry]
            leads = company.leads if side is None or not self._list.marks else (side,)
            sides.update({each.id: each for each in leads})
        return list(sides.values())

    def action_merge(self) -> None:
        targets = self._targets()
        if targets:
            kind = _KINDS.get(self._face, "lead")
            open_merge(
                self, lambda _connection: [side.id for side in targets], self._moves, self._merged, kind
            )

    def _merged(self, plan: MergePlan) -> None:
        gone = {side.id for side in plan.losers}
        self._leave_out(lambda pair: pair.one.id in gone or pair.other.id in gone)
        self._companies = None
        self.say_done(merged_text(plan))
        self.action_show(self._face)

    def action_apart(self) -> None:
        if self._face == _COMPANIES:
            return
        from leadtui.qualify.duplicates.verdicts import keep_apart

        pairs = [self._shown_pairs[entry] for entry in self._list.targets()]
        ids = [(pair.one.id, pair.other.id) for pair in pairs]
        if not ids:
            return

        def done(_nothing: None) -> None:
            apart = {frozenset(each) for each in ids}
            self._leave_out(lambda pair: frozenset((pair.one.id, pair.other.id)) in apart)
            self.say_done(
                ngettext("{count} pair is two leads", "{count} pairs are two leads", len(ids)).format(
                    count=len(ids)
                )
            )

        self.act(_("Not a duplicate"), lambda act: keep_apart(act, ids), done)

    def _leave_out(self, is_settled: Callable[[Pair], bool]) -> None:
        """Take pairs out of the lists; the cursor stays where it is."""
        self._changed = True
        cursor = self._list.cursor
        for face, pairs in self._pairs.items():
            self._pairs[face] = [pair for pair in pairs if not is_settled(pair)]
        self._show(cursor)

    def show_taken_back(self, undone: Undone) -> None:
        self._changed = True
        self._pairs.clear()
        self._companies = None
        self.action_show(self._face)

    # Leaving

    def action_go(self, which: int) -> None:
        """Leave for the first or the second lead of the entry under the cursor."""
        if not self._list.line_count or self._face in {_CUSTOMERS, _CONTACTS}:
            return
        if self._face == _COMPANIES:
            company, side = self._company_lines[self._list.cursor]
            self.leave_for((side or company.leads[0]).seq)
        else:
            pair = self._shown_pairs[self._list.cursor]
            self.leave_for((pair.one, pair.other)[which].seq)

    def action_leave(self) -> None:
        if self._searched and self._face == self._searched:
            self._stop.set()
        elif self._list.marks:
            self._list.marks = set()
            self._list.touch_all()
        else:
            super().action_leave()
