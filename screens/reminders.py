"""The reminders of the main screen: live, and heard once."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.values import ReminderRow
from screens.work import ScreenPart
from widgets.plain import cut
from widgets.reminder_panel import ReminderGroup, ReminderPanel

if TYPE_CHECKING:
    from leadtui.followup.reminders import ReminderPanel as Reminders

_GROUPS = ("overdue", "today", "tomorrow", "week", "no_next_step")


class LiveReminders(ScreenPart):
    """Fills the panel, and rings for what has fallen due since it was last filled."""

    reminders: ReminderPanel
    _coming: tuple[ReminderRow, ...] = ()
    """What was about to fall due when the panel was last filled, the nearest first."""

    def load_reminders(self) -> None:
        """Read the reminders and what of those to come has fallen due."""
        from leadtui.followup.reminders import reminder_panel

        now, zone, coming = self.workspace.clock.now(), self.workspace.zone, self._coming

        def read(connection: sqlite3.Connection) -> tuple[Reminders, list[ReminderRow]]:
            return reminder_panel(connection, now, zone), _fallen_due(connection, coming, now)

        self.load("reminders", read, self._take_reminders)

    def _take_reminders(self, answer: tuple[Reminders, list[ReminderRow]]) -> None:
        panel, fallen = answer
        self._coming = panel.today.rows
        found = [(name, getattr(panel, name)) for name in _GROUPS]
        groups = [ReminderGroup(name, group.total, group.rows, group.leads) for name, group in found]
        self.reminders.show(groups)
        self.show_due_totals(panel.overdue.leads, panel.today.leads)
        if fallen:
            self._ring(fallen)

    def show_due_totals(self, overdue: int, today: int) -> None:
        """Show how many leads are overdue, and due today."""
        raise NotImplementedError

    def _ring(self, fallen: list[ReminderRow]) -> None:
        look = self.workspace.settings.look
        if look.bell:
            self.app.bell()
        if look.toast:
            first = fallen[0]
            text = _("Due now: {name}, {what}").format(
                name=cut(first.company or first.contact or first.number, 40), what=cut(first.title, 40)
            )
            more = len(fallen) - 1
            if more:
                text += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
            self.app.notify(text, markup=False, severity="warning")

    def on_reminder_panel_chosen(self, event: ReminderPanel.Chosen) -> None:
        if event.row.record == "lead":
            self.go_to_lead(event.row.seq)
        else:
            self.host.open_records(event.row.record, event.row.lead_id)

    def go_to_lead(self, seq: int) -> None:
        """Put the cursor on a lead, in another view if need be."""
        raise NotImplementedError


def _fallen_due(
    connection: sqlite3.Connection, coming: tuple[ReminderRow, ...], now: int
) -> list[ReminderRow]:
    """Those of `coming` whose time has come and that nobody has dealt with."""
    from leadtui.followup.record_reminders import due_now

    ripe = [row for row in coming if row.due is not None and row.due < now]
    return [row for row in ripe if due_now(connection, row) == row.due]
