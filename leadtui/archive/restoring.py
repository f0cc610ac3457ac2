"""An archive becomes a database again, row for row; then what is derived from the rows is computed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from leadtui.archive.attached import FOLDER, name_attached, put, put_attached
from leadtui.archive.manifest import DamagedArchive
from leadtui.archive.reading import Archive, open_archive
from leadtui.archive.tables import COUNTERS, Value, archived_tables, columns_of, quoted
from leadtui.clock import Clock
from leadtui.errors import Cancelled
from leadtui.i18n import gettext as _
from leadtui.settings import Settings
from leadtui.store.backup import restore
from leadtui.store.migrate import build
from leadtui.store.opening import SCHEMA_VERSION, connect, journal_of
from leadtui.values import Progress, untold
from leadtui.workspace import Workspace

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    leads: int
    rows: int
    kept: Path | None
    """Where what stood there before is kept."""
    settings: Path | None
    """Where the settings of the archive were put; None when there are some already, or it has none."""
    attachments: Path | None
    """The folder of the files that weren't where activities name them; None when all were."""
    unknown: tuple[str, ...]
    """Tables that another program made in the file; they are left out."""


def restore_archive(
    path: Path,
    database: Path,
    backups: Path,
    settings_file: Path,
    settings: Settings,
    clock: Clock,
    *,
    progress: Progress = untold,
    cancelled: Callable[[], bool] = lambda: False,
) -> Restored:
    """Put what an archive holds in the place of the database; what stood there is kept first.

    LeadTUIError in a sentence when the archive is damaged, foreign or newer, DatabaseError when the database
    can't be replaced: then nothing is changed.
    """
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = database.with_name(f"~{database.name}.restored.{os.getpid()}")
    with open_archive(path, SCHEMA_VERSION) as archive, ExitStack() as stack:
        stack.callback(journal_of(made).unlink, missing_ok=True)
        stack.callback(made.unlink, missing_ok=True)
        filling = _Filling(archive, progress, cancelled)
        for entry in (*archive.manifest.attachments, *filter(None, [archive.manifest.settings])):
            archive.check(entry)
        build(made, archive.manifest.schema, filling.fill)
        named = put_attached(archive, database.parent)
        if named:
            with closing(connect(made)) as connection:
                name_attached(connection, named)
        _derive(made, settings, clock, progress)
        kept = restore(made, database, backups)
        return Restored(
            leads=next(table.rows for table in archive.manifest.tables if table.name == "lead"),
            rows=filling.done,
            kept=kept,
            settings=_put_settings(archive, settings_file),
            attachments=database.parent / FOLDER if named else None,
            unknown=filling.unknown,
        )


class _Filling:
    """The rows of an archive on their way into an empty file of the same schema."""

    def __init__(self, archive: Archive, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._archive = archive
        self._progress = progress
        self._cancelled = cancelled
        self._total = sum(table.rows for table in archive.manifest.tables)
        self.done = 0
        self.unknown: tuple[str, ...] = ()

    def fill(self, connection: sqlite3.Connection) -> None:
        """Insert every row; the damage of an archive may be that a row breaks a rule of its table."""
        tables = {table.name: table for table in self._archive.manifest.tables}
        known = archived_tables(connection)
        self.unknown = tuple(name for name in tables if name not in known)
        if not {"lead", "journal_state", "journal_entry", "journal_change"} <= tables.keys():
            raise DamagedArchive(self._archive.path)
        try:
            # What SQLite counted on its own while rows came in is set right by the last table.
            for name in sorted(
                tables.keys() & set(known), key=lambda name: (name == COUNTERS, known.index(name))
            ):
                columns = tables[name].columns
                if set(columns) != set(columns_of(connection, name)):
                    raise DamagedArchive(self._archive.path)
                connection.execute(f"DELETE FROM {quoted(name)}")
                marks = ", ".join("?" * len(columns))
                names = ", ".join(map(quoted, columns))
                connection.executemany(
                    f"INSERT INTO {quoted(name)} ({names}) VALUES ({marks})",
                    self._counted(self._archive.rows(tables[name].file, columns)),
                )
            _settle_state(connection)
            if connection.execute("SELECT 1 FROM pragma_foreign_key_check").fetchone():
                raise DamagedArchive(self._archive.path)
        except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, OverflowError) as error:
            raise DamagedArchive(self._archive.path) from error
        if connection.execute("SELECT count(*) FROM journal_state").fetchone() != (1,):
            raise DamagedArchive(self._archive.path)

    def _counted(self, rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
        for row in rows:
            yield row
            self.done += 1
            if self.done % _AT_ONCE == 0:
                self._progress(self.done, self._total)
                if self._cancelled():
                    raise Cancelled(_("Restoring was stopped; nothing was changed."))


def _settle_state(connection: sqlite3.Connection) -> None:
    """No act is under way; with no mark of rules, everything derived is computed when the file is opened."""
    connection.execute("UPDATE journal_state SET entry = NULL, applying = 0, rules = ''")


def _derive(made: Path, settings: Settings, clock: Clock, progress: Progress) -> None:
    with closing(Workspace.open(made, settings, clock)) as workspace:
        workspace.maintain(progress)


def _put_settings(archive: Archive, target: Path) -> Path | None:
    entry = archive.manifest.settings
    if entry is None or target.exists():
        return None
    put(archive, entry, target)
    return target
