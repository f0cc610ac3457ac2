"""Which rows and columns of a sheet of an XLSX workbook nobody sees: hidden by hand, or filtered out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

_LARGEST = 512 << 20
"""A sheet with more bytes than this (unpacked) isn't looked through."""
_LARGEST_INDEX = 4 << 20
_PIECE = 1 << 20
_LONGEST_TAG = 1 << 12
_TAGS = (
    ("column", re.compile(rb"<(?:\w+:)?col\s([^>]*)>")),
    ("row", re.compile(rb"<(?:\w+:)?row\s([^>]*)>")),
)
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Hidden(NamedTuple):
    """What nobody sees of a table."""

    rows: int = 0
    columns: tuple[int, ...] = ()
    """By index in the table."""


def hidden_in(path: Path, sheet: str, header_row: int, left: int, width: int) -> Hidden:
    """What is hidden of the table below `header_row` (from 1) whose `width` columns begin at `left` (from 0);
    nothing in a workbook of another kind, or one that says it in no way we know."""
    rows = 0
    columns: set[int] = set()
    with suppress(zipfile.BadZipFile, ElementTree.ParseError, KeyError, OSError, ValueError, EOFError):
        if not zipfile.is_zipfile(path):
            return Hidden()
        with zipfile.ZipFile(path) as archive:
            for kind, found in _hidden_tags(archive, _part(archive, sheet)):
                if kind == "row":
                    rows += not found.endswith(b"/") and _number(found, b"r") > header_row
                else:
                    last = min(_number(found, b"max"), left + width)
                    columns.update(range(_number(found, b"min") - 1 - left, last - left))
    return Hidden(rows, tuple(sorted(column for column in columns if column >= 0)))


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part that holds a sheet; KeyError when there is none."""
    targets = {
        each.get("Id"): each.get("Target", "") for each in _index(archive, "xl/_rels/workbook.xml.rels")
    }
    for each in _index(archive, "xl/workbook.xml"):
        if each.tag.endswith("}sheet") and each.get("name") == sheet:
            target = targets[each.get(_ID)]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _index(archive: zipfile.ZipFile, name: str) -> Iterator[ElementTree.Element]:
    if archive.getinfo(name).file_size > _LARGEST_INDEX:
        raise KeyError(name)
    return ElementTree.fromstring(archive.read(name)).iter()


def _hidden_tags(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    """(`row` or `column`, attributes) of what is hidden."""
    if archive.getinfo(name).file_size > _LARGEST:
        return
    before = b""
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            text = before + piece
            end = text.rfind(b">") + 1
            for kind, pattern in _TAGS if b"hidden=" in text else ():
                for tag in pattern.finditer(text, 0, end):
                    if _HIDDEN.search(tag[1]):
                        yield kind, tag[1]
            before = text[end:][-_LONGEST_TAG:]


def _number(attributes: bytes, name: bytes) -> int:
    """The value of an attribute that is a number; ValueError when there is none."""
    found = re.search(rb"(?:^|\s)" + name + rb"""=["'](\d{1,7})["']""", attributes)
    if found is None:
        raise ValueError(name)
    return int(found[1])
