"""A file of an older version comes to the newest schema without losing a row, a backup beside it."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import migrations
from leadtui.settings import Settings
from leadtui.store import search
from leadtui.store.opening import APPLICATION_ID, SCHEMA_VERSION
from leadtui.workspace import Workspace

NOW = 1_790_000_000_000
TABLES = {
    "lead": "id, number, company, status, acquired_at, custom",
    "activity": "id, lead_id, at, content, next_due",
    "tag": "id, lead_id, name",
}


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file as the first version made it, with a lead, an activity and a tag."""
    path = tmp_path / "leads.db"
    config = Config(output_buffer=io.StringIO())
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "INSERT INTO journal_state (one, replica, search_version) VALUES (1, ?, ?)",
            ("018f0000-0000-7000-8000-000000000000", search.SEARCH_TEXT_VERSION),
        )
        search.create(old)
        old.execute(
            """INSERT INTO lead (seq, id, number, company, acquired_at, created_at, custom, rank)
               VALUES (7, 'l1', 'L-000007', 'Nova', ?, ?, '{"a": 1}', 5)""",
            (NOW, NOW),
        )
        old.execute("INSERT INTO activity (id, lead_id, at, content) VALUES ('a1', 'l1', ?, '你好')", (NOW,))
        old.execute("INSERT INTO tag (id, lead_id, name) VALUES ('t1', 'l1', 'vip')")
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT {columns} FROM {table}").fetchall()
            for table, columns in TABLES.items()
        }


def test_everything_is_still_there_and_can_be_worked_on(old_file: Path) -> None:
    before = rows(old_file)
    with closing(
        Workspace.open(old_file, Settings(), backup_folder=old_file.parent / "backups")
    ) as workspace:
        assert rows(old_file) == before
        workspace.maintain()
        with workspace.act("Delete") as act:
            act.connection.execute("DELETE FROM activity")
        workspace.undo()
        assert rows(old_file) == before
        with workspace.read() as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_the_old_file_is_kept_as_a_backup(old_file: Path) -> None:
    before = rows(old_file)
    Workspace.open(old_file, Settings(), backup_folder=old_file.parent / "backups").close()
    (backup,) = (old_file.parent / "backups").iterdir()
    assert rows(backup) == before
