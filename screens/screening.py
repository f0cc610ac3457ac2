"""The daily screening: the new leads of yesterday and before, one key each (R24 to R31)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from leadtui.details import LeadDetail
from leadtui.followup.card import lead_detail
from leadtui.followup.describe import describe_past
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from leadtui.qualify.sweep import Unscreened, count_unscreened, unscreened
from screens.entries import ChangingScreen, EntryListAbove, Keys, Left
from widgets.key_bar import KeyBar
from widgets.lead_detail import LeadDetailPanel
from widgets.panel import Piece
from widgets.plain import cut, fit, joined

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.workspace import Undone, Workspace

_LINES_EACH = 2
_ALWAYS = 1 << 52
"""A moment after every other."""


class ScreeningScreen(ChangingScreen):
    """Judges leads one after the other; `left` is told which lead to go to, and whether anything changed.

    What was judged stays in its place with the verdict until the list is read again.
    """

    DEFAULT_CSS = """
    ScreeningScreen EntryList { height: 2fr; min-height: 7; }
    ScreeningScreen LeadDetailPanel { height: 3fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,V", "judge('valid')", show=False),
        Binding("w", "judge('watch')", show=False),
        Binding("x", "invalid", show=False),
        Binding("s,space", "skip", show=False),
        Binding("D", "duplicates", show=False),
        Binding("e", "edit", show=False),
        Binding("enter,o", "go", show=False),
        Binding("t", "days", show=False),
        Binding("R", "read_again", show=False),
    ]

    def __init__(self, workspace: Workspace, keys: Keys, left: Left) -> None:
        super().__init__(workspace, keys, left)
        self._leads: list[Unscreened] = []
        self._verdicts: dict[str, str] = {}
        """What became of leads of the list, in words."""
        self._total: int | None = None
        self._all_days = False

    def entry_list(self) -> EntryListAbove:
        return EntryListAbove(self.glyphs, self._show_lead)

    def compose(self) -> ComposeResult:
        yield self._list
        now, zone = self.workspace.clock.now, self.workspace.zone
        yield LeadDetailPanel(now=now, zone=zone, glyphs=self.glyphs)
        yield KeyBar()

    def on_mount(self) -> None:
        self._list.empty_text = _("Nothing is left to screen: t shows the leads of today too.")
        self.query_one(LeadDetailPanel).moves = self._moves
        self._read()

    # What is shown

    def _read(self, at: str = "") -> None:
        before = _ALWAYS if self._all_days else self.today.start
        settings = self.workspace.settings

        def read(connection: sqlite3.Connection) -> tuple[list[Unscreened], int]:
            return unscreened(connection, before, settings), count_unscreened(connection, before)

        def take(answer: tuple[list[Unscreened], int]) -> None:
            self._leads, self._total = answer
            self._verdicts.clear()
            places = [place for place, lead in enumerate(self._leads) if lead.id == at]
            self._list.show(len(self._leads), _LINES_EACH, self._draw_lead, places[0] if places else 0)
            self._show_caption()
            self._show_lead()

        self.load("leads", read, take)

    @property
    def _lead(self) -> Unscreened | None:
        """The lead under the cursor."""
        return self._leads[self._list.cursor] if self._leads else None

    def _show_lead(self) -> None:
        lead, panel = self._lead, self.query_one(LeadDetailPanel)
        if lead is None:
            panel.show(None)
            return

        def read(connection: sqlite3.Connection) -> LeadDetail | None:
            workspace = self.workspace
            return lead_detail(connection, lead.id, workspace.settings, workspace.clock.now(), workspace.zone)

        self.read_soon("detail", read, panel.show)

    def _show_caption(self) -> None:
        days = _("every day") if self._all_days else _("yesterday and before")
        left = (self._total or 0) - len(self._verdicts)
        counted = ngettext("{count} left", "{count} left", left).format(count=f"{left:,}")
        self._list.set_caption([(_("Screening"), "title"), (counted, "key"), (days, "dim")])
        judging = (
            ("v", _("Valid"), "judge('valid')"),
            ("w", _("Watch"), "judge('watch')"),
            ("x", _("Invalid"), "invalid"),
            ("s", _("Skip"), "skip"),
            ("e", _("Edit"), "edit"),
        )
        around = (
            self.undo_shown,
            ("t", _("Not today's") if self._all_days else _("Today's too"), "days"),
            ("esc", _("Back"), "leave"),
            ("D", _("Duplicates"), "duplicates"),
        )
        self.show_keys(*((*judging, *around) if self._leads else around[:-1]))

    def _draw_lead(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        lead = self._leads[entry]
        verdict = self._verdicts.get(lead.id)
        if part == 0:
            when = describe_past(lead.created_at, self.workspace.clock.now(), self.workspace.zone)
            ink = "dim" if verdict else f"tier-{lead.tier.lower()}" if lead.tier else "dim"
            who = joined((lead.company, lead.contact))
            room = width - 7 - 14
            return [
                (fit(lead.tier or "-", 2), ink),
                (fit(str(lead.score), 4), "dim"),
                (fit(who or lead.number, room), "dim" if verdict else "strong"),
                (fit(when, 14, right=True), "dim"),
            ]
        if verdict:
            return [("      ", "text"), (cut(f"{self._list.glyphs.done} {verdict}", width - 6), "good")]
        return [("      ", "text"), *self._gates(lead, width - 6)]

    def _gates(self, lead: Unscreened, width: int) -> list[Piece]:
        """The three gates, and what is missing to pass the next one that is shut."""
        glyphs = self._list.glyphs
        gates = ((_("save"), lead.to_save), (_("pass"), lead.to_pass), (_("convert"), lead.to_convert))
        pieces: list[Piece] = []
        for name, missing in gates:
            sign = glyphs.no if missing else glyphs.yes
            pieces.append((f"{sign} {name}  ", "soon" if missing else "good"))
        lacking = next((missing for _name, missing in gates if missing), ())
        if lacking:
            used = sum(cell_len(text) for text, _ink in pieces)
            what = ", ".join(label("missing", code) for code in lacking)
            pieces.append((cut(_("lacks {what}").format(what=what), max(width - used, 8)), "dim"))
        return pieces

    # Judging

    def action_judge(self, verdict: str, reason: str = "") -> None:
        lead = self._lead
        if lead is None:
            return
        from leadtui.qualify.screening import screen

        words = {"valid": _("valid"), "watch": _("watched"), "invalid": _("invalid")}[verdict]
        if reason:
            words += f": {label('reason', reason)}"

        def change(act: Act) -> None:
            screen(act, [lead.id], verdict, reason)

        def judged(_nothing: None) -> None:
            self._changed = True
            self._verdicts[lead.id] = words
            self._list.touch_all()
            self._next()

        self.act(_("Screen lead"), change, judged)

    def action_invalid(self) -> None:
        if self._lead is None:
            return
        from screens.choose import ChooseScreen, place_key

        reasons = self.workspace.settings.screening.invalid_reasons
        options = [
            (place_key(number), reason, label("reason", reason)) for number, reason in enumerate(reasons, 1)
        ]

        def chosen(reason: str | None) -> None:
            if reason is not None:
                self.action_judge("invalid", reason)

        self.app.push_screen(ChooseScreen(_("Why is it no lead?"), options), chosen)

    def action_skip(self) -> None:
        if self._leads:
            self._next()

    def _next(self) -> None:
        """Go to the next lead that was not judged; after the last one the list is read again."""
        after = range(self._list.cursor + 1, len(self._leads))
        place = next((at for at in after if self._leads[at].id not in self._verdicts), None)
        if place is not None:
            self._list.go_to(place)
            self._show_caption()
        else:
            self._read()

    def show_taken_back(self, undone: Undone) -> None:
        self._changed = True
        self._read(undone.lead_ids[0] if undone.lead_ids else "")

    # Around it

    def action_days(self) -> None:
        """Show the leads of today too, or those of yesterday and before alone."""
        self._all_days = not self._all_days
        self._read()

    def action_read_again(self) -> None:
        self._read()

    def action_duplicates(self) -> None:
        detail = self.query_one(LeadDetailPanel).detail
        if self._lead is None or detail is None:
            return
        from screens.duplicates import DuplicatesScreen

        lead = {**detail.fields, **detail.row._asdict()}
        self.app.push_screen(DuplicatesScreen(self.workspace, lead, self._keys, self._back))

    def _back(self, seq: int | None, changed: bool) -> None:
        self._changed = self._changed or changed
        if seq is not None:
            self.leave_for(seq)
        elif changed:
            self._read()

    def action_edit(self) -> None:
        lead, detail = self._lead, self.query_one(LeadDetailPanel).detail
        if lead is None or detail is None:
            return
        from leadtui.qualify.leads import edit_leads
        from screens.lead_form import open_lead_form

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            def change(act: Act) -> None:
                edit_leads(act, [lead.id], draft)

            def saved(_nothing: None) -> None:
                self._changed = True
                self._read(lead.id)

            return await self.save(_("Edit lead"), change, saved)

        open_lead_form(self, detail, save)

    def action_go(self) -> None:
        lead = self._lead
        if lead is not None:
            self.leave_for(lead.seq)
