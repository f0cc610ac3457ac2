"""Playbooks on opportunities, with the key that starts them on leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.customers.rows import RecordDetail
from leadtui.i18n import gettext as _
from screens.doing import Targets
from screens.record_actions import RecordActions
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.playbooks.playbook import Playbook
    from leadtui.store.act import Act


class DealPlaybooks(RecordActions):
    """Starts, pauses and ends them."""

    def deals(self) -> Targets | None:
        """The opportunities that the key was meant for."""
        if self.record != "opportunity":
            self.say(
                _("This is for opportunities: {key} shows them.").format(key=self.ways_shown["opportunities"])
            )
            return None
        return self.targets()

    def action_playbook(self) -> None:
        chosen = self.deals()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_playbook(chosen, detail))

    def _open_playbook(self, chosen: Targets, detail: RecordDetail) -> None:
        from leadtui.playbooks.library import library
        from screens.playbook_choice import choose_for_run, choose_playbook

        if len(chosen.seqs) == 1 and detail.run is not None:
            choose_for_run(self, chosen, detail.run)
            return
        known = library()

        def show(fitting: list[Playbook]) -> None:
            choose_playbook(
                self.app, known, chosen.record, fitting, lambda playbook: self._start(chosen, playbook)
            )

        if len(chosen.seqs) > 1:
            show([])
            return
        from leadtui.customers.playbooks import situation_of

        self.load(
            "playbook", lambda connection: known.playbooks_for(situation_of(connection, detail.fields)), show
        )

    def _start(self, chosen: Targets, playbook: Playbook) -> None:
        def begin(act: Act, ids: list[str]) -> None:
            from leadtui.customers.playbooks import start_on_opportunities

            start_on_opportunities(act, ids, playbook)

        self.perform(chosen, _("Start playbook"), begin, cut(playbook.name, 40), stay=True)
