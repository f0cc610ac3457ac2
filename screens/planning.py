"""What comes next: follow-ups, next steps, putting off and settling, alike for leads and for records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from leadtui.followup.describe import describe_due
from leadtui.i18n import gettext as _
from screens.doing import Doing, Targets

if TYPE_CHECKING:
    from leadtui.customers.rows import RecordDetail
    from leadtui.customers.verbs import Verbs
    from leadtui.details import ActivityRow
    from leadtui.store.act import Act
    from screens.follow_up import Followed
    from screens.plan_form import Planned, Step


class _Who(NamedTuple):
    """What the follow-up form says of whom it is about."""

    number: str
    company: str
    contact: str
    title: str


class _Signals(NamedTuple):
    signals: frozenset[str] = frozenset()


class FollowedRecord(NamedTuple):
    """A record as the follow-up form needs it."""

    row: _Who
    facts: _Signals
    fields: Mapping[str, object]
    activities: tuple[ActivityRow, ...]


class Planning(Doing):
    """Asks what is to come, and does it in one act."""

    # Follow-ups

    def open_follow_up(self, targets: Targets, followed: Followed, proposal: Mapping[str, object]) -> None:
        """Open the form for a follow-up, with the next step that is proposed."""
        from screens.follow_up import follow_up_screen

        async def save(draft: Mapping[str, object]) -> Mapping[str, str] | None:
            def change(act: Act, ids: list[str]) -> None:
                _verbs(targets).follow_up(act, ids, draft)

            return await self.save_form(targets, _("Log follow-up"), change, self.followed_up(draft))

        workspace = self.workspace
        now, zone = workspace.clock.now(), workspace.zone
        self.app.push_screen(follow_up_screen(self.app, followed, proposal, now, zone, save))

    def follow_up_record(self, targets: Targets, detail: RecordDetail) -> None:
        """Open the form for a follow-up of the record, or for several with nothing but how many they are."""
        if len(targets.seqs) > 1:
            several = FollowedRecord(_Who("", targets.name, "", ""), _Signals(), {}, ())
            self.open_follow_up(targets, several, {})
        else:
            self.open_follow_up(targets, _followed(detail), self._proposal(detail))

    def _proposal(self, detail: RecordDetail) -> Mapping[str, object]:
        """The next touch of an opportunity comes as often as its grade deserves."""
        if detail.row.grade not in ("A", "B", "C") or detail.row.state in ("won", "lost"):
            return {}
        from leadtui.followup.cadence import next_touch

        workspace = self.workspace
        now, settings, zone = workspace.clock.now(), workspace.settings, workspace.zone
        step, due, all_day = next_touch(detail.row.grade, "consideration", "working", now, settings, zone)
        return {"next_step": step, "next_due": due, "next_due_all_day": all_day}

    def followed_up(self, draft: Mapping[str, object]) -> str:
        """What a follow-up came to, for the note."""
        due = draft.get("next_due")
        if not isinstance(due, int):
            return _("followed up")
        return _("followed up, next {due}").format(due=self._due(due, bool(draft.get("next_due_all_day"))))

    # The next step

    def open_plan(self, targets: Targets, planned: Planned) -> None:
        """Open the form for the next step, with the one that is planned where it is for one."""
        from screens.plan_form import PlanScreen

        async def save(said: Step) -> Mapping[str, str] | None:
            def change(act: Act, ids: list[str]) -> None:
                _verbs(targets).plan(act, ids, *said)

            due = self._due(said.due, said.all_day) if said.due is not None else ""
            note = _("next {due}").format(due=due) if due else _("next step planned")
            return await self.save_form(targets, _("Plan next step"), change, note)

        workspace = self.workspace
        row = planned if len(targets.seqs) == 1 else None
        self.app.push_screen(PlanScreen(row, workspace.clock.now(), workspace.zone, save))

    def open_snooze(self, targets: Targets) -> None:
        """Ask until when nothing is to be asked for."""
        from screens.snooze import SnoozeScreen

        def snooze(until: int | None) -> None:
            if until is None:
                return

            def change(act: Act, ids: list[str]) -> None:
                _verbs(targets).snooze(act, ids, until)

            note = _("snoozed to {due}").format(due=self._due(until, True))
            self.perform(targets, _("Snooze"), change, note)

        self.app.push_screen(SnoozeScreen(self.workspace.clock.now(), self.workspace.zone), snooze)

    def settle(self, targets: Targets) -> None:
        """Do what they ask for next, where saying so is enough."""

        def change(act: Act, ids: list[str]) -> None:
            _verbs(targets).settle(act, ids)

        self.perform(targets, _("Mark as done"), change, _("done"))

    def _due(self, at: int, all_day: bool) -> str:
        return describe_due(at, all_day, self.workspace.clock.now(), self.workspace.zone)


def _verbs(targets: Targets) -> Verbs:
    """What can be done with the targets; loaded when it is done, in the thread that does it."""
    from leadtui.customers.verbs import verbs_of

    return verbs_of(targets.record)


def _followed(detail: RecordDetail) -> FollowedRecord:
    row = detail.row
    company, contact = (row.company, row.name) if row.company else (row.name, row.person)
    title = row.person if row.record == "contact" else ""
    activities = tuple(one.activity for one in detail.timeline[:1])
    return FollowedRecord(
        _Who(row.number, company, contact, title), _Signals(), dict(detail.fields), activities
    )
