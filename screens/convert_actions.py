"""Turning leads into customers, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.followup import queue
from leadtui.i18n import gettext as _
from leadtui.values import Status
from screens.doing import Targets
from screens.openings import Openings
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.convert.values import Converted, TakingBack
    from leadtui.details import LeadDetail
    from screens.convert_reading import Found


class Converting(Openings):
    """The command `convert`: the wizard for a lead, the way back for one that is converted; `differences`."""

    def action_convert(self) -> None:
        self.with_one(self._open_conversion)

    def _open_conversion(self, targets: Targets, detail: LeadDetail) -> None:
        if detail.row.status == Status.CONVERTED:
            self._open_taking_back(targets, detail)
            return
        from screens.convert_reading import find

        settings, zone, lead_id = self.workspace.settings, self.workspace.zone, detail.row.id

        def open_wizard(found: Found) -> None:
            from screens.convert import ConvertScreen

            screen = ConvertScreen(self, found)
            self.app.push_screen(screen, lambda made: self._converted(targets, screen.choices.others, made))

        self.load_first("convert", lambda connection: find(connection, lead_id, settings, zone), open_wizard)

    def _converted(self, targets: Targets, others: tuple[str, ...], made: Converted | None) -> None:
        """Show what the lead became where it stands, and go on to the next one."""
        if made is None:
            return
        note = _("converted: {number} {name}").format(
            number=made.customer.number, name=cut(made.customer.name, 40)
        )

        def show(seqs: list[int]) -> None:
            self._acted(targets._replace(seqs=(*targets.seqs, *seqs)), note, stay=False)

        self.load(
            "converted",
            lambda connection: [
                seq for lead_id in others if (seq := queue.seq_of(connection, lead_id)) is not None
            ],
            show,
        )

    def action_differences(self) -> None:
        self.with_one(self._open_differences)

    def _open_differences(self, targets: Targets, detail: LeadDetail) -> None:
        from screens.differences import open_differences

        def changed() -> None:
            self.refresh_rows(targets.seqs, None)
            self.show_detail_now()
            self._after_act()

        name = f"{detail.row.number} {targets.name}"
        open_differences(self, detail.row.id, name, self.keys, changed)

    # Back again

    def _open_taking_back(self, targets: Targets, detail: LeadDetail) -> None:
        from leadtui.convert.taking_back import taking_back

        def ask(found: TakingBack) -> None:
            from screens.convert_back import BACK, CUSTOMER, TakeBackScreen

            def answered(answer: str | None) -> None:
                if answer == BACK:
                    self._take_back(targets, found)
                elif answer == CUSTOMER:
                    self.host.open_records("customer", str(detail.fields["customer_id"]))

            self.app.push_screen(TakeBackScreen(found, self.workspace.zone), answered)

        lead_id, zone = detail.row.id, self.workspace.zone
        self.load_first("convert", lambda connection: taking_back(connection, lead_id, zone), ask)

    def _take_back(self, targets: Targets, found: TakingBack) -> None:
        from leadtui.convert.taking_back import take_back_conversion

        self.act(
            _("Take the conversion back"),
            lambda act: take_back_conversion(act, found),
            lambda _nothing: self._acted(targets, _("conversion taken back"), stay=True),
        )
