"""One act: a change a user makes, in one transaction with one journal entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from leadtui.settings import Settings
from leadtui.store.chunks import rows_of
from leadtui.store.ids import lead_number, new_id, new_ids, record_number
from leadtui.values import Progress, untold

if TYPE_CHECKING:
    from sqlmodel import Session

    from leadtui.store.writing import WritingConnection


@dataclass
class Act:
    """What a verb works with while its act is open."""

    connection: WritingConnection
    """For bulk work and plain reads."""
    now: int
    author: str
    settings: Settings
    zone: tzinfo
    replica: str
    entry: int
    """The local number of the journal entry."""
    moment: int
    """When the entry was written by its own clock (ms), which is never behind the entries before it."""
    progress: Progress = untold
    """Told how many leads of how many are refreshed when the act is closed; what it raises ends the act."""
    changed: bool = False
    """Whether it left something in the journal, that undo takes back; known when the act is closed."""
    _session: Session | None = None

    @property
    def session(self) -> Session:
        """The SQLModel session of the same transaction, made when it is wanted."""
        if self._session is None:
            from leadtui.store.sessions import session_on

            self._session = session_on(self.connection)
        return self._session

    def flush(self) -> None:
        """Write what the session holds, so that the connection knows it."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Let go of the session."""
        if self._session is not None:
            self._session.close()

    def new_id(self) -> str:
        """A fresh identity for a record; the journal finds births by the moment in it."""
        return new_id(self.moment)

    def new_ids(self, count: int) -> list[str]:
        """So many fresh identities."""
        return new_ids(self.moment, count)

    def next_lead_seq(self) -> int:
        """The row number that the next lead gets; an import counts on from it."""
        return self._next_seq("lead")

    def new_number(self, record: str) -> str:
        """The number that people say for the next `customer`, `contact` or `opportunity`."""
        return record_number(record, self._next_seq(record), self.replica)

    def _next_seq(self, table: str) -> int:
        row = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return (row[0] if row else 0) + 1

    def lead_number(self, seq: int) -> str:
        """The number that people say for the lead with that row number."""
        return lead_number(seq, self.replica)

    def rows(self, statement: str, ids: Sequence[object], *more: object) -> Iterator[tuple[object, ...]]:
        """The rows of `statement` (with `{marks}` where the list of `ids` belongs, before all other
        parameters), asked in chunks so that any number of ids fits."""
        return rows_of(self.connection, statement, ids, *more)
