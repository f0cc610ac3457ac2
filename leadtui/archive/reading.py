"""An archive as it is read back: whatever somebody made of it, only what its manifest tells is taken."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from leadtui.archive.manifest import NAME, DamagedArchive, Manifest, Member, foreign, read_manifest
from leadtui.archive.tables import Value, row_of
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.store.failures import explain

_LARGEST_MANIFEST = 16 << 20
_LARGEST_ROW = 64 << 20
_PIECE = 1 << 20
_SMALL = 64 << 20
_MOST_UNPACKED = 300
"""How many bytes one byte of a large archive may stand for: rows have random identities, so ours stay far
below, and a file that was made to fill the disk is far above."""


class Archive:
    """An open archive. What is wrong with it is a LeadTUIError in a sentence, now or while it is read."""

    def __init__(self, path: Path, opened: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._zip = opened

    def rows(self, file: str, columns: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
        """The rows of a table by the name of its file, checked against the manifest at their end."""
        entry = next(table for table in self.manifest.tables if table.file == file)
        count = 0
        for line in self._lines(entry):
            try:
                row = row_of(line, columns)
            except (ValueError, RecursionError):
                raise DamagedArchive(self.path) from None
            count += 1
            yield row
        if count != entry.rows:
            raise DamagedArchive(self.path)

    def check(self, entry: Member) -> None:
        """Read one file of the archive to see that it is whole."""
        for _piece in self._pieces(entry):
            pass

    def copy(self, entry: Member, target: BinaryIO) -> None:
        """Write one file of the archive to `target`."""
        for piece in self._pieces(entry):
            target.write(piece)

    def _lines(self, entry: Member) -> Iterator[bytes]:
        rest = b""
        for piece in self._pieces(entry):
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
            if len(rest) > _LARGEST_ROW:
                raise DamagedArchive(self.path)
        if rest:
            raise DamagedArchive(self.path)

    def _pieces(self, entry: Member) -> Iterator[bytes]:
        """The bytes of a file: never more than the manifest tells, and in the end what it tells."""
        digest, size = sha256(), 0
        with _damage_told(self.path), self._zip.open(entry.file) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > entry.bytes:
                    raise DamagedArchive(self.path)
                digest.update(piece)
                yield piece
        if size != entry.bytes or digest.hexdigest() != entry.sha256:
            raise DamagedArchive(self.path)


def is_zip(path: Path) -> bool:
    """Whether a file begins as a ZIP file does."""
    try:
        with path.open("rb") as file:
            return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
    except OSError:
        return False


@contextmanager
def open_archive(path: Path, newest_schema: int) -> Iterator[Archive]:
    """The archive at `path`; LeadTUIError when it is none, is damaged, or was made by a newer LeadTUI."""
    with _damage_told(path):
        opened = zipfile.ZipFile(path)
    with opened:
        members = {member.filename: member for member in opened.infolist()}
        if NAME not in members:
            raise foreign(path)
        if members[NAME].file_size > _LARGEST_MANIFEST:
            raise DamagedArchive(path)
        with _damage_told(path):
            text = opened.read(NAME)
        manifest = read_manifest(text, path, newest_schema)
        for entry in manifest.members:
            member = members.get(entry.file)
            if member is None or member.file_size != entry.bytes:
                raise DamagedArchive(path)
        unpacked = sum(entry.bytes for entry in manifest.members)
        if unpacked > max(_SMALL, path.stat().st_size * _MOST_UNPACKED):
            raise DamagedArchive(path)
        yield Archive(path, opened, manifest)


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise DamagedArchive(path) from error
    except RuntimeError as error:
        raise LeadTUIError(
            _("{path} is protected by a password: unpack it, and pack it without one.").format(path=path)
        ) from error
    except OSError as error:
        raise LeadTUIError(explain(error, path)) from error
