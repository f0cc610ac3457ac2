"""The commands of the main screen for leads that may be the same, and for making them one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.screen import Screen

from leadtui.followup import queue
from leadtui.i18n import gettext as _
from screens.acting import Acting
from screens.doing import Targets
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.details import LeadDetail
    from leadtui.qualify.duplicates.sources import Side
    from leadtui.qualify.merging.plan import MergePlan

_SAVE = -1
_MOST = 5
"""So many leads are offered to be opened instead."""


class Duplicating(Acting):
    """Opens the duplicates, and merges leads that are marked."""

    def action_duplicates(self) -> None:
        if self.leads.row is None and not self.reminders.has_focus:
            self._open_duplicates(None)
        else:
            self.with_one(lambda _targets, detail: self._open_duplicates(detail))

    def _open_duplicates(self, detail: LeadDetail | None) -> None:
        from screens.duplicates import DuplicatesScreen

        lead = None if detail is None else columns_of(detail)
        self.app.push_screen(DuplicatesScreen(self.workspace, lead, self.keys, self._back_from_duplicates))

    def _back_from_duplicates(self, seq: int | None, changed: bool) -> None:
        if changed:
            self.show_merged()
        if seq is not None:
            self.go_to_lead(seq)

    async def looks_new(self, draft: Mapping[str, object], before: Mapping[str, object]) -> Mapping[str, str]:
        """Ask before a lead is saved that likely is there already; empty when it may be saved.

        Otherwise what the form that stays open says; where the other lead is to be opened, the form goes.
        """
        from leadtui.qualify.duplicates.reasons import reasons
        from leadtui.qualify.duplicates.search import pairs_of_draft
        from screens.choose import ChooseScreen

        settings = self.workspace.settings
        pairs = (await self.answer(lambda connection: pairs_of_draft(connection, draft, settings, before)))[
            :_MOST
        ]
        if not pairs:
            return {}
        form = self.app.screen
        told = [f"{_name(pair.other)} ({reasons(pair.evidence)})" for pair in pairs]
        options: list[tuple[str, int, str]] = [("s", _SAVE, _("save it anyway"))]
        options += [
            (str(at + 1), at, _("open {lead}").format(lead=cut(text, 200))) for at, text in enumerate(told)
        ]
        title = _("You may have this lead already")
        answer = await self.app.push_screen_wait(ChooseScreen(title, options))
        if answer == _SAVE:
            return {}
        if answer is not None:
            self.call_later(self._open_instead, form, pairs[answer].other.seq)
        return {"": _("Not saved yet: it may be {lead}.").format(lead=told[0])}

    def _open_instead(self, form: Screen[object], seq: int) -> None:
        form.dismiss(None)
        self.go_to_lead(seq)

    def action_merge(self) -> None:
        targets = self.targets()
        if targets is None:
            return
        if len(targets.seqs) < 2:
            self.say(_("Mark the leads to merge with {key} first.").format(key=self.ways_shown["mark"]))
            return
        self._open_merge(targets)

    def _open_merge(self, targets: Targets) -> None:
        from screens.merge import merged_text, open_merge

        def merged(plan: MergePlan) -> None:
            self.leads.clear_marks()
            self.show_merged()
            self.say_done(merged_text(plan))

        open_merge(self, lambda connection: queue.ids(connection, targets.seqs), self.leads.moves, merged)

    def show_merged(self) -> None:
        """Show the list without the leads that became part of others."""
        self.resort()
        self.show_detail_now()


def columns_of(detail: LeadDetail) -> dict[str, object]:
    """The columns of a lead by name, those of its row too."""
    return {**detail.fields, **detail.row._asdict()}


def _name(side: Side) -> str:
    return " ".join(filter(None, (side.number, ", ".join(filter(None, (side.company, side.contact))))))
