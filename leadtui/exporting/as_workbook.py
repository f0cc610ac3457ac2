"""Records as sheets of Excel with typed cells.

Texts are written as texts, never as formulas or links, so nothing in them has to be guarded. What a number or
a date of Excel can't say to the last digit stays a text, so that an import reads it back whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import IO, Any, BinaryIO, cast

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from leadtui.exporting.cells import Cell, Filled, fits_a_float, plain_text
from leadtui.exporting.job import Job
from leadtui.exporting.table import DAYS
from leadtui.exporting.widths import text_width

ROW_LIMIT = 1_048_576
"""How many rows a sheet has, the header among them; what is beyond goes to a further sheet."""
_SAMPLED = 200
_NARROWEST, _WIDEST = 8, 50
_MOMENT_WIDTH = 16
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was."""
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""No XML can hold them."""
_CUT = -2
"""What the library answers to a text that is longer than a cell can hold (32,767 units of UTF-16)."""


def write_workbook(file: BinaryIO, job: Job) -> None:
    """A sheet for each kind of record, with a frozen header, a filter and widths; more when one is full."""
    target = _Target(file)
    with TemporaryDirectory(prefix="leadtui-", ignore_cleanup_errors=True) as folder, target.until_it_fails():
        options = {"constant_memory": True, "use_zip64": True, "tmpdir": folder}
        book = Workbook(cast("IO[bytes]", target), options)
        for sheet in job.sheets:
            _write_sheets(book, sheet.kind, sheet.headers, sheet.rows(), job)
        job.go_on()
        try:
            book.close()
        except FileCreateError as error:
            failure: OSError = error.args[0]
            raise failure from error


class _Target:
    """A file until writing it fails, then nowhere: the library leaves its ZIP file open, which wants to write
    its end when it is collected, to a full disk or after the file is closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO | _Nowhere = file

    @contextmanager
    def until_it_fails(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._file = _Nowhere()
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Nowhere:
    """Takes everything and knows only where it is."""

    def __init__(self) -> None:
        self._at = 0

    def write(self, data: bytes) -> int:
        self._at += len(data)
        return len(data)

    def seek(self, offset: int) -> int:
        self._at = offset
        return offset

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Nothing waits."""


class _TextSheet(Worksheet):
    """A sheet without rich texts: the library would take a text that looks like its own XML for one."""

    def _xml_rich_inline_string(self, string: str, attributes: Sequence[tuple[str, str]] = ()) -> None:
        self._xml_inline_string(string, True, attributes)


def _write_sheets(
    book: Workbook, name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]], job: Job
) -> None:
    stream = iter(job.counted(rows))
    sample = list(islice(stream, _SAMPLED))
    widths = [_width(header, [row[at] for row in sample]) for at, header in enumerate(headers)]
    stream = chain(sample, stream)
    for number in range(1, 1000):
        sheet = book.add_worksheet(name if number == 1 else f"{name} {number}", _TextSheet)
        written = _Rows(book, sheet, headers, widths).write(islice(stream, ROW_LIMIT - 1), job)
        if written < ROW_LIMIT - 1:
            return


class _Rows:
    """The rows of one sheet, written in their order because only one is kept in memory."""

    def __init__(
        self, book: Workbook, sheet: Worksheet, headers: Sequence[str], widths: Sequence[int]
    ) -> None:
        self._sheet = sheet
        self._days = frozenset(at for at, header in enumerate(headers) if header in DAYS)
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._columns = len(headers)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        heading = book.add_format({"bold": True})
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, heading)

    def write(self, rows: Iterable[Sequence[Cell]], job: Job) -> int:
        """Write the rows beneath the header; returns how many."""
        line = 0
        for line, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if cell is not None and cell != "" and self._write(line, column, cell) == _CUT:
                    job.cut += 1
            job.written += 1
        self._sheet.autofilter(0, 0, line, self._columns - 1)
        return line

    def _write(self, line: int, column: int, cell: Filled) -> int:
        sheet = self._sheet
        done: int
        if isinstance(cell, str):
            done = sheet.write_string(line, column, _NO_CHARACTERS.sub("\ufffd", cell))
        elif isinstance(cell, bool):
            done = sheet.write_boolean(line, column, cell)
        elif isinstance(cell, datetime) and _is_exact(cell, column in self._days):
            done = sheet.write_datetime(line, column, cell.replace(tzinfo=None), self._moment)
        elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= _FIRST_DAY:
            done = sheet.write_datetime(line, column, datetime.combine(cell, time()), self._day)
        elif isinstance(cell, int | float | Decimal) and fits_a_float(cell):
            done = sheet.write_number(line, column, float(cell))
        else:
            done = sheet.write_string(line, column, plain_text(cell))
        return done


def _is_exact(moment: datetime, may_be_a_day: bool) -> bool:
    """Whether the bare wall-clock time of a cell says this moment: not in the hour that autumn repeats, and
    not at midnight where that would mean the whole day."""
    repeated = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    midnight = may_be_a_day and moment.time() == time()
    return not repeated and not midnight and moment.date() >= _FIRST_DAY


def _width(header: str, cells: Iterable[Cell]) -> int:
    widths = [text_width(header) + 2, *(_cell_width(cell) for cell in cells)]
    return min(max(*widths, _NARROWEST), _WIDEST)


def _cell_width(cell: Cell) -> int:
    if isinstance(cell, str):
        return text_width(cell) + 1
    return _MOMENT_WIDTH if isinstance(cell, datetime) else len(str(cell or "")) + 1
