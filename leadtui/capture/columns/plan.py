"""Looking at a file before it is imported: how it is written, what its columns are, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from pathlib import Path

from leadtui.capture.clean.dates import order_of
from leadtui.capture.columns.guess import guess_mapping
from leadtui.capture.columns.headers import HeaderMapping
from leadtui.capture.columns.shape import beside, check_upright
from leadtui.capture.files.table import Samples, Table, find_table
from leadtui.capture.words.systems import KINDS, System
from leadtui.i18n import gettext as _
from leadtui.text import one_line

DATE_FIELDS = frozenset(("acquired_at", "next_due", "expected_close", "at"))
_MONTH_FIRST = frozenset(("US", "PH", "PW", "FM", "MH"))
"""Regions that write the month before the day."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a file leaves unsaid."""

    region: str = "CN"
    """The country of phone numbers without a country code."""
    currency: str = "CNY"
    zone: tzinfo = UTC
    """Of times without an offset."""
    source: str = ""
    """Where the leads come from when no column says it."""
    fields: tuple[tuple[str, str], ...] = ()
    """(field, header): columns that the user named."""
    sheet: str = ""
    """Which sheet of a workbook holds the leads; the first with a table otherwise."""
    begin_today: bool = False
    """Whether the time for the first contact of leads that are older than any limit begins with the import
    (C7); the file's date is then kept in a custom field."""
    systems: tuple[System, ...] = ()
    """The user's own profiles."""
    record: str = ""
    """What each row is; the headers tell it otherwise."""
    notes: tuple[str, ...] = ()
    """What is to be told beside, such as a profile that can't be used."""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """How a file will be read. Change `mapping` with `with_field`."""

    table: Table
    mapping: HeaderMapping
    samples: Samples
    day_first: Mapping[int, bool]
    """How a date column orders day and month, by index, where that was found or had to be decided."""
    notes: tuple[str, ...]
    """What was decided and may be wrong, a sentence each."""
    options: ReadOptions

    @property
    def path(self) -> Path:
        """The file."""
        return self.table.path

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.table.size

    @property
    def headers(self) -> tuple[str, ...]:
        """The cells of the header row, as written."""
        return self.table.headers

    @property
    def system(self) -> str:
        """Which system wrote the file, or empty."""
        return self.mapping.system

    @property
    def record(self) -> str:
        """What the rows are: `lead`, `customer`, `contact`, `opportunity` or `activity`."""
        return self.mapping.record

    @property
    def date_key(self) -> str:
        """The key that the column of acquisition dates would have as a custom field; empty without one."""
        return next((each.key for each in self.mapping.columns if each.field == "acquired_at"), "")

    def with_field(self, header: str, field: str) -> FilePlan:
        """This plan with another field for one column."""
        return _with_dates(replace(self, mapping=self.mapping.with_field(header, field)))

    def with_note(self, note: str) -> FilePlan:
        """This plan with one more thing to be told beside."""
        return _with_dates(replace(self, options=replace(self.options, notes=(*self.options.notes, note))))


def read_plan(path: Path, options: ReadOptions | None = None) -> FilePlan:
    """Look at a file; LeadTUIError when it is no table, UsageError for a named column or sheet that isn't
    there."""
    options = options or ReadOptions()
    table, samples = find_table(path, options.sheet)
    if table.header_row and not options.fields:
        check_upright(table, samples)
    mapping = guess_mapping(table.headers, samples, options.systems, options.record)
    for field, header in options.fields:
        mapping = mapping.with_field(header, field)
    return _with_dates(FilePlan(table, mapping, samples, day_first={}, notes=(), options=options))


def _with_dates(plan: FilePlan) -> FilePlan:
    """The plan with the order of day and month of its date columns, and all its notes."""
    table = plan.table
    notes = [*plan.options.notes, *table.notes]
    if not table.clean:
        notes.append(
            _("Some bytes are not valid {encoding}; they are shown as �.").format(encoding=table.encoding)
        )
    others = [name for name in table.sheets if name != table.sheet]
    if others and not plan.options.sheet:
        notes.append(
            _("Only “{sheet}” is read; there are also {others}.").format(
                sheet=one_line(table.sheet), others=one_line(", ".join(others))
            )
        )
    if not any(table.headers):
        notes.append(_("The file has no header row: columns are known by their number."))
    notes += [
        _("Line {line} explains the columns and is skipped.").format(line=line) for line in table.explained
    ]
    if place := beside(table.headers):
        notes.append(
            _(
                "A second table seems to begin at column {column}: put it below the first, or rows mix."
            ).format(column=place)
        )
    if plan.record != "lead" and not plan.options.sheet:
        notes.append(_("Each row comes in as one of the {records}.").format(records=_(KINDS[plan.record])))
    day_first: dict[int, bool] = {}
    for column in plan.mapping.columns:
        if column.field not in DATE_FIELDS:
            continue
        found = _order(plan, column.index)
        if not found:
            continue
        usual = plan.mapping.profile.day_first
        if found == "either" and usual is not None:
            found = "day" if usual else "month"
        decided = found == "day" or (found == "either" and plan.options.region not in _MONTH_FIRST)
        day_first[column.index] = decided
        order = _("day/month/year") if decided else _("month/day/year")
        sentence = (
            _("{header}: nothing tells day from month; read as {order}.")
            if found == "either"
            else _("{header}: dates are {order}.")
        )
        notes.append(sentence.format(header=column.header, order=order))
    return replace(plan, day_first=day_first, notes=tuple(notes))


def _order(plan: FilePlan, index: int) -> str:
    """What the cells of a column say of the order of day and month; reads on until one of them tells."""
    found = [order_of(row[index]) for row in plan.samples if index < len(row)]
    if not any(found):
        return ""
    orders = set(found)
    if {"day", "month"} & orders:
        return "day" if found.count("day") >= found.count("month") else "month"
    for record in plan.table.records():
        if record.line > plan.table.header_row and index < len(record.cells):
            order = order_of(record.cells[index])
            if order in {"day", "month"}:
                return order
    return "either"
