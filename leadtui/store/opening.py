"""Opening the file: whose it is, which version it has, and the connections to it.

Nothing here imports SQLModel or Alembic, because the first screen waits for it.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TypeVar

from leadtui.errors import DatabaseError
from leadtui.i18n import gettext as _
from leadtui.store.failures import database_error, explain

APPLICATION_ID = 0x4C544449
"""Bytes 68 to 71 of every file of ours: 'LTDI'."""
SCHEMA_VERSION = 2
"""The `user_version` of a file that this program reads and writes."""
BUSY_SECONDS = 10.0
Kind = TypeVar("Kind", bound=sqlite3.Connection)


def create_file(path: Path) -> None:
    """Make an empty private file (0600) at `path`, with its folder; an existing one is left alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error


def file_version(path: Path) -> int:
    """The schema version of the file, 0 when it is empty; DatabaseError when it is not ours or is newer."""
    try:
        if _is_begun(journal_of(path)):
            _roll_back(path)
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error
    if not head:
        return 0
    if len(head) < 100 or not head.startswith(b"SQLite format 3\x00"):
        raise DatabaseError(
            _(
                "{path} is not a LeadTUI database: choose another file with --db, "
                "or restore a backup with `leadtui restore`."
            ).format(path=path)
        )
    version = int.from_bytes(head[60:64])
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise DatabaseError(
            _("{path} is a database of another program: choose another file with --db.").format(path=path)
        )
    if version > SCHEMA_VERSION:
        raise DatabaseError(
            _(
                "{path} was written by a newer LeadTUI (schema {found}, this one knows {known}): "
                "update LeadTUI to open it."
            ).format(path=path, found=version, known=SCHEMA_VERSION)
        )
    return version


def journal_of(path: Path) -> Path:
    """Where SQLite keeps the rollback journal of a database: beside the file, not beside a link to it."""
    return Path(f"{os.path.realpath(path)}-journal")


def _is_begun(journal: Path) -> bool:
    """Whether a journal holds anything; while the app is open, an empty one lies there between its acts."""
    try:
        return journal.stat().st_size > 0
    except FileNotFoundError:
        return False


def _roll_back(path: Path) -> None:
    """Let SQLite take back what a killed process left half done, before the head of the file is believed."""
    connection = connect(path, read_only=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    finally:
        connection.close()


def prepare(connection: sqlite3.Connection, *, read_only: bool) -> None:
    """Set what every connection of ours has: at rest the file is one complete file, nothing dangles."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA synchronous = FULL")


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode to an existing file; DatabaseError in one sentence."""
    return connect_as(sqlite3.Connection, path, read_only=read_only)


def connect_as(kind: type[Kind], path: Path, *, read_only: bool = False) -> Kind:
    """A connection of some kind.

    A reading connection is opened for writing too, and then kept from it: only so can it roll back what a
    killed process left half done.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=kind,
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
