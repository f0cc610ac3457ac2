"""The commands of the main screen for leads that may be the same, and for making them one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.i18n import gettext as _
from leadtui.values import LeadDetail
from screens.acting import Acting, Targets

if TYPE_CHECKING:
    from leadtui.qualify.merging.plan import MergePlan


class Duplicating(Acting):
    """Opens the duplicates, and merges leads that are marked."""

    def action_duplicates(self) -> None:
        if self.leads.row is None and not self.reminders.has_focus:
            self._open_duplicates(None)
        else:
            self.with_one(lambda _targets, detail: self._open_duplicates(detail))

    def _open_duplicates(self, detail: LeadDetail | None) -> None:
        from screens.duplicates import DuplicatesScreen

        lead = None if detail is None else {**detail.fields, **detail.row._asdict()}
        self.app.push_screen(
            DuplicatesScreen(self.workspace, lead, self.leads.moves, self._back_from_duplicates)
        )

    def _back_from_duplicates(self, seq: int | None, changed: bool) -> None:
        if changed:
            self.show_merged()
        if seq is not None:
            self.go_to_lead(seq)

    def action_merge(self) -> None:
        targets = self.targets()
        if targets is None:
            return
        if len(targets.seqs) < 2:
            self.say(_("Mark the leads to merge with {key} first.").format(key=self.keys_shown["mark"]))
            return
        self._open_merge(targets)

    def _open_merge(self, targets: Targets) -> None:
        from screens.duplicates import open_merge
        from screens.merge import merged_text

        def merged(plan: MergePlan) -> None:
            self.leads.clear_marks()
            self.show_merged()
            key = self.keys_shown["undo"]
            said = merged_text(plan)
            self.say(f"{said} · " + _("{key} undoes it").format(key=key) if key else said)

        open_merge(self, self._ids(targets), self.leads.moves, merged)

    def _ids(self, targets: Targets) -> list[str]:
        from leadtui.followup import queue

        with self.workspace.read() as connection:
            return queue.ids(connection, targets.seqs)

    def show_merged(self) -> None:
        """Show the list without the leads that became part of others."""
        self.resort()
        self.show_detail_now()
