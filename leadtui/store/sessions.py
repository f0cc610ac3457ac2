"""The SQLAlchemy engine behind the sessions of acts."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from leadtui.store.opening import connect


def make_engine(path: Path) -> Engine:
    """An engine with one connection, whose transactions begin by taking the write lock.

    One connection is enough, because acts wait for each other; keeping it saves reading the schema each time.
    While it is open the rollback journal is emptied after each act and not deleted: deleting it takes several
    times as long as the rest of the commit, because the folder has to reach the disk too.
    """

    def creator() -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        return connection

    engine = create_engine("sqlite://", creator=creator, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> Any:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "close")
    def close(connection: sqlite3.Connection, record: object) -> None:
        with suppress(sqlite3.Error):
            connection.execute("PRAGMA journal_mode = DELETE")

    return engine
