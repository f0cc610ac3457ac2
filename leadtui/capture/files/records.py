"""What every kind of file is read as: records, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, ClassVar, NamedTuple, Protocol, TextIO


class Record(NamedTuple):
    """The cells of one record and the line of the file (from 1) on which it begins."""

    line: int
    cells: list[str]
    problem: str = ""
    """Why the record can't be used; empty for a good one."""


class RecordSource(Protocol):
    """The records of a file, whatever kind it is; to be iterated once."""

    @property
    def position(self) -> int:
        """How many bytes of the file were read."""

    def __iter__(self) -> Iterator[Record]: ...


class TextRecords:
    """The records of a text file: a source that opens it, and knows how far it was read.

    Bytes that are wrong in the encoding become U+FFFD.
    """

    NEWLINE: ClassVar[str | None] = None
    """How line ends are read, as `open` takes it."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self._raw: BinaryIO | None = None
        self._end = 0

    @property
    def position(self) -> int:
        """How many bytes of the file were read."""
        return self._raw.tell() if self._raw else self._end

    def __iter__(self) -> Iterator[Record]:
        with (
            self.path.open("rb") as self._raw,
            TextIOWrapper(
                self._raw, encoding=self.encoding, errors="replace", newline=self.NEWLINE
            ) as stream,
        ):
            yield from self.read(stream)
            self._end = self._raw.tell()
            self._raw = None

    def read(self, stream: TextIO) -> Iterator[Record]:
        """The records of the open file."""
        raise NotImplementedError
