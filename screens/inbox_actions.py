"""What each command does on the main screen: ask, act, say what happened, go on to the next lead."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.followup import queue
from leadtui.i18n import gettext as _
from leadtui.labels import label, labels
from leadtui.values import ReminderKind
from screens.convert_actions import Converting
from screens.doing import Change, Targets
from screens.inbox_duplicates import columns_of
from screens.playbook_actions import PlaybookActions
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.details import LeadDetail
    from leadtui.store.act import Act


class InboxActions(Converting, PlaybookActions):
    """The commands that change leads."""

    # Follow-up and planning

    def action_follow_up(self) -> None:
        if (record := self.reminded_record()) is not None:
            self.with_record(record, self.follow_up_record)
        else:
            self.with_detail("work", self._open_follow_up)

    def _open_follow_up(self, targets: Targets, detail: LeadDetail) -> None:
        if self._is_over(targets, detail):
            return
        proposal: Mapping[str, object] = {}
        if len(targets.seqs) == 1:
            proposal = self._proposal_for(detail)
        self.open_follow_up(targets, detail, proposal)

    def _proposal_for(self, detail: LeadDetail) -> Mapping[str, object]:
        """The next touch, and what it is where this one is the visit that the lead waits for."""
        from leadtui.followup.cadence import next_touch, visit_late

        workspace, standing, touches = self.workspace, detail.standing, detail.facts.touches
        now, settings, zone = workspace.clock.now(), workspace.settings, workspace.zone
        met = touches.first_contact_at
        late = visit_late(standing.stage, touches.last_visit_at, met, settings, zone)
        of_lead = (standing.tier, standing.stage, detail.row.status, now, settings, zone)
        step, due, all_day = next_touch(*of_lead, late)
        return {
            "next_step": step, "next_due": due, "next_due_all_day": all_day,
            "after_visit": next_touch(*of_lead).step,
        }  # fmt: skip

    def action_line_entry(self) -> None:
        self.with_detail("work", self._open_line)

    def _open_line(self, targets: Targets, detail: LeadDetail) -> None:
        if self._is_over(targets, detail):
            return
        from screens.line_entry import LineScreen

        def log(said: dict[str, Any] | None) -> None:
            if said is None:
                return
            tags: Sequence[str] = said.pop("tags", ())

            def change(act: Act, ids: list[str]) -> None:
                from leadtui.followup.activities import log_follow_up
                from leadtui.qualify.leads import add_tags

                log_follow_up(act, ids, said)
                add_tags(act, ids, tags)

            self.perform(targets, _("Log follow-up"), change, self.followed_up(said))

        workspace = self.workspace
        now, zone = workspace.clock.now(), workspace.zone
        self.app.push_screen(LineScreen(detail, now, zone), log)

    def _is_over(self, targets: Targets, detail: LeadDetail) -> bool:
        """Whether a lead is closed: told before anything is typed, not when it is saved."""
        from leadtui.qualify.changing import WORKABLE, why_not

        row = detail.row
        if len(targets.seqs) > 1 or row.status in WORKABLE:
            return False
        self.say(why_not(row.number, row.status, detail.merged_into))
        return True

    def action_plan(self) -> None:
        if (record := self.reminded_record()) is not None:
            self.with_record(record, lambda targets, detail: self.open_plan(targets, detail.row))
        else:
            self.with_detail("plan", lambda targets, detail: self.open_plan(targets, detail.row))

    def action_snooze(self) -> None:
        if (record := self.reminded_record()) is not None:
            self.open_snooze(record)
        else:
            self.with_able("plan", self.open_snooze)

    def action_done(self) -> None:
        if (record := self.reminded_record()) is not None:
            self._settle_reminded(record)
        else:
            self.with_able("done", self.settle)

    def _settle_reminded(self, record: Targets) -> None:
        """Settle what the reminder is about: that nothing is planned isn't settled by saying so."""
        row = self.reminders.row
        if row is not None and row.kind == ReminderKind.NO_NEXT_STEP:
            told = _("Nothing is due on {number}: plan a next step, or log a follow-up.")
            self.say(told.format(number=row.number))
        else:
            self.settle(record)

    # What a lead is

    def action_new_lead(self) -> None:
        from screens.lead_form import open_lead_form

        def enter(act: Act, draft: Mapping[str, object]) -> str:
            from leadtui.followup.newcomers import start_on_entered
            from leadtui.qualify.leads import create_lead

            lead_id = create_lead(act, draft)
            start_on_entered(act, [lead_id])
            return lead_id

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            if problems := await self.looks_new(draft, {}):
                return problems
            return await self.save(_("New lead"), lambda act: enter(act, draft), self._created)

        open_lead_form(self, None, save)

    def _created(self, lead_id: str) -> None:
        self._after_act()

        def read(connection: sqlite3.Connection) -> tuple[int | None, list[str]]:
            return queue.seq_of(connection, lead_id), queue.names(connection, (lead_id,))

        def go(found: tuple[int | None, list[str]]) -> None:
            seq, names = found
            if seq is not None:
                self.go_to_lead(seq, reload=True)
                self.say_done(_("{name}: {note}").format(name=cut(names[0], 40), note=_("entered")))

        self.load("created", read, go)

    def action_edit(self) -> None:
        self.with_detail("edit", self._open_edit)

    def _open_edit(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.lead_form import open_lead_form

        seen = dict(detail.fields) if len(targets.seqs) == 1 else {}

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.qualify.leads import edit_leads, set_custom
            from leadtui.qualify.meanwhile import refuse_overwriting

            if len(targets.seqs) == 1 and (problems := await self.looks_new(draft, columns_of(detail))):
                return problems
            changes = dict(draft)
            custom = changes.pop("custom", None)

            def change(act: Act, ids: list[str]) -> None:
                refuse_overwriting(act, "lead", ids, seen, changes)
                edit_leads(act, ids, changes)
                if isinstance(custom, Mapping) and custom:
                    set_custom(act, ids, custom)

            return await self.save_form(targets, _("Edit lead"), change, _("edited"), stay=True)

        open_lead_form(self, detail, save)

    def action_edit_notes(self) -> None:
        self.with_one(self._open_editor)

    def _open_editor(self, targets: Targets, detail: LeadDetail) -> None:
        seen = dict(detail.fields)

        async def save(text: str) -> Mapping[str, str] | None:
            def change(act: Act, ids: list[str]) -> None:
                from leadtui.qualify.leads import edit_leads
                from leadtui.qualify.meanwhile import refuse_overwriting

                refuse_overwriting(act, "lead", ids, seen, {"notes": text})
                edit_leads(act, ids, {"notes": text})

            return await self.save_form(targets, _("Edit notes"), change, _("notes edited"), stay=True)

        self.edit_notes(detail.fields.get("notes"), save)

    def action_signals(self) -> None:
        self.with_detail("edit", self._open_signals)

    def _open_signals(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.signals import SignalsScreen

        async def save(draft: Mapping[str, Any]) -> Mapping[str, str] | None:
            from leadtui.followup.activities import log_engagement
            from leadtui.qualify.signals import set_bant, set_signals

            def change(act: Act, ids: list[str]) -> None:
                if draft.get("signals"):
                    set_signals(act, ids, draft["signals"])
                if draft.get("bant"):
                    set_bant(act, ids, draft["bant"])
                for event in draft.get("engagements", ()):
                    log_engagement(act, ids, event)

            return await self.save_form(targets, _("Change signals"), change, _("signals changed"), stay=True)

        self.app.push_screen(SignalsScreen(detail, save))

    def action_engagement(self) -> None:
        def change(code: str) -> Change:
            def log(act: Act, ids: list[str]) -> None:
                from leadtui.followup.activities import log_engagement

                log_engagement(act, ids, code)

            return log

        self.choose(
            "work",
            _("What did the lead do?"),
            [
                (str(number), code, name)
                for number, (code, name) in enumerate(labels("engagement").items(), 1)
            ],
            lambda code: (_("Record engagement"), change(code), label("engagement", code)),
        )

    def action_tier(self) -> None:
        self.with_detail("edit", self._open_tier)

    def _open_tier(self, targets: Targets, detail: LeadDetail) -> None:
        """Choose a tier, with a reason where it isn't the one that is suggested (C5)."""
        from screens.choose import ChooseScreen
        from screens.reason import ReasonScreen

        options = [(tier.lower(), tier, _("Tier {tier}").format(tier=tier)) for tier in "ABC"]
        options.append(("s", "", _("as suggested")))

        def chosen(tier: str | None) -> None:
            if tier is None:
                return
            if not tier or (tier == detail.suggested_tier and len(targets.seqs) == 1):
                self._choose_tier(targets, tier, "")
                return

            def because(answer: tuple[str, str] | None) -> None:
                if answer is not None:
                    self._choose_tier(targets, tier, answer[1])

            self.app.push_screen(ReasonScreen(_("Why tier {tier}?").format(tier=tier), (), False), because)

        self.app.push_screen(ChooseScreen(_("Tier"), options), chosen)

    def _choose_tier(self, targets: Targets, tier: str, reason: str) -> None:
        def choose(act: Act, ids: list[str]) -> None:
            from leadtui.qualify.tier import choose_tier

            choose_tier(act, ids, tier, reason)

        note = _("tier {tier}").format(tier=tier) if tier else _("tier as suggested")
        self.perform(targets, _("Choose tier"), choose, note, stay=True)

    def action_tags(self) -> None:
        def read(targets: Targets) -> None:
            self.load_first(
                "tags",
                lambda connection: queue.shared_names(connection, targets.seqs, "tag"),
                lambda found: self._open_tags(targets, *found),
            )

        self.with_able("edit", read)

    def _open_tags(self, targets: Targets, current: Sequence[str], some: Sequence[str]) -> None:
        from screens.tags import TagsScreen

        def change(chosen: tuple[Sequence[str], Sequence[str]] | None) -> None:
            if chosen is None or not any(chosen):
                return
            added, removed = chosen

            def tag(act: Act, ids: list[str]) -> None:
                from leadtui.qualify.leads import add_tags, remove_tags

                add_tags(act, ids, added)
                remove_tags(act, ids, removed)

            self.perform(targets, _("Change tags"), tag, _("tags changed"), stay=True)

        self.app.push_screen(TagsScreen(current, self.vocabulary.get("tag", ()), some), change)

    # Screening

    def action_valid(self) -> None:
        self.with_able("valid", lambda targets: self._screen(targets, "valid", "", "", _("valid")))

    def action_watch(self) -> None:
        reasons = self.workspace.settings.screening.watch_reasons
        self.with_able(
            "edit",
            lambda targets: self._ask_reason(
                targets, "watch", _("Why watch it?"), reasons, _("watched"), required=False
            ),
        )

    def action_disqualify(self) -> None:
        self.with_able("edit", self._open_disqualify)

    def _open_disqualify(self, targets: Targets) -> None:
        from screens.choose import ChooseScreen

        screening = self.workspace.settings.screening
        faces = {
            "invalid": (_("Why is it no lead?"), screening.invalid_reasons, _("disqualified"), True),
            "lost": (_("Why is it lost?"), screening.loss_reasons, _("lost"), True),
        }
        options = [
            ("i", "invalid", _("invalid: it never was a lead")),
            ("l", "lost", _("lost: worked on, and given up")),
        ]

        def ask(verdict: str | None) -> None:
            if verdict is not None:
                self._ask_reason(targets, verdict, *faces[verdict])

        self.app.push_screen(ChooseScreen(_("Close the lead"), options), ask)

    def _ask_reason(
        self,
        targets: Targets,
        verdict: str,
        title: str,
        reasons: Sequence[str],
        note: str,
        required: bool,
    ) -> None:
        from screens.reason import ReasonScreen

        def decide(answer: tuple[str, str] | None) -> None:
            if answer is not None:
                self._screen(targets, verdict, *answer, note)

        self.app.push_screen(ReasonScreen(title, reasons, required), decide)

    def _screen(self, targets: Targets, verdict: str, reason: str, words: str, note: str) -> None:
        def change(act: Act, ids: list[str]) -> None:
            from leadtui.qualify.screening import screen

            screen(act, ids, verdict, reason, words)

        self.perform(targets, _("Screen lead"), change, note)
