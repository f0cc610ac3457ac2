"""The front door of the screen: the app around the main screen."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

# Textual reads these when it is imported: paint at once when keys follow closely, don't wait on escape.
os.environ.setdefault("TEXTUAL_FPS", "240")
os.environ.setdefault("ESCDELAY", "25")

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.notifications import Notification

from leadtui.absent import absent
from leadtui.clock import MINUTE
from leadtui.commands import resolve_keys
from leadtui.errors import Cancelled, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.keys import display_key
from leadtui.terminal import SMALLEST
from screens.host import behind_frame, shown_in_place
from screens.inbox import InboxScreen
from screens.state import read_state, write_state
from screens.typeahead import TypeAhead
from widgets.plain import cut, reading_seconds, use_ascii

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from textual.driver import Driver

    from leadtui.workspace import Workspace
    from screens.too_small import TooSmallScreen
    from screens.unsaved import Unsaved

_POLL_SECONDS = 1.0
_MOST_PROBLEMS = 3
_SWITCH_SECONDS = 0.0005
"""How long a thread that loads may keep a key waiting."""
_LATER = (
    "textual.widgets._static",
    "widgets.filter_input",
    "screens.choose",
    "screens.follow_up",
    "leadtui.followup.cadence",
    "screens.snooze",
    "leadtui.store.writing",
    "leadtui.store.journal",
    "leadtui.store.act",
    "leadtui.refresh",
    "leadtui.followup.activities",
    "leadtui.followup.drafts",
    "leadtui.qualify.drafts",
    "leadtui.followup.planning",
    "leadtui.qualify.leads",
    "screens.lead_form",
)
"""What is loaded after the first frame, in the order in which it is likely to be wanted."""
_STOP_SECONDS = 2.0
"""How long the app waits for a piece of work that is to stop."""
_READERS = 2
_GARBAGE = 50_000
"""How many new objects call for a look at the garbage: not every other key."""


class LeadApp(TypeAhead, App[int]):
    """LeadTUI on one open file; ends with an exit code."""

    TITLE = "LeadTUI"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "suspend_process", show=False, priority=True)]

    def __init__(
        self,
        workspace: Workspace,
        *,
        view: str = "inbox",
        filter_text: str = "",
        problems: Sequence[str] = (),
        state_path: Path | None = None,
    ) -> None:
        ascii_only = workspace.settings.look.ascii
        use_ascii(ascii_only)
        super().__init__(css_path=["app.tcss", "ascii.tcss"] if ascii_only else None)
        self.workspace = workspace
        self.writing = asyncio.Lock()
        self.readers = ThreadPoolExecutor(_READERS, "read")
        self.writer = ThreadPoolExecutor(1, "write")
        self._state_path = state_path
        self._state = read_state(state_path)
        self.keys, key_problems = resolve_keys(workspace.settings.keys)
        self._problems = [*problems, *(problem.sentence for problem in key_problems)]
        self.wants_sample = False
        """Whether the user left in order to look around in a sample."""
        self._file_seen = workspace.change_counter()
        self._heeding = ExitStack()
        """As long as it is open, the app ends in order when the system says so."""
        self._loading = threading.Thread(target=self._load_the_rest, daemon=True, name="loading")
        self._leaving = threading.Event()
        self._applying = False
        """Whether the leads are being brought in step with the rules."""
        self.said: Notification | None = None
        self.last_error: Notification | None = None
        self._cover: TooSmallScreen | None = None
        """What lies over everything while the terminal is too small."""
        self.inbox = InboxScreen(workspace, self.keys, view, filter_text)
        theme = self._state.get("theme")
        if isinstance(theme, str) and theme in self.available_themes:
            self.theme = theme

    def run_to_its_end(self) -> int:
        """Run until the user leaves and everything that was to be written is written; returns the exit code.

        An error that nobody expected ends the app and is raised here, for the command line to write it down.
        """
        try:
            self.run()
        finally:
            self.readers.shutdown(wait=False, cancel_futures=True)
            self.writer.shutdown()
            self._heeding.close()
        if self._exception is not None:
            raise self._exception
        return self.return_code or 0

    @cached_property
    def unsaved(self) -> Unsaved:
        """What was typed when the app had to end."""
        from screens.unsaved import Unsaved

        path = self._state_path and self._state_path.with_name("unsaved.json")
        return Unsaved(path, self.workspace.path, self.workspace.user)

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        self._keep_typed()
        super().exit(result, return_code, message)

    def _fatal_error(self) -> None:
        """End without Textual's account of the error: a thousand lines, with what the leads say in them."""
        self._keep_typed()
        self._close_messages_no_wait()

    def _keep_typed(self) -> None:
        """Keep what is typed and not saved, however the app ends."""
        # An app that can't end is worse than what is lost then.
        with suppress(Exception):
            if len(self.screen_stack) > 1:
                from screens.modal import typed_in

                self.unsaved.keep(typed_in(self.screen_stack))

    def get_driver_class(self) -> type[Driver]:
        if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
            return super().get_driver_class()
        from screens.driver import PromptDriver

        return PromptDriver

    def get_default_screen(self) -> InboxScreen:
        return self.inbox

    def on_mount(self) -> None:
        self.set_class(self.workspace.settings.look.ascii, "ascii")
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember(theme=theme.name))
        # The thread that writes the first frame waits no longer than this for the one that draws.
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._check_size(self.size)
        behind_frame(self, self._first_frame_is_painted)

    def _first_frame_is_painted(self) -> None:
        if not self.is_headless:
            from screens.ending import told_to_end

            self._heeding.enter_context(told_to_end(self))
        self._choose_bars()
        self._tell_problems()
        self._loading.start()
        self.set_interval(_POLL_SECONDS, self._look_at_file)
        self._wait_for_minute()

    def _choose_bars(self) -> None:
        """The inbox draws its own scrollbars; those of Textual are loaded with what needs them."""
        from widgets.plain_bar import use_plain_bars

        use_plain_bars(self.workspace.settings.look.ascii)

    def _tell_problems(self) -> None:
        """Say which settings aren't taken; of many the first, so that the list stays in sight."""
        told = self._problems[:_MOST_PROBLEMS]
        more = len(self._problems) - len(told)
        for problem in told:
            self.notify(cut(problem, 300), markup=False, severity="warning", timeout=12)
        if more:
            text = ngettext(
                "{count} more setting isn't taken: `leadtui doctor` names all of them.",
                "{count} more settings aren't taken: `leadtui doctor` names all of them.",
                more,
            ).format(count=more)
            self.notify(cut(text, 300), markup=False, severity="warning", timeout=12)

    def _load_the_rest(self) -> None:
        """Load what the first keys need, while the user reads the first frame.

        What is loaded stays: the garbage collector never looks at it, which would take longer than a frame.
        """
        try:
            # Python has its own hashes; those of OpenSSL take four megabytes.
            with absent("_hashlib"):
                for name in _LATER:
                    if self._leaving.is_set():
                        return
                    import_module(name)
            self.workspace.prepare_acts()
        finally:
            if not self.is_headless:
                gc.freeze()
                gc.set_threshold(_GARBAGE)
            gc.enable()
        self._apply_rules()

    def _apply_rules(self) -> None:
        """Bring what is derived in step with rules that changed; acts and keys come between."""

        def progress(done: int, total: int) -> None:
            if self._leaving.is_set():
                raise Cancelled
            self.call_later(self.inbox.show_applied, done * 100 // max(total, 1))

        self._applying = True
        try:
            # A file that can't be written to is shown as it is.
            with suppress(LeadTUIError):
                if self.workspace.maintain(progress):
                    self.call_later(self._rules_are_applied)
        finally:
            self._applying = False

    def on_unmount(self) -> None:
        self._leaving.set()
        if self._applying:
            self._loading.join(_STOP_SECONDS)

    def _rules_are_applied(self) -> None:
        self.note_own_write()
        self.inbox.show_applied(None)
        self.inbox.changed_outside()

    def welcome(self) -> None:
        """Offer a first step to somebody whose file is empty, until one is taken."""
        if self._state_path is None or self._state.get("welcomed") or self.screen is not self.inbox:
            return
        from screens.welcome import WelcomeScreen

        def begin(choice: str | None) -> None:
            if choice == "sample":
                self.wants_sample = True
                self.exit(0)
                return
            self._remember(welcomed=True)
            if choice in ("import", "new-lead"):
                self.inbox.run_command(choice)

        self.push_screen(WelcomeScreen(self.keys), begin)

    # Time

    def _wait_for_minute(self) -> None:
        now = self.workspace.clock.now()
        self.set_timer((MINUTE - now % MINUTE) / 1000 + 0.01, self._minute)

    def _minute(self) -> None:
        self.inbox.tick()
        self._wait_for_minute()

    # The file

    def _look_at_file(self) -> None:
        """Notice what other programs write; our own acts are noted when they are done.

        A screen that isn't mounted yet reads the file as it opens.
        """
        if self.writing.locked() or self._applying:
            return
        try:
            found = self.workspace.change_counter()
        except OSError:
            return
        if found != self._file_seen:
            self._file_seen = found
            self.inbox.changed_outside()
            changed = getattr(self.screen, "changed_outside", None)
            if self.screen is not self.inbox and self.screen.is_mounted and changed is not None:
                changed()

    def records_changed(self) -> None:
        self.inbox.load_counts()
        self.inbox.load_reminders()

    def show_lead(self, lead_id: str) -> None:
        while self.screen is not self.inbox and len(self.screen_stack) > 1:
            self.pop_screen()
        self.inbox.show_lead(lead_id)

    def open_records(self, record: str, select: str = "") -> None:
        from screens.records import RecordsScreen

        self.push_screen(RecordsScreen(self.workspace, self.keys, record, select))

    def open_board(self) -> None:
        from screens.board import BoardScreen

        self.push_screen(BoardScreen(self.workspace, self.keys))

    def note_own_write(self) -> None:
        """The file was just changed by us."""
        self._file_seen = self.workspace.change_counter()

    # Size

    def on_resize(self, event: events.Resize) -> None:
        self._check_size(event.size)

    def _check_size(self, size: Size) -> None:
        small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
        covered = self.screen is self._cover
        if small and not covered:
            from screens.too_small import TooSmallScreen

            self._cover = TooSmallScreen()
            self.push_screen(self._cover)
        elif not small and covered and self._cover is not None:
            self._cover.dismiss()

    # Errors

    def tell_error(self, error: Exception) -> None:
        """An error that was made for the user as a toast, in place of the one before; any other with its
        whole story."""
        if isinstance(error, LeadTUIError):
            text = cut(str(error), 400)
            told = Notification(text, severity="error", timeout=reading_seconds(text), markup=False)
            self.last_error = shown_in_place(self, told, self.last_error)
            return
        from screens.problem import ProblemScreen

        if not isinstance(self.screen, ProblemScreen):
            self.push_screen(ProblemScreen("".join(traceback.format_exception(error))))

    def action_help_quit(self) -> None:
        """Say how to leave to somebody who pressed ctrl+c out of habit."""
        self.notify(_("{key} leaves LeadTUI.").format(key=display_key("ctrl+q")), markup=False)

    # What is remembered

    def _remember(self, **facts: object) -> None:
        if any(self._state.get(name) != fact for name, fact in facts.items()):
            self._state.update(facts)
            write_state(self._state_path, self._state)


def run(
    workspace: Workspace,
    *,
    view: str = "inbox",
    filter_text: str = "",
    problems: Sequence[str] = (),
    state_path: Path | None = None,
) -> int:
    """Show `workspace` until the user leaves and return the exit code; `problems` are told at the start."""
    gc.disable()
    app = LeadApp(workspace, view=view, filter_text=filter_text, problems=problems, state_path=state_path)
    code = app.run_to_its_end()
    while app.wants_sample and not code:
        from screens.sample import with_sample

        code = with_sample(workspace, lambda sample: LeadApp(sample, state_path=state_path).run_to_its_end())
        if not code:
            app = LeadApp(workspace, state_path=state_path)
            code = app.run_to_its_end()
    return code
