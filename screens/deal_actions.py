"""What can be done with opportunities: stages, winning and losing, grades, objections, the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from leadtui.customers.rows import ObjectionRow, RecordDetail, RecordRow
from leadtui.customers.stages import stage_beside
from leadtui.i18n import gettext as _
from leadtui.labels import label
from screens.deal_playbooks import DealPlaybooks
from screens.doing import Targets
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.store.act import Act


class DealActions(DealPlaybooks):
    """The commands that only opportunities have; elsewhere they say so."""

    FOOTER: ClassVar[Mapping[str, Sequence[str]]] = {
        "customer": ("opportunities",),
        "contact": ("customers",),
        "opportunity": ("stage-on", "board"),
    }
    """The keys in the last line beside those that all have."""

    # Stages

    def action_stage_on(self) -> None:
        self._step(1)

    def action_stage_back(self) -> None:
        self._step(-1)

    def _step(self, steps: int) -> None:
        chosen = self.deals()
        row = self.leads.row
        if chosen is None or row is None:
            return
        stage = stage_beside(row.state, steps)
        if row.state in ("won", "lost"):
            key = self.ways_shown["reopen"]
            self.say(_("It is over: {key} takes it up again.").format(key=key))
        elif stage == "won":
            self.action_win()
        elif stage == row.state:
            self.say(_("This is the first stage."))
        else:
            self._move(chosen, stage)

    def _move(self, chosen: Targets, stage: str) -> None:
        def move(act: Act, ids: list[str]) -> None:
            from leadtui.customers.playbooks import enter_stage

            enter_stage(act, ids, stage)

        self.perform(chosen, _("Move stage"), move, label("opportunity_stage", stage), stay=True)

    def action_win(self) -> None:
        chosen = self.deals()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_win(chosen, detail))

    def _open_win(self, chosen: Targets, detail: RecordDetail) -> None:
        from screens.deal_forms import WinScreen

        async def save(terms: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.customers.stages import win

            return await self.save_form(
                chosen, _("Win opportunity"), lambda act, ids: win(act, ids, terms), _("won")
            )

        fields = detail.fields if len(chosen.seqs) == 1 else {}
        currency = self.workspace.settings.import_.currency
        self.app.push_screen(WinScreen(chosen.name, fields, currency, save))

    def action_disqualify(self) -> None:
        """Lose opportunities, with the reason."""
        chosen = self.deals()
        if chosen is None:
            return
        from screens.reason import ReasonScreen

        def lost(answer: tuple[str, str] | None) -> None:
            if answer is None:
                return
            reason, note = answer

            def change(act: Act, ids: list[str]) -> None:
                from leadtui.customers.stages import lose

                lose(act, ids, reason or "other", note)

            self.perform(chosen, _("Lose opportunity"), change, _("lost"))

        reasons = self.workspace.settings.screening.loss_reasons
        self.app.push_screen(ReasonScreen(_("Why is it lost?"), reasons, True), lost)

    def action_reopen(self) -> None:
        chosen = self.deals()
        if chosen is None:
            return

        def change(act: Act, ids: list[str]) -> None:
            from leadtui.customers.stages import reopen

            reopen(act, ids)

        self.perform(chosen, _("Reopen opportunity"), change, _("open again"), stay=True)

    # Grades and plans

    def action_tier(self) -> None:
        chosen = self.deals()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_grade(chosen, detail))

    def _open_grade(self, chosen: Targets, detail: RecordDetail) -> None:
        from screens.choose import ChooseScreen
        from screens.reason import ReasonScreen

        suggested = detail.grade.suggested if detail.grade and len(chosen.seqs) == 1 else ""
        options = [(grade.lower(), grade, _("Grade {grade}").format(grade=grade)) for grade in "ABC"]
        options.append(("r", "", _("by the rule")))

        def picked(grade: str | None) -> None:
            if grade is None:
                return
            if not grade or grade == suggested:
                self._grade(chosen, grade, "")
                return

            def because(answer: tuple[str, str] | None) -> None:
                if answer is not None:
                    self._grade(chosen, grade, answer[1])

            self.app.push_screen(ReasonScreen(_("Why grade {grade}?").format(grade=grade), (), True), because)

        self.app.push_screen(ChooseScreen(_("Grade"), options), picked)

    def _grade(self, chosen: Targets, grade: str, reason: str) -> None:
        def change(act: Act, ids: list[str]) -> None:
            from leadtui.customers.grading import choose_grade

            choose_grade(act, ids, grade, reason)

        note = _("grade {grade}").format(grade=grade) if grade else _("grade by the rule")
        self.perform(chosen, _("Confirm grade"), change, note, stay=True)

    def action_approve_plan(self) -> None:
        chosen = self.deals()
        if chosen is None:
            return

        def change(act: Act, ids: list[str]) -> None:
            from leadtui.customers.grading import approve_plan

            approve_plan(act, ids)

        from leadtui.qualify.approval import approves_alone

        alone = approves_alone(self.workspace.settings, self.workspace.user)
        note = _("plan approved") if alone else _("plan waits for approval")
        self.perform(chosen, _("Approve plan"), change, note, stay=True)

    # Objections

    def action_objection(self) -> None:
        if self.deals() is not None:
            self.with_detail(self._open_objections)

    def _open_objections(self, detail: RecordDetail) -> None:
        """Note a new objection, or choose one to answer or to bring before somebody."""
        if not detail.objections:
            self._open_objection(detail.row, None)
            return
        from screens.choose import ChooseScreen, place_key

        options: list[tuple[str, ObjectionRow | None, str]] = [("n", None, _("a new objection"))]
        options += [
            (place_key(place, "n"), one, cut(one.content, 50))
            for place, one in enumerate(detail.objections, 1)
        ]

        def chosen(answer: tuple[ObjectionRow | None] | None) -> None:
            if answer is not None:
                self._open_objection(detail.row, answer[0])

        self.app.push_screen(
            ChooseScreen(_("Objections"), [(key, (one,), text) for key, one, text in options]), chosen
        )

    def _open_objection(self, row: RecordRow, objection: ObjectionRow | None) -> None:
        from screens.deal_forms import ObjectionScreen

        async def save(draft: Mapping[str, str]) -> Mapping[str, str] | None:
            from leadtui.customers.objections import add_objection, answer_objection, escalate_objection

            def change(act: Act, ids: list[str]) -> None:
                identity = objection.id if objection else add_objection(act, ids[0], draft["content"])
                if draft["answer"]:
                    answer_objection(act, identity, draft["answer"])
                if draft["escalated_to"]:
                    escalate_objection(act, identity, draft["escalated_to"])

            chosen = Targets((row.seq,), cut(row.name, 40), self.record)
            return await self.save_form(chosen, _("Objection"), change, _("objection noted"), stay=True)

        known = self.vocabulary.get("owner", ())
        self.app.push_screen(ObjectionScreen(objection, known, save))
