"""The SQLAlchemy engine behind the sessions of acts."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from leadtui.store.opening import connect


def make_engine(path: Path) -> Engine:
    """An engine with one connection, whose transactions begin by taking the write lock.

    One connection is enough, because acts wait for each other; keeping it saves reading the schema each time.
    """

    def creator() -> sqlite3.Connection:
        return connect(path)

    engine = create_engine("sqlite://", creator=creator, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> Any:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
