"""A bar with rate and remaining time on stderr, where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from leadtui.i18n import gettext as _


class Progress(Protocol):
    """Told how much of what is done, and how many rows that is when it isn't rows that are counted."""

    def __call__(self, done: int, total: int, rows: int | None = None) -> None: ...


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """Silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda done, total, rows=None: None
        return
    import rich.progress
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn

    from leadtui.cli.output import console
    from leadtui.text import one_line

    with rich.progress.Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        TimeRemainingColumn(),
        console=console(stderr=True),
        transient=True,
    ) as bars:
        task = bars.add_task(one_line(what), total=None, pace="")

        def progress(done: int, total: int, rows: int | None = None) -> None:
            count, seconds = done if rows is None else rows, bars.tasks[task].elapsed or 0
            pace = _("{count} rows, {rate} a second").format(
                count=f"{count:,}", rate=f"{count / seconds:,.0f}" if seconds else "-"
            )
            bars.update(task, completed=done, total=total or None, pace=pace)

        yield progress
