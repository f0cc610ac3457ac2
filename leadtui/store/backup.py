"""Copies of the file that are whole, private, and few."""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from leadtui.errors import DatabaseError
from leadtui.i18n import gettext as _
from leadtui.store.failures import database_error, explain
from leadtui.store.opening import connect, file_version

KEPT = 10
"""How many backups of one file are kept; the oldest go first."""


def back_up(path: Path, folder: Path, why: str = "manual") -> Path:
    """Write a complete copy (0600) of the database at `path` into `folder`, and return its name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
    target = folder / f"{path.stem}-{stamp}-{why}.db"
    copy_database(path, target)
    for old in list_backups(path, folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def list_backups(path: Path, folder: Path) -> list[Path]:
    """The backups of the database at `path`, newest first."""
    # `leads-old.db` beside `leads.db` has backups too, and pruning ours must not take them.
    name = re.compile(rf"{re.escape(path.stem)}-\d{{8}}T\d{{9}}-[^/]*\.db")
    if not folder.is_dir():
        return []
    return sorted((file for file in folder.iterdir() if name.fullmatch(file.name)), reverse=True)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as one snapshot to `target` (0600), whole or not at all."""
    unfinished = target.with_name(f"~{target.name}.tmp")
    unfinished.unlink(missing_ok=True)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        origin = connect(source, read_only=True)
        try:
            copy = sqlite3.connect(unfinished)
            try:
                origin.backup(copy)
            finally:
                copy.close()
        finally:
            origin.close()
        unfinished.replace(target)
    except sqlite3.Error as error:
        raise database_error(error, source) from error
    except OSError as error:
        raise DatabaseError(explain(error, target)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(backup: Path, path: Path, folder: Path) -> Path | None:
    """Put `backup` in the place of the database; what stood there is backed up first and returned.

    A database that is too damaged to be copied is moved aside instead, so that nothing is lost.
    """
    file_version(backup)
    _check_whole(backup)
    kept: Path | None = None
    if path.exists():
        try:
            kept = back_up(path, folder, "before-restore")
        except DatabaseError:
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
            kept = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
            path.rename(kept)
    # A rollback journal that belonged to the old file would be played back into the new one.
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    copy_database(backup, path)
    return kept


def _check_whole(backup: Path) -> None:
    connection = connect(backup, read_only=True)
    try:
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise database_error(error, backup) from error
    finally:
        connection.close()
    if answer != "ok":
        raise DatabaseError(
            _("{path} is damaged and can't be restored: choose another backup.").format(path=backup)
        )
