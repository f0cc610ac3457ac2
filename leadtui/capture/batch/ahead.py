"""Reading ahead: a second process reads, cleans, and prepares the search words of rows while this one writes.

Both halves of an import cost about the same, so a large file takes little more than half the time.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from subprocess import Popen
from typing import Any, BinaryIO, NamedTuple

from leadtui.capture.batch.derived import newborn_words
from leadtui.capture.batch.early import LARGE
from leadtui.capture.batch.row_keys import each_line, row_keys
from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.files.process import limit_memory, start, stop
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.capture.rows.settling import SkippedRow
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.i18n import use_language

_CHUNK = 1000


class ReadyRow(NamedTuple):
    """A row with all that can be made of it without the database."""

    values: dict[str, Any]
    """What it says of the columns of a lead."""
    custom: dict[str, str]
    tags: tuple[str, ...]
    has_problems: bool
    external: int | None
    """The match keys, as in `RowKeys`."""
    mail: int | None
    weak: tuple[int, ...]
    all: tuple[int, ...]
    words: str
    """Its search words, but for its number."""


class Chunk(NamedTuple):
    """Rows that follow each other, and how many bytes of the file were read for them."""

    rows: list[ReadyRow | SkippedRow]
    position: int


@contextmanager
def ready_rows(plan: FilePlan, language: str = "") -> Iterator[Iterator[Chunk]]:
    """The rows of a planned file, a thousand at a time; large files and workbooks (a damaged one can take its
    reader down) are read by a second process, which begins at once.

    `language` is that of the reasons why rows are skipped.
    """
    process = start(__name__, (plan, language)) if plan.size >= LARGE or plan.table.is_workbook else None
    try:
        yield _received(process, plan) if process else _read(plan)
    finally:
        if process:
            stop(process)


def _received(process: Popen[bytes], plan: FilePlan) -> Iterator[Chunk]:
    """What the second process reads."""
    assert process.stdout is not None
    try:
        while isinstance(found := pickle.load(process.stdout), tuple):
            yield _unpacked(*found)
        if isinstance(found, LeadTUIError):
            raise found
        if found is not None:
            raise RuntimeError(found)
    except (EOFError, pickle.UnpicklingError) as error:
        raise LeadTUIError(
            _("Reading {file} was cut short; nothing of it was kept. Try again.").format(file=plan.path)
        ) from error


def _read(plan: FilePlan) -> Iterator[Chunk]:
    rows = lead_rows(plan)
    stream = iter(rows)
    while taken := list(islice(stream, _CHUNK)):
        yield Chunk(_ready(taken), rows.position)


def _ready(taken: list[CleanRow | SkippedRow]) -> list[ReadyRow | SkippedRow]:
    """The rows with their keys and words, made one after the other for all of them: a processor is faster at
    doing one thing many times."""
    rows = [row for row in taken if isinstance(row, CleanRow)]
    leads: list[dict[str, Any]] = [row.values for row in rows]
    phones = [each_line(lead.get("phone"), lead.get("mobile"), lead.get("other_phones")) for lead in leads]
    emails = [each_line(lead.get("email"), lead.get("other_emails")) for lead in leads]
    keys = [*map(row_keys, leads, phones, emails)]
    words = [*map(newborn_words, leads, phones, emails, [row.tags for row in rows])]
    ready = (
        ReadyRow(row.values, row.custom, row.tags, bool(row.problems), *found, text)
        for row, found, text in zip(rows, keys, words, strict=True)
    )
    return [row if isinstance(row, SkippedRow) else next(ready) for row in taken]


def _packed(chunk: Chunk) -> tuple[list[tuple[Any, ...]], int]:
    """A chunk on its way between the processes: bare tuples are pickled three times as fast as named ones."""
    return [*map(tuple, chunk.rows)], chunk.position


def _unpacked(rows: list[tuple[Any, ...]], position: int) -> Chunk:
    return Chunk([ReadyRow._make(row) if len(row) > 3 else SkippedRow._make(row) for row in rows], position)


def _serve(source: BinaryIO, target: BinaryIO) -> None:
    """The second process: answers a plan with its chunks and None, or with an unexpected error in words."""
    gc.disable()
    plan, language = pickle.load(source)
    if plan.table.is_workbook:
        limit_memory()
    use_language(*filter(None, [language]))
    try:
        for chunk in _read(plan):
            pickle.dump(_packed(chunk), target, pickle.HIGHEST_PROTOCOL)
            target.flush()
    except BrokenPipeError:
        os._exit(0)
    except LeadTUIError as error:
        pickle.dump(error, target)
    except Exception as error:
        pickle.dump(f"{type(error).__name__}: {error}", target)
    else:
        pickle.dump(None, target)
    target.flush()


if __name__ == "__main__":
    from leadtui.capture.batch import ahead

    ahead._serve(sys.stdin.buffer, sys.stdout.buffer)
