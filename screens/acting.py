"""How an act is done and taken back: on which leads, marked where they stand, and on to the next one.

What can't be done for some of several leads is said before it is begun; an act on many shows how far it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.followup import queue
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.values import ReminderRow
from screens.doing import Change, Targets
from screens.navigation import Navigation
from screens.planning import Planning
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.customers.rows import RecordDetail
    from leadtui.details import LeadDetail
    from leadtui.store.act import Act
    from leadtui.workspace import Undone

_SOON_DONE = 300
"""An act on more leads than these shows how far it is."""
_READ_AT_ONCE = 5_000
"""So many marked leads are looked at before the next key is taken."""


class Acting(Planning, Navigation):
    """Chooses the leads, acts, and shows what happened; the commands are built on it."""

    def targets(self) -> Targets | None:
        """The leads that the key was meant for; tells when there are none."""
        if self.reminders.has_focus:
            reminder = self.reminders.row
            if reminder is not None and reminder.record != "lead":
                self.say(_("{key} opens it, to work on it there.").format(key=self.ways_shown["open"]))
                return None
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

    def reminded_record(self) -> Targets | None:
        """The customer, contact or opportunity whose reminder the key was meant for."""
        row = self.reminders.row if self.reminders.has_focus else None
        if row is None or row.record == "lead":
            return None
        name = row.company if row.record == "customer" else row.contact
        return Targets((row.seq,), cut(name or row.number, 40), row.record)

    def with_record(self, targets: Targets, then: Callable[[Targets, RecordDetail], None]) -> None:
        """Open what needs all of a record."""
        from leadtui.customers import lists
        from leadtui.customers.card import record_detail

        workspace = self.workspace
        now = workspace.clock.now()

        def read(connection: sqlite3.Connection) -> RecordDetail | None:
            found = lists.ids(connection, targets.record, targets.seqs)
            settings, zone = workspace.settings, workspace.zone
            return record_detail(connection, targets.record, found[0], settings, now, zone) if found else None

        def found(detail: RecordDetail | None) -> None:
            if detail is not None:
                then(targets, detail)

        self.load_first("target", read, found)

    def with_able(self, what: str, then: Callable[[Targets], None]) -> None:
        """Go on with the leads for which `what` (a key of `ability.STATUSES`) can be done.

        Of several, those that are left out are told first, with how many; a single one is told by the act.
        """
        targets = self.targets()
        if targets is None:
            return
        if len(targets.seqs) == 1:
            then(targets)
            return
        from leadtui.followup.ability import Judge, refused

        workspace = self.workspace
        judge = Judge(workspace.settings, workspace.clock.now(), workspace.user)

        def read(connection: sqlite3.Connection) -> dict[int, str]:
            return refused(connection, targets.seqs, what, judge)

        found = self.read_now(read) if len(targets.seqs) <= _READ_AT_ONCE else None
        if found is not None:
            self._leave_out(targets, found, then)
        else:
            self.load_first("able", read, lambda found: self._leave_out(targets, found, then))

    def _leave_out(self, targets: Targets, found: Mapping[int, str], then: Callable[[Targets], None]) -> None:
        if not found:
            then(targets)
            return
        from leadtui.followup.ability import reasons_text

        able = tuple(seq for seq in targets.seqs if seq not in found)
        total, why = f"{len(targets.seqs):,}", reasons_text(found)
        if not able:
            self.say(
                _("This can't be done for any of the {total} leads: {why}.").format(total=total, why=why)
            )
            return
        from screens.confirm import ConfirmScreen

        question = _("This can't be done for {count} of {total} leads: {why}. Go on with the other {rest}?")
        several = Targets(able, ngettext("{count} lead", "{count} leads", len(able)).format(count=len(able)))

        def go_on(sure: bool | None) -> None:
            if sure:
                then(several)

        left_out, rest = f"{len(found):,}", f"{len(able):,}"
        self.app.push_screen(
            ConfirmScreen(question.format(count=left_out, total=total, why=why, rest=rest)), go_on
        )

    def with_detail(self, what: str, then: Callable[[Targets, LeadDetail], None]) -> None:
        """Open what needs all of a lead, or begins empty for several; `what` is as in `with_able`."""
        self.with_able(
            what,
            lambda targets: self._find(
                targets.seqs[0], lambda detail: then(targets, for_several(detail, targets))
            ),
        )

    def with_one(self, then: Callable[[Targets, LeadDetail], None]) -> None:
        """Open something that is about one lead: the one under the cursor, whatever is marked."""
        row = self.reminders.row if self.reminders.has_focus else self.leads.row
        if row is None:
            self.say(_("There is no lead to act on."))
            return
        if isinstance(row, ReminderRow) and row.record != "lead":
            self.say(_("{key} opens it, to work on it there.").format(key=self.ways_shown["open"]))
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

        self.load_first("target", read, found)

    def choose(
        self,
        what: str,
        title: str,
        options: Sequence[tuple[str, str, str]],
        meaning: Callable[[str], tuple[str, Change, str]],
    ) -> None:
        """Let one of `options` be chosen for leads with which `what` can be done; `meaning` gives the act's
        label, what it does, and the note."""
        from screens.choose import ChooseScreen

        def ask(targets: Targets) -> None:
            def chosen(value: str | None) -> None:
                if value is not None:
                    self.perform(targets, *meaning(value), stay=True)

            self.app.push_screen(ChooseScreen(title, options), chosen)

        self.with_able(what, ask)

    def perform(self, targets: Targets, name: str, change: Change, note: str, stay: bool = False) -> None:
        """Do one act on the targets, mark what happened where they stand, and go on."""
        if len(targets.seqs) <= _SOON_DONE:
            self.act(
                name,
                lambda act: self._changed(act, targets, change),
                lambda _nothing: self._acted(targets, note, stay),
            )
            return
        from screens.batch import BatchScreen

        batch = BatchScreen(self.workspace, name, targets.seqs, change)

        def then(error: Exception | None) -> None:
            if error is not None:
                self.host.tell_error(error)
            else:
                self.conclude(None, batch.changed, lambda _nothing: self._acted(targets, note, stay))

        self.app.push_screen(batch, then)

    async def save_form(
        self, targets: Targets, name: str, change: Change, note: str, stay: bool = False
    ) -> Mapping[str, str] | None:
        """As `perform`, for a form that shows what is refused."""
        if len(targets.seqs) <= _SOON_DONE:
            return await self.save(
                name,
                lambda act: self._changed(act, targets, change),
                lambda _nothing: self._acted(targets, note, stay),
            )
        from screens.batch import BatchScreen

        batch = BatchScreen(self.workspace, name, targets.seqs, change)
        error = await self.app.push_screen_wait(batch)
        if error is not None:
            raise error
        self.conclude(None, batch.changed, lambda _nothing: self._acted(targets, note, stay))
        return None

    def _changed(self, act: Act, targets: Targets, change: Change) -> None:
        if targets.record == "lead":
            change(act, queue.ids(act.connection, targets.seqs))
        else:
            from leadtui.customers import lists

            change(act, lists.ids(act.connection, targets.record, targets.seqs))

    def _acted(self, targets: Targets, note: str, stay: bool) -> None:
        """Show what was done, and go on to the next lead unless `stay`."""
        if targets.record == "lead":
            self._show_acted(targets, note, stay)
        self._after_act()
        self.say_done(_("{name}: {note}").format(name=targets.name, note=note))

    def _show_acted(self, targets: Targets, note: str, stay: bool) -> None:
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

    # Taking back

    def show_taken_back(self, undone: Undone) -> None:
        seqs = self.leads.forget_notes(frozenset(undone.lead_ids))
        self.acted.difference_update(seqs)
        if self.acted and len(undone.lead_ids) > len(seqs):
            self.load(
                "unmarked", lambda connection: queue.seqs_of(connection, undone.lead_ids), self._unmark_acted
            )
        if len(seqs) == 1:
            self.leads.select(seqs[0])
        self.show_detail_now()
        self._after_act()
        if undone.lead_ids:
            first = undone.lead_ids[0]
            self.load("undone", lambda connection: queue.seq_of(connection, first), self._sort_in)

    def _unmark_acted(self, seqs: Sequence[int]) -> None:
        """What was taken back of leads that aren't in sight needs no sorting either."""
        self.acted.difference_update(seqs)
        self.show_bars()

    def _sort_in(self, seq: int | None) -> None:
        """Sort again where taking back took leads away, or brought some that the list doesn't hold."""
        if seq is None or self.leads.order.index(seq) is None:
            self.resort()


def for_several(detail: LeadDetail, targets: Targets) -> LeadDetail:
    """What a form is opened on: the lead, or for several nothing but how many they are."""
    if len(targets.seqs) == 1:
        return detail
    from leadtui.details import LeadFacts

    return detail._replace(
        row=detail.row._replace(number="", company=targets.name, contact="", title="", owner=""),
        fields={},
        custom={},
        facts=LeadFacts(detail.facts.status, detail.facts.acquired_at),
        activities=(),
        activity_count=0,
    )
