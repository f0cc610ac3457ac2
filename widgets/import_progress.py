"""How far a long piece of work has come: a bar, the rate, and what remains."""

from __future__ import annotations

import time

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import ProgressBar, Static

from leadtui.i18n import gettext as _
from widgets.plain import plain

_FRAME_SECONDS = 0.1


class ImportProgress(Vertical):
    """`note` may be called from any thread and costs nothing; the bar follows ten times a second."""

    DEFAULT_CSS = """
    ImportProgress { height: auto; padding: 1 0; }
    ImportProgress ProgressBar { width: 1fr; }
    ImportProgress Bar { width: 1fr; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows = 0
        self._done = 0
        self._total = 1
        self._started = 0.0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield ProgressBar(total=1, show_eta=False)
        yield Static(id="pace", markup=False)

    def begin(self, size: int) -> None:
        """Start with nothing done of `size` bytes, or of whatever is counted."""
        self._rows, self._done, self._total = 0, 0, max(size, 1)
        self._started = time.monotonic()
        self._timer = self.set_interval(_FRAME_SECONDS, self._show)
        self._show()

    def end(self) -> None:
        """Stop following."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def note(self, rows: int, done: int, total: int = 0) -> None:
        """So many rows, and bytes of the file, are done; `total` when it is known only now."""
        self._rows, self._done, self._total = rows, done, total or self._total

    def _show(self) -> None:
        part = min(self._done / self._total, 1.0)
        seconds = time.monotonic() - self._started
        self.query_one(ProgressBar).update(progress=part)
        text = _("{rows} rows").format(rows=f"{self._rows:,}")
        if seconds > 1 and part > 0:
            rate, left = self._rows / seconds, seconds / part - seconds
            text = _("{rows} rows, {rate} a second, about {left} s left").format(
                rows=f"{self._rows:,}", rate=f"{rate:,.0f}", left=f"{left:.0f}"
            )
        self.query_one("#pace", Static).update(plain(text))
