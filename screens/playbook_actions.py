"""The commands about what comes next by the book: playbooks, tasks, and texts to send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.values import LeadDetail
from screens.doing import Change, Targets
from screens.team_actions import TeamActions
from widgets.plain import cut

if TYPE_CHECKING:
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
        from screens.choose import ChooseScreen

        if len(targets.seqs) == 1 and detail.run is not None:
            self._open_run(targets, detail)
            return
        known = library()
        fitting = (
            []
            if len(targets.seqs) > 1
            else known.playbooks_for(situation(detail.fields, detail.facts, detail.standing))
        )
        others = [one for one in known.playbooks.values() if one not in fitting]
        options = [
            (str(place) if place < 10 else "", playbook, _playbook_line(playbook, place <= len(fitting)))
            for place, playbook in enumerate([*fitting, *others], 1)
        ]

        def start(playbook: Playbook | None) -> None:
            if playbook is not None:
                self._start(targets, playbook)

        self.app.push_screen(ChooseScreen(_("Start a playbook"), options), start)

    def _start(self, targets: Targets, playbook: Playbook) -> None:
        def begin(act: Act, ids: list[str]) -> None:
            from leadtui.followup.starting import start

            start(act, ids, playbook)

        self.perform(targets, _("Start playbook"), begin, cut(playbook.name, 40), stay=True)

    def _open_run(self, targets: Targets, detail: LeadDetail) -> None:
        """What can be done with the playbook that is at work."""
        from leadtui.followup import runs
        from screens.choose import ChooseScreen

        assert detail.run is not None
        faces: Mapping[str, tuple[str, Change, str]] = {
            "pause": (_("Pause playbook"), lambda act, ids: runs.pause(act, ids, "by_hand"), _("paused")),
            "resume": (_("Resume playbook"), runs.resume, _("resumed")),
            "end": (_("End playbook"), runs.end, _("ended")),
        }
        rests = detail.run.paused_at is not None
        options = [
            ("r", "resume", _("resume: its tasks come as much later as it rested"))
            if rests
            else ("p", "pause", _("pause: its tasks wait")),
            ("e", "end", _("end: its open tasks are cancelled")),
        ]

        def act_on(choice: str | None) -> None:
            if choice is not None:
                self.perform(targets, *faces[choice], stay=True)

        self.app.push_screen(ChooseScreen(cut(detail.run.playbook, 60), options), act_on)

    # Tasks and texts

    def action_tasks(self) -> None:
        from screens.tasks import TasksScreen

        self.app.push_screen(TasksScreen(self.workspace, self.leads.moves, self._new_task, self._left_tasks))

    def _left_tasks(self, seq: int | None, changed: bool) -> None:
        if changed:
            self.resort()
            self.show_detail_now()
        if seq is not None:
            self.go_to_lead(seq)

    def _new_task(self, saved: Callable[[], None]) -> None:
        """Put a task on the leads that the list is at."""
        self.with_able("plan", lambda targets: self._open_task(targets, saved))

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

        self.app.push_screen(TemplatesScreen(self.workspace, detail, self.leads.moves))


def _playbook_line(playbook: Playbook, fits: bool) -> str:
    number = len(playbook.tasks)
    tasks = ngettext("{count} task", "{count} tasks", number).format(count=number)
    name = cut(playbook.name, 40)
    return _("{name} ({tasks}), fits").format(name=name, tasks=tasks) if fits else f"{name} ({tasks})"
