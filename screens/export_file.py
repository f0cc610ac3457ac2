"""Leads leave in a file: which, as what, where, and how far it is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from leadtui.clock import Today, to_local
from leadtui.exporting.sheet import KINDS
from leadtui.followup.queue import Query
from leadtui.i18n import gettext as _
from leadtui.locations import locations
from screens.confirm import ConfirmScreen
from screens.export_texts import (
    ALL,
    ARCHIVE,
    EVERY,
    EXCEL,
    LIST,
    MARKED,
    NEVER,
    about_format,
    alarm_choices,
    archived_text,
    excel_choice,
    exported_text,
    format_choices,
    what_choices,
)
from screens.form_screen import FormScreen
from widgets.choice_row import ChoiceRow, TickRow
from widgets.file_picker import PathInput, read_path
from widgets.form import FormRow
from widgets.import_progress import ImportProgress
from widgets.plain import cut, plain

if TYPE_CHECKING:
    from leadtui.customers.lists import RecordQuery
    from leadtui.exporting.export import Chosen, Wish
    from leadtui.workspace import Workspace
    from screens.work import WorkingScreen


class _Listing(Protocol):
    """Where records can be marked."""

    @property
    def marked_count(self) -> int: ...
    def targets(self) -> Iterator[int]: ...


class Choices(NamedTuple):
    """What stands in the form."""

    what: str
    path: Path
    for_excel: bool
    alarm_minutes: int | None


class ExportScreen(FormScreen[Choices]):
    """Writes the leads itself and tells `then` in a sentence what was written, before it closes.

    `query` is that of the list, which holds `listed` records of one `kind`; `chosen` are the row numbers of
    the marked ones, and `kinds` are the kinds of record, leads apart, that there are.
    """

    DEFAULT_CSS = """
    ExportScreen #about { height: auto; margin: 1 0 0 17; }
    ExportScreen ImportProgress { margin: 0 0 0 17; padding: 0; height: 2; visibility: hidden; }
    """
    AUTO_FOCUS = "#format"

    def __init__(
        self,
        workspace: Workspace,
        kind: str,
        query: Query | RecordQuery,
        listed: int,
        chosen: Sequence[int],
        kinds: Sequence[str],
        then: Callable[[str], None],
    ) -> None:
        super().__init__(self._write)
        self._workspace = workspace
        self._kind = kind
        self._query = query
        self._listed = listed
        self._chosen = chosen
        self._kinds = kinds
        self._then = then
        self._stop = Event()

    def title_text(self) -> str:
        return _("Export")

    def hint(self) -> str:
        return _("in {folder}").format(folder=cut(str(Path.cwd()), 40))

    def rows(self) -> Iterable[Widget]:
        what = MARKED if self._chosen else LIST
        choices = what_choices(self._listed, len(self._chosen), self._kinds)
        yield FormRow("what", _("What"), ChoiceRow(choices, what), required=_("Choose what to write."))
        formats = ChoiceRow(format_choices(), ".xlsx")
        yield FormRow("format", _("Format"), formats, required=_("Choose a format."))
        path = PathInput(f"{self._kind}.xlsx", placeholder=_("the file to write"))
        yield FormRow("path", _("File"), path, required=_("Name a file."))
        yield FormRow("excel", _("Excel"), TickRow(excel_choice(), (EXCEL,)))
        yield FormRow("alarm", _("Ring"), ChoiceRow(alarm_choices(), NEVER))
        yield Static(id="about", markup=False)
        yield ImportProgress(id="work")

    def on_mount(self) -> None:
        super().on_mount()
        self._show_format(".xlsx")

    def draft(self) -> Choices:
        alarm = self.text("alarm")
        return Choices(
            what=self.text("what"),
            path=read_path(self.text("path")) or Path(),
            for_excel=EXCEL in self.query_one("#excel", TickRow).value,
            alarm_minutes=int(alarm) if alarm.isdecimal() else None,
        )

    @on(ChoiceRow.Changed, "#format")
    def _format_chosen(self) -> None:
        """The name gets the ending of the format, in the place of another ending of ours."""
        ending = self.text("format")
        path = self.query_one(PathInput)
        name = Path(path.value.strip())
        if ending and name.name and name.suffix.lower() != ending:
            known = any(name.suffix.lower() == choice.code for choice in format_choices())
            path.value = str(name.with_suffix(ending) if known else name.with_name(name.name + ending))
        self._show_format(ending)

    @on(Input.Changed, "#path")
    def _named(self, event: Input.Changed) -> None:
        """An ending that is typed says the format."""
        ending = Path(event.value.strip().strip("'\"")).suffix.lower()
        formats = self.query_one("#format", ChoiceRow)
        if ending != formats.value and any(ending == choice.code for choice in formats.options):
            formats.value = ending
            self._show_format(ending)

    def _show_format(self, ending: str) -> None:
        self.row("what").display = ending != ARCHIVE
        self.row("excel").display = ending == ".csv"
        self.row("alarm").display = ending == ".ics"
        self.query_one("#about", Static).update(plain(about_format(ending)))

    async def _write(self, choices: Choices) -> Mapping[str, str] | None:
        from leadtui.exporting.export import Wish

        replace = os.path.isfile(choices.path)
        question = _("{path} exists already. Replace it?").format(path=cut(str(choices.path), 80))
        if replace and not await self.app.push_screen_wait(ConfirmScreen(question)):
            return {"path": _("Name another file.")}
        wish = Wish(choices.path, replace, choices.for_excel, choices.alarm_minutes)
        self._stop.clear()
        progress = self.query_one(ImportProgress)
        progress.begin(len(self._chosen) or self._listed)
        progress.visible = True
        write = self._archive if choices.path.suffix.lower() == ARCHIVE else self._export
        try:
            self._then(await asyncio.to_thread(write, choices.what, wish, progress))
        finally:
            progress.end()
            progress.visible = False
        return None

    def _export(self, what: str, wish: Wish, progress: ImportProgress) -> str:
        from leadtui.exporting.export import export_file

        workspace, chosen = self._workspace, self._records(what)
        with workspace.read() as connection:
            exported = export_file(
                connection,
                chosen,
                wish,
                Today.at(workspace.clock.now(), workspace.zone),
                workspace.zone,
                workspace.user,
                workspace.settings,
                progress=lambda done, total: progress.note(done, done, total),
                cancelled=self._stop.is_set,
            )
        return exported_text(exported, of_leads=list(chosen) == ["leads"])

    def _records(self, what: str) -> dict[str, Chosen]:
        """What is meant of each kind of record."""
        from leadtui.customers.lists import RecordQuery

        if what == MARKED:
            return {self._kind: self._chosen}
        if what in {LIST, ALL}:
            return {self._kind: self._query} if what == LIST else {"leads": Query("all")}
        kinds = self._kinds if what == EVERY else (what,)
        others: dict[str, Chosen] = {kind: RecordQuery.of(KINDS[kind], "all") for kind in kinds}
        return {"leads": Query("all"), **others} if what == EVERY else others

    def _archive(self, _what: str, wish: Wish, progress: ImportProgress) -> str:
        from leadtui.archive.writing import write_archive

        workspace = self._workspace
        return archived_text(
            write_archive(
                wish.path,
                workspace.path,
                locations(workspace.path).settings,
                to_local(workspace.clock.now(), workspace.zone),
                replace=wish.replace,
                progress=lambda done, total: progress.note(done, done, total),
                cancelled=self._stop.is_set,
            )
        )

    def action_leave(self) -> None:
        """Nothing that was typed is worth a question; while it is writing, stop that first."""
        if self._saving:
            self._stop.set()
        else:
            self.dismiss(None)


def open_export(
    screen: WorkingScreen, kind: str, query: Query | RecordQuery, listing: _Listing, listed: int
) -> None:
    """Export what a screen shows, `listed` records of one `kind`, or something else from there."""
    from leadtui.exporting.sheet import kinds_there

    if not listed:
        screen.say(_("There is nothing to export: the list is empty."))
        return
    chosen = tuple(listing.targets()) if listing.marked_count else ()

    def show(kinds: tuple[str, ...]) -> None:
        opened = ExportScreen(screen.workspace, kind, query, listed, chosen, kinds, screen.say)
        screen.app.push_screen(opened)

    screen.load("export", kinds_there, show)
