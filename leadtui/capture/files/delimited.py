"""The records of a delimited file, one by one, whatever is wrong with it."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TextIO

from leadtui.capture.files.records import Record, TextRecords
from leadtui.i18n import gettext as _
from leadtui.i18n import marked

CELL_LIMIT = 1 << 20
"""A longer cell (in characters) is no data of a lead."""
_LINE_LIMIT = 8 << 20
_LOOK_AHEAD = 20
_MARKS = "\ufeff\x1a"
"""What begins a file, and what ended one in old systems."""

TOO_LARGE = marked("a cell is larger than 1 MB")
NOT_CLOSED = marked("a quotation mark is never closed")


class DelimitedRecords(TextRecords):
    """Lines of cells; blank ones are no records.

    Stray NULs are dropped, and so are byte order marks of files that were put one behind the other. A line
    whose quotation mark is never closed is given up alone; a cell beyond `CELL_LIMIT` gives up its record.
    """

    NEWLINE = ""

    def __init__(self, path: Path, encoding: str, delimiter: str, width: int = 0) -> None:
        super().__init__(path, encoding)
        self.delimiter = delimiter
        self.width = width
        """How many cells a good record has; 0 while that isn't known."""
        self._line = 0
        self._pending: list[str] = []
        self._again: deque[str] = deque()

    def read(self, stream: TextIO) -> Iterator[Record]:
        csv.field_size_limit(CELL_LIMIT)
        again = True
        while again:
            lines = self._lines(stream)
            again = yield from self._read(csv.reader(lines, delimiter=self.delimiter), lines)

    def _read(self, reader: Iterator[list[str]], lines: Iterator[str]) -> Generator[Record, None, bool]:
        """Records until the file ends (returns False) or the reader must start afresh (True)."""
        pending, width = self._pending, self.width
        while True:
            pending.clear()
            start = self._line + 1
            try:
                cells = next(reader)
            except StopIteration:
                return False
            except csv.Error:
                yield self._give_up(start, lines, TOO_LARGE)
                return True
            if len(pending) > 1 and self._is_torn(cells):
                yield self._give_up(start, lines, NOT_CLOSED)
                return True
            if width and len(cells) > width:
                cells = self._respaced(cells)
            if cells:
                yield Record(start, cells)

    def _lines(self, stream: TextIO) -> Iterator[str]:
        """The lines of the file, remembering those of the present record; first those to be read again."""
        while True:
            if self._again:
                line = self._again.popleft()
            else:
                line = stream.readline(_LINE_LIMIT)
                if not line:
                    return
                if len(line) == _LINE_LIMIT:
                    line = _without_the_rest(line, stream)
                if "\0" in line:
                    line = line.replace("\0", "")
                if line and line[0] in _MARKS and not self._pending:
                    line = line.lstrip(_MARKS) or "\n"
            self._line += 1
            self._pending.append(line)
            yield line

    def _is_torn(self, cells: list[str]) -> bool:
        """Whether a record of several lines is really a line whose quotation mark was never closed."""
        too_wide_or_narrow = self.width > 0 and len(cells) != self.width
        return (self._is_open() or too_wide_or_narrow) and self._next_lines_are_records()

    def _is_open(self) -> bool:
        """Whether the present record has an opening quotation mark without a closing one."""
        return sum(line.count('"') for line in self._pending) % 2 == 1

    def _next_lines_are_records(self) -> bool:
        """Whether most of the lines after the first are records by themselves; half of them are enough where
        the quotation mark stays open to the end."""
        following = [line for line in self._pending[1 : 1 + _LOOK_AHEAD] if line.strip()]
        expected = self.width or len(next(csv.reader(self._pending[:1], delimiter=self.delimiter)))
        if expected < 2 or not following:
            return False
        whole = sum(_width_alone(line, self.delimiter) == expected for line in following)
        return whole * 2 > len(following) - self._is_open()

    def _give_up(self, start: int, lines: Iterator[str], problem: str) -> Record:
        """Skip a broken record: only its first line if the next are records by themselves, else all of it."""
        first = self._pending[0] if self._pending else ""
        if len(self._pending) > 1 and self._next_lines_are_records():
            self._again.extendleft(reversed(self._pending[1:]))
            self._line = start
            cells = first.rstrip("\r\n").split(self.delimiter)
            return Record(start, [cell.strip('"') for cell in cells], _(NOT_CLOSED))
        open_quotes = int(self._is_open())
        while open_quotes and (line := next(lines, None)) is not None:
            self._pending.clear()
            open_quotes = (open_quotes + line.count('"')) % 2
        return Record(start, [first[:200].rstrip("\r\n")], _(problem))

    def _respaced(self, cells: list[str]) -> list[str]:
        """Cells of a record that is too long, read again with the spaces before quotation marks left out."""
        again = next(csv.reader(self._pending, delimiter=self.delimiter, skipinitialspace=True))
        return again if len(again) == self.width else cells


def _width_alone(line: str, delimiter: str) -> int:
    if line.count('"') % 2:
        return 0
    return len(next(csv.reader([line], delimiter=delimiter), ()))


def _without_the_rest(line: str, stream: TextIO) -> str:
    """The beginning of a line that is too long to be held, with its quotation marks kept in balance."""
    quotes = 0
    while piece := stream.readline(_LINE_LIMIT):
        quotes += piece.count('"')
        if piece.endswith(("\n", "\r")):
            break
    return line + '"' * (quotes % 2) + "\n"
