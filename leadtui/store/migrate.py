"""Bringing a file to the schema of this program: a backup first, then every step in one transaction."""

from __future__ import annotations

import io
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from alembic import command
from alembic.config import Config

import migrations
from leadtui.store import search
from leadtui.store.backup import back_up
from leadtui.store.failures import database_error
from leadtui.store.opening import APPLICATION_ID, SCHEMA_VERSION, create_file, file_version
from leadtui.store.sessions import make_engine
from leadtui.store.triggers import install_triggers


def migrate(path: Path, backup_folder: Path) -> Path | None:
    """Create the file or bring it up to date; returns the backup that was made of an older one.

    DatabaseError when the file is not ours, is newer, or can't be written.
    """
    create_file(path)
    version = file_version(path)
    if version == SCHEMA_VERSION:
        return None
    backup = back_up(path, backup_folder, f"before-schema-{SCHEMA_VERSION}") if version else None
    with _transaction(path) as connection:
        _upgrade(connection)
    return backup


def build(path: Path, version: int, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Create the file at the schema `version`, let `fill` put rows into its tables before anything records
    them, and bring it up to date; all of it or nothing.

    `fill` makes the one row of `journal_state`. What is derived is left to `Workspace.maintain`.
    """
    create_file(path)
    with _transaction(path) as connection:
        _run(connection, f"{version:04d}")
        driver: Any = connection.connection.driver_connection
        # Rows come table by table, and some name rows of a table that comes later.
        driver.execute("PRAGMA defer_foreign_keys = ON")
        fill(driver)
        search.create(driver)
        _upgrade(connection)


@contextmanager
def _transaction(path: Path) -> Iterator[sqlalchemy.Connection]:
    engine = make_engine(path)
    try:
        with engine.begin() as connection:
            yield connection
    except sqlalchemy.exc.DBAPIError as error:
        raise database_error(error.orig or error, path) from error
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    finally:
        engine.dispose()


def _upgrade(wrapped: sqlalchemy.Connection) -> None:
    """Run Alembic inside the transaction of the connection, then what is generated from the schema."""
    _run(wrapped, "head")
    connection: Any = wrapped.connection.driver_connection
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


def _run(wrapped: sqlalchemy.Connection, revision: str) -> None:
    config = Config(output_buffer=io.StringIO())
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = wrapped
    command.upgrade(config, revision)
