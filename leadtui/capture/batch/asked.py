"""Which match keys are worth asking the file for: in a new file, only those that an earlier row had."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

_SLOTS = 1 << 22


class AskedKeys:
    """Remembers keys in four megabytes, however many there are; two keys of one slot cost a question."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        has_keys = connection.execute("SELECT 1 FROM match_key LIMIT 1").fetchone()
        self._slots = None if has_keys else bytearray(_SLOTS)

    def worth_asking(self, keys: Iterable[int]) -> list[int]:
        """The keys that the file may have, of those that come next; each once."""
        if self._slots is None:
            return [*set(keys)]
        slots = self._slots
        found = []
        for key in keys:
            slot = key % _SLOTS
            if slots[slot]:
                found.append(key)
            else:
                slots[slot] = 1
        return [*set(found)]
