"""One act on many leads: how far it is, and a key that stops it and takes all of it back."""

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
from screens.modal import Modal
from screens.work import Host
from widgets.box import Box
from widgets.import_progress import ImportProgress

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.workspace import Workspace

_CHUNK = 250


class BatchScreen(Modal[Exception | None]):
    """Does `change` to the leads with these row numbers in one act named `label`, a few at a time.

    Returns what went wrong, a `Cancelled` when the user stopped it; then nothing was changed.
    """

    DEFAULT_CSS = """
    BatchScreen { align: center middle; }
    BatchScreen Box { width: 60; }
    BatchScreen .hint { color: $text-muted; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]

    def __init__(
        self, workspace: Workspace, label: str, seqs: Sequence[int], change: Callable[[Act, list[str]], None]
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._label = label
        self._seqs = seqs
        self._change = change
        self._stop = Event()

    def compose(self) -> ComposeResult:
        hint = _("esc stops, and nothing is changed")
        yield Box(self._label, ImportProgress(id="work"), Static(hint, classes="hint"))

    def on_mount(self) -> None:
        self.query_one(ImportProgress).begin(2 * len(self._seqs))
        self.run_worker(self._work(), group="write", exit_on_error=False)

    def action_stop(self) -> None:
        self._stop.set()

    async def _work(self) -> None:
        host = cast("Host", self.app)
        error: Exception | None = None
        try:
            async with host.writing:
                await asyncio.get_running_loop().run_in_executor(host.writer, self._act)
                host.note_own_write()
        except Exception as wrong:
            error = wrong
        finally:
            self.query_one(ImportProgress).end()
        self.dismiss(error)

    def _act(self) -> None:
        """Changing the leads is one half of the work, what is derived from them the other."""
        from leadtui.followup.queue import ids

        progress, total = self.query_one(ImportProgress), len(self._seqs)

        def note(leads: int, done: int) -> None:
            if self._stop.is_set():
                raise Cancelled(_("Stopped: nothing was changed."))
            progress.note(leads, done)

        with self._workspace.act(self._label) as act:
            act.progress = lambda refreshed, _total: note(total, total + min(refreshed, total))
            for start in range(0, total, _CHUNK):
                note(start, start)
                self._change(act, ids(act.connection, self._seqs[start : start + _CHUNK]))
