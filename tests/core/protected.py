"""Workbooks that are protected with a password, as office programs make them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
_NONE = 0xFFFF_FFFF
_SMALL = 4096
"""Smaller streams would have to stand in a stream of their own kind."""
_MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
 <manifest:file-entry manifest:full-path="/" \
manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="4096">
  <manifest:encryption-data manifest:checksum-type="SHA256/1K" manifest:checksum="AAAA">
   <manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" \
manifest:initialisation-vector="AAAA"/>
   <manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:iteration-count="100000" \
manifest:salt="AAAA"/>
  </manifest:encryption-data>
 </manifest:file-entry>
</manifest:manifest>
"""


def protected_xlsx(path: Path) -> Path:
    """What Excel saves with a password to open: the encrypted package in a compound file."""
    info = struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0" encoding="UTF-8"?><encryption/>'
    package = struct.pack("<Q", 5000) + bytes(range(256)) * 20
    return compound_file(path, {"EncryptionInfo": info, "EncryptedPackage": package})


def protected_xls(path: Path) -> Path:
    """What Excel 97 to 2003 saves with a password to open: a stream of records that begins with FILEPASS."""
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0x0DBB, 0x07CC, 0xC1, 0x406)
    password = struct.pack("<HHHHH", 0x002F, 6, 0, 0x1234, 0x5678)
    rest = struct.pack("<HH", 0x0042, 2) + b"\x9a\x7c" + struct.pack("<HH", 0x000A, 0)
    return compound_file(path, {"Workbook": begin + password + rest})


def protected_ods(path: Path) -> Path:
    """What LibreOffice saves with a password."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bytes(range(256)) * 16)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


def compound_file(path: Path, streams: Mapping[str, bytes]) -> Path:
    """A compound file (MS-CFB, version 3) with streams beneath its root: header, allocation table, directory,
    streams."""
    table, sectors = [_FAT, _END], b""
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for place, (name, data) in enumerate(streams.items(), start=1):
        padded = data.ljust(_SMALL, b"\0")
        padded += bytes(-len(padded) % _SECTOR)
        start, count = len(table), len(padded) // _SECTOR
        table += [*range(start + 1, start + count), _END]
        sectors += padded
        right = place + 1 if place < len(streams) else _NONE
        entries.append(_entry(name, 2, child=_NONE, start=start, size=len(padded), right=right))
    entries += [bytes(128)] * (4 - len(entries))
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0, 1, 1, 0, _SMALL,
        _END, 0, _END, 0, 0,
    )  # fmt: skip
    path.write_bytes(
        header.ljust(_SECTOR, b"\xff") + struct.pack(f"<{len(table)}I", *table) + b"".join(entries) + sectors
    )
    return path


def _entry(name: str, kind: int, *, child: int, start: int, size: int, right: int = _NONE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        text, len(text), kind, 1, _NONE, right, child, bytes(16), 0, 0, 0, start, size,
    )  # fmt: skip
