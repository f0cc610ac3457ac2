"""One file on its way in, whatever its rows are: what is counted meanwhile, and told at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.capture.batch.customs import Customs
from leadtui.capture.batch.result import ImportResult, write_batch
from leadtui.capture.batch.skipped import SkippedFile
from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.columns.remembered import remember
from leadtui.capture.rows.settling import SkippedRow
from leadtui.errors import Cancelled
from leadtui.i18n import gettext as _

if TYPE_CHECKING:
    from leadtui.store.act import Act

Progress = Callable[[int, int], None]
"""Told (rows, bytes of the file) now and then."""


class Incoming:
    """The batch of one file, inside the act of its import."""

    def __init__(self, act: Act, plan: FilePlan, rest: SkippedFile) -> None:
        self.act = act
        self.plan = plan
        self.rest = rest
        self.batch = act.new_id()
        self.is_ours = plan.system == OWN_SYSTEM
        self.customs = Customs(act, plan.mapping)
        self.created = self.updated = self.unchanged = self.skipped = self.with_problems = 0
        self.alike: Counter[str] = Counter()
        """Why new leads may be the same as others."""

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Take in all rows; Cancelled when the user stops it."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """How many rows were taken in, or skipped."""
        return self.created + self.updated + self.unchanged + self.skipped

    def skip(self, row: SkippedRow) -> None:
        """Leave a row out, and keep it with its reason."""
        self.skipped += 1
        self.rest.add(row)

    def finish(self) -> None:
        """Write what holds for the batch: the fields that are new, its columns, and what came of it."""
        self.customs.define()
        remember(self.act.connection, self.plan)
        write_batch(self.act, self.result(None))

    def result(self, skipped_file: Path | None, rehearsed: bool = False) -> ImportResult:
        """What came of it."""
        return ImportResult(
            plan=self.plan,
            batch="" if rehearsed else self.batch,
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            possible_duplicates=self.alike.total(),
            duplicate_reasons=tuple(self.alike.most_common()),
            skipped=self.skipped,
            skipped_reasons=tuple(self.rest.reasons.most_common()),
            with_problems=self.with_problems,
            skipped_file=skipped_file,
        )


def go_on(cancelled: Callable[[], bool]) -> None:
    """Cancelled when the user stops the import."""
    if cancelled():
        raise Cancelled(_("The import was stopped; nothing of it was kept."))
