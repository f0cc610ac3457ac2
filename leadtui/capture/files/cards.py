"""The cards of a vCard file (2.1, 3.0, 4.0) as records, whatever is wrong with some of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from quopri import decodestring as unquoted
from typing import NamedTuple, TextIO

from leadtui.capture.files.card_fields import CARD_FIELDS, card_cells, is_group
from leadtui.capture.files.records import Record, TextRecords
from leadtui.i18n import gettext as _
from leadtui.i18n import marked

_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(r"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_PROPERTY = re.compile(r"(?:[\w-]+\.)?([A-Za-z][\w-]*)[;:]")
_PICTURES = frozenset(("PHOTO", "LOGO"))
_LEFT_OUT = _PICTURES | {"SOUND", "KEY"}
"""Properties that hold no text, and whose coding is often broken."""
_QUOTED = re.compile(r"([^:]*);(?:ENCODING=)?QUOTED-PRINTABLE([^:]*):(.*)", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r";CHARSET=\"?([\w-]+)\"?", re.IGNORECASE)
_MOST_LINES = 2000

NOT_CLOSED = marked("the card has no END:VCARD")
NOT_READ = marked("the card has a line that can't be read")
TOO_LONG = marked("the card is too long")
A_GROUP = marked("the card is a list of people, and no person")


class _Card(NamedTuple):
    line: int
    text: str
    problem: str


class CardRecords(TextRecords):
    """One record for each card: its line is that of BEGIN:VCARD, its cells stand in
    the order of `headers`, some of `CARD_FIELDS`."""

    def __init__(self, path: Path, encoding: str, headers: Sequence[str]) -> None:
        super().__init__(path, encoding)
        self.headers = tuple(headers)

    def read(self, stream: TextIO) -> Iterator[Record]:
        return map(self._record, _cards(stream))

    def _record(self, card: _Card) -> Record:
        from vobject.base import readOne

        logging.getLogger("vobject.base").setLevel(logging.CRITICAL + 1)
        problem = card.problem
        try:
            parsed = readOne(card.text, allowQP=True)
        except Exception:  # vobject lets many kinds of errors out
            problem = problem or NOT_READ
            try:
                parsed = readOne(card.text, allowQP=True, ignoreUnreadable=True)
            except Exception:
                return Record(card.line, [card.text[:2000]], _(problem))
        if parsed is None:
            return Record(card.line, [card.text[:2000]], _(NOT_READ))
        cells = card_cells(parsed)
        if is_group(parsed):
            problem = problem or A_GROUP
        return Record(
            card.line, [cells.get(header, "") for header in self.headers], _(problem) if problem else ""
        )


def card_headers(path: Path, encoding: str) -> tuple[tuple[str, ...], int]:
    """The columns that the cards of a file need, and how many pictures are left out."""
    found: set[str] = set()
    pictures = 0
    with path.open(encoding=encoding, errors="replace") as stream:
        for line in stream:
            if match := _PROPERTY.match(line):
                name = match[1].upper()
                found.add(name)
                pictures += name in _PICTURES
    return tuple(header for header, names in CARD_FIELDS.items() if found & names), pictures


def _cards(stream: TextIO) -> Iterator[_Card]:
    """Each card with the line on which it begins, without pictures, keys, and cards within it."""
    lines: list[str] = []
    start = inner = 0
    skipping = False
    for number, line in enumerate(stream, start=1):
        if _BEGIN.fullmatch(line):
            if start and lines and lines[-1].upper().startswith("AGENT"):
                inner += 1
                lines.pop()
                continue
            if start:
                yield _Card(start, _text(lines), NOT_CLOSED)
            lines, start, inner, skipping = [], number, 0, False
        elif _END.fullmatch(line):
            if inner:
                inner -= 1
            elif start:
                yield _Card(start, _text(lines), TOO_LONG if len(lines) > _MOST_LINES else "")
                start = 0
        elif start and not inner and len(lines) <= _MOST_LINES and (line.strip() or _goes_on(lines)):
            if match := _PROPERTY.match(line):
                skipping = match[1].upper() in _LEFT_OUT
            if not skipping:
                lines.append(line.replace("\0", ""))
    if start:
        yield _Card(start, _text(lines), NOT_CLOSED)


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether the last line ends in a soft break of quoted-printable; a blank line is its end then."""
    return bool(lines) and lines[-1].rstrip("\r\n").endswith("=")


def _text(lines: Sequence[str]) -> str:
    """A card that vobject reads; quoted-printable is decoded before, since it takes no wrong byte."""
    readable: list[str] = []
    rest = iter(lines[:_MOST_LINES])
    for line in rest:
        if quoted := _QUOTED.match(line):
            value = quoted[3]
            while value.rstrip("\r\n").endswith("="):
                value = value.rstrip("\r\n")[:-1] + next(rest, "").lstrip(" \t")
            line = _decoded(quoted[1] + quoted[2], value.rstrip("\r\n"))
        readable.append(line)
    return "".join(["BEGIN:VCARD\n", *readable, "END:VCARD\n"])


def _decoded(name: str, value: str) -> str:
    """A property without its quoted-printable coding; line ends in it are escaped."""
    named = _CHARSET.search(name)
    raw = unquoted(value.encode("utf-8"))
    try:
        text = raw.decode(named[1] if named else "utf-8", "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    text = text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    return f"{_CHARSET.sub('', name)}:{text}\n"
