"""Everything out: every table with the journal, the settings, the files that activities name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from leadtui import __version__
from leadtui.archive.attached import FOLDER, attached_file
from leadtui.archive.manifest import NAME, FileMember, Manifest, Member, TableMember
from leadtui.archive.readme import README
from leadtui.archive.tables import archived_tables, columns_of, count_of, lines_of
from leadtui.errors import Cancelled, UsageError
from leadtui.exporting.whole import check_place, whole_file
from leadtui.i18n import gettext as _
from leadtui.store.backup import back_up
from leadtui.store.opening import SCHEMA_VERSION, connect
from leadtui.values import Progress, untold

_AT_ONCE = 1000
_SETTINGS = "settings/config.toml"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Archived:
    """What was written."""

    path: Path
    leads: int
    rows: int
    attachments: int


@dataclass(slots=True)
class _Writing:
    """An archive while it is written."""

    archive: ZipFile
    at: datetime
    total: int
    progress: Progress
    cancelled: Callable[[], bool]
    done: int = 0

    def add(self, name: str, pieces: Iterable[bytes]) -> Member:
        """One file, written piece by piece."""
        info = ZipInfo(name, self.at.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        digest, size = sha256(), 0
        with self.archive.open(info, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
        return Member(name, size, digest.hexdigest())

    def counted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The rows, told to whoever watches, in pieces that are worth compressing."""
        pieces: list[bytes] = []
        for line in lines:
            pieces.append(line)
            self.done += 1
            if self.done % _AT_ONCE == 0:
                yield b"".join(pieces)
                pieces.clear()
                self.progress(self.done, self.total)
                if self.cancelled():
                    raise Cancelled(_("The export was stopped; nothing was written."))
        yield b"".join(pieces)


def write_archive(
    path: Path,
    database: Path,
    settings: Path,
    at: datetime,
    *,
    replace: bool = False,
    progress: Progress = untold,
    cancelled: Callable[[], bool] = lambda: False,
) -> Archived:
    """Write everything of `database` to a ZIP file (0600) at `path`, as it is at this moment.

    It is read from a copy, so that nobody waits for it. UsageError when the name doesn't end in .zip;
    LeadTUIError when there is a file already and it may not be replaced, or it can't be written.
    """
    if path.suffix.lower() != ".zip":
        raise UsageError(_("{name}: the name of an archive must end in .zip.").format(name=path.name))
    check_place(path, database, replace=replace)
    with TemporaryDirectory(prefix="leadtui-") as folder:
        copy = back_up(database, Path(folder), "archive")
        with (
            closing(connect(copy, read_only=True)) as connection,
            whole_file(path) as file,
            ZipFile(file, "w") as archive,
        ):
            tables = {name: count_of(connection, name) for name in archived_tables(connection)}
            work = _Writing(archive, at, sum(tables.values()), progress, cancelled)
            progress(0, work.total)
            work.add("README.txt", [README.encode()])
            has_settings = settings.is_file()
            manifest = Manifest(
                schema=SCHEMA_VERSION,
                program=__version__,
                made_at=at.isoformat(timespec="seconds"),
                tables=tuple(_table(work, connection, name, rows) for name, rows in tables.items()),
                settings=_file(work, _SETTINGS, settings, str(settings)) if has_settings else None,
                attachments=tuple(_attachments(work, connection, database.parent)),
            )
            work.add(NAME, [manifest.as_json().encode()])
        progress(work.total, work.total)
    return Archived(path, tables["lead"], work.total, len(manifest.attachments))


def _table(work: _Writing, connection: sqlite3.Connection, name: str, rows: int) -> TableMember:
    columns = columns_of(connection, name)
    member = work.add(f"tables/{name}.jsonl", work.counted(lines_of(connection, name, columns)))
    return TableMember(member.file, member.bytes, member.sha256, name, columns, rows)


def _file(work: _Writing, name: str, path: Path, named: str) -> FileMember:
    with path.open("rb") as file:
        member = work.add(name, iter(lambda: file.read(_PIECE), b""))
    return FileMember(member.file, member.bytes, member.sha256, named)


def _attachments(work: _Writing, connection: sqlite3.Connection, beside: Path) -> Iterator[FileMember]:
    """The files that activities name and that are there."""
    found = connection.execute("SELECT DISTINCT attachment FROM activity WHERE attachment <> '' ORDER BY 1")
    there = ((text, path) for (text,) in found if (path := attached_file(text, beside)))
    for number, (text, path) in enumerate(there, 1):
        yield _file(work, f"{FOLDER}/{number:05d}-{path.name}", path, text)
