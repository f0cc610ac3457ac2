"""Copies of the file that are whole, private, and few."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from leadtui.errors import DatabaseBusy, DatabaseError, reason
from leadtui.i18n import gettext as _
from leadtui.store.failures import database_error, explain
from leadtui.store.opening import connect, file_version, journal_of

KEPT = 10
"""How many backups of one file are kept; the oldest go first."""
_DAY = 86_400
_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
_HINDERED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def back_up(path: Path, folder: Path, why: str = "manual", spare: Path | None = None) -> Path:
    """Write a complete copy (0600) of the database at `path` into `folder`, and return its name.

    The oldest backups go, but not `spare`, and so does what a killed process left half copied.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
    target = folder / f"{path.stem}-{stamp}-{why}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put(_copied(path, target), target)
    except OSError as error:
        raise _unwritable(folder, error) from error
    for old in list_backups(path, folder)[KEPT:]:
        if spare is None or not old.samefile(spare):
            old.unlink(missing_ok=True)
    for left in folder.glob(f"~{path.stem}-*.tmp"):
        if time.time() - left.stat().st_mtime > _DAY:
            left.unlink(missing_ok=True)
    return target


def list_backups(path: Path, folder: Path) -> list[Path]:
    """The backups of the database at `path`, newest first."""
    # `leads-old.db` beside `leads.db` has backups too, and pruning ours must not take them.
    name = re.compile(rf"{re.escape(path.stem)}-\d{{8}}T\d{{9}}-[^/]*\.db")
    if not folder.is_dir():
        return []
    return sorted((file for file in folder.iterdir() if name.fullmatch(file.name)), reverse=True)


def keep(path: Path, folder: Path, why: str, spare: Path | None = None) -> Path:
    """Back up what is about to be changed; what is too damaged for SQLite is copied byte for byte.

    DatabaseBusy when somebody is writing to it.
    """
    try:
        return back_up(path, folder, why, spare)
    except DatabaseBusy:
        raise
    except DatabaseError:
        return _keep_damaged(path)


def restore(backup: Path, path: Path, folder: Path) -> Path | None:
    """Put `backup` in the place of the database; what stood there is kept first, and returned.

    DatabaseBusy when somebody is writing to the database, DatabaseError when the backup can't be used: then
    nothing is changed. Whenever it is killed, one of the two stands in its place, whole.
    """
    if not file_version(backup):
        raise DatabaseError(_("{path} is empty: choose another backup.").format(path=backup))
    _check_whole(backup)
    path = path.resolve()
    try:
        unfinished = _copied(backup, path)
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error
    try:
        with _no_other_writer(path):
            kept = keep(path, folder, "before-restore", spare=backup) if path.exists() else None
            # A rollback journal that belonged to the old file would be played back into the new one.
            journal_of(path).unlink(missing_ok=True)
            _put(unfinished, path)
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return kept


def _keep_damaged(path: Path) -> Path:
    """A copy (0600) of the bytes."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    kept = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    try:
        handle = os.open(kept, _NEW_FILE, 0o600)
        try:
            with open(handle, "wb") as copy, path.open("rb") as source:
                shutil.copyfileobj(source, copy)
        except OSError:
            kept.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DatabaseError(explain(error, path)) from error
    return kept


def _copied(source: Path, target: Path) -> Path:
    """A copy of a database as one snapshot (0600), not yet under its name, `target`."""
    unfinished = target.with_name(f"~{target.name}.tmp")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, _NEW_FILE, 0o600))
        with closing(connect(source, read_only=True)) as origin, closing(sqlite3.connect(unfinished)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")
            origin.backup(copy, progress=_refuse_to_wait)
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise database_error(error, source) from error
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    return unfinished


def _unwritable(folder: Path, error: OSError) -> DatabaseError:
    """What is said of a folder that takes no backups."""
    if error.errno == errno.ENOSPC:
        return DatabaseError(explain(error, folder))
    return DatabaseError(
        _(
            "No backup can be written to {folder} ({reason}): make that folder writable, "
            "or write an archive elsewhere with `leadtui export --all FILE.zip`."
        ).format(folder=folder, reason=reason(error))
    )


def _refuse_to_wait(status: int, remaining: int, total: int) -> None:
    """SQLite has waited as long as for any lock; Python would go on for ever."""
    if status in _HINDERED:
        raise sqlite3.OperationalError("database is locked")


def _put(unfinished: Path, target: Path) -> None:
    """Give a complete file its name, so that it keeps it when the power fails."""
    unfinished.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


@contextmanager
def _no_other_writer(path: Path) -> Iterator[None]:
    """Nobody else writes to the database meanwhile, if it is one; DatabaseBusy while somebody does."""
    with ExitStack() as stack:
        if path.exists():
            with _damage_passed_over(path):
                connection = stack.enter_context(closing(connect(path)))
                connection.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def _damage_passed_over(path: Path) -> Iterator[None]:
    """What is too damaged to be locked has no other writer either."""
    try:
        yield
    except sqlite3.Error as error:
        failure = database_error(error, path)
        if isinstance(failure, DatabaseBusy):
            raise failure from error
    except DatabaseBusy:
        raise
    except DatabaseError:
        pass


def _check_whole(backup: Path) -> None:
    with closing(connect(backup, read_only=True)) as connection:
        try:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            raise database_error(error, backup) from error
    if answer != "ok":
        raise DatabaseError(
            _("{path} is damaged and can't be restored: choose another backup.").format(path=backup)
        )
