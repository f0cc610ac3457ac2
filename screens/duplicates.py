"""Leads that may be the same: those of one lead, the pairs of all, and the leads of one company."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from leadtui.errors import Cancelled
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.qualify.duplicates.reasons import reasons
from leadtui.qualify.duplicates.search import Company, Pair, Side, all_pairs, companies, pairs_of
from leadtui.qualify.merging.plan import MergePlan
from leadtui.workspace import Undone, Workspace
from screens.merge import MergeScreen, merged_text
from screens.work import WorkingScreen
from widgets.bar import Bar
from widgets.entry_list import EntryList
from widgets.glyphs import ASCII, Glyphs
from widgets.key_bar import KeyBar
from widgets.panel import Piece
from widgets.plain import cut, fit

_LEAD, _PAIRS, _COMPANIES = "lead", "pairs", "companies"
_FRAME_SECONDS = 0.1
_NUMBER_WIDTH = 10


class DuplicatesScreen(WorkingScreen):
    """`lead` are the columns of the lead that it was opened on; `left` is told where to go, and what changed.

    What was merged or told apart goes from the list; `u` takes it back.
    """

    DEFAULT_CSS = "DuplicatesScreen EntryList { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("enter,M", "merge", show=False),
        Binding("space", "mark", show=False),
        Binding("x", "apart", show=False),
        Binding("o", "go(0)", show=False),
        Binding("O", "go(1)", show=False),
        Binding("u", "undo", show=False),
        Binding("R", "search", show=False),
        Binding("1", f"show('{_LEAD}')", show=False),
        Binding("2", f"show('{_PAIRS}')", show=False),
        Binding("3", f"show('{_COMPANIES}')", show=False),
    ]

    def __init__(
        self,
        workspace: Workspace,
        lead: Mapping[str, object] | None,
        moves: Mapping[str, str],
        left: Callable[[int | None, bool], None],
    ) -> None:
        super().__init__(workspace)
        self._lead = lead
        self._moves = moves
        self._left = left
        self._face = _PAIRS
        self._pairs: dict[str, list[Pair]] = {}
        self._companies: list[Company] | None = None
        self._company_lines: list[tuple[Company, Side | None]] = []
        """A line for each company, and one for each of its leads."""
        self._changed = False
        self._stop = threading.Event()
        self._part: float | None = None
        """How much of the search is done, while it goes on."""

    def compose(self) -> ComposeResult:
        yield EntryList(ASCII if self.workspace.settings.look.ascii else Glyphs())
        yield KeyBar()

    def on_mount(self) -> None:
        self._list = self.query_one(EntryList)
        self._list.moves = self._moves
        self._list.focus()
        self.set_interval(_FRAME_SECONDS, self._show_progress)
        self._begin()

    def on_unmount(self) -> None:
        self._stop.set()

    # Looking

    def _begin(self) -> None:
        """Begin with the pairs of the lead, or with all when it has none."""
        lead, settings = self._lead, self.workspace.settings
        if lead is None:
            self.action_show(_PAIRS)
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
        elif face == _PAIRS and face not in self._pairs and self._part is None:
            self.action_search()
        elif face == _LEAD and face not in self._pairs:
            self._begin()
        self._show()

    def _take_companies(self, found: list[Company]) -> None:
        self._companies = found
        self._company_lines = [(company, side) for company in found for side in (None, *company.leads)]
        self._show()

    def action_search(self) -> None:
        """Look through the whole file, again if it was done before."""
        self._face = _PAIRS
        self._pairs.pop(_PAIRS, None)
        self._stop.clear()
        self._part = 0.0
        self._show()
        self.run_worker(self._search(), group="search", exclusive=True, exit_on_error=False)

    async def _search(self) -> None:
        settings = self.workspace.settings
        try:
            pairs = await self.answer(lambda connection: all_pairs(connection, settings, self._note))
        except Cancelled:
            self._pairs[_PAIRS] = []
            self._list.empty_text = _("Stopped; R looks again.")
        except Exception as error:
            self.host.tell_error(error)
            self._pairs[_PAIRS] = []
        else:
            self._pairs[_PAIRS] = pairs
            self._list.empty_text = _("No two leads look the same.")
        finally:
            self._part = None
        self._show()

    def _note(self, done: int, total: int) -> None:
        """How far the search is, told in its thread."""
        if self._stop.is_set():
            raise Cancelled(_("Stopped."))
        self._part = done / max(total, 1)

    def _show_progress(self) -> None:
        if self._part is not None:
            self._show_caption()

    # What is shown

    def _show(self, cursor: int = 0) -> None:
        if self._face == _COMPANIES:
            self._list.empty_text = _("No company has several leads.")
            self._list.show(len(self._company_lines), 1, self._draw_company, cursor)
        else:
            if self._face == _LEAD:
                self._list.empty_text = _("No other lead looks like this one.")
            self._list.show(len(self._shown_pairs), 3, self._draw_pair, cursor)
        self._show_caption()
        self.query_one(KeyBar).show_keys(
            (
                ("enter", _("Merge"), "merge"),
                ("space", _("Mark"), "mark"),
                ("x", _("Not the same"), "apart"),
                ("1 2 3", _("Show"), "show"),
                ("esc", _("Back"), "leave"),
                ("o", _("Go to lead"), "go"),
                ("u", _("Undo"), "undo"),
            )
        )

    @property
    def _shown_pairs(self) -> list[Pair]:
        return self._pairs.get(self._face, [])

    def _show_caption(self) -> None:
        counts = {_LEAD: self._pairs.get(_LEAD), _PAIRS: self._pairs.get(_PAIRS), _COMPANIES: self._companies}
        names = {_LEAD: _("1 This lead"), _PAIRS: _("2 All pairs"), _COMPANIES: _("3 One company")}
        caption: list[Piece] = [(_("Duplicates"), "title")]
        for face, name in names.items():
            if face == _LEAD and self._lead is None:
                continue
            found = counts[face]
            told = name if found is None else f"{name} ({len(found):,})"
            if face == _PAIRS and self._part is not None:
                told = f"{name} {self._part:.0%}"
            caption.append((told, "key" if face == self._face else "dim"))
        if self._part is not None and self._face == _PAIRS:
            caption.append((_("looking, esc stops"), "dim"))
        self._list.set_caption(caption)

    def _draw_pair(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        pair = self._shown_pairs[entry]
        if part == 2:
            return [(" " * 6, "dim"), (cut(reasons(pair.evidence), width - 6), "dim")]
        side = (pair.one, pair.other)[part]
        percent = f"{pair.score:>3}%  " if part == 0 else "      "
        return [(percent, "good" if pair.likely else "soon"), *self._side(side, width - 6)]

    def _side(self, side: Side, width: int) -> list[Piece]:
        way = side.phone or side.mobile or side.email
        room = max(width - _NUMBER_WIDTH - 2, 10)
        name = ", ".join(filter(None, (side.company, side.contact)))
        return [
            (f"{side.tier} ", f"tier-{side.tier.lower()}"),
            (fit(side.number, _NUMBER_WIDTH), "dim"),
            (fit(name, room * 3 // 5) + "  ", "text"),
            (cut(way, room - room * 3 // 5), "dim"),
        ]

    def _draw_company(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        company, side = self._company_lines[entry]
        if side is None:
            count = ngettext("{count} lead", "{count} leads", len(company.leads))
            name = fit(f"{cut(company.name, width - 16)}  {count.format(count=len(company.leads))}", width)
            return [(name, "strong")]
        return [("    ", "text"), *self._side(side, width - 4)]

    # Acting

    @on(EntryList.Chosen)
    def _chosen(self) -> None:
        self.action_merge()

    @on(Bar.Clicked)
    async def _clicked(self, event: Bar.Clicked) -> None:
        following = {_LEAD: _PAIRS, _PAIRS: _COMPANIES, _COMPANIES: _LEAD if self._lead else _PAIRS}
        actions = {"show": f"show('{following[self._face]}')", "go": "go(0)"}
        await self.run_action(actions.get(event.target, event.target))

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
            open_merge(self, [side.id for side in targets], self._moves, self._merged)

    def _merged(self, plan: MergePlan) -> None:
        gone = {side.id for side in plan.losers}
        self._leave_out(lambda pair: pair.one.id in gone or pair.other.id in gone)
        self._companies = None
        self._say(merged_text(plan))
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
            self._say(
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

    def action_undo(self) -> None:
        self.write(self.workspace.undo, self._undone)

    def _undone(self, undone: Undone | None) -> None:
        if undone is None:
            self.notify(_("There is nothing to take back."), markup=False)
            return
        self._changed = True
        self._pairs.clear()
        self._companies = None
        self.notify(_("Undone: {label}").format(label=cut(undone.label, 60)), markup=False)
        self.action_show(self._face)

    def _say(self, text: str) -> None:
        self.notify(cut(f"{text} · " + _("{key} undoes it").format(key="u"), 300), markup=False)

    # Leaving

    def action_go(self, which: int) -> None:
        """Leave for the first or the second lead of the entry under the cursor."""
        if not self._list.line_count:
            return
        if self._face == _COMPANIES:
            company, side = self._company_lines[self._list.cursor]
            self._leave((side or company.leads[0]).seq)
        else:
            pair = self._shown_pairs[self._list.cursor]
            self._leave((pair.one, pair.other)[which].seq)

    def action_leave(self) -> None:
        if self._part is not None and self._face == _PAIRS and not self._stop.is_set():
            self._stop.set()
        elif self._list.marks:
            self._list.marks = set()
            self._list.touch_all()
        else:
            self._leave(None)

    def _leave(self, seq: int | None) -> None:
        self.dismiss(None)
        self._left(seq, self._changed)


def open_merge(
    screen: WorkingScreen,
    ids: Sequence[str],
    moves: Mapping[str, str],
    merged: Callable[[MergePlan], None],
) -> None:
    """Read the leads with these ids and open the screen that merges them."""
    from leadtui.qualify.fields import FieldDefinition, custom_fields
    from leadtui.qualify.merging.merge import read_plan

    workspace = screen.workspace

    def show(answer: tuple[MergePlan, tuple[FieldDefinition, ...]]) -> None:
        screen.app.push_screen(MergeScreen(workspace, *answer, moves, merged))

    screen.load(
        "merge",
        lambda connection: (
            read_plan(connection, "lead", ids),
            custom_fields(connection, workspace.settings),
        ),
        show,
    )
