"""How a delimited file is laid out: what parts its cells, and where its header row stands."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from leadtui.capture.files.delimited import CELL_LIMIT, DelimitedRecords
from leadtui.capture.files.records import Record
from leadtui.capture.words.vocabulary import vocabulary

_DELIMITERS = ",;\t|"
_WIDE_COMMA = "，"
"""What a Chinese keyboard writes for a comma; it stands in many texts, so that the header has to show it."""
_HEAD = 1 << 16
FIRST_ROWS = 60
"""So many records tell how a file is laid out."""
_WIDE = 6
"""Columns from which on more of them say no more: one note with many semicolons makes no table."""
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?[\r\n]")
_MAIL = re.compile(r"[^\s@]@[^\s@]+\.\w")
_DATA = re.compile(r"[^\s@]+@[^\s@]+\.\w+|[+(]?\d[\d\s().,:/+\-]*|https?://\S+")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table begins and what parts its cells."""

    delimiter: str
    header_row: int
    """The line of the header (from 1); 0 when the file has none."""
    headers: tuple[str, ...]
    """None when nothing stands in the file."""


def find_layout(path: Path, encoding: str) -> Layout:
    """The layout of a file, found from its first records."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        head = stream.read(_HEAD).replace("\0", "")
    delimiter = _delimiter(head)
    records = list(islice(DelimitedRecords(path, encoding, delimiter), FIRST_ROWS))
    header = header_of(records)
    if header is None:
        said = (record for record in records if any(map(str.strip, record.cells)))
        width = max((len(record.cells) for record in said), default=0)
        return Layout(delimiter, 0, ("",) * width)
    return Layout(delimiter, header.line, tuple(cell.strip() for cell in header.cells))


def _delimiter(head: str) -> str:
    """The sign that cuts the most records into the same number of cells, and the most of them."""
    if named := _SEPARATOR_LINE.match(head):
        return named[1]
    if named_fields(head.partition("\n")[0].split(_WIDE_COMMA)) > 1:
        return _WIDE_COMMA
    return max(_DELIMITERS, key=lambda sign: (_evenness(head, sign), -_DELIMITERS.index(sign)))


def _evenness(head: str, delimiter: str) -> float:
    csv.field_size_limit(CELL_LIMIT)
    lines = head.splitlines(keepends=True)
    if len(head) == _HEAD and len(lines) > 1:
        lines.pop()
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0
    width, often = max(
        Counter(widths).items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0)
    )
    if width < 2:
        return 0.0
    table = widths[widths.index(width) :]
    return often / len(table) * (1 - 1 / (min(width, _WIDE) + 1)) * (0.5 + often / len(widths) / 2)


def header_of(records: Iterable[Record]) -> Record | None:
    """The header row: the record that names the most known fields; else the first that is as wide as the
    table and holds only words; None when the table has no header."""
    records = [record for record in records if not record.problem and any(map(str.strip, record.cells))]
    if not records:
        return None
    width = Counter(len(record.cells) for record in records).most_common(1)[0][0]
    named = [named_fields(record.cells) if _is_heading(record) else 0 for record in records]
    best = max(named)
    if best >= 2 or (best == 1 and (width < 3 or named[0] == 1)):
        place = named.index(best)
        return _completed(records[place], records[place - 1]) if place else records[place]
    wide = [
        record
        for record in records
        if len(record.cells) >= width and sum(map(bool, record.cells)) * 2 > width
    ]
    return wide[0] if wide and _is_heading(wide[0]) else None


def _completed(header: Record, above: Record) -> Record:
    """A header of two rows, where the upper one names the columns that the lower one leaves empty."""
    if above.line != header.line - 1 or not _is_heading(above):
        return header
    upper = [*above.cells, *[""] * len(header.cells)]
    cells = [
        cell if cell.strip() or not vocabulary().known(higher) else higher
        for cell, higher in zip(header.cells, upper, strict=False)
    ]
    return header._replace(cells=cells)


def named_fields(cells: Iterable[str]) -> int:
    """How many of the cells of a header row are names that we know."""
    words = vocabulary()
    return sum(words.known(cell) for cell in cells if 0 < len(cell) < 60)


def _is_heading(record: Record) -> bool:
    return not any(_DATA.fullmatch(cell.strip()) or _MAIL.search(cell) for cell in record.cells)
