"""Bringing a file in: one act, all or nothing, one journal entry (R22)."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.capture.batch.ahead import Chunk, ready_rows
from leadtui.capture.batch.incoming import Incoming, Progress
from leadtui.capture.batch.leads import LeadImport
from leadtui.capture.batch.result import ImportResult
from leadtui.capture.batch.skipped import SkippedFile, check_place, places_of_skipped, skipped_path
from leadtui.capture.columns.plan import FilePlan
from leadtui.errors import UsageError
from leadtui.i18n import gettext as _
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.settings import Settings
    from leadtui.store.act import Act
    from leadtui.workspace import Workspace


@contextmanager
def _uncollected() -> Iterator[None]:
    """Puts garbage collection off: rows hold no circles, and looking for some takes a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _RehearsedError(Exception):
    """Takes everything back that a rehearsal wrote."""


def import_file(
    workspace: Workspace,
    plans: Sequence[FilePlan],
    dry_run: bool = False,
    progress: Progress = lambda rows, done: None,
    cancelled: Callable[[], bool] = lambda: False,
    skipped: Path | None = None,
) -> list[ImportResult]:
    """Import the planned sheets of one file, or with `dry_run` only tell what would come of each.

    A row with the identity or mail address of a known lead fills that lead's blanks and overwrites nothing;
    every other row is a new lead. Skipped rows go to `skipped`, or beside the file (beside the database where
    nothing can be written there). UsageError when no column tells who a lead is, Cancelled when `cancelled`
    says so; whatever stops it, nothing is kept then.
    """
    path = plans[0].path
    for plan in plans:
        check_identifies(plan)
    if skipped is not None:
        check_place(skipped, path, workspace.path)
    places = places_of_skipped(skipped or skipped_path(path, workspace.path.parent), len(plans))
    rests = [SkippedFile(place, plan.headers) for place, plan in zip(places, plans, strict=True)]
    done: list[Incoming] = []
    try:
        label = _("Import {file}").format(file=one_line(path.name))
        # The first rows are being read while the act is opened, which may have to load what acts need.
        with _uncollected(), ExitStack() as stack:
            chunks = stack.enter_context(_chunks(plans[0], workspace.settings))
            with workspace.act(label) as act:
                for plan, rest in zip(plans, rests, strict=True):
                    if done:
                        chunks = stack.enter_context(_chunks(plan, workspace.settings))
                    work = _work(act, plan, rest, chunks)
                    work.run(_after(done, progress), cancelled)
                    done.append(work)
                if dry_run:
                    raise _RehearsedError
                for rest in rests:
                    rest.write()
        return [work.result(work.rest.keep()) for work in done]
    except _RehearsedError:
        return [work.result(None, rehearsed=True) for work in done]
    finally:
        for rest in rests:
            rest.drop()


def _after(done: Sequence[Incoming], progress: Progress) -> Progress:
    """Tells how far a sheet is, with those that are done before it."""
    rows, size = sum(work.count for work in done), sum(work.plan.size for work in done)
    return lambda more_rows, more: progress(rows + more_rows, size + more)


def check_identifies(plan: FilePlan) -> None:
    """UsageError when no column tells who or what a row is."""
    if not plan.mapping.identifies:
        raise UsageError(
            _(
                "No column of {file} says who a lead is: name one, for example with --map company=HEADER."
            ).format(file=plan.path)
        )


def _chunks(plan: FilePlan, settings: Settings) -> AbstractContextManager[Iterator[Chunk]]:
    """The rows of a file of leads."""
    if plan.record == "lead":
        return ready_rows(plan, settings.look.language)
    return nullcontext(iter(()))


def _work(act: Act, plan: FilePlan, rest: SkippedFile, chunks: Iterator[Chunk]) -> Incoming:
    if plan.record == "lead":
        return LeadImport(act, plan, rest, chunks)
    from leadtui.capture.batch.customers.writing import RecordImport

    return RecordImport(act, plan, rest)
