"""How a file holds its table: found once, and enough to read its records as often as they are wanted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.capture.files.delimited import DelimitedRecords
from leadtui.capture.files.explaining import explaining_lines
from leadtui.capture.files.kinds import WORKBOOKS, kind_of
from leadtui.capture.files.layout import find_layout
from leadtui.capture.files.records import Record, RecordSource
from leadtui.capture.files.sniff import sniff_encoding
from leadtui.errors import LeadTUIError, UsageError
from leadtui.i18n import gettext as _
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.capture.files.sheet_look import SheetLook

_SAMPLES = 50

Samples = tuple[tuple[str, ...], ...]
"""The cells of the first rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file and how it is written."""

    path: Path
    size: int
    """In bytes."""
    format: str
    """`csv`, `tsv`, or what `kind_of` says."""
    headers: tuple[str, ...]
    header_row: int
    """The line or sheet row of the header (from 1), 0 when there is none."""
    encoding: str = ""
    """Of text files; empty for others."""
    clean: bool = True
    """Whether every byte is valid in `encoding`."""
    delimiter: str = ""
    sheet: str = ""
    """Which sheet of a workbook, or list of a JSON document, is read."""
    sheets: tuple[str, ...] = ()
    """All that could be read."""
    notes: tuple[str, ...] = ()
    """What is left out of it, a sentence each."""
    explained: tuple[int, ...] = ()
    """The lines below the header that only say what belongs into the columns."""

    @property
    def is_workbook(self) -> bool:
        """Whether the file is a workbook with sheets."""
        return self.format in WORKBOOKS

    def records(self) -> RecordSource:
        """All records, those above the header too."""
        if self.is_workbook:
            from leadtui.capture.files.sheets import SheetRecords

            return SheetRecords(self.path, self.sheet, len(self.headers))
        if self.format == "vcard":
            from leadtui.capture.files.cards import CardRecords

            return CardRecords(self.path, self.encoding, self.headers)
        if self.format == "json":
            from leadtui.capture.files.json_records import JsonRecords

            return JsonRecords(self.path, self.encoding, self.headers, self.sheet)
        return DelimitedRecords(self.path, self.encoding, self.delimiter, len(self.headers))


def find_table(path: Path, sheet: str = "") -> tuple[Table, Samples]:
    """The table of a file and its first rows; LeadTUIError when there is none.

    `sheet` names one of a workbook; the first with a table is taken otherwise.
    """
    kind = kind_of(path)
    if kind.name in WORKBOOKS:
        return _in_workbook(path, kind.name, kind.size, sheet)
    if kind.name == "json":
        return _in_json(path, kind.size, sheet)
    if sheet:
        raise UsageError(_("{path} has no sheets: leave --sheet out.").format(path=path))
    if kind.name == "vcard":
        return _in_cards(path, kind.size)
    return _in_text(path, kind.size)


def _in_workbook(path: Path, kind: str, size: int, sheet: str) -> tuple[Table, Samples]:
    from leadtui.capture.files.sheet_look import look_at_workbook

    look = look_at_workbook(path, sheet)
    table = Table(
        path,
        size,
        kind,
        look.headers,
        look.header_row,
        sheet=look.sheet,
        sheets=look.sheets,
        explained=look.explained,
        notes=tuple(_of_hidden(look)),
    )
    return table, look.samples[:_SAMPLES]


def _of_hidden(look: SheetLook) -> Iterator[str]:
    if look.hidden.rows:
        yield _("Hidden rows are read like all others: {count}").format(count=look.hidden.rows)
    if look.hidden.columns:
        names = [look.headers[index] or str(index + 1) for index in look.hidden.columns]
        yield _("Hidden columns are read like all others: {columns}").format(
            columns=one_line(", ".join(names))
        )


def _in_cards(path: Path, size: int) -> tuple[Table, Samples]:
    from leadtui.capture.files.cards import card_headers

    encoding = sniff_encoding(path)
    headers, pictures = card_headers(path, encoding.name)
    notes = (_("Pictures are left out: {count}").format(count=pictures),) if pictures else ()
    table = Table(path, size, "vcard", headers, 0, encoding.name, encoding.clean, notes=notes)
    return table, _samples(_first(table))


def _in_text(path: Path, size: int) -> tuple[Table, Samples]:
    encoding = sniff_encoding(path)
    layout = find_layout(path, encoding.name)
    if not layout.headers:
        raise LeadTUIError(_("{path} is empty: choose a file with a header row and leads.").format(path=path))
    table = Table(
        path,
        size,
        "tsv" if layout.delimiter == "\t" else "csv",
        layout.headers,
        layout.header_row,
        encoding.name,
        encoding.clean,
        layout.delimiter,
    )
    first = _first(table)
    explained = explaining_lines(table.headers, first) if table.header_row else ()
    return replace(table, explained=explained), _samples(first, explained)


def _in_json(path: Path, size: int, wanted: str) -> tuple[Table, Samples]:
    from leadtui.capture.files.json_records import look_at_json

    encoding = sniff_encoding(path)
    look = look_at_json(path, encoding.name, wanted)
    table = Table(
        path,
        size,
        "json",
        look.headers,
        0,
        encoding.name,
        encoding.clean,
        sheet=look.chosen,
        sheets=look.lists,
    )
    return table, _samples(_first(table))


def _samples(records: Iterable[Record], explained: Container[int] = ()) -> Samples:
    rows = (record for record in records if not record.problem and record.line not in explained)
    return tuple(tuple(record.cells) for record in rows)


def _first(table: Table) -> list[Record]:
    """The first records of the table."""
    return [*islice((record for record in table.records() if record.line > table.header_row), _SAMPLES)]
