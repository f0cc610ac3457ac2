"""Bringing leads in from a file: choose it, see what was recognised, change it, try it, do it (R22)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, ContentSwitcher, Input, Static

from leadtui.errors import Cancelled, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.locations import locations
from screens.import_texts import cant_be_read, field_choices, nobody_named, record_choices, result_text
from screens.pasted import Pasted
from screens.pick import PickScreen
from screens.sheets import SheetsScreen
from widgets.file_picker import FileTree, PathInput, pasted_leads, read_path
from widgets.form import FormRow
from widgets.import_plan import ImportPlan
from widgets.import_progress import ImportProgress
from widgets.plain import plain

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult
    from leadtui.capture.columns.plan import FilePlan
    from leadtui.workspace import Workspace
    from screens.host import Host


class ImportScreen(ModalScreen["list[ImportResult] | None"]):
    """Returns what came of each sheet of the file, or None when nothing was brought in.

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
    ImportScreen #result { height: 1fr; }
    ImportScreen #result Static { height: auto; }
    ImportScreen #buttons { height: 1; }
    ImportScreen #buttons Button { margin: 0 2 0 0; min-width: 8; }
    ImportScreen #buttons Static { width: 1fr; color: $text-muted; text-align: right; }
    """
    AUTO_FOCUS = "PathInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "bring_in", show=False),
        Binding("f4", "try", show=False),
        Binding("escape", "back", show=False),
        Binding("down,j", "scroll_result(1)", show=False),
        Binding("up,k", "scroll_result(-1)", show=False),
    ]

    def __init__(self, workspace: Workspace, path: Path | None = None) -> None:
        super().__init__()
        self._workspace = workspace
        self._first_path = path
        self._plans: list[FilePlan] = []
        """Of the sheets that are wanted."""
        self._pasted = Pasted()
        self._stop = Event()
        self._results: list[ImportResult] | None = None
        """What was brought in last."""
        self._is_trial = False
        """Whether the result that is shown is only what would come of it."""

    def compose(self) -> ComposeResult:
        with Vertical(id="import") as frame:
            frame.border_title = _("Import leads")
            path = PathInput(
                str(self._first_path or ""),
                placeholder=_("type, paste or drop a path; tab completes it"),
            )
            yield FormRow("path", _("File"), path)
            yield Static(id="problem", markup=False)
            with ContentSwitcher(initial="files"):
                yield FileTree(Path.cwd(), id="files")
                yield ImportPlan(id="plan")
                yield ImportProgress(id="work")
                with VerticalScroll(id="result", can_focus=False):
                    yield Static(markup=False)
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
        sentence = self._pasted.without_place(sentence)
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
        """Look at a block of cells, a card or a signature."""
        try:
            self._look(self._pasted.keep(text))
        except LeadTUIError as error:
            self._tell(str(error))

    def on_unmount(self) -> None:
        self._stop.set()
        self._pasted.forget()

    def _look(self, path: Path, sheets: Sequence[str] = (), *, every: bool = False) -> None:
        from leadtui.capture.columns.looking import look_at_file, read_options

        def planned() -> list[FilePlan]:
            options = read_options(self._workspace, locations().settings)
            return look_at_file(self._workspace, path, options, sheets, every=every)

        self._plan_anew(path, planned)

    def _plan_anew(self, path: Path, planned: Callable[[], list[FilePlan]]) -> None:
        """Show the plans that a thread makes, or what is wrong with the file."""
        self._tell("")
        self.run_worker(
            self._read_plans(path, planned), group="import-look", exclusive=True, exit_on_error=False
        )

    async def _read_plans(self, path: Path, planned: Callable[[], list[FilePlan]]) -> None:
        try:
            self._take_plans(await asyncio.to_thread(planned))
        except LeadTUIError as error:
            self._tell(str(error))
        except OSError as error:
            self._tell(cant_be_read(path, error))
        except Exception as error:
            cast("Host", self.app).tell_error(error)

    # The plans

    def _take_plans(self, plans: list[FilePlan]) -> None:
        self._plans = plans
        self._tell("")
        self.query_one(ImportPlan).show(plans)
        if self.face != "plan":
            self._show("plan")
            self.query_one(ImportPlan).focus_columns()

    @on(ImportPlan.ColumnChosen)
    def _ask_field(self, event: ImportPlan.ColumnChosen) -> None:
        plan = self._plans[event.sheet]
        column = plan.mapping.columns[event.position]

        def change(field: str | None) -> None:
            if field is not None:
                self._change(event.sheet, lambda: plan.with_field(column.header, field))

        title = _("{header} becomes").format(header=column.header)
        self.app.push_screen(
            PickScreen(title, field_choices(plan.mapping.fields), column.field or "custom"), change
        )

    @on(ImportPlan.RecordWanted)
    def _ask_record(self, event: ImportPlan.RecordWanted) -> None:
        from leadtui.capture.columns.looking import look_at

        plan = self._plans[event.sheet]

        def change(record: str | None) -> None:
            if record is not None:
                options = replace(plan.options, record=record)
                self._change(event.sheet, lambda: look_at(self._workspace, plan.path, options))

        self.app.push_screen(PickScreen(_("The rows are"), record_choices(), plan.record), change)

    def _change(self, sheet: int, planned: Callable[[], FilePlan]) -> None:
        """Put another plan in the place of that of one sheet."""
        plans = self._plans
        self._plan_anew(plans[sheet].path, lambda: [*plans[:sheet], planned(), *plans[sheet + 1 :]])

    @on(ImportPlan.SheetsWanted)
    def _ask_sheets(self) -> None:
        table = self._plans[0].table

        def change(sheets: Sequence[str] | None) -> None:
            if sheets:
                every = len(sheets) == len(table.sheets)
                self._look(table.path, () if every else sheets, every=every)

        read = [plan.table.sheet for plan in self._plans]
        self.app.push_screen(SheetsScreen(table.sheets, read), change)

    def _decided(self) -> list[FilePlan]:
        """The plans with what stands in the fields beneath them."""
        chosen = self.query_one(ImportPlan)
        decided = []
        for plan in self._plans:
            options = replace(plan.options, source=chosen.source, begin_today=chosen.begins_today)
            day_first = plan.day_first
            if chosen.day_first is not None:
                day_first = dict.fromkeys(day_first, chosen.day_first)
            decided.append(replace(plan, options=options, day_first=day_first))
        return decided

    # The work

    def action_bring_in(self) -> None:
        self._begin(dry_run=False)

    def action_try(self) -> None:
        self._begin(dry_run=True)

    def _begin(self, dry_run: bool) -> None:
        was_tried = self.face == "result" and self._is_trial
        if not (self.face == "plan" or (was_tried and not dry_run)):
            return
        plans = self._decided()
        for plan in plans:
            if not plan.mapping.identifies:
                self._tell(nobody_named(plan.table.sheet if len(plans) > 1 else ""))
                return
        self._tell("")
        self._stop.clear()
        self.query_one(ImportProgress).begin(sum(plan.size for plan in plans))
        self._show("work")
        self.run_worker(self._work(plans, dry_run), group="import", exit_on_error=False)

    async def _work(self, plans: list[FilePlan], dry_run: bool) -> None:
        from leadtui.capture.batch.importing import import_file

        path = plans[0].path
        progress = self.query_one(ImportProgress)
        try:
            results = await asyncio.to_thread(
                import_file,
                self._workspace,
                plans,
                dry_run,
                progress.note,
                self._stop.is_set,
                self._skipped(path),
            )
        except Cancelled:
            self._back_to_plan(_("Stopped; nothing of the file was kept."))
        except LeadTUIError as error:
            self._back_to_plan(str(error))
        except OSError as error:
            self._back_to_plan(cant_be_read(path, error))
        except Exception as error:
            self._back_to_plan(_("Nothing of the file was kept."))
            cast("Host", self.app).tell_error(error)
        else:
            progress.end()
            self._is_trial = dry_run
            if not dry_run:
                self._results = results
            self.query_one("#result Static", Static).update(result_text(results, dry_run))
            self._show("result")
            if dry_run:
                self.query_one("#hint", Static).update("")
            self.query_one("#back").focus()

    def _skipped(self, path: Path) -> Path | None:
        """Where skipped rows go: beside the file, or beside the database when that is no place for them, as
        with a pasted text or a folder that can only be read."""
        from leadtui.capture.batch.skipped import skipped_path

        is_pasted = self._pasted.holds(path)
        if not is_pasted and os.access(path.parent, os.W_OK):
            return None
        name = "pasted" if is_pasted else path.name
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
            self.dismiss(self._results)

    def action_scroll_result(self, by: int) -> None:
        """Show more of what came of many sheets."""
        self.query_one("#result").scroll_relative(y=by, animate=False)
