"""How records are acted on: on which ones, with what said where they stand, taken back; going elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding, BindingsMap
from textual.screen import Screen

from leadtui.commands import BY_ID, COMMANDS, Command
from leadtui.customers import lists
from leadtui.customers.rows import RecordDetail, RecordRow, Related
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.keys import display_key
from leadtui.labels import label
from screens.work import WorkingScreen
from widgets.lead_list import RowList
from widgets.panel import Panel
from widgets.plain import cut
from widgets.record_detail import RecordDetailPanel

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.store.journal import Change, Entry
    from leadtui.workspace import Undone, Workspace

Changing = Callable[["Act", list[str]], object]
"""What an act does to the records with these ids."""

MOVES = (
    "move-down", "move-up", "move-first", "move-last", "page-down", "page-up", "half-page-down",
    "half-page-up",
)  # fmt: skip


class Chosen(NamedTuple):
    """The records that an act is for, as they were chosen when its key was pressed."""

    seqs: tuple[int, ...]
    name: str
    """The name of a single record, else how many there are (cleaned)."""


class RecordActing(WorkingScreen):
    """Chooses the records, acts, and shows what happened; the commands are built on it."""

    leads: RowList[RecordRow]
    detail: RecordDetailPanel

    def __init__(self, workspace: Workspace, keys: Mapping[str, tuple[str, ...]], record: str) -> None:
        super().__init__(workspace)
        self.keys = keys
        self.record = record
        self.acted: set[int] = set()
        self.vocabulary: Mapping[str, Sequence[str]] = {}
        self.moves = {key: command for command in MOVES for key in keys[command]}
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

    def clear_filter(self) -> bool:
        """Take the filter away; whether there was one."""
        raise NotImplementedError

    def read_detail(self, connection: sqlite3.Connection, identity: str) -> RecordDetail | None:
        """A record with everything that is known of it."""
        raise NotImplementedError

    @property
    def keys_shown(self) -> dict[str, str]:
        """The first key of each command, as it is shown."""
        return {name: display_key(keys[0]) if keys else "" for name, keys in self.keys.items()}

    def label_of(self, command: Command) -> str:
        """What a command is called here."""
        renamed = {"new-lead": _("New"), "disqualify": _("Lose"), "tier": _("Grade"), "back": _("Back")}
        return renamed.get(command.id) or _(command.label)

    def run_command(self, command: str) -> None:
        """Do what the command of the registry says."""
        action = getattr(self, f"action_{BY_ID[command].action}", None)
        if action is not None:
            self.call_later(action)

    # On which

    def targets(self) -> Chosen | None:
        """The records that the key was meant for; tells when there are none."""
        seqs = tuple(self.leads.targets())
        row = self.leads.row_of(seqs[0]) if len(seqs) == 1 else None
        if row is not None:
            return Chosen(seqs, cut(row.name or row.number, 40))
        if seqs:
            count = ngettext("{count} record", "{count} records", len(seqs)).format(count=len(seqs))
            return Chosen(seqs, count)
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

        self.load("target", lambda connection: self.read_detail(connection, row.id), found)

    # Doing

    def perform(self, chosen: Chosen, name: str, change: Changing, note: str, stay: bool = False) -> None:
        """Do one act on the records, mark what happened where they stand, and go on."""
        self.act(
            name,
            lambda act: self._changed(act, chosen, change),
            lambda _nothing: self.acted_on(chosen, note, stay),
        )

    async def save_form(
        self, chosen: Chosen, name: str, change: Changing, note: str, stay: bool = False
    ) -> Mapping[str, str] | None:
        """As `perform`, for a form that shows what is refused."""
        return await self.save(
            name,
            lambda act: self._changed(act, chosen, change),
            lambda _nothing: self.acted_on(chosen, note, stay),
        )

    def _changed(self, act: Act, chosen: Chosen, change: Changing) -> None:
        change(act, lists.ids(act.connection, self.record, chosen.seqs))

    def acted_on(self, chosen: Chosen, note: str, stay: bool = False) -> None:
        """Show what was done, and go on to the next record unless `stay`."""
        marked = bool(self.leads.marked_count)
        self.refresh_rows(chosen.seqs, f"{self.leads.glyphs.done} {note}")
        if marked:
            self.leads.clear_marks()
        elif not stay and self.workspace.settings.look.after_action == "next":
            self.leads.advance()
        self.host.records_changed()
        key = self.keys_shown["undo"]
        said = _("{name}: {note}").format(name=chosen.name, note=note)
        self.say(f"{said} · " + _("{key} undoes it").format(key=key) if key else said)

    def action_undo(self) -> None:
        nothing, done = _("There is nothing to take back."), _("Undone: {label}")
        self.write(self.workspace.undo, lambda undone: self._taken_back(undone, done, nothing))

    def action_redo(self) -> None:
        nothing, done = _("Nothing was taken back that could be done again."), _("Done again: {label}")
        self.write(self.workspace.redo, lambda undone: self._taken_back(undone, done, nothing))

    def _taken_back(self, undone: Undone | None, sentence: str, nothing: str) -> None:
        if undone is None:
            self.say(nothing)
            return
        self.reload()
        self.host.records_changed()
        self.say(sentence.format(label=cut(undone.label, 60)))

    def changed_outside(self) -> None:
        """Another program wrote to the file: show what stands in it."""
        self.leads.reload_rows()
        self.show_detail_now()

    # Moving and marking

    def action_open(self) -> None:
        """Read the record; from its page, go on to what belongs to it."""
        if self.detail.has_focus:
            self._open_related()
        else:
            self.add_class("page")
            self.call_after_refresh(self.detail.focus)

    def leave_page(self) -> None:
        """Back from the page to the list."""
        self.remove_class("page")

    def action_panel_list(self) -> None:
        self.leave_page()
        self.call_after_refresh(self.leads.focus)

    def action_panel_detail(self) -> None:
        if not self.detail.has_focus:
            self.action_open()

    def action_back(self) -> None:
        """One level back: the page, then the marks, then the filter, then the screen before."""
        if not self.leads.has_focus:
            self.action_panel_list()
        elif self.leads.marked_count:
            self.leads.clear_marks()
        elif not self.clear_filter():
            self.dismiss(None)

    def action_mark(self) -> None:
        self.leads.toggle_mark()
        self.leads.move("move-down")

    def action_mark_all(self) -> None:
        self.leads.mark_all()

    def _open_related(self) -> None:
        def choose(detail: RecordDetail) -> None:
            from screens.choose import ChooseScreen

            if not detail.related:
                self.say(_("Nothing belongs to it yet."))
                return
            options = [
                (str(place) if place < 10 else "", one, f"{one.number}  {cut(one.name, 40)}")
                for place, one in enumerate(detail.related, 1)
            ]
            self.app.push_screen(ChooseScreen(_("Go to"), options), self._go)

        self.with_detail(choose)

    def _go(self, one: Related | None) -> None:
        if one is None:
            return
        if one.record == self.record:
            self.show_record(one.id)
        elif one.record == "lead":
            self.dismiss(None)
            self.host.show_lead(one.id)
        else:
            open_records(self, self.workspace, self.keys, one.record, one.id)

    # Other screens

    def action_customers(self) -> None:
        self._switch("customer")

    def action_contacts(self) -> None:
        self._switch("contact")

    def action_opportunities(self) -> None:
        self._switch("opportunity")

    def _switch(self, record: str) -> None:
        if record != self.record:
            self.dismiss(None)
            open_records(self, self.workspace, self.keys, record)

    def action_help(self) -> None:
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.keys))

    def action_palette(self) -> None:
        from textual.command import CommandPalette

        from screens.palette import CommandProvider

        self.app.push_screen(CommandPalette([CommandProvider], placeholder=_("Find a command…")))

    def action_history(self) -> None:
        row = self.one()
        if row is None:
            return
        from leadtui.store.journal import history
        from screens.history import HistoryScreen

        def show(entries: list[tuple[Entry, list[Change]]]) -> None:
            self.app.push_screen(HistoryScreen(cut(row.name, 60), entries, self.workspace.zone))

        self.load("history", lambda connection: history(connection, row.id, record=self.record), show)

    def action_copy(self) -> None:
        self.with_detail(self._open_copy)

    def _open_copy(self, detail: RecordDetail) -> None:
        from screens.choose import ChooseScreen

        fields: Mapping[str, Any] = detail.fields
        texts = [(name, str(fields.get(name) or "")) for name in ("phone", "mobile", "email", "wechat")]
        texts += [("name", detail.row.name), ("number", detail.row.number)]
        options = [
            (key, text, f"{label('field', name)}  {cut(text, 40)}")
            for key, (name, text) in zip("pbmwcn", texts, strict=True)
            if text
        ]

        def copy(text: str | None) -> None:
            if text is not None:
                self.app.copy_to_clipboard(text)
                self.say(_("Copied: {text}").format(text=cut(text, 60)))

        self.app.push_screen(ChooseScreen(_("Copy"), options), copy)

    def action_quit(self) -> None:
        self.app.exit(0)

    # The panel that has the focus moves

    @property
    def panel(self) -> Panel:
        """The panel that has the focus, else the list."""
        return self.focused if isinstance(self.focused, Panel) else self.leads


def open_records(
    screen: Screen[Any],
    workspace: Workspace,
    keys: Mapping[str, tuple[str, ...]],
    record: str,
    select: str = "",
    view: str = "",
) -> None:
    """Open the list of one kind of record over `screen`, at the record with the id `select`."""
    from screens.records import RecordsScreen

    screen.app.push_screen(RecordsScreen(workspace, keys, record, select, view))


def command_bindings(screen: object, keys: Mapping[str, tuple[str, ...]]) -> BindingsMap:
    """A binding for each key of each command that a screen has an action for."""
    return BindingsMap(
        Binding(key, command.action, command.label, show=False, id=command.id)
        for command in COMMANDS
        if command.id not in MOVES and hasattr(screen, f"action_{command.action}")
        for key in keys[command.id]
    )
