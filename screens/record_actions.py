"""What can be done with customers, contacts and opportunities alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from leadtui.customers.rows import RecordDetail
from leadtui.errors import LeadTUIError
from leadtui.followup.describe import describe_due
from leadtui.i18n import gettext as _
from leadtui.values import ActivityRow
from screens.record_acting import Chosen
from screens.record_merging import RecordMerging
from screens.record_texts import edit_title, new_title
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.store.act import Act


class _Who(NamedTuple):
    """What the follow-up form says of whom it is about."""

    number: str
    company: str
    contact: str
    title: str


class _Signals(NamedTuple):
    signals: frozenset[str] = frozenset()


class Followed(NamedTuple):
    """A record as the follow-up form needs it."""

    row: _Who
    facts: _Signals
    fields: Mapping[str, object]
    activities: tuple[ActivityRow, ...]


class RecordActions(RecordMerging):
    """Follow-ups, planning, editing, owners, tags."""

    # Follow-up and planning

    def action_follow_up(self) -> None:
        chosen = self.targets()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_follow_up(chosen, detail))

    def _open_follow_up(self, chosen: Chosen, detail: RecordDetail) -> None:
        from screens.follow_up import follow_up_screen

        workspace = self.workspace
        now, several = workspace.clock.now(), len(chosen.seqs) > 1

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.customers.activities import follow_up_records

            return await self.save_form(
                chosen,
                _("Log follow-up"),
                lambda act, ids: follow_up_records(act, self.record, ids, draft),
                self._followed_up(draft),
            )

        followed = _followed(chosen, None if several else detail)
        proposal = {} if several else self._proposal(detail, now)
        self.app.push_screen(follow_up_screen(self.app, followed, proposal, now, workspace.zone, save))

    def _proposal(self, detail: RecordDetail, now: int) -> Mapping[str, object]:
        """The next touch of an opportunity comes as often as its grade deserves."""
        if detail.row.grade not in ("A", "B", "C") or detail.row.state in ("won", "lost"):
            return {}
        from leadtui.followup.cadence import next_touch

        settings, zone = self.workspace.settings, self.workspace.zone
        step, due, all_day = next_touch(detail.row.grade, "consideration", "working", now, settings, zone)
        return {"next_step": step, "next_due": due, "next_due_all_day": all_day}

    def _followed_up(self, draft: Mapping[str, object]) -> str:
        due = draft.get("next_due")
        if not isinstance(due, int):
            return _("followed up")
        return _("followed up, next {due}").format(due=self._due(due, bool(draft.get("next_due_all_day"))))

    def _due(self, at: int, all_day: bool) -> str:
        return describe_due(at, all_day, self.workspace.clock.now(), self.workspace.zone)

    def action_plan(self) -> None:
        chosen, row = self.targets(), self.leads.row
        if chosen is None:
            return
        from screens.plan_form import PlanScreen, Step

        async def save(said: Step) -> Mapping[str, str] | None:
            from leadtui.customers.planning import plan_records

            due = self._due(said.due, said.all_day) if said.due is not None else ""
            note = _("next {due}").format(due=due) if due else _("next step planned")
            return await self.save_form(
                chosen,
                _("Plan next step"),
                lambda act, ids: plan_records(act, self.record, ids, *said),
                note,
            )

        workspace = self.workspace
        planned = row if len(chosen.seqs) == 1 else None
        self.app.push_screen(PlanScreen(planned, workspace.clock.now(), workspace.zone, save))

    def action_snooze(self) -> None:
        chosen = self.targets()
        if chosen is None:
            return
        from screens.snooze import SnoozeScreen

        def snooze(until: int | None) -> None:
            from leadtui.customers.planning import snooze_records

            if until is not None:
                note = _("snoozed to {due}").format(due=self._due(until, True))
                self.perform(
                    chosen, _("Snooze"), lambda act, ids: snooze_records(act, self.record, ids, until), note
                )

        self.app.push_screen(SnoozeScreen(self.workspace.clock.now(), self.workspace.zone), snooze)

    def action_done(self) -> None:
        def done(act: Act, ids: list[str]) -> None:
            from leadtui.customers.planning import settle_records

            settle_records(act, self.record, ids)

        chosen = self.targets()
        if chosen is not None:
            self.perform(chosen, _("Mark as done"), done, _("done"))

    # What it is

    def action_new_lead(self) -> None:
        """Enter a record of this kind; from a customer, also what belongs to it."""
        row = self.leads.row
        if self.record != "customer" or row is None:
            self.open_new(self.record, {})
            return
        from screens.choose import ChooseScreen

        of = cut(row.name, 30)
        options = [
            ("c", "customer", _("a customer")),
            ("p", "contact", _("a contact of {customer}").format(customer=of)),
            ("o", "opportunity", _("an opportunity of {customer}").format(customer=of)),
        ]

        def chosen(record: str | None) -> None:
            if record is not None:
                self.open_new(record, {} if record == "customer" else {"customer": row.name})

        self.app.push_screen(ChooseScreen(_("New"), options), chosen)

    def open_new(self, record: str, known: Mapping[str, str]) -> None:
        """Open the form for a new record, with what is known of it."""
        from screens.record_form import record_form

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.customers.links import with_links
            from leadtui.customers.records import create_record

            return await self.save(
                new_title(record),
                lambda act: create_record(act, record, with_links(act.connection, record, draft)),
                lambda identity: self._created(record, identity),
            )

        self.app.push_screen(record_form(self.workspace, record, None, known, save))

    def _created(self, record: str, identity: str) -> None:
        self.host.records_changed()
        if record == self.record:
            self.reload()
            self.show_record(identity)
        else:
            self.show_detail_now()
        self.say(_("Entered."))

    def action_edit(self) -> None:
        chosen = self.targets()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_edit(chosen, detail))

    def _open_edit(self, chosen: Chosen, detail: RecordDetail) -> None:
        from screens.record_form import record_form

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.customers.links import with_links
            from leadtui.customers.records import edit_records

            def change(act: Act, ids: list[str]) -> None:
                edit_records(act, self.record, ids, with_links(act.connection, self.record, draft, ids))

            return await self.save_form(chosen, edit_title(self.record), change, _("edited"), stay=True)

        if len(chosen.seqs) > 1:
            row = detail.row._replace(name=chosen.name, number="", company="", person="")
            detail = detail._replace(row=row, fields={}, custom={}, related=())
        self.app.push_screen(record_form(self.workspace, self.record, detail, {}, save))

    def action_edit_notes(self) -> None:
        self.with_detail(self._open_editor)

    def _open_editor(self, detail: RecordDetail) -> None:
        from screens.editor import edited

        try:
            text = edited(self.app, str(detail.fields.get("notes") or ""))
        except LeadTUIError as error:
            self.host.tell_error(error)
            return
        if text is None:
            self.say(_("The notes are as they were."))
            return
        self._edit(Chosen((detail.row.seq,), detail.row.name), {"notes": text}, _("notes edited"))

    def _edit(self, chosen: Chosen, changes: Mapping[str, object], note: str) -> None:
        def change(act: Act, ids: list[str]) -> None:
            from leadtui.customers.records import edit_records

            edit_records(act, self.record, ids, changes)

        self.perform(chosen, edit_title(self.record), change, note, stay=True)

    def action_owner(self) -> None:
        chosen, row = self.targets(), self.leads.row
        if chosen is None or row is None:
            return
        from screens.prompt import PromptScreen

        async def save(owner: str) -> Mapping[str, str] | None:
            from leadtui.customers.records import edit_records

            note = _("owner {owner}").format(owner=cut(owner, 30)) if owner else _("no owner")
            return await self.save_form(
                chosen,
                _("Change owner"),
                lambda act, ids: edit_records(act, self.record, ids, {"owner": owner}),
                note,
                stay=True,
            )

        known = self.vocabulary.get("owner", ())
        self.app.push_screen(PromptScreen(_("Owner"), _("Owner"), row.owner, known=known, on_save=save))

    def action_tags(self) -> None:
        if self.record != "customer":
            self.say(_("Tags belong to the customer: open it first."))
            return
        chosen = self.targets()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_tags(chosen, detail))

    def _open_tags(self, chosen: Chosen, detail: RecordDetail) -> None:
        from screens.tags import TagsScreen

        several = len(chosen.seqs) > 1

        def change(answer: tuple[Sequence[str], Sequence[str]] | None) -> None:
            if answer is None or not any(answer):
                return
            added, removed = answer

            def tag(act: Act, ids: list[str]) -> None:
                from leadtui.customers.tags import tag_customers

                tag_customers(act, ids, added, removed)

            self.perform(chosen, _("Change tags"), tag, _("tags changed"), stay=True)

        current, some = ((), detail.tags) if several else (detail.tags, ())
        self.app.push_screen(TagsScreen(current, self.vocabulary.get("tag", ()), some), change)

    def action_fields(self) -> None:
        """Define the fields of this kind of record."""
        from screens.fields import edit_fields

        edit_fields(self, lambda: self.say(_("Your fields are saved.")), self.record)

    def load_vocabulary(self) -> None:
        """Load the words that forms offer: owners and tags."""
        from leadtui.followup.vocabulary import vocabulary

        def take(words: Mapping[str, Sequence[str]]) -> None:
            self.vocabulary = words

        self.load("vocabulary", vocabulary, take)


def _followed(chosen: Chosen, detail: RecordDetail | None) -> Followed:
    """What the follow-up form is opened on: the record, or for several nothing but how many they are."""
    if detail is None:
        return Followed(_Who("", chosen.name, "", ""), _Signals(), {}, ())
    row = detail.row
    fields = dict(detail.fields)
    company, contact = (row.company, row.name) if row.company else (row.name, row.person)
    title = row.person if row.record == "contact" else ""
    activities = tuple(one.activity for one in detail.timeline[:1])
    return Followed(_Who(row.number, company, contact, title), _Signals(), fields, activities)
