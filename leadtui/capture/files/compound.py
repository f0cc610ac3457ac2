"""Compound files (MS-CFB), in which office programs keep old workbooks and those with a password."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import NamedTuple

_BEGIN = struct.pack("<HH", 0x0809, 16)
"""The record that begins a stream of BIFF8; after its version, 0x0005 says that it is a workbook."""
_WORKBOOK = struct.pack("<H", 0x0005)
_FILEPASS = 0x002F
_RECORDS = 4
"""So many records at most stand before the one that says how the rest is encrypted."""
_OTHERS = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint", "__properties_version1.0": "Outlook"}
"""The stream that each other program writes."""


class Compound(NamedTuple):
    """What a compound file is, as far as it tells without being read."""

    protected: bool
    """Whether it can be opened with a password only."""
    other_program: str
    """Which program that keeps no tables wrote it; empty where none that is known did."""


def look_into(path: Path) -> Compound:
    """What a compound file is; OSError or ValueError when it can't be read."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return Compound(
            _holds(data, "EncryptedPackage") or _has_filepass(data),
            next((program for stream, program in _OTHERS.items() if _holds(data, stream)), ""),
        )


def _holds(data: mmap.mmap, stream: str) -> bool:
    """Whether the directory names a stream: the name, its length in bytes, and that it is a stream."""
    name = stream.encode("utf-16-le")
    return data.find(name.ljust(64, b"\0") + struct.pack("<HB", len(name) + 2, 2)) >= 0


def _has_filepass(data: mmap.mmap) -> bool:
    """Whether the records of an old workbook begin with the one that says that the rest is encrypted."""
    at = data.find(_BEGIN)
    while at >= 0:
        if at % 64 == 0 and data[at + 6 : at + 8] == _WORKBOOK:
            for _record in range(_RECORDS):
                kind, size = struct.unpack("<HH", data[at : at + 4].ljust(4, b"\0"))
                if kind == _FILEPASS:
                    return True
                at += 4 + size
            return False
        at = data.find(_BEGIN, at + 1)
    return False
