"""The commands about what comes next by the book: playbooks, tasks, and texts to send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from screens.doing import Targets
from screens.team_actions import TeamActions
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.details import LeadDetail, TaskRow
    from leadtui.playbooks.playbook import Playbook
    from leadtui.store.act import Act
    from screens.plan_form import Step


class PlaybookActions(TeamActions):
    """Starts, pauses and ends playbooks, and opens tasks and templates."""

    def load_playbooks(self) -> None:
        """Read the playbooks, so that the detail can propose one."""

        def read(_connection: object) -> int:
            from leadtui.playbooks.library import library

            return len(library().problems)

        def then(problems: int) -> None:
            self.show_detail_now()
            if problems:
                self.say(
                    ngettext(
                        "{count} line of your playbooks or templates can't be used; "
                        "`leadtui playbooks --check` names it.",
                        "{count} lines of your playbooks or templates can't be used; "
                        "`leadtui playbooks --check` names them.",
                        problems,
                    ).format(count=problems)
                )

        self.load("playbooks", read, then)

    def action_playbook(self) -> None:
        row = self.leads.row
        running = self.detail.detail is not None and self.detail.detail.run is not None
        one = row is not None and not self.leads.marked_count
        self.with_detail("plan" if one and running else "start", self._open_playbook)

    def _open_playbook(self, targets: Targets, detail: LeadDetail) -> None:
        from leadtui.followup.card import situation
        from leadtui.playbooks.library import library
        from screens.playbook_choice import choose_for_run, choose_playbook

        if len(targets.seqs) == 1 and detail.run is not None:
            choose_for_run(self, targets, detail.run)
            return
        known = library()
        fitting = (
            []
            if len(targets.seqs) > 1
            else known.playbooks_for(situation(detail.fields, detail.facts, detail.standing))
        )
        choose_playbook(
            self.app, known, targets.record, fitting, lambda playbook: self._start(targets, playbook)
        )

    def _start(self, targets: Targets, playbook: Playbook) -> None:
        def begin(act: Act, ids: list[str]) -> None:
            from leadtui.followup.starting import start

            start(act, ids, playbook)

        self.perform(targets, _("Start playbook"), begin, cut(playbook.name, 40), stay=True)

    # Tasks and texts

    def action_tasks(self) -> None:
        from screens.tasks import TasksScreen

        self.app.push_screen(TasksScreen(self.workspace, self.keys, self._new_task, self._left_tasks))

    def _left_tasks(self, seq: int | None, changed: bool) -> None:
        if changed:
            self.resort()
            self.show_detail_now()
        if seq is not None:
            self.go_to_lead(seq)

    def _new_task(self, beside: TaskRow | None, saved: Callable[[], None]) -> None:
        """Put a task on the leads that are marked, else on the lead of the task under the cursor, else on the
        one that the list is at."""
        if beside is None or self.leads.marked_count:
            self.with_able("plan", lambda targets: self._open_task(targets, saved))
        else:
            self._open_task(Targets((beside.seq,), cut(beside.company or beside.contact, 40)), saved)

    def _open_task(self, targets: Targets, saved: Callable[[], None]) -> None:
        from screens.plan_form import PlanScreen

        async def save(said: Step) -> Mapping[str, str] | None:
            def change(act: Act, ids: list[str]) -> None:
                from leadtui.followup.tasks import add_task

                if said.due is not None:
                    add_task(act, ids, said.step, said.due, said.all_day)

            problems = await self.save_form(targets, _("New task"), change, _("task added"), stay=True)
            if not problems:
                saved()
            return problems

        workspace = self.workspace
        title = _("New task: {name}").format(name=targets.name)
        self.app.push_screen(PlanScreen(None, workspace.clock.now(), workspace.zone, save, title))

    def action_templates(self) -> None:
        self.with_one(self._open_templates)

    def _open_templates(self, _targets: Targets, detail: LeadDetail) -> None:
        from screens.templates import TemplatesScreen

        self.app.push_screen(TemplatesScreen(self.workspace, detail, self.keys))
