"""What each command does on the main screen: ask, act, say what happened, go on to the next lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leadtui.errors import LeadTUIError
from leadtui.followup import queue
from leadtui.followup.describe import describe_due
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label, labels
from leadtui.values import LeadDetail
from screens.navigation import Navigation
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.store.act import Act

Change = Callable[["Act", list[str]], object]
"""What an act does to the leads with these ids."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The leads that an act is for, as they were chosen when its key was pressed."""

    seqs: tuple[int, ...]
    name: str
    """The company of a single lead, else how many there are (cleaned)."""


class InboxActions(Navigation):
    """The commands that change leads."""

    # Follow-up and planning

    def action_follow_up(self) -> None:
        self._with_detail(self._open_follow_up)

    def _open_follow_up(self, targets: Targets, detail: LeadDetail) -> None:
        from leadtui.followup.cadence import next_touch
        from screens.follow_up import FollowUpScreen

        workspace = self.workspace
        now, standing = workspace.clock.now(), detail.standing
        step, due, all_day = next_touch(
            standing.tier, standing.stage, detail.row.status, now, workspace.settings, workspace.zone
        )
        proposal = {"next_step": step, "next_due": due, "next_due_all_day": all_day}

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.followup.activities import log_follow_up

            return await self._save(
                targets,
                _("Log follow-up"),
                lambda act, ids: log_follow_up(act, ids, draft),
                self._followed_up(draft),
            )

        self.app.push_screen(FollowUpScreen(detail, proposal, now, workspace.zone, workspace.settings, save))

    def action_line_entry(self) -> None:
        self._with_detail(self._open_line)

    def _open_line(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.line_entry import LineScreen

        workspace = self.workspace

        def log(draft: Mapping[str, object] | None) -> None:
            from leadtui.followup.activities import log_follow_up

            if draft is not None:
                self._act(
                    targets,
                    _("Log follow-up"),
                    lambda act, ids: log_follow_up(act, ids, draft),
                    self._followed_up(draft),
                )

        self.app.push_screen(
            LineScreen(detail, workspace.clock.now(), workspace.zone, workspace.settings), log
        )

    def _followed_up(self, draft: Mapping[str, object]) -> str:
        due = draft.get("next_due")
        if not isinstance(due, int):
            return _("followed up")
        return _("followed up, next {due}").format(due=self._due(due, bool(draft.get("next_due_all_day"))))

    def action_snooze(self) -> None:
        targets = self._targets()
        if targets is None:
            return
        from screens.snooze import SnoozeScreen

        def snooze(until: int | None) -> None:
            from leadtui.followup import planning

            if until is not None:
                note = _("snoozed to {due}").format(due=self._due(until, True))
                self._act(targets, _("Snooze"), lambda act, ids: planning.snooze(act, ids, until), note)

        self.app.push_screen(SnoozeScreen(self.workspace.clock.now(), self.workspace.zone), snooze)

    def action_done(self) -> None:
        def done(act: Act, ids: list[str]) -> object:
            from leadtui.followup.planning import mark_done

            return mark_done(act, ids)

        targets = self._targets()
        if targets is not None:
            self._act(targets, _("Mark as done"), done, _("done"))

    def action_convert(self) -> None:
        self.not_there_yet()

    # What a lead is

    def action_new_lead(self) -> None:
        from screens.lead_form import LeadFormScreen

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.qualify.leads import create_lead

            return await self.save(_("New lead"), lambda act: create_lead(act, draft), self._created)

        self.app.push_screen(LeadFormScreen(None, save))

    def _created(self, lead_id: str) -> None:
        self._after_act()

        def go(seq: int | None) -> None:
            if seq is not None:
                self.go_to_lead(seq, reload=True)

        self.load("created", lambda connection: queue.seq_of(connection, lead_id), go)

    def action_edit(self) -> None:
        self._with_detail(self._open_edit)

    def _open_edit(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.lead_form import LeadFormScreen

        async def save(changes: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.qualify.leads import edit_leads

            return await self._save(
                targets, _("Edit lead"), lambda act, ids: edit_leads(act, ids, changes), _("edited")
            )

        self.app.push_screen(LeadFormScreen(detail, save))

    def action_edit_notes(self) -> None:
        self._with_detail(self._open_editor)

    def _open_editor(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.editor import edited

        try:
            text = edited(self.app, str(detail.fields.get("notes") or ""))
        except LeadTUIError as error:
            self.host.tell_error(error)
            return
        if text is None:
            self.say(_("The notes are as they were."))
            return

        def keep(act: Act, ids: list[str]) -> object:
            from leadtui.qualify.leads import edit_leads

            return edit_leads(act, ids, {"notes": text})

        self._act(targets, _("Edit notes"), keep, _("notes edited"), stay=True)

    def action_signals(self) -> None:
        self._with_detail(self._open_signals)

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

            return await self._save(targets, _("Change signals"), change, _("signals changed"), stay=True)

        self.app.push_screen(SignalsScreen(detail, save))

    def action_engagement(self) -> None:
        options = [(name[0], code, name) for code, name in labels("engagement").items()]
        keys = dict(zip(("p", "w", "b", "r"), options, strict=False))

        def change(code: str) -> Change:
            def log(act: Act, ids: list[str]) -> object:
                from leadtui.followup.activities import log_engagement

                return log_engagement(act, ids, code)

            return log

        self._choose(
            _("What did the lead do?"),
            [(key, code, name) for key, (_first, code, name) in keys.items()],
            lambda code: (_("Record engagement"), change(code), label("engagement", code)),
        )

    def action_tier(self) -> None:
        def change(tier: str) -> Change:
            def choose(act: Act, ids: list[str]) -> object:
                from leadtui.qualify.tier import choose_tier

                return choose_tier(act, ids, tier, "")

            return choose

        options = [(tier.lower(), tier, _("Tier {tier}").format(tier=tier)) for tier in "ABC"]
        options.append(("s", "", _("as suggested")))
        self._choose(
            _("Tier"),
            options,
            lambda tier: (
                _("Choose tier"),
                change(tier),
                _("tier {tier}").format(tier=tier) if tier else _("tier as suggested"),
            ),
        )

    def action_tags(self) -> None:
        self._with_detail(self._open_tags)

    def _open_tags(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.tags import TagsScreen

        def change(chosen: tuple[Sequence[str], Sequence[str]] | None) -> None:
            if chosen is None or not any(chosen):
                return
            added, removed = chosen

            def tag(act: Act, ids: list[str]) -> None:
                from leadtui.qualify.leads import add_tags, remove_tags

                add_tags(act, ids, added)
                remove_tags(act, ids, removed)

            self._act(targets, _("Change tags"), tag, _("tags changed"), stay=True)

        self.app.push_screen(TagsScreen(detail.tags, self.vocabulary.get("tag", ())), change)

    # Screening

    def action_valid(self) -> None:
        self._screen("valid", "", "", _("valid"))

    def action_watch(self) -> None:
        self._ask_reason(
            "watch", _("Why watch it?"), self.workspace.settings.screening.watch_reasons, _("watched")
        )

    def action_disqualify(self) -> None:
        reasons = self.workspace.settings.screening.invalid_reasons
        self._ask_reason("invalid", _("Why is it no lead?"), reasons, _("disqualified"))

    def _ask_reason(self, verdict: str, title: str, reasons: Sequence[str], note: str) -> None:
        targets = self._targets()
        if targets is None:
            return
        from screens.reason import ReasonScreen

        def decide(answer: tuple[str, str] | None) -> None:
            if answer is not None:
                self._screen(verdict, *answer, note, targets)

        self.app.push_screen(ReasonScreen(title, reasons), decide)

    def _screen(
        self, verdict: str, reason: str, words: str, note: str, targets: Targets | None = None
    ) -> None:
        targets = targets or self._targets()
        if targets is None:
            return

        def change(act: Act, ids: list[str]) -> object:
            from leadtui.qualify.screening import screen

            return screen(act, ids, verdict, reason, words)

        self._act(targets, _("Screen lead"), change, note)

    # Taking back

    def action_undo(self) -> None:
        self.write(self.workspace.undo, lambda undone: self._taken_back(undone, _("Undone: {label}")))

    def action_redo(self) -> None:
        self.write(self.workspace.redo, lambda undone: self._taken_back(undone, _("Done again: {label}")))

    def _taken_back(self, undone: Any, sentence: str) -> None:
        if undone is None:
            self.say(_("There is nothing to take back."))
            return
        self.leads.forget_notes()
        self._after_act()
        self.say(sentence.format(label=cut(undone.label, 60)))

    # How an act is done

    def _targets(self) -> Targets | None:
        """The leads that the key was meant for; tells when there are none."""
        if self.reminders.has_focus:
            reminder = self.reminders.row
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

    def _with_detail(self, then: Callable[[Targets, LeadDetail], None]) -> None:
        """Open something that needs all of a lead: the first one that is meant."""
        targets = self._targets()
        if targets is None:
            return
        shown = self.detail.detail
        if shown is not None and shown.row.seq == targets.seqs[0]:
            then(targets, shown)
            return

        def found(detail: LeadDetail | None) -> None:
            if detail is not None:
                then(targets, detail)

        def read(connection: Any) -> LeadDetail | None:
            ids = queue.ids(connection, targets.seqs[:1])
            return self.read_detail(connection, ids[0]) if ids else None

        self.load("target", read, found)

    def _choose(
        self,
        title: str,
        options: Sequence[tuple[str, str, str]],
        meaning: Callable[[str], tuple[str, Change, str]],
    ) -> None:
        """Let one of `options` be chosen; `meaning` gives the act's label, what it does, and the note."""
        targets = self._targets()
        if targets is None:
            return
        from screens.choose import ChooseScreen

        def chosen(value: str | None) -> None:
            if value is not None:
                self._act(targets, *meaning(value), stay=True)

        self.app.push_screen(ChooseScreen(title, options), chosen)

    def _act(self, targets: Targets, name: str, change: Change, note: str, stay: bool = False) -> None:
        """Do one act on the targets, mark what happened where they stand, and go on."""
        self.act(
            name,
            lambda act: self._changed(act, targets, change),
            lambda _nothing: self._acted(targets, note, stay),
        )

    async def _save(
        self, targets: Targets, name: str, change: Change, note: str, stay: bool = False
    ) -> Mapping[str, str] | None:
        """As `_act`, for a form that shows what is refused."""
        return await self.save(
            name,
            lambda act: self._changed(act, targets, change),
            lambda _nothing: self._acted(targets, note, stay),
        )

    def _changed(self, act: Act, targets: Targets, change: Change) -> None:
        change(act, queue.ids(act.connection, targets.seqs))

    def _acted(self, targets: Targets, note: str, stay: bool) -> None:
        sign = self.leads.glyphs.done
        bulk = self.leads.marked_count > 0 and not self.reminders.has_focus
        self.refresh_rows(targets.seqs, f"{sign} {note}")
        if bulk:
            self.leads.clear_marks()
        elif (
            not stay
            and self.workspace.settings.look.after_action == "next"
            and self.leads.seq in targets.seqs
        ):
            self.leads.advance()
        self._after_act()
        key = self.keys_shown["undo"]
        said = _("{name}: {note}").format(name=targets.name, note=note)
        self.say(f"{said} · " + _("{key} undoes it").format(key=key) if key else said)

    @property
    def _goes_on(self) -> bool:
        return self.workspace.settings.look.after_action == "next"

    def _due(self, at: int, all_day: bool) -> str:
        return describe_due(at, all_day, self.workspace.clock.now(), self.workspace.zone)
