"""A long piece of writing: how far it is, and a key that stops it and takes all of it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from leadtui.errors import Cancelled
from leadtui.i18n import gettext as _
from leadtui.values import Progress
from screens.host import Host
from screens.modal import Modal
from widgets.box import Box
from widgets.import_progress import ImportProgress

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.workspace import Undone, Workspace

_CHUNK = 250


class LongWriteScreen(Modal[Exception | None]):
    """Writes in one transaction of `steps` steps, told by `note`, and says how far it is.

    Returns what went wrong, a `Cancelled` when the user stopped it; then nothing was changed.
    """

    DEFAULT_CSS = """
    LongWriteScreen { align: center middle; }
    LongWriteScreen Box { width: 60; }
    LongWriteScreen .hint { color: $text-muted; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]

    def __init__(self, label: str, steps: int) -> None:
        super().__init__()
        self._label = label
        self._steps = steps
        self._stop = Event()

    def write(self) -> None:
        """Do it, in the thread that writes."""
        raise NotImplementedError

    def note(self, rows: int, done: int) -> None:
        """So many rows and steps are done; Cancelled when the user wants no more."""
        if self._stop.is_set():
            raise Cancelled(_("Stopped: nothing was changed."))
        self.query_one(ImportProgress).note(rows, done)

    def compose(self) -> ComposeResult:
        hint = _("esc stops, and nothing is changed")
        yield Box(self._label, ImportProgress(id="work"), Static(hint, classes="hint"))

    def on_mount(self) -> None:
        self.query_one(ImportProgress).begin(self._steps)
        self.run_worker(self._work(), group="write", exit_on_error=False)

    def action_stop(self) -> None:
        self._stop.set()

    async def _work(self) -> None:
        host = cast("Host", self.app)
        error: Exception | None = None
        try:
            async with host.writing:
                await asyncio.get_running_loop().run_in_executor(host.writer, self.write)
                host.note_own_write()
        except Exception as wrong:
            error = wrong
        finally:
            self.query_one(ImportProgress).end()
        self.dismiss(error)


class BatchScreen(LongWriteScreen):
    """Does `change` to the leads with these row numbers in one act named `label`, a few at a time; `changed`
    says whether there was anything to change.

    Changing the leads is one half of the work, what is derived from them the other.
    """

    def __init__(
        self, workspace: Workspace, label: str, seqs: Sequence[int], change: Callable[[Act, list[str]], None]
    ) -> None:
        super().__init__(label, 2 * len(seqs))
        self._workspace = workspace
        self._seqs = seqs
        self._change = change
        self.changed = False

    def write(self) -> None:
        from leadtui.followup.queue import ids

        total = len(self._seqs)
        with self._workspace.act(self._label) as act:
            act.progress = lambda refreshed, _total: self.note(total, total + min(refreshed, total))
            for start in range(0, total, _CHUNK):
                self.note(start, start)
                self._change(act, ids(act.connection, self._seqs[start : start + _CHUNK]))
        self.changed = act.changed


class TakingBackScreen(LongWriteScreen):
    """Takes back, or does again, what the newest act changed; `undone` is what it was."""

    def __init__(self, label: str, changes: int, take_back: Callable[[Progress], Undone | None]) -> None:
        super().__init__(label, 2 * changes)
        self._changes = changes
        self._take_back = take_back
        self.undone: Undone | None = None

    def write(self) -> None:
        def progress(done: int, total: int) -> None:
            self.note(min(done, self._changes), 2 * self._changes * done // max(total, 1))

        self.undone = self._take_back(progress)
