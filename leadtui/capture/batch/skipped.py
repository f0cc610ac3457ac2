"""The rows that could not be taken, in a file that can be mended and imported again."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import count as numbers
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TextIO

from leadtui.capture.rows.settling import SkippedRow
from leadtui.capture.words.fields import SKIPPED_HEADERS
from leadtui.errors import LeadTUIError, UsageError, reason
from leadtui.exporting.formulas import guard
from leadtui.i18n import gettext as _

_MOST_REASONS = 100
"""So many different reasons are counted: some name what stood in the row."""


class SkippedFile:
    """Gathered out of sight, so that a killed import leaves nothing; written (0600) when it is kept."""

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        self.path = path
        self._headers = headers
        self._draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._rows: TextIO | None = None
        self.reasons: Counter[str] = Counter()
        """Why rows were skipped, and how many."""

    def add(self, row: SkippedRow) -> None:
        """Note a row."""
        if row.reason in self.reasons or len(self.reasons) < _MOST_REASONS:
            self.reasons[row.reason] += 1
        if self._rows is None:
            self._rows = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed by `drop`
            self._line((*SKIPPED_HEADERS, *self._headers))
        self._line((str(row.line), row.reason, *row.cells))

    def write(self) -> None:
        """Bring the rows to the disk, while the import can be taken back; LeadTUIError when that fails."""
        if self._rows is None:
            return
        self._rows.seek(0)
        try:
            self._draft.unlink(missing_ok=True)
            descriptor = os.open(self._draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with open(descriptor, "w", encoding="utf-8-sig", newline="") as file:
                copyfileobj(self._rows, file)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise LeadTUIError(
                _(
                    "The skipped rows can't be written to {path} ({why}): name another file with --skipped."
                ).format(path=self.path, why=reason(error))
            ) from error

    def keep(self) -> Path | None:
        """Put the file in its place; returns it, or None when nothing was skipped."""
        if self._rows is None:
            return None
        os.replace(self._draft, self.path)
        return self.path

    def drop(self) -> None:
        """Leave no draft behind."""
        if self._rows is not None:
            self._rows.close()
            self._rows = None
            with suppress(OSError):
                self._draft.unlink(missing_ok=True)

    def _line(self, cells: Sequence[str]) -> None:
        if self._rows is not None:
            csv.writer(self._rows).writerow([guard(cell) for cell in cells])


def check_place(path: Path, *needed: Path) -> None:
    """UsageError when the skipped rows would take the place of a folder or of a file that is needed."""
    if path.is_dir() or any(path.exists() and path.samefile(file) for file in needed):
        raise UsageError(
            _("The skipped rows can't replace {path}: name another file with --skipped.").format(path=path)
        )


def skipped_path(path: Path, instead: Path | None = None) -> Path:
    """Where the skipped rows of a file go: beside it, under a name that is free; into the folder `instead`
    where nothing can be written beside it."""
    if instead is not None and not os.access(path.parent, os.W_OK):
        path = instead / path.name
    free = path.with_name(f"{path.stem}.skipped.csv")
    number = 2
    while free.exists():
        free = path.with_name(f"{path.stem}.skipped-{number}.csv")
        number += 1
    return free


def places_of_skipped(first: Path, count: int) -> list[Path]:
    """Where the skipped rows of each of so many sheets go: `first`, then names beside it that are free."""
    names = (first.with_name(f"{first.stem}-{number}{first.suffix}") for number in numbers(2))
    return [first, *islice((name for name in names if not name.exists()), count - 1)]
