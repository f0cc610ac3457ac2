"""Bringing a file's leads in: one act, all or nothing, one journal entry (R22)."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadtui.capture.batch.ahead import Chunk, ReadyRow, ready_rows
from leadtui.capture.batch.asked import AskedKeys
from leadtui.capture.batch.births import EMPTY_LEAD, Birth, Births
from leadtui.capture.batch.blanks import Blanks
from leadtui.capture.batch.customs import Customs
from leadtui.capture.batch.nearby import Nearby
from leadtui.capture.batch.result import ImportResult, write_batch
from leadtui.capture.batch.skipped import SkippedFile, check_place, skipped_path
from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.columns.remembered import remember
from leadtui.capture.rows.leads import SkippedRow
from leadtui.clock import to_local
from leadtui.errors import Cancelled, UsageError
from leadtui.followup.response import is_long_past
from leadtui.i18n import gettext as _
from leadtui.store.ids import read_number
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.capture.batch.customers.writing import RecordImport
    from leadtui.settings import Settings
    from leadtui.store.act import Act
    from leadtui.workspace import Workspace

_DAY = 24 * 3_600_000

Progress = Callable[[int, int], None]
"""Told (rows, bytes of the file) now and then."""


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


def _work(act: Act, plan: FilePlan, rest: SkippedFile, chunks: Iterator[Chunk]) -> _Import | RecordImport:
    if plan.record == "lead":
        return _Import(act, plan, rest, chunks)
    from leadtui.capture.batch.customers.writing import RecordImport

    return RecordImport(act, plan, rest)


class _Import:
    """One file on its way in, inside its act."""

    def __init__(self, act: Act, plan: FilePlan, rest: SkippedFile, chunks: Iterator[Chunk]) -> None:
        self.act = act
        self.plan = plan
        self.rest = rest
        self.chunks = chunks
        self.batch = act.new_id()
        self.is_ours = plan.system == OWN_SYSTEM
        self.births = Births(act, {column.field for column in plan.mapping.columns})
        self.blanks = Blanks()
        self.customs = Customs(act, plan.mapping)
        self.date_key = plan.date_key if plan.options.begin_today else ""
        """Of the custom field that keeps the date of leads whose first contact is to be counted from now."""
        self.asked = AskedKeys(act.connection)
        self.added_keys: dict[int, int] = {}
        """Keys that earlier rows added to known leads, with the row number of the lead."""
        self.created = self.updated = self.unchanged = self.skipped = self.with_problems = 0
        self.alike: Counter[str] = Counter()

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Take in all rows; Cancelled when the user stops it."""

        def go_on() -> None:
            if cancelled():
                raise Cancelled(_("The import was stopped; nothing of it was kept."))

        self.first_new = self.births.prepare(keep={"ix_number"} if self.is_ours else set())
        go_on()
        for chunk in self.chunks:
            self._take(chunk)
            progress(self._count(), chunk.position)
            go_on()
        self.births.finish(go_on)
        go_on()
        self.blanks.write(self.act.connection)
        self.customs.define()
        remember(self.act.connection, self.plan)
        write_batch(self.act, self.result(None))
        go_on()
        progress(self._count(), self.plan.size)

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

    def _take(self, chunk: Chunk) -> None:
        rows = self._usable(chunk)
        connection = self.act.connection
        numbers = self._by_number(rows)
        first = self.first_new if self.is_ours else None
        nearby = Nearby(connection, rows, self.asked, self.added_keys, numbers, first)
        new_ids = iter(self.act.new_ids(len(rows)))
        for lead in nearby.leads.values():
            self.blanks.overlay(lead)
        # One thing after the other for all rows: a processor is faster at doing one thing many times.
        leads = [self._values(row) for row in rows]
        customs = [self._custom(row, values) for row, values in zip(rows, leads, strict=True)]
        for row, values, custom in zip(rows, leads, customs, strict=True):
            seq = nearby.lead_of(values, row)
            if seq is None:
                self._suspect(nearby.suspicion(values, row, self.act.settings))
                seq = self.births.new_seq()
                number = self._own_number(values["number"], numbers) if self.is_ours else ""
                values["number"] = number or self.act.lead_number(seq)
                if number:
                    numbers[number] = seq
                nearby.born[seq] = self._birth(row, values, custom, seq, next(new_ids))
            elif self.blanks.add(nearby.lead_at(seq), values, custom, row.tags):
                self.updated += 1
                self.added_keys.update((key, seq) for key in row.all if key not in nearby.known)
            else:
                self.unchanged += 1
                continue
            if custom:
                self.customs.note(custom)
            nearby.note(row, seq)
        self.created += len(nearby.born)
        self.births.write(list(nearby.born.values()))

    def _suspect(self, why: str) -> None:
        if why:
            self.alike[why] += 1

    def _usable(self, chunk: Chunk) -> list[ReadyRow]:
        rows: list[ReadyRow] = []
        for row in chunk.rows:
            if isinstance(row, SkippedRow):
                self.skipped += 1
                self.rest.add(row)
            else:
                self.with_problems += row.has_problems
                rows.append(row)
        return rows

    def _values(self, row: ReadyRow) -> dict[str, Any]:
        """The columns of the lead that a row would be."""
        values = {**EMPTY_LEAD, **row.values}
        acquired = values.get("acquired_at")
        if acquired is None or acquired > self.act.now + _DAY:
            values["acquired_at"] = self.act.now
        elif self.date_key and self._is_long_past(acquired):
            row.custom[self.date_key] = to_local(acquired, self.act.zone).date().isoformat()
            values["acquired_at"] = self.act.now
        return values

    def _is_long_past(self, acquired: int) -> bool:
        return is_long_past(acquired, self.act.now, self.act.settings, self.act.zone)

    def _custom(self, row: ReadyRow, values: dict[str, Any]) -> dict[str, Any]:
        """The custom values of a row; what its fields can't hold goes to the remark."""
        if not row.custom:
            return {}
        custom, refused = self.customs.fitting(row.custom)
        if refused:
            values["remark"] = "\n".join(filter(None, (values["remark"], *refused)))
        return custom

    def _by_number(self, rows: Sequence[ReadyRow]) -> dict[str, int]:
        """In an export of ours, the leads that its numbers name."""
        if not self.is_ours:
            return {}
        numbers = [str(row.values["number"]) for row in rows if "number" in row.values]
        return {
            str(number): int(str(seq))
            for number, seq in self.act.rows(
                "SELECT number, seq FROM lead WHERE number IN ({marks})", numbers
            )
        }

    def _own_number(self, number: str, numbers: Mapping[str, int]) -> str:
        """The number that a lead of an export of ours keeps, where no other has it; else an empty text."""
        return number if number not in numbers and read_number(number) == number else ""

    def _birth(
        self, row: ReadyRow, values: dict[str, Any], custom: dict[str, Any], seq: int, lead_id: str
    ) -> Birth:
        values["seq"] = seq
        values["id"] = lead_id
        values["created_at"] = self.act.now
        values["batch_id"] = self.batch
        if not values["created_by"]:
            values["created_by"] = self.act.author
        if not values["owner"] and not (self.is_ours and "number" in row.values):
            values["owner"] = self.act.author
        return Birth(values, custom, row.tags, row.all, row.words)

    def _count(self) -> int:
        return self.created + self.updated + self.unchanged + self.skipped
