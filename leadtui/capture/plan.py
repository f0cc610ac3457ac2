"""Looking at a file before it is imported: how it is written, what its columns are, what was decided."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from itertools import islice
from pathlib import Path

from leadtui.capture.clean.dates import order_of
from leadtui.capture.guess import guess_mapping
from leadtui.capture.headers import HeaderMapping
from leadtui.capture.layout import find_layout
from leadtui.capture.records import Records
from leadtui.capture.sniff import sniff_encoding
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _

DATE_FIELDS = frozenset(("acquired_at", "next_due"))
_SAMPLES = 50
_MONTH_FIRST = frozenset(("US", "PH", "PW", "FM", "MH"))
"""Regions that write the month before the day."""
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "XLSX"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"%PDF", "PDF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:"|\})|\[\s*(?:\{|\]))')


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


@dataclass(frozen=True, slots=True)
class FilePlan:
    """How a file will be read. Change `mapping` with `with_field`."""

    path: Path
    size: int
    """In bytes."""
    encoding: str
    clean: bool
    """Whether every byte is valid in `encoding`."""
    delimiter: str
    header_row: int
    """The line of the header (from 1), 0 when there is none."""
    headers: tuple[str, ...]
    mapping: HeaderMapping
    samples: tuple[tuple[str, ...], ...]
    """The cells of the first rows."""
    day_first: Mapping[int, bool]
    """How a date column orders day and month, by index, where that was found or had to be decided."""
    notes: tuple[str, ...]
    """What was decided and may be wrong, a sentence each."""
    options: ReadOptions

    @property
    def system(self) -> str:
        """Which system wrote the file, or empty."""
        return self.mapping.system

    def with_field(self, header: str, field: str) -> FilePlan:
        """This plan with another field for one column."""
        return _with_dates(replace(self, mapping=self.mapping.with_field(header, field)))

    def with_mapping(self, mapping: HeaderMapping) -> FilePlan:
        """This plan with another mapping."""
        return _with_dates(replace(self, mapping=mapping))


def read_plan(path: Path, options: ReadOptions | None = None) -> FilePlan:
    """Look at a file; LeadTUIError when it is no table, UsageError for a named column that isn't there."""
    options = options or ReadOptions()
    size = _size(path)
    encoding = sniff_encoding(path)
    layout = find_layout(path, encoding.name)
    records = Records(path, encoding.name, layout.delimiter, len(layout.headers))
    rows = (record.cells for record in records if record.line > layout.header_row and not record.problem)
    samples = tuple(tuple(cells) for cells in islice(rows, _SAMPLES))
    mapping = guess_mapping(layout.headers, samples)
    for field, header in options.fields:
        mapping = mapping.with_field(header, field)
    return _with_dates(
        FilePlan(
            path=path,
            size=size,
            encoding=encoding.name,
            clean=encoding.clean,
            delimiter=layout.delimiter,
            header_row=layout.header_row,
            headers=layout.headers,
            mapping=mapping,
            samples=samples,
            day_first={},
            notes=(),
            options=options,
        )
    )


def _size(path: Path) -> int:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise LeadTUIError(
                _("{path} is no file that can be read twice: save what it gives as a file first.").format(
                    path=path
                )
            )
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        why = error.strerror or str(error)
        raise LeadTUIError(_("{path} can't be read: {why}.").format(path=path, why=why)) from error
    if not head.strip():
        raise LeadTUIError(_("{path} is empty: choose a file with a header row and leads.").format(path=path))
    kinds = [kind for beginning, kind in _OTHER_KINDS if head.startswith(beginning)]
    if head.lstrip().upper().startswith(b"BEGIN:VCARD"):
        kinds.append("vCard")
    if _JSON.match(head):
        kinds.append("JSON")
    if kinds:
        raise LeadTUIError(
            _("{path} is a {kind} file: save it as CSV and import that.").format(path=path, kind=kinds[0])
        )
    return status.st_size


def _with_dates(plan: FilePlan) -> FilePlan:
    """The plan with the order of day and month of its date columns, and all its notes."""
    notes: list[str] = []
    if not plan.clean:
        notes.append(
            _("Some bytes are not valid {encoding}; they are shown as �.").format(encoding=plan.encoding)
        )
    if not plan.header_row:
        notes.append(_("The file has no header row: columns are known by their number."))
    day_first: dict[int, bool] = {}
    for column in plan.mapping.columns:
        if column.field not in DATE_FIELDS:
            continue
        found = _order(plan, column.index)
        if not found:
            continue
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
    for record in Records(plan.path, plan.encoding, plan.delimiter, len(plan.headers)):
        if record.line > plan.header_row and index < len(record.cells):
            order = order_of(record.cells[index])
            if order in {"day", "month"}:
                return order
    return "either"
