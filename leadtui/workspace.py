"""One open database: read() and act() are the only doors to the file."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leadtui.clock import Clock, SystemClock
from leadtui.errors import DatabaseError
from leadtui.i18n import gettext as _
from leadtui.settings import Settings, zone
from leadtui.store.failures import database_error
from leadtui.store.opening import SCHEMA_VERSION, change_counter, connect, create_file, file_version
from leadtui.values import Progress, untold

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.store.journal import Entry
    from leadtui.store.writing import WritingConnection

_BREATH_SECONDS = 0.005
_CACHED_KILOBYTES = 1024


class Undone(NamedTuple):
    """What an undo or a redo did: the label of the act, and the leads or records it touched."""

    label: str
    lead_ids: tuple[str, ...]
    records: tuple[str, ...] = ()
    """What the records are called, where it touched no lead: those of the kind that it changed first."""


class Workspace:
    """An open database with the clock, the user and the settings that acts and rules need.

    Safe to use from several threads: reads have a connection a thread, acts wait for each other.
    """

    def __init__(self, path: Path, settings: Settings, clock: Clock, user: str) -> None:
        self.path = path
        self.settings = settings
        self.clock = clock
        self.user = user
        self.zone: tzinfo = zone(settings)
        self.touched: tuple[str, ...] = ()
        """The ids of the leads that the last act touched."""
        self._writing = threading.RLock()
        self._thread = threading.local()
        self._held: WritingConnection | None = None
        """The connection of acts."""
        self._identity = self._file_identity()

    @classmethod
    def open(
        cls,
        path: Path,
        settings: Settings | None = None,
        clock: Clock | None = None,
        user: str | None = None,
        backup_folder: Path | None = None,
    ) -> Workspace:
        """Open the database at `path`, made or brought up to date first; DatabaseError when that can't be."""
        path = path.absolute()
        settings = settings or Settings()
        create_file(path)
        version = file_version(path)
        if not version:
            from leadtui.store.making import make_tables

            make_tables(path)
        elif version != SCHEMA_VERSION:
            from leadtui.store.migrate import migrate

            migrate(path, backup_folder or path.parent / "backups")
        opened = cls(path, settings, clock or SystemClock(), user or settings.user.name or _system_user())
        with opened.read() as connection:
            # The first read needs the schema anyway; here it tells a damaged file before it is used.
            connection.execute("SELECT replica FROM journal_state").fetchone()
        if not version:
            opened.maintain()  # says by which rules the leads to come are judged
        return opened

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that can't write; errors of SQLite come out as DatabaseError."""
        try:
            yield self._reader()
        except sqlite3.Error as error:
            self._forget_reader()
            raise database_error(error, self.path) from error

    @contextmanager
    def act(self, label: str) -> Iterator[Act]:
        """One change of the user: one transaction, one journal entry, what is derived refreshed at its end.

        An exception inside, or in the act's `progress`, leaves nothing behind.
        """
        with self._transaction(label, "act", None) as act:
            yield act

    def prepare_acts(self) -> None:
        """Open the connection of acts, so that the first one doesn't wait for it.

        What hinders it is told when there is something to write.
        """
        with self._writing, suppress(DatabaseError, sqlite3.Error):
            self._check_file()
            self._writer().execute("SELECT replica FROM journal_state")

    def undo(self, progress: Progress = untold) -> Undone | None:
        """Take back the newest act that the user made here and that still stands; None when there is none,
        UndoRefused when it can't be taken back without touching something newer.

        `progress` is told how far it is; what it raises ends it, and nothing is changed.
        """
        from leadtui.store import journal

        return self._take_back("undo", journal.undoable, progress)

    def redo(self, progress: Progress = untold) -> Undone | None:
        """Take back the newest undo, as long as no new act followed it; `progress` is that of `undo`."""
        from leadtui.store import journal

        return self._take_back("redo", journal.redoable, progress)

    def maintain(self, progress: Progress = untold) -> bool:
        """Bring what is derived in step when rules changed or another tool wrote to the file.

        Changed rules are applied in many short transactions, so that acts come between them; a run that was
        stopped (`progress` may raise) goes on where it stood. Returns whether something had to be done.
        """
        from leadtui.refresh import apply_rules, refresh, refresh_all, rules_mark
        from leadtui.store import search

        with self.read() as connection:
            refreshed, rules, version = connection.execute(
                "SELECT refreshed, rules, search_version FROM journal_state"
            ).fetchone()
            (newest,) = connection.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()
        everything = not rules or version != search.SEARCH_TEXT_VERSION
        if not everything and rules == rules_mark(self.settings) and refreshed == newest:
            return False
        with self._bare_transaction() as connection:
            refresh(connection, self.settings, self.clock.now(), self.zone)
            if everything:
                refresh_all(connection, self.settings, self.clock.now(), self.zone, progress)
        while True:
            with self._bare_transaction() as connection:
                reached = apply_rules(connection, self.settings, self.clock.now(), self.zone)
            if reached is None:
                return True
            progress(*reached)
            # Whoever waits for the lock gets it now.
            time.sleep(_BREATH_SECONDS)

    def change_counter(self) -> tuple[int, int, int]:
        """Differs from an earlier answer when somebody, we included, wrote to the file or replaced it."""
        return change_counter(self.path)

    def close(self) -> None:
        """Let go of the file."""
        self._forget_reader()
        self._forget_writer()

    def _take_back(
        self, kind: str, choose: Callable[[sqlite3.Connection, str], Entry | None], progress: Progress
    ) -> Undone | None:
        from leadtui.store.taking_back import records_of, take_back

        with self._writing:
            with self.read() as connection:
                entry = choose(connection, self.user)
            if entry is None:
                return None
            label, changes = entry.label, entry.last_change - entry.first_change + 1
            with self._transaction(label, kind, entry.id) as act:
                # Writing the old values is one half of the work, what is derived from them the other.
                act.progress = lambda done, total: progress(
                    changes + changes * done // max(total, 1), 2 * changes
                )
                take_back(act.connection, entry, lambda done: progress(done, 2 * changes))
            if self.touched:
                return Undone(label, self.touched)
            with self.read() as connection:
                return Undone(label, (), records_of(connection, entry))

    @contextmanager
    def _transaction(self, label: str, kind: str, undoes: str | None) -> Iterator[Act]:
        from leadtui.refresh import refresh
        from leadtui.store import journal
        from leadtui.store.act import Act
        from leadtui.store.writing import transaction

        with self._writing, ExitStack() as stack:
            self._check_file()
            try:
                connection = self._writer()
                with transaction(connection):
                    self._refuse_replaced()
                    now = self.clock.now()
                    number, moment = journal.open_entry(connection, label, self.user, now, kind, undoes)
                    (replica,) = connection.execute("SELECT replica FROM journal_state").fetchone()
                    act = Act(connection, now, self.user, self.settings, self.zone, replica, number, moment)
                    stack.callback(act.close)
                    yield act
                    act.flush()
                    touched = refresh(connection, self.settings, now, self.zone, act.progress)
                    act.changed = journal.close_entry(connection, number)
            except Exception as error:
                # SQLAlchemy wraps what SQLite says.
                cause = getattr(error, "orig", error)
                if isinstance(cause, sqlite3.Error):
                    raise database_error(cause, self.path) from error
                raise
            finally:
                if self._held is not None and self._held.in_transaction:
                    self._forget_writer()
            self._refuse_replaced()
            self.touched = tuple(touched)

    @contextmanager
    def _bare_transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction without a journal entry, for what is derived."""
        from leadtui.store.writing import transaction

        with self._writing:
            self._check_file()
            try:
                with closing(connect(self.path)) as connection, transaction(connection):
                    self._refuse_replaced()
                    yield connection
            except sqlite3.Error as error:
                raise database_error(error, self.path) from error

    def _writer(self) -> WritingConnection:
        if self._held is None:
            from leadtui.store.writing import open_writer

            self._held = open_writer(self.path)
        return self._held

    def _forget_writer(self) -> None:
        if self._held is not None:
            from leadtui.store.writing import close_writer

            close_writer(self._held)
            self._held = None

    def _reader(self) -> sqlite3.Connection:
        identity = self._file_identity()
        held = getattr(self._thread, "reader", None)
        if held is not None and held[0] == identity:
            connection: sqlite3.Connection = held[1]
            return connection
        self._forget_reader()
        connection = connect(self.path, read_only=True)
        # What is read in the background is long, and read once.
        behind = threading.current_thread() is not threading.main_thread()
        connection.execute(f"PRAGMA cache_size = {-_CACHED_KILOBYTES // (1 + behind)}")
        self._thread.reader = (identity, connection)
        return connection

    def _forget_reader(self) -> None:
        held = getattr(self._thread, "reader", None)
        self._thread.reader = None
        if held is not None:
            with suppress(sqlite3.Error):
                held[1].close()

    def _file_identity(self) -> tuple[int, int]:
        try:
            status = os.stat(self.path)
        except OSError as error:
            raise DatabaseError(
                _("{path} is gone: put it back, or start LeadTUI again to begin a new file.").format(
                    path=self.path
                )
            ) from error
        return status.st_dev, status.st_ino

    def _check_file(self) -> None:
        """A file that was replaced under us is looked at before it is written to."""
        identity = self._file_identity()
        if identity == self._identity:
            return
        if file_version(self.path) != SCHEMA_VERSION:
            raise DatabaseError(
                _("{path} was replaced by a file of another version: start LeadTUI again to open it.").format(
                    path=self.path
                )
            )
        self._forget_writer()
        self._identity = identity

    def _refuse_replaced(self) -> None:
        """What is written to a file that was replaced just now would be lost without a word."""
        if self._file_identity() != self._identity:
            raise DatabaseError(
                _("{path} was replaced by another file just now: nothing was saved. Try again.").format(
                    path=self.path
                )
            )


def _system_user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"
