"""What kind of file this is, told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import re
import stat
import zipfile
from pathlib import Path
from typing import NamedTuple

from leadtui.capture.files.sniff import utf_16
from leadtui.errors import LeadTUIError, reason
from leadtui.i18n import gettext as _

WORKBOOKS = frozenset(("xlsx", "xlsb", "xls", "ods"))
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_ARCHIVES = frozenset(("gzip", "bzip2", "xz", "7z"))
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype html|html|table|meta)\b", re.IGNORECASE)
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:"|\})|\[\s*[{\[\]])')
_CARD = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCARD", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""What no text has; files of old systems end with or hold single ones, and zeros fill up fields of others."""
_RARE = 25
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "Word"),
    ("Index/Document.iwa", "Numbers"),
)
_OF_OUR_ARCHIVE = frozenset(("manifest.json", "tables/lead.jsonl"))
_MANIFEST, _ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"
"""Where an open document says which of its parts are encrypted, and how it says it."""
_LARGEST_MANIFEST = 1 << 20
_MOST_UNPACKED = 2 << 30
"""More bytes than a workbook of a million rows holds."""


class Kind(NamedTuple):
    """What a file is, and its size in bytes."""

    name: str
    """`table` for delimited text, `vcard`, `json`, or one of `WORKBOOKS`."""
    size: int


def kind_of(path: Path) -> Kind:
    """The kind of a file; LeadTUIError when it can't be read, is empty, or is nothing that holds leads."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise LeadTUIError(
                _("{path} is no file that can be read twice: save what it gives as a file first.").format(
                    path=path
                )
            )
        with path.open("rb") as file:
            head = file.read(512)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise LeadTUIError(_("{path} can't be read: {why}.").format(path=path, why=why)) from error
    if not head.strip():
        raise LeadTUIError(_("{path} is empty: choose a file with a header row and leads.").format(path=path))
    return Kind(_kind(path, head), status.st_size)


def _kind(path: Path, head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(path)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    if _CARD.match(head):
        return "vcard"
    if _JSON.match(head):
        return "json"
    for beginning, other in _OTHER_KINDS:
        if head.startswith(beginning):
            raise _archive(path, other) if other in _ARCHIVES else _other(path, other)
    if _MARKUP.match(head):
        raise LeadTUIError(
            _(
                "{path} is HTML or XML, whatever its name says: open it in a spreadsheet program, "
                "save it as XLSX or CSV, and import that."
            ).format(path=path)
        )
    if not utf_16(head) and len(_CONTROLS.findall(head)) * _RARE > len(head):
        raise _other(path, _("binary"))
    return "table"


def _compound(path: Path) -> str:
    from leadtui.capture.files.compound import look_into

    try:
        found = look_into(path)
    except (OSError, ValueError) as error:
        raise damaged(path) from error
    if found.protected:
        raise protected(path)
    if found.other_program:
        raise _other(path, found.other_program)
    return "xls"


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename: member.file_size for member in archive.infolist()}
            opened = (
                archive.read("mimetype")[:80].decode("ascii", "replace")
                if 0 < members.get("mimetype", 0) < 200
                else ""
            )
            manifest = members.get(_MANIFEST, 0)
            is_protected = 0 < manifest < _LARGEST_MANIFEST and _ENCRYPTED in archive.read(_MANIFEST)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged(path) from error
    if sum(members.values()) > _MOST_UNPACKED:
        raise LeadTUIError(
            _("{path} is too large for a spreadsheet: save it as CSV and import that.").format(path=path)
        )
    if "opendocument.spreadsheet" in opened:
        if is_protected:
            raise protected(path)
        return "ods"
    kind = next((kind for member, kind in _MEMBERS if member in members), "ZIP")
    if kind in WORKBOOKS:
        return kind
    if _OF_OUR_ARCHIVE.issubset(members):
        raise LeadTUIError(
            _("{path} is an archive of LeadTUI: `leadtui restore FILE` puts back what it holds.").format(
                path=path
            )
        )
    if kind == "ZIP":
        raise _archive(path, kind)
    raise _other(path, kind)


def protected(path: Path) -> LeadTUIError:
    """What is said of a workbook that opens with a password only."""
    return LeadTUIError(
        _("{path} is protected by a password: save it without one, and import that.").format(path=path)
    )


def damaged(path: Path) -> LeadTUIError:
    """What is said of a workbook that can't be opened."""
    return LeadTUIError(
        _("{path} is a damaged spreadsheet: open it in its program, save it again, and import that.").format(
            path=path
        )
    )


def _archive(path: Path, kind: str) -> LeadTUIError:
    return LeadTUIError(
        _("{path} is a {kind} archive: unpack it, and import the files in it.").format(path=path, kind=kind)
    )


def _other(path: Path, kind: str) -> LeadTUIError:
    return LeadTUIError(
        _("{path} is a {kind} file: save it as CSV and import that.").format(path=path, kind=kind)
    )
