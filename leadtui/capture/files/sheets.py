"""The rows of a sheet of a workbook (XLSX, XLSB, XLS, ODS) as records, each cell as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadtui.capture.files.kinds import damaged, protected
from leadtui.capture.files.records import Record

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_LONGEST_MERGE = 1000
"""Rows that one merged cell of data may cover; a longer one is decoration."""


class SheetRecords:
    """The rows of one sheet that hold anything: lines are rows of the sheet.

    A cell merged over several rows says the same in each of them. With `width`, empty cells beyond it are
    left out.
    """

    def __init__(self, path: Path, sheet: str, width: int = 0, beginning: bytes = b"") -> None:
        """`beginning`, where there is one, is read in place of the file."""
        self.path = path
        self.sheet = sheet
        self.width = width
        self.left = 0
        """The column (from 0) at which its cells begin; known when it is being read."""
        self._beginning = beginning
        self._size = path.stat().st_size
        self._rows = 1
        self._row = 0

    @property
    def position(self) -> int:
        """About how many bytes of the file were read."""
        return self._size * self._row // self._rows

    def __iter__(self) -> Iterator[Record]:
        with opened(self.path, self._beginning) as workbook:
            sheet = workbook.get_sheet_by_name(self.sheet)
            self._rows = max(sheet.total_height + 1, 1)
            self.left = sheet.start[1] if sheet.start else 0
            repeated = _repeated(sheet, self.left)
            width = self.width
            above: list[str] = []
            for line, row in enumerate(sheet.iter_rows(), start=1):
                self._row = line
                cells = [cell if type(cell) is str else cell_text(cell) for cell in row]
                for column in repeated.get(line, ()):
                    cells[column] = cells[column] or above[column]
                above = cells
                if any(cells):
                    if width:
                        while len(cells) > width and not cells[-1]:
                            cells = cells[:-1]
                    yield Record(line, cells)


@contextmanager
def opened(path: Path, beginning: bytes = b"") -> Iterator[CalamineWorkbook]:
    """An open workbook; whatever is wrong with it, here or while it is read, is a LeadTUIError."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _load(path, beginning) as workbook:
            yield workbook
    except PasswordError as error:
        raise protected(path) from error
    except (CalamineError, OSError) as error:
        raise damaged(path) from error


def _load(path: Path, beginning: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineError, PasswordError, load_workbook

    if beginning:
        return load_workbook(BytesIO(beginning))
    try:
        return load_workbook(path)
    except PasswordError:
        raise
    except CalamineError:
        # It went by the ending of the name, and that may say another kind of workbook than it is.
        return load_workbook(BytesIO(path.read_bytes()))


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates in ISO 8601, a faulty formula as nothing."""
    return _TEXTS.get(type(value), str)(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text else text


def _moment(value: datetime) -> str:
    """Excel counts in days, so that a millisecond is never met exactly."""
    near = value + timedelta(microseconds=500)
    near = near.replace(microsecond=near.microsecond // 1000 * 1000)
    if near.time() == time():
        return str(near.date())
    return near.isoformat(" ", "milliseconds" if near.microsecond else "seconds")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: str,
}


def _repeated(sheet: CalamineSheet, left: int) -> dict[int, list[int]]:
    """By row (from 1), the columns whose cell says what the one above it says."""
    found: dict[int, list[int]] = {}
    for (top, first), (bottom, _last) in sheet.merged_cell_ranges or ():
        if top < bottom <= top + _LONGEST_MERGE and left <= first < left + sheet.width:
            for row in range(top + 1, bottom + 1):
                found.setdefault(row + 1, []).append(first - left)
    return found
