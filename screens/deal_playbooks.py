"""Playbooks on opportunities, with the key that starts them on leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leadtui.customers.rows import RecordDetail
from leadtui.i18n import gettext as _
from screens.doing import Change, Targets
from screens.record_actions import RecordActions
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.playbooks.playbook import Playbook
    from leadtui.store.act import Act


class DealPlaybooks(RecordActions):
    """Starts, pauses and ends them."""

    def action_playbook(self) -> None:
        if self.record != "opportunity":
            self.say(
                _("This is for opportunities: {key} shows them.").format(key=self.keys_shown["opportunities"])
            )
            return
        chosen = self.targets()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_playbook(chosen, detail))

    def _open_playbook(self, chosen: Targets, detail: RecordDetail) -> None:
        from leadtui.playbooks.library import library
        from screens.playbook_choice import choose_playbook

        if len(chosen.seqs) == 1 and detail.run is not None:
            self._open_run(chosen, detail)
            return
        known = library()

        def show(fitting: list[Playbook]) -> None:
            choose_playbook(self.app, known, fitting, lambda playbook: self._start(chosen, playbook))

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

    def _open_run(self, chosen: Targets, detail: RecordDetail) -> None:
        """What can be done with the playbook that is at work."""
        from leadtui.followup import runs
        from screens.playbook_choice import choose_for_run

        assert detail.run is not None
        of = self.record
        faces: Mapping[str, tuple[str, Change, str]] = {
            "pause": (_("Pause playbook"), lambda act, ids: runs.pause(act, ids, "by_hand", of), _("paused")),
            "resume": (_("Resume playbook"), lambda act, ids: runs.resume(act, ids, of), _("resumed")),
            "end": (_("End playbook"), lambda act, ids: runs.end(act, ids, of), _("ended")),
        }
        choose_for_run(self.app, detail.run, lambda choice: self.perform(chosen, *faces[choice], stay=True))
