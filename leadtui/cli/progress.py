"""A bar with rate and remaining time on stderr, where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Takes (done, total) as often as it is told; silent without a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from leadtui.cli.output import console
    from leadtui.text import one_line

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s", markup=False),
        TimeRemainingColumn(),
        console=console(stderr=True),
        transient=True,
    ) as bars:
        task = bars.add_task(one_line(what), total=None, rate="-")

        def progress(done: int, total: int) -> None:
            bars.update(task, completed=done, total=total or None)
            speed = bars.tasks[0].speed
            bars.update(task, rate=f"{speed:,.0f}" if speed else "-")

        yield progress
