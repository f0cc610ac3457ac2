"""Bringing leads in from a file: choose it, see what was recognised, change it, try it, do it (R22)."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, ContentSwitcher, Input, Static

from leadtui.errors import Cancelled, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.locations import locations
from screens.import_texts import cant_be_read, field_choices, record_choices, result_text
from screens.pick import PickScreen
from widgets.file_picker import FileTree, PathInput, pasted_leads, read_path
from widgets.form import FormRow
from widgets.import_plan import ImportPlan
from widgets.import_progress import ImportProgress
from widgets.plain import plain

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult
    from leadtui.capture.columns.plan import FilePlan
    from leadtui.workspace import Workspace
    from screens.work import Host


class ImportScreen(ModalScreen["ImportResult | None"]):
    """Returns what came of the import, or None when nothing was brought in.

    Four faces, one after the other: `files`, `plan`, `work` and `result`; escape goes back one.
    """

    DEFAULT_CSS = """
    ImportScreen { align: center middle; }
    ImportScreen > #import {
        width: 100%; max-width: 120; height: 100%;
        background: $surface; border: round $primary; border-title-color: $text-primary; padding: 0 1;
    }
    ImportScreen ContentSwitcher { height: 1fr; }
    ImportScreen FileTree { background: $surface; height: 1fr; padding: 0; }
    ImportScreen #problem { height: auto; max-height: 3; color: $text-error; display: none; }
    ImportScreen #result { height: auto; }
    ImportScreen #buttons { height: 1; }
    ImportScreen #buttons Button { margin: 0 2 0 0; min-width: 8; }
    ImportScreen #buttons Static { width: 1fr; color: $text-muted; text-align: right; }
    """
    AUTO_FOCUS = "PathInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "bring_in", show=False),
        Binding("f4", "try", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, workspace: Workspace, path: Path | None = None) -> None:
        super().__init__()
        self._workspace = workspace
        self._first_path = path
        self._plan: FilePlan | None = None
        self._pasted: TemporaryDirectory[str] | None = None
        self._stop = Event()
        self._result: ImportResult | None = None
        """What was brought in last."""
        self._is_trial = False
        """Whether the result that is shown is only what would come of it."""

    def compose(self) -> ComposeResult:
        with Vertical(id="import") as frame:
            frame.border_title = _("Import leads")
            path = PathInput(
                str(self._first_path or ""),
                placeholder=_("type, paste or drop a path; tab completes it"),
                compact=True,
            )
            yield FormRow("path", _("File"), path)
            yield Static(id="problem", markup=False)
            with ContentSwitcher(initial="files"):
                yield FileTree(Path.cwd(), id="files")
                yield ImportPlan(id="plan")
                yield ImportProgress(id="work")
                yield Static(id="result", markup=False)
            with Horizontal(id="buttons"):
                yield Button(_("Import  f2"), id="go", variant="primary", compact=True)
                yield Button(_("Try  f4"), id="try", compact=True)
                yield Button(_("Back  esc"), id="back", compact=True)
                yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        self._show("files")
        if self._first_path is not None:
            self._look(self._first_path)

    @property
    def face(self) -> str:
        """Which of the four faces is shown."""
        return str(self.query_one(ContentSwitcher).current)

    def _show(self, face: str) -> None:
        self.query_one(ContentSwitcher).current = face
        self.query_one(PathInput).disabled = face == "work"
        is_done = face == "result" and not self._is_trial
        go, trial = self.query_one("#go", Button), self.query_one("#try", Button)
        go.display = trial.display = not is_done
        go.disabled = face not in {"plan", "result"}
        trial.disabled = face != "plan"
        hints = {
            "files": _("enter opens the file; or paste leads"),
            "plan": _("enter changes a column"),
            "work": _("esc stops it, nothing is kept"),
            "result": _("esc closes"),
        }
        self.query_one("#hint", Static).update(plain(hints[face]))

    def _tell(self, sentence: str) -> None:
        if self._pasted is not None:
            sentence = sentence.replace(f"{self._pasted.name}{os.sep}", "")
        problem = self.query_one("#problem", Static)
        problem.update(plain(sentence, one_line=False))
        problem.display = bool(sentence)

    # The file

    @on(Input.Submitted, "PathInput")
    def _typed(self, event: Input.Submitted) -> None:
        path = read_path(event.value)
        if path is None:
            self._tell(_("Type the path of a file, or choose one below."))
        elif os.path.isdir(path):
            self.query_one(FileTree).path = path
            self.query_one(FileTree).focus()
        else:
            self._look(path)

    @on(FileTree.FileSelected)
    def _chosen(self, event: FileTree.FileSelected) -> None:
        self.query_one(PathInput).value = str(event.path)
        self._look(event.path)

    @on(PathInput.TextPasted)
    def _pasted_there(self, event: PathInput.TextPasted) -> None:
        self._take_pasted(event.text)

    def on_paste(self, event: events.Paste) -> None:
        if self.face == "files" and (text := pasted_leads(event.text)):
            event.stop()
            self._take_pasted(text)

    def _take_pasted(self, text: str) -> None:
        """Look at a block of cells, a card or a signature; it is kept in a file while this screen is open."""
        from leadtui.capture.files.pasted import keep_pasted

        if self._pasted is None:
            self._pasted = TemporaryDirectory()
        try:
            self._look(keep_pasted(text.encode(), Path(self._pasted.name)))
        except LeadTUIError as error:
            self._tell(str(error))

    def on_unmount(self) -> None:
        self._stop.set()
        if self._pasted is not None:
            self._pasted.cleanup()

    def _look(self, path: Path, sheet: str = "", record: str = "") -> None:
        self._tell("")
        self.run_worker(
            self._read_plan(path, sheet, record), group="import-look", exclusive=True, exit_on_error=False
        )

    async def _read_plan(self, path: Path, sheet: str, record: str) -> None:
        from leadtui.capture.columns.looking import look_at, read_options

        def planned() -> FilePlan:
            options = read_options(self._workspace, locations().settings, sheet=sheet, record=record)
            return look_at(self._workspace, path, options)

        try:
            self._take_plan(await asyncio.to_thread(planned))
        except LeadTUIError as error:
            self._tell(str(error))
        except OSError as error:
            self._tell(cant_be_read(path, error))
        except Exception as error:
            cast("Host", self.app).tell_error(error)

    # The plan

    def _take_plan(self, plan: FilePlan) -> None:
        self._plan = plan
        self._tell("")
        self.query_one(ImportPlan).show(plan)
        if self.face != "plan":
            self._show("plan")
            self.query_one(ImportPlan).focus_columns()

    @on(ImportPlan.ColumnChosen)
    def _ask_field(self, event: ImportPlan.ColumnChosen) -> None:
        if self._plan is None:
            return
        column = self._plan.mapping.columns[event.position]

        def change(field: str | None) -> None:
            if field is not None:
                self.run_worker(
                    self._change(column.header, field),
                    group="import-look",
                    exclusive=True,
                    exit_on_error=False,
                )

        title = _("{header} becomes").format(header=column.header)
        self.app.push_screen(
            PickScreen(title, field_choices(self._plan.mapping.fields), column.field or "custom"), change
        )

    @on(ImportPlan.SheetWanted)
    def _ask_sheet(self) -> None:
        if self._plan is None:
            return
        table = self._plan.table

        def change(sheet: str | None) -> None:
            if sheet is not None:
                self._look(table.path, sheet)

        sheets = [(name, name) for name in table.sheets]
        self.app.push_screen(PickScreen(_("Sheet"), sheets, table.sheet), change)

    @on(ImportPlan.RecordWanted)
    def _ask_record(self) -> None:
        if self._plan is None:
            return
        plan = self._plan

        def change(record: str | None) -> None:
            if record is not None:
                self._look(plan.path, plan.table.sheet, record)

        self.app.push_screen(PickScreen(_("The rows are"), record_choices(), plan.record), change)

    async def _change(self, header: str, field: str) -> None:
        if self._plan is None:
            return
        try:
            self._take_plan(await asyncio.to_thread(self._plan.with_field, header, field))
        except LeadTUIError as error:
            self._tell(str(error))

    def _decided(self) -> FilePlan | None:
        """The plan with what stands in the fields beneath it."""
        if self._plan is None:
            return None
        chosen = self.query_one(ImportPlan)
        options = replace(self._plan.options, source=chosen.source, begin_today=chosen.begins_today)
        day_first = self._plan.day_first
        if chosen.day_first is not None:
            day_first = dict.fromkeys(day_first, chosen.day_first)
        return replace(self._plan, options=options, day_first=day_first)

    # The work

    def action_bring_in(self) -> None:
        self._begin(dry_run=False)

    def action_try(self) -> None:
        self._begin(dry_run=True)

    def _begin(self, dry_run: bool) -> None:
        plan = self._decided()
        was_tried = self.face == "result" and self._is_trial
        if plan is None or not (self.face == "plan" or (was_tried and not dry_run)):
            return
        if not plan.mapping.identifies:
            self._tell(_("No column says who or what a row is: choose one for its company, contact or name."))
            return
        self._tell("")
        self._stop.clear()
        self.query_one(ImportProgress).begin(plan.size)
        self._show("work")
        self.run_worker(self._work(plan, dry_run), group="import", exit_on_error=False)

    async def _work(self, plan: FilePlan, dry_run: bool) -> None:
        from leadtui.capture.batch.importing import import_file

        progress = self.query_one(ImportProgress)
        try:
            result = await asyncio.to_thread(
                import_file,
                self._workspace,
                plan,
                dry_run,
                progress.note,
                self._stop.is_set,
                self._skipped(plan),
            )
        except Cancelled:
            self._back_to_plan(_("Stopped; nothing of the file was kept."))
        except LeadTUIError as error:
            self._back_to_plan(str(error))
        except OSError as error:
            self._back_to_plan(cant_be_read(plan.path, error))
        except Exception as error:
            self._back_to_plan(_("Nothing of the file was kept."))
            cast("Host", self.app).tell_error(error)
        else:
            progress.end()
            self._is_trial = dry_run
            if not dry_run:
                self._result = result
            self.query_one("#result", Static).update(result_text(result, dry_run))
            self._show("result")
            if dry_run:
                self.query_one("#hint", Static).update("")
            self.query_one("#back").focus()

    def _skipped(self, plan: FilePlan) -> Path | None:
        """Where skipped rows go: beside the file, or beside the database when that is no place for them, as
        with a pasted text or a folder that can only be read."""
        from leadtui.capture.batch.skipped import skipped_path

        folder = plan.path.parent
        is_pasted = self._pasted is not None and folder == Path(self._pasted.name)
        if not is_pasted and os.access(folder, os.W_OK):
            return None
        name = "pasted" if is_pasted else plan.path.name
        return skipped_path(self._workspace.path.with_name(name))

    def _back_to_plan(self, sentence: str) -> None:
        self.query_one(ImportProgress).end()
        self._show("plan")
        self._tell(sentence)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        {"go": self.action_bring_in, "try": self.action_try, "back": self.action_back}[str(event.button.id)]()

    def action_back(self) -> None:
        """Go back one face; the work is stopped, and after it the screen closes."""
        self._tell("")
        if self.face == "work":
            self._stop.set()
        elif self.face == "result" and self._is_trial:
            self._show("plan")
            self.query_one(ImportPlan).focus_columns()
        elif self.face == "plan":
            self._show("files")
            self.query_one(PathInput).focus()
        else:
            self.dismiss(self._result)
