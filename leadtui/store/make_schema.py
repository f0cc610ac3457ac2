"""Makes `schema.sql`, what the migrations lead to: `python -m leadtui.store.make_schema`.

To be run after each new migration; a test says when it was forgotten.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from leadtui.store.making import SCHEMA
from leadtui.store.migrate import migrate_empty
from leadtui.store.opening import create_file

_BY_SQLITE = ("sqlite_%", "record_search_%")
"""Tables that SQLite makes by itself."""


def migrated_schema() -> str:
    """The statements for what the migrations make of an empty file, with Alembic's note of the last one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        create_file(path)
        migrate_empty(path)
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql <> '' AND name NOT LIKE ? AND name NOT LIKE ?",
                _BY_SQLITE,
            )
            statements = [sql for (sql,) in found]
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    statements.append(f"INSERT INTO alembic_version (version_num) VALUES ('{revision}')")
    return ";\n".join(" ".join(statement.split()) for statement in statements) + "\n"


def main() -> None:
    """Write the schema."""
    SCHEMA.write_text(migrated_schema(), "utf-8")


if __name__ == "__main__":
    main()
