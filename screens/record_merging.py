"""The commands of the lists of customers and contacts for what may be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.customers import lists
from leadtui.i18n import gettext as _
from screens.record_acting import RecordActing

if TYPE_CHECKING:
    from leadtui.qualify.merging.plan import MergePlan

_MERGED = frozenset({"customer", "contact"})


class RecordMerging(RecordActing):
    """Opens the duplicates, and merges records that are marked."""

    def action_duplicates(self) -> None:
        from screens.duplicates import DuplicatesScreen

        if self._can_be_merged():
            screen = DuplicatesScreen(self.workspace, None, self.keys, self._back, self.record)
            self.app.push_screen(screen)

    def _back(self, _seq: int | None, changed: bool) -> None:
        if changed:
            self._show_merged()

    def action_merge(self) -> None:
        if not self._can_be_merged():
            return
        chosen = self.targets()
        if chosen is None:
            return
        if len(chosen.seqs) < 2:
            self.say(_("Mark what is to be merged with {key} first.").format(key=self.ways_shown["mark"]))
            return
        from screens.merge import merged_text, open_merge

        def merged(plan: MergePlan) -> None:
            self.leads.clear_marks()
            self._show_merged()
            self.say_done(merged_text(plan))

        open_merge(
            self,
            lambda connection: lists.ids(connection, self.record, chosen.seqs),
            self.moves,
            merged,
            self.record,
        )

    def _can_be_merged(self) -> bool:
        if self.record in _MERGED:
            return True
        self.say(_("Opportunities aren't merged: merge their customers."))
        return False

    def _show_merged(self) -> None:
        self.reload()
        self.host.records_changed()
