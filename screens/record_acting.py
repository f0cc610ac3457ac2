"""How records are acted on: on which ones, with what said where they stand, taken back; going elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from leadtui.commands import BY_ID, Command
from leadtui.customers import lists
from leadtui.customers.rows import RecordDetail, RecordRow
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from screens.doing import Change, Targets, command_bindings, moves_of
from screens.planning import Planning
from screens.work import WorkingScreen
from widgets.glyphs import Glyphs
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.customers.changes import ToldChange
    from leadtui.customers.lists import RecordQuery
    from leadtui.store.act import Act
    from leadtui.store.journal import Entry
    from leadtui.workspace import Undone, Workspace


class Listing(Protocol):
    """What records are chosen in: a list, or a board."""

    glyphs: Glyphs

    @property
    def row(self) -> RecordRow | None: ...
    @property
    def marked_count(self) -> int: ...
    def targets(self) -> Iterator[int]: ...
    def row_of(self, seq: int, /) -> RecordRow | None: ...
    def clear_marks(self) -> None: ...
    def mark_all(self) -> None: ...
    def toggle_mark(self) -> None: ...
    def advance(self) -> None: ...
    def move(self, command: str, /) -> None: ...


class RecordActing(Planning, WorkingScreen):
    """Chooses the records, acts, and shows what happened; the commands are built on it."""

    leads: Listing

    def __init__(self, workspace: Workspace, keys: Mapping[str, tuple[str, ...]], record: str) -> None:
        super().__init__(workspace)
        self.keys = keys
        self.record = record
        self.acted: set[int] = set()
        self.vocabulary: Mapping[str, Sequence[str]] = {}
        self.moves = moves_of(keys)
        self._bindings = command_bindings(self, keys)

    # What the screen gives

    def refresh_rows(self, seqs: Sequence[int], note: str | None) -> None:
        """Show what became of records, where they stand."""
        raise NotImplementedError

    def reload(self) -> None:
        """Bring the list in order again."""
        raise NotImplementedError

    def show_record(self, identity: str) -> None:
        """Put the cursor on a record."""
        raise NotImplementedError

    def show_detail_now(self) -> None:
        """Show the record under the cursor."""
        raise NotImplementedError

    def read_detail(self, connection: sqlite3.Connection, identity: str) -> RecordDetail | None:
        """A record with everything that is known of it."""
        raise NotImplementedError

    @property
    def query_now(self) -> RecordQuery:
        """Which records are shown."""
        raise NotImplementedError

    @property
    def listed(self) -> int:
        """How many records are shown, those that one has to scroll to among them."""
        raise NotImplementedError

    def label_of(self, command: Command) -> str:
        """What a command is called here."""
        renamed = {"new-lead": _("Add"), "disqualify": _("Lose"), "tier": _("Grade"), "open": _("Open it")}
        return renamed.get(command.id) or _(command.label)

    def run_command(self, command: str) -> None:
        """Do what the command of the registry says."""
        action = getattr(self, f"action_{BY_ID[command].action}", None)
        if action is not None:
            self.call_later(action)

    # On which

    def targets(self) -> Targets | None:
        """The records that the key was meant for; tells when there are none."""
        seqs = tuple(self.leads.targets())
        row = self.leads.row_of(seqs[0]) if len(seqs) == 1 else None
        if row is not None:
            return Targets(seqs, cut(row.name or row.number, 40), self.record)
        if seqs:
            count = ngettext("{count} record", "{count} records", len(seqs)).format(count=len(seqs))
            return Targets(seqs, count, self.record)
        self.say(_("There is nothing to act on."))
        return None

    def one(self) -> RecordRow | None:
        """The record under the cursor, whatever is marked."""
        row = self.leads.row
        if row is None:
            self.say(_("There is nothing to act on."))
        return row

    def with_detail(self, then: Callable[[RecordDetail], None]) -> None:
        """Open something that needs all of the record under the cursor."""
        row = self.one()
        if row is None:
            return

        def found(detail: RecordDetail | None) -> None:
            if detail is not None:
                then(detail)

        self.load_first("target", lambda connection: self.read_detail(connection, row.id), found)

    # Doing

    def perform(self, chosen: Targets, name: str, change: Change, note: str, stay: bool = False) -> None:
        """Do one act on the records, mark what happened where they stand, and go on."""
        self.act(
            name,
            lambda act: self._changed(act, chosen, change),
            lambda _nothing: self.acted_on(chosen, note, stay),
        )

    async def save_form(
        self, chosen: Targets, name: str, change: Change, note: str, stay: bool = False
    ) -> Mapping[str, str] | None:
        """As `perform`, for a form that shows what is refused."""
        return await self.save(
            name,
            lambda act: self._changed(act, chosen, change),
            lambda _nothing: self.acted_on(chosen, note, stay),
        )

    def _changed(self, act: Act, chosen: Targets, change: Change) -> None:
        change(act, lists.ids(act.connection, chosen.record, chosen.seqs))

    def acted_on(self, chosen: Targets, note: str, stay: bool = False) -> None:
        """Show what was done, and go on to the next record unless `stay`."""
        marked = bool(self.leads.marked_count)
        self.refresh_rows(chosen.seqs, f"{self.leads.glyphs.done} {note}")
        if marked:
            self.leads.clear_marks()
        elif not stay and self.workspace.settings.look.after_action == "next":
            self.leads.advance()
        self.host.records_changed()
        self.say_done(_("{name}: {note}").format(name=chosen.name, note=note))

    def show_taken_back(self, undone: Undone) -> None:
        self.reload()
        self.host.records_changed()

    # Marking

    def action_mark(self) -> None:
        self.leads.toggle_mark()
        self.leads.move("move-down")

    def action_mark_all(self) -> None:
        self.leads.mark_all()

    # Other screens

    def action_customers(self) -> None:
        self._switch("customer")

    def action_contacts(self) -> None:
        self._switch("contact")

    def action_opportunities(self) -> None:
        self._switch("opportunity")

    def _switch(self, record: str) -> None:
        self.dismiss(None)
        self.host.open_records(record)

    def action_board(self) -> None:
        self.dismiss(None)
        self.host.open_board()

    def action_export(self) -> None:
        from leadtui.exporting.sheet import KINDS
        from screens.export_file import open_export

        kind = next(kind for kind, record in KINDS.items() if record == self.record)
        open_export(self, kind, self.query_now, self.leads, self.listed)

    def action_palette(self) -> None:
        from textual.command import CommandPalette

        from screens.palette import CommandProvider

        self.app.push_screen(CommandPalette([CommandProvider], placeholder=_("Find a command…")))

    def action_history(self) -> None:
        row = self.one()
        if row is None:
            return
        from leadtui.customers.changes import told_history
        from screens.history import HistoryScreen

        def show(entries: list[tuple[Entry, list[ToldChange]]]) -> None:
            self.app.push_screen(HistoryScreen(cut(row.name, 60), entries, self.workspace.zone))

        self.load_first(
            "history",
            lambda connection: told_history(
                connection, self.record, row.id, self.workspace.settings, self.workspace.zone
            ),
            show,
        )

    def action_copy(self) -> None:
        self.with_detail(self._open_copy)

    def _open_copy(self, detail: RecordDetail) -> None:
        fields: Mapping[str, Any] = detail.fields
        texts = [(name, str(fields.get(name) or "")) for name in ("phone", "mobile", "email", "wechat")]
        texts += [("name", detail.row.name), ("number", detail.row.number)]
        options = [
            (key, text, f"{label('field', name)}  {cut(text, 40)}")
            for key, (name, text) in zip("pbmwcn", texts, strict=True)
            if text
        ]

        self.offer_copies(options)
