"""Bringing a file in: one act, all or nothing, one journal entry (R22)."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.capture.batch.ahead import Chunk, ready_rows
from leadtui.capture.batch.incoming import Incoming, Progress
from leadtui.capture.batch.leads import LeadImport
from leadtui.capture.batch.result import ImportResult
from leadtui.capture.batch.skipped import SkippedFile, check_place, skipped_path
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
    plan: FilePlan,
    dry_run: bool = False,
    progress: Progress = lambda rows, done: None,
    cancelled: Callable[[], bool] = lambda: False,
    skipped: Path | None = None,
) -> ImportResult:
    """Import a planned file, or with `dry_run` only tell what would come of it.

    A row with the identity or mail address of a known lead fills that lead's blanks and overwrites nothing;
    every other row is a new lead. Skipped rows go to `skipped`, or beside the file. UsageError when no column
    tells who a lead is, Cancelled when `cancelled` says so; whatever stops it, nothing is kept then.
    """
    check_identifies(plan)
    if skipped is not None:
        check_place(skipped, plan.path, workspace.path)
    rest = SkippedFile(skipped or skipped_path(plan.path), plan.headers)
    try:
        label = _("Import {file}").format(file=one_line(plan.path.name))
        # The file is being read while the act is opened, which may have to load what acts need.
        with _uncollected(), _chunks(plan, workspace.settings) as chunks, workspace.act(label) as act:
            work = _work(act, plan, rest, chunks)
            work.run(progress, cancelled)
            if dry_run:
                raise _RehearsedError
            rest.write()
        return work.result(rest.keep())
    except _RehearsedError:
        return work.result(None, rehearsed=True)
    finally:
        rest.drop()


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
