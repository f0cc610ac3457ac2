"""Bringing an older file to the schema of this program: a backup first, then all steps in one transaction."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config

import migrations
from leadtui.store import search
from leadtui.store.backup import back_up
from leadtui.store.failures import database_error
from leadtui.store.making import complete
from leadtui.store.opening import SCHEMA_VERSION, create_file
from leadtui.store.sessions import engine_on
from leadtui.store.writing import WritingConnection, close_writer, open_writer, transaction


def migrate(path: Path, backup_folder: Path) -> Path:
    """Bring a file of an older schema up to date; returns the backup that was made of it.

    DatabaseError when it can't be written.
    """
    backup = back_up(path, backup_folder, f"before-schema-{SCHEMA_VERSION}")
    with _transaction(path) as connection:
        _run(connection, "head")
        complete(connection)
    return backup


def build(path: Path, version: int, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Create the file at the schema `version`, let `fill` put rows into its tables before anything records
    them, and bring it up to date; all of it or nothing.

    `fill` makes the one row of `journal_state`. What is derived is left to `Workspace.maintain`.
    """
    create_file(path)
    with _transaction(path) as connection:
        _run(connection, f"{version:04d}")
        # Rows come table by table, and some name rows of a table that comes later.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        fill(connection)
        search.create(connection)
        _run(connection, "head")
        complete(connection)


def migrate_empty(path: Path) -> None:
    """Let the migrations make what they make of an empty file."""
    with _transaction(path) as connection:
        _run(connection, "head")


@contextmanager
def _transaction(path: Path) -> Iterator[WritingConnection]:
    try:
        connection = open_writer(path)
        try:
            with transaction(connection):
                yield connection
        finally:
            close_writer(connection)
    except sqlalchemy.exc.DBAPIError as error:
        raise database_error(error.orig or error, path) from error
    except sqlite3.Error as error:
        raise database_error(error, path) from error


def _run(connection: WritingConnection, revision: str) -> None:
    """Let Alembic make its steps in the running transaction."""
    config = Config(output_buffer=io.StringIO())
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine_on(connection).connect() as config.attributes["connection"]:
        command.upgrade(config, revision)
