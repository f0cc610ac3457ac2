"""What the next cursor key will ask for, read while the user looks at what the last one showed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Generic, TypeVar

from leadtui.clock import MINUTE

Value = TypeVar("Value")
AHEAD_SECONDS = 0.02
"""After so long without a key there is time to read ahead."""
_Stamp = tuple[sqlite3.Connection, int, int]
"""Whose file, its version, which changes when anybody else writes to it, and the minute."""


class ReadAhead(Generic[Value]):
    """Keeps one answer for as long as it is what would be read now."""

    def __init__(
        self, read: Callable[[sqlite3.Connection, str], Value | None], now: Callable[[], int]
    ) -> None:
        self._read = read
        self._now = now
        self._kept: tuple[str, _Stamp, Value | None] | None = None

    def look(self, connection: sqlite3.Connection, identity: str) -> Value | None:
        """Read what may be asked for next, and keep it."""
        stamp = self._stamp(connection)
        found = self._read(connection, identity)
        self._kept = (identity, stamp, found)
        return found

    def take(self, connection: sqlite3.Connection, identity: str) -> Value | None:
        """What was read ahead, once, if it still holds; else what is read now."""
        kept, self._kept = self._kept, None
        if kept is not None and kept[:2] == (identity, self._stamp(connection)):
            return kept[2]
        return self._read(connection, identity)

    def _stamp(self, connection: sqlite3.Connection) -> _Stamp:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        return connection, version, self._now() // MINUTE
