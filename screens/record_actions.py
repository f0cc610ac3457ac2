"""What can be done with customers, contacts and opportunities alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.customers.rows import RecordDetail, Related
from leadtui.i18n import gettext as _
from screens.doing import Targets
from screens.record_merging import RecordMerging
from screens.record_texts import edit_title, new_title
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.store.act import Act


class RecordActions(RecordMerging):
    """Follow-ups, planning, editing, owners, tags."""

    # Follow-up and planning

    def action_follow_up(self) -> None:
        chosen = self.targets()
        if chosen is not None:
            self.with_detail(lambda detail: self.follow_up_record(chosen, detail))

    def action_plan(self) -> None:
        chosen, row = self.targets(), self.leads.row
        if chosen is not None and row is not None:
            self.open_plan(chosen, row)

    def action_snooze(self) -> None:
        chosen = self.targets()
        if chosen is not None:
            self.open_snooze(chosen)

    def action_done(self) -> None:
        chosen = self.targets()
        if chosen is not None:
            self.settle(chosen)

    # The leads that became it

    def action_differences(self) -> None:
        """Show where a record and the lead that became it differ now; of several leads one is chosen."""
        self.with_detail(self._open_differences)

    def _open_differences(self, detail: RecordDetail) -> None:
        leads = detail.of("lead")
        if not leads:
            self.say(_("No lead became this one: there is nothing to compare."))
        elif len(leads) == 1:
            self._compare(leads[0])
        else:
            from screens.choose import ChooseScreen, place_key

            options = [
                (place_key(place), lead, f"{lead.number}  {cut(lead.name, 40)}")
                for place, lead in enumerate(leads, 1)
            ]

            def chosen(lead: Related | None) -> None:
                if lead is not None:
                    self._compare(lead)

            self.app.push_screen(ChooseScreen(_("Compare with"), options), chosen)

    def _compare(self, lead: Related) -> None:
        from screens.differences import open_differences

        def changed() -> None:
            self.reload()
            self.host.records_changed()

        open_differences(self, lead.id, f"{lead.number} {lead.name}", self.keys, changed)

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

        self.app.push_screen(ChooseScreen(_("Add"), options), chosen)

    def open_new(self, record: str, known: Mapping[str, str]) -> None:
        """Open the form for a new record, with what is known of it."""
        from screens.record_form import open_record_form

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.customers.links import with_links
            from leadtui.customers.records import create_record
            from leadtui.qualify.changing import check_to_come

            def enter(act: Act) -> str:
                check_to_come(act, draft)
                return create_record(act, record, with_links(act.connection, record, draft))

            return await self.save(
                new_title(record),
                enter,
                lambda identity: self._created(record, identity),
            )

        open_record_form(self, record, None, known, save)

    def _created(self, record: str, identity: str) -> None:
        self.host.records_changed()
        if record == self.record:
            self.reload()
            self.show_record(identity)
        else:
            self.show_detail_now()
        self.say_done(_("{name}: {note}").format(name=new_title(record), note=_("entered")))

    def action_edit(self) -> None:
        chosen = self.targets()
        if chosen is not None:
            self.with_detail(lambda detail: self._open_edit(chosen, detail))

    def _open_edit(self, chosen: Targets, detail: RecordDetail) -> None:
        from screens.record_form import open_record_form

        seen = dict(detail.fields) if len(chosen.seqs) == 1 else {}

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            from leadtui.customers.links import with_links
            from leadtui.customers.records import edit_records
            from leadtui.qualify.changing import check_to_come
            from leadtui.qualify.meanwhile import refuse_overwriting

            def change(act: Act, ids: list[str]) -> None:
                check_to_come(act, draft)
                refuse_overwriting(act, self.record, ids, seen, draft)
                edit_records(act, self.record, ids, with_links(act.connection, self.record, draft, ids))

            return await self.save_form(chosen, edit_title(self.record), change, _("edited"), stay=True)

        if len(chosen.seqs) > 1:
            row = detail.row._replace(name=chosen.name, number="", company="", person="")
            detail = detail._replace(row=row, fields={}, custom={}, related=())
        open_record_form(self, self.record, detail, {}, save)

    def action_edit_notes(self) -> None:
        self.with_detail(self._open_editor)

    def _open_editor(self, detail: RecordDetail) -> None:
        targets = Targets((detail.row.seq,), cut(detail.row.name, 40), self.record)

        seen = dict(detail.fields)

        async def save(text: str) -> Mapping[str, str] | None:
            def change(act: Act, ids: list[str]) -> None:
                from leadtui.customers.records import edit_records
                from leadtui.qualify.meanwhile import refuse_overwriting

                refuse_overwriting(act, self.record, ids, seen, {"notes": text})
                edit_records(act, self.record, ids, {"notes": text})

            return await self.save_form(
                targets, edit_title(self.record), change, _("notes edited"), stay=True
            )

        self.edit_notes(detail.fields.get("notes"), save)

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

    def _open_tags(self, chosen: Targets, detail: RecordDetail) -> None:
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
