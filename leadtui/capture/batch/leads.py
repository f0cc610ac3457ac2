"""Bringing a file's leads in, inside the act of the import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.capture.batch.ahead import Chunk, ReadyRow
from leadtui.capture.batch.asked import AskedKeys
from leadtui.capture.batch.births import EMPTY_LEAD, Birth, Births
from leadtui.capture.batch.blanks import Blanks
from leadtui.capture.batch.incoming import Incoming, Progress, go_on
from leadtui.capture.batch.nearby import Nearby
from leadtui.capture.batch.skipped import SkippedFile
from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.rows.settling import SkippedRow
from leadtui.clock import to_local
from leadtui.followup.newcomers import start_on_imported
from leadtui.followup.response import is_long_past
from leadtui.store.ids import read_number

if TYPE_CHECKING:
    from leadtui.store.act import Act

_DAY = 24 * 3_600_000


class LeadImport(Incoming):
    """A file of leads: what is known fills its blanks, everything else is new."""

    def __init__(self, act: Act, plan: FilePlan, rest: SkippedFile, chunks: Iterator[Chunk]) -> None:
        super().__init__(act, plan, rest)
        self.chunks = chunks
        self.births = Births(act, {column.field for column in plan.mapping.columns})
        self.blanks = Blanks()
        self.date_key = plan.date_key if plan.options.begin_today else ""
        """Of the custom field that keeps the date of leads whose first contact is to be counted from now."""
        self.asked = AskedKeys(act.connection)
        self.added_keys: dict[int, int] = {}
        """Keys that earlier rows added to known leads, with the row number of the lead."""

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Take in all rows; Cancelled when the user stops it."""
        self.first_new = self.births.prepare(keep={"ix_number"} if self.is_ours else set())
        go_on(cancelled)
        for chunk in self.chunks:
            self._take(chunk)
            progress(self.count, chunk.position)
            go_on(cancelled)
        self.births.finish(lambda: go_on(cancelled))
        go_on(cancelled)
        self.blanks.write(self.act.connection)
        start_on_imported(self.act, self.first_new)
        self.finish()
        go_on(cancelled)
        progress(self.count, self.plan.size)

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
                self.skip(row)
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
