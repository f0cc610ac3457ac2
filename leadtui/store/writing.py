"""The connection that acts write with, and their transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.store.opening import connect_as

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


class WritingConnection(sqlite3.Connection):
    """A connection that is lent to a session: only `transaction` begins and ends what is written."""

    engine: Engine | None = None
    """What its sessions work with, once there was one."""

    def commit(self) -> None:
        """Left to `transaction`."""

    def rollback(self) -> None:
        """Left to `transaction`."""


def open_writer(path: Path) -> WritingConnection:
    """A connection that is kept for all acts: it reads the schema once.

    While it is open the rollback journal is emptied after each act and not deleted: deleting it takes several
    times as long as the rest of the commit, because the folder has to reach the disk too.
    """
    connection = connect_as(WritingConnection, path)
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    return connection


def close_writer(connection: WritingConnection) -> None:
    """Close it, and leave no journal beside the file."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of it or nothing; the write lock is taken at once.

    Where even taking it back fails, the connection is still in it afterwards: then it has to be closed.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # What can't be kept is often taken back already.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
