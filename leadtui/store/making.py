"""Making a new file: the schema that all migrations lead to, in one go.

To load Alembic takes longer than to open the inbox, and a new file has nothing to bring along.
"""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from leadtui.store import search
from leadtui.store.failures import database_error
from leadtui.store.opening import APPLICATION_ID, SCHEMA_VERSION, connect
from leadtui.store.triggers import install_triggers
from leadtui.store.writing import transaction

SCHEMA = Path(__file__).with_name("schema.sql")
"""What the migrations make (see `make_schema`)."""


def make_tables(path: Path) -> None:
    """Give an empty file its tables; all of them or none. DatabaseError when it can't be written.

    A file that another process made meanwhile is left as it is.
    """
    with closing(connect(path)) as connection:
        try:
            with transaction(connection):
                if connection.execute("PRAGMA user_version").fetchone() == (0,):
                    for statement in SCHEMA.read_text("utf-8").split(";\n"):
                        connection.execute(statement)
                    complete(connection)
        except sqlite3.Error as error:
            raise database_error(error, path) from error


def complete(connection: sqlite3.Connection) -> None:
    """What is not in a migration, because it is made of the schema or differs from file to file."""
    has_state = connection.execute("SELECT count(*) FROM journal_state").fetchone()[0]
    if not has_state:
        connection.execute(
            "INSERT INTO journal_state (one, replica, search_version) VALUES (1, ?, ?)",
            (str(uuid.uuid4()), search.SEARCH_TEXT_VERSION),
        )
        search.create(connection)
    install_triggers(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
