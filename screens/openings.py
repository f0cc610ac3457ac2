"""The commands of the main screen that open something else: help, palette, history, files, the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.followup import queue
from leadtui.i18n import gettext as _
from screens.doing import Targets
from screens.inbox_duplicates import Duplicating
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult
    from leadtui.customers.changes import ToldChange
    from leadtui.details import LeadDetail
    from leadtui.store.journal import Entry


class Openings(Duplicating):
    """Opens other screens for the lead under the cursor or for the list."""

    def action_export(self) -> None:
        from screens.export_file import open_export

        open_export(self, "leads", self.query_now, self.leads, self.leads.line_count)

    # Copying

    def action_copy(self) -> None:
        self.with_one(self._open_copy)

    def _open_copy(self, _targets: Targets, detail: LeadDetail) -> None:
        value = {name: str(detail.fields.get(name) or "") for name in ("phone", "mobile", "email", "wechat")}
        texts = [
            ("p", value["phone"] or value["mobile"]),
            ("m", value["email"]),
            ("w", value["wechat"]),
            ("n", detail.row.number),
            ("c", card_text(detail)),
        ]
        names = {"p": _("phone"), "m": _("mail"), "w": _("WeChat"), "n": _("lead number"), "c": _("card")}
        options = [
            (key, text, f"{names[key]}  {cut(text, 40)}" if key != "c" else names[key])
            for key, text in texts
            if text
        ]

        self.offer_copies(options)

    # Other screens

    def action_palette(self) -> None:
        from textual.command import CommandPalette

        from screens.palette import CommandProvider
        from screens.themes import ThemeProvider

        self.app.push_screen(
            CommandPalette([CommandProvider, ThemeProvider], placeholder=_("Find a command…"))
        )

    def action_history(self) -> None:
        self.with_one(self._open_history)

    def _open_history(self, _targets: Targets, detail: LeadDetail) -> None:
        from leadtui.customers.changes import told_history
        from screens.history import HistoryScreen

        title = cut(detail.row.company or detail.row.contact or detail.row.number, 60)

        def show(entries: list[tuple[Entry, list[ToldChange]]]) -> None:
            self.app.push_screen(HistoryScreen(title, entries, self.workspace.zone))

        self.load_first(
            "history",
            lambda connection: told_history(
                connection, "lead", detail.row.id, self.workspace.settings, self.workspace.zone
            ),
            show,
        )

    # Customers, contacts, opportunities

    def action_open(self) -> None:
        """Go on to the lead's detail; from there, to the customer that it became."""
        shown = self.detail.detail
        customer = str(shown.fields.get("customer_id") or "") if shown and self.detail.has_focus else ""
        if customer:
            self.host.open_records("customer", customer)
        else:
            super().action_open()

    def action_customers(self) -> None:
        self.host.open_records("customer")

    def action_contacts(self) -> None:
        self.host.open_records("contact")

    def action_opportunities(self) -> None:
        self.host.open_records("opportunity")

    def action_board(self) -> None:
        self.host.open_board()

    def show_lead(self, lead_id: str) -> None:
        """Put the cursor on a lead."""

        def go(seq: int | None) -> None:
            if seq is not None:
                self.go_to_lead(seq)

        self.load("jump", lambda connection: queue.seq_of(connection, lead_id), go)

    def action_import(self) -> None:
        from screens.import_file import ImportScreen

        def show(results: list[ImportResult] | None) -> None:
            if results is not None:
                self.host.note_own_write()
                self.resort()

        self.app.push_screen(ImportScreen(self.workspace), show)

    def action_fields(self) -> None:
        from screens.fields import edit_fields

        edit_fields(self, lambda: self.say(_("Your fields are saved.")))


def card_text(detail: LeadDetail) -> str:
    """A lead as a few lines of text, to be pasted into a message."""
    from leadtui.text import clean

    fields = detail.fields
    who = ", ".join(str(fields[name]) for name in ("contact", "title") if fields.get(name))
    ways = [
        str(fields[name]) for name in ("phone", "mobile", "email", "wechat", "address") if fields.get(name)
    ]
    lines = [detail.row.company, who, *ways, str(fields.get("need") or ""), detail.row.number]
    return clean("\n".join(line for line in lines if line))
