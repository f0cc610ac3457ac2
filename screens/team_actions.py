"""The commands about who works on a lead and in what state: owner, collaborators, pool, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.followup import queue
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from screens.doing import Change, Targets
from screens.openings import Openings
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.details import LeadDetail
    from leadtui.store.act import Act
    from screens.give_back import Return
    from screens.owner_form import HandOver


class TeamActions(Openings):
    """Hands leads over, gives them back, takes them, and screens them."""

    _swept = 0
    """The hour of the screening that was last reminded of."""

    def action_owner(self) -> None:
        self.with_detail("edit", self._open_owner)

    def _open_owner(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.owner_form import OwnerScreen

        async def save(said: HandOver) -> Mapping[str, str] | None:
            from leadtui.qualify.owners import change_owner

            note = _("owner {owner}").format(owner=cut(said.owner, 30)) if said.owner else _("no owner")
            return await self.save_form(
                targets, _("Change owner"), lambda act, ids: change_owner(act, ids, *said), note, stay=True
            )

        department = str(detail.fields.get("department") or "")
        known = self.vocabulary.get("owner", ())
        self.app.push_screen(OwnerScreen(detail.row.owner, department, known, len(targets.seqs) > 1, save))

    def action_collaborators(self) -> None:
        def read(targets: Targets) -> None:
            self.load_first(
                "collaborators",
                lambda connection: queue.shared_names(connection, targets.seqs, "collaborator"),
                lambda found: self._open_collaborators(targets, *found),
            )

        self.with_able("edit", read)

    def _open_collaborators(self, targets: Targets, current: Sequence[str], some: Sequence[str]) -> None:
        from screens.tags import TagsScreen

        def change(chosen: tuple[Sequence[str], Sequence[str]] | None) -> None:
            if chosen is None or not any(chosen):
                return
            added, removed = chosen

            def support(act: Act, ids: list[str]) -> None:
                from leadtui.qualify.collaborators import add_collaborators, remove_collaborators

                add_collaborators(act, ids, added)
                remove_collaborators(act, ids, removed)

            name, note = _("Change collaborators"), _("collaborators changed")
            self.perform(targets, name, support, note, stay=True)

        known = {*self.vocabulary.get("owner", ()), *self.vocabulary.get("collaborator", ())}
        screen = TagsScreen(
            current,
            sorted(known),
            some,
            title=_("Collaborators"),
            placeholder=_("a name, or several with commas"),
        )
        self.app.push_screen(screen, change)

    # The pool

    def action_give_back(self) -> None:
        self.with_detail("give-back", self._open_give_back)

    def _open_give_back(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.give_back import GiveBackScreen

        workspace = self.workspace
        of_others = detail.row.owner not in ("", workspace.user)
        name = _("Recycle") if of_others else _("Give back")

        async def save(said: Return) -> Mapping[str, str] | None:
            from leadtui.qualify.pool import give_back

            return await self.save_form(
                targets, name, lambda act, ids: give_back(act, ids, *said), _("back in the pool")
            )

        self.app.push_screen(
            GiveBackScreen(name, workspace.settings, workspace.clock.now(), workspace.zone, save)
        )

    def action_claim(self) -> None:
        def take(act: Act, ids: list[str]) -> None:
            from leadtui.qualify.pool import claim

            claim(act, ids)

        self.with_able("claim", lambda targets: self.perform(targets, _("Claim"), take, _("yours now")))

    # The daily screening

    def action_screening(self) -> None:
        from screens.screening import ScreeningScreen

        def left(seq: int | None, changed: bool) -> None:
            if changed:
                self.resort()
            if seq is not None:
                self.go_to_lead(seq)

        self.app.push_screen(ScreeningScreen(self.workspace, self.keys, left))

    def remind_of_screening(self) -> None:
        """At the hour of the screening, once a working day, say how many leads wait for it (R26)."""
        from leadtui.qualify.sweep import count_unscreened, screening_hour

        workspace, today = self.workspace, self.today
        hour = screening_hour(today.now, workspace.settings, workspace.zone)
        if hour is None or not self._swept < hour <= today.now:
            return
        self._swept = hour

        def tell(count: int) -> None:
            if count and workspace.settings.look.toast:
                text = ngettext(
                    "{count} new lead waits for its screening: {key} opens it.",
                    "{count} new leads wait for their screening: {key} opens it.",
                    count,
                )
                key = self.ways_shown["screening"]
                self.app.notify(cut(text.format(count=f"{count:,}", key=key), 200), markup=False, timeout=12)

        self.load("sweep", lambda connection: count_unscreened(connection, today.start), tell)

    # Status

    def action_status(self) -> None:
        def change(status: str) -> Change:
            def move(act: Act, ids: list[str]) -> None:
                from leadtui.qualify.screening import advance

                advance(act, ids, status)

            return move

        options = [(code[0], code, label("status", code)) for code in ("working", "nurturing", "qualified")]
        self.choose(
            "plan",
            _("Status"),
            options,
            lambda code: (_("Change status"), change(code), label("status", code)),
        )
