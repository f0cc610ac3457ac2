"""Opening the file: whose it is, which version it has, and the connections to it.

Nothing here imports SQLModel or Alembic, because the first screen waits for it.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from leadtui.errors import DatabaseBusy, DatabaseError
from leadtui.i18n import gettext as _

APPLICATION_ID = 0x4C544449
"""Bytes 68 to 71 of every file of ours: 'LTDI'."""
SCHEMA_VERSION = 1
"""The `user_version` of a file that this program reads and writes."""
BUSY_SECONDS = 10.0


def create_file(path: Path) -> None:
    """Make an empty private file (0600) at `path`, with its folder; an existing one is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error


def file_version(path: Path) -> int:
    """The schema version of the file, 0 when it is empty; DatabaseError when it is not ours or is newer."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error
    if not head:
        return 0
    if len(head) < 100 or not head.startswith(b"SQLite format 3\x00"):
        raise DatabaseError(
            _("{path} is not a LeadTUI database: choose another file with --db, or restore a backup with `leadtui restore`.").format(
                path=path
            )
        )
    version = int.from_bytes(head[60:64])
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise DatabaseError(
            _("{path} is a database of another program: choose another file with --db.").format(path=path)
        )
    if version > SCHEMA_VERSION:
        raise DatabaseError(
            _("{path} was written by a newer LeadTUI (schema {found}, this one knows {known}): update LeadTUI to open it.").format(
                path=path, found=version, known=SCHEMA_VERSION
            )
        )
    return version


def prepare(connection: sqlite3.Connection, *, read_only: bool) -> None:
    """Set what every connection of ours has: at rest the file is one complete file, nothing dangles."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA synchronous = FULL")


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode to an existing file; DatabaseError in one sentence.

    A reading connection is opened for writing too, and then kept from it: only so can it roll back what a
    killed process left half done.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        prepare(connection, read_only=read_only)
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    return connection


def change_counter(path: Path) -> tuple[int, int, int]:
    """(device, inode, change counter) of the file: differs when somebody wrote to it or replaced it."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        file.seek(24)
        return status.st_dev, status.st_ino, int.from_bytes(file.read(4))


def explain(error: BaseException, path: Path) -> str:
    """One sentence for a failure of SQLite or of the file system, with what to do."""
    text = str(error).lower()
    if isinstance(error, OSError):
        if isinstance(error, FileNotFoundError):
            return _("{path} does not exist: check the name, or leave --db out to use the default file.").format(path=path)
        if isinstance(error, PermissionError):
            return _("{path} can't be opened: you have no permission for it.").format(path=path)
        if isinstance(error, IsADirectoryError):
            return _("{path} is a folder: name the file in it, for example {path}/leads.db.").format(path=path)
        return _("{path} can't be used: {reason}.").format(path=path, reason=error.strerror or text)
    if "locked" in text or "busy" in text:
        return _("Another program is writing to {path}: try again when it has finished.").format(path=path)
    if "readonly" in text or "read-only" in text:
        return _("{path} is read-only: nothing was saved. Make it writable, or work on a copy with --db.").format(path=path)
    if "full" in text:
        return _("The disk is full: nothing was saved and nothing was lost. Free some space and try again.")
    if "not a database" in text or "malformed" in text or "corrupt" in text:
        return _(
            "{path} is damaged: run `leadtui doctor` to see what can be read, or `leadtui restore` to go back to a backup."
        ).format(path=path)
    if "unable to open" in text:
        return _("{path} can't be opened: check that the file and its folder exist and are yours.").format(path=path)
    if "disk i/o" in text:
        return _("{path} can't be read or written: the disk reported an error. Nothing was saved.").format(path=path)
    return _("The database refused: {reason}. Nothing was saved.").format(reason=str(error).rstrip("."))


def database_error(error: BaseException, path: Path) -> DatabaseError:
    """The error to raise for a failure of SQLite."""
    text = str(error).lower()
    kind = DatabaseBusy if "locked" in text or "busy" in text else DatabaseError
    return kind(explain(error, path))
