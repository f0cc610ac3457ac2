"""How an act is done and taken back: on which leads, marked where they stand, and on to the next one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from leadtui.followup import queue
from leadtui.followup.describe import describe_due
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.values import LeadDetail, LeadFacts
from screens.navigation import Navigation
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.workspace import Undone

Change = Callable[["Act", list[str]], None]
"""What an act does to the leads with these ids."""


class Targets(NamedTuple):
    """The leads that an act is for, as they were chosen when its key was pressed."""

    seqs: tuple[int, ...]
    name: str
    """The company of a single lead, else how many there are (cleaned)."""


class Acting(Navigation):
    """Chooses the leads, acts, and shows what happened; the commands are built on it."""

    def targets(self) -> Targets | None:
        """The leads that the key was meant for; tells when there are none."""
        if self.reminders.has_focus:
            reminder = self.reminders.row
            if reminder is not None:
                return Targets((reminder.seq,), cut(reminder.company or reminder.contact, 40))
        else:
            seqs = tuple(self.leads.targets())
            row = self.leads.row_of(seqs[0]) if len(seqs) == 1 else None
            if row is not None:
                return Targets(seqs, cut(row.company or row.contact or row.number, 40))
            if seqs:
                return Targets(
                    seqs, ngettext("{count} lead", "{count} leads", len(seqs)).format(count=len(seqs))
                )
        self.say(_("There is no lead to act on."))
        return None

    def with_detail(self, then: Callable[[Targets, LeadDetail], None]) -> None:
        """Open something that needs all of a lead, or that begins empty for several."""
        targets = self.targets()
        if targets is not None:
            self._find(targets.seqs[0], lambda detail: then(targets, for_several(detail, targets)))

    def with_one(self, then: Callable[[Targets, LeadDetail], None]) -> None:
        """Open something that is about one lead: the one under the cursor, whatever is marked."""
        row = self.reminders.row if self.reminders.has_focus else self.leads.row
        if row is None:
            self.say(_("There is no lead to act on."))
            return
        targets = Targets((row.seq,), cut(row.company or row.contact or row.number, 40))
        self._find(row.seq, lambda detail: then(targets, detail))

    def _find(self, seq: int, then: Callable[[LeadDetail], None]) -> None:
        shown = self.detail.detail
        if shown is not None and shown.row.seq == seq:
            then(shown)
            return

        def found(detail: LeadDetail | None) -> None:
            if detail is not None:
                then(detail)

        def read(connection: sqlite3.Connection) -> LeadDetail | None:
            ids = queue.ids(connection, (seq,))
            return self.read_detail(connection, ids[0]) if ids else None

        self.load("target", read, found)

    def choose(
        self,
        title: str,
        options: Sequence[tuple[str, str, str]],
        meaning: Callable[[str], tuple[str, Change, str]],
    ) -> None:
        """Let one of `options` be chosen; `meaning` gives the act's label, what it does, and the note."""
        targets = self.targets()
        if targets is None:
            return
        from screens.choose import ChooseScreen

        def chosen(value: str | None) -> None:
            if value is not None:
                self.perform(targets, *meaning(value), stay=True)

        self.app.push_screen(ChooseScreen(title, options), chosen)

    def perform(self, targets: Targets, name: str, change: Change, note: str, stay: bool = False) -> None:
        """Do one act on the targets, mark what happened where they stand, and go on."""
        self.act(
            name,
            lambda act: self._changed(act, targets, change),
            lambda _nothing: self._acted(targets, note, stay),
        )

    async def save_form(
        self, targets: Targets, name: str, change: Change, note: str, stay: bool = False
    ) -> Mapping[str, str] | None:
        """As `_act`, for a form that shows what is refused."""
        return await self.save(
            name,
            lambda act: self._changed(act, targets, change),
            lambda _nothing: self._acted(targets, note, stay),
        )

    def _changed(self, act: Act, targets: Targets, change: Change) -> None:
        change(act, queue.ids(act.connection, targets.seqs))

    def _acted(self, targets: Targets, note: str, stay: bool) -> None:
        sign = self.leads.glyphs.done
        marked = targets.seqs[0] in self.leads.marks
        self.refresh_rows(targets.seqs, f"{sign} {note}")
        if marked:
            self.leads.clear_marks()
        elif (
            not stay
            and self.workspace.settings.look.after_action == "next"
            and self.leads.seq in targets.seqs
        ):
            self.leads.advance()
        self.show_detail_now()
        self._after_act()
        key = self.keys_shown["undo"]
        said = _("{name}: {note}").format(name=targets.name, note=note)
        self.say(f"{said} · " + _("{key} undoes it").format(key=key) if key else said)

    def _due(self, at: int, all_day: bool) -> str:
        return describe_due(at, all_day, self.workspace.clock.now(), self.workspace.zone)

    # Taking back

    def action_undo(self) -> None:
        nothing, done = _("There is nothing to take back."), _("Undone: {label}")
        self.write(self.workspace.undo, lambda undone: self._taken_back(undone, done, nothing))

    def action_redo(self) -> None:
        nothing, done = _("Nothing was taken back that could be done again."), _("Done again: {label}")
        self.write(self.workspace.redo, lambda undone: self._taken_back(undone, done, nothing))

    def _taken_back(self, undone: Undone | None, sentence: str, nothing: str) -> None:
        if undone is None:
            self.say(nothing)
            return
        seqs = self.leads.forget_notes(frozenset(undone.lead_ids))
        self.acted.difference_update(seqs)
        if len(seqs) == 1:
            self.leads.select(seqs[0])
        self.show_detail_now()
        self._after_act()
        if undone.lead_ids:
            first = undone.lead_ids[0]
            self.load("undone", lambda connection: queue.seq_of(connection, first), self._sort_in)
        self.say(sentence.format(label=cut(undone.label, 60)))

    def _sort_in(self, seq: int | None) -> None:
        """Sort again where taking back took leads away, or brought some that the list doesn't hold."""
        if seq is None or self.leads.order.index(seq) is None:
            self.resort()


def for_several(detail: LeadDetail, targets: Targets) -> LeadDetail:
    """What a form is opened on: the lead, or for several nothing but how many they are."""
    if len(targets.seqs) == 1:
        return detail
    return detail._replace(
        row=detail.row._replace(number="", company=targets.name, contact="", title="", owner=""),
        fields={},
        custom={},
        facts=LeadFacts(detail.facts.status, detail.facts.acquired_at),
        activities=(),
        activity_count=0,
    )
