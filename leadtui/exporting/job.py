"""What every kind of file is written from: the leads, when and where they are written, and how far it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TypeVar

from leadtui.errors import Cancelled
from leadtui.i18n import gettext as _

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Told (leads written, leads to write) now and then."""
_AT_ONCE = 200


@dataclass(slots=True)
class Job:
    """One file being written. What a writer finds worth telling it notes in `written` and `cut`."""

    connection: sqlite3.Connection
    seqs: Sequence[int]
    """The row numbers of the leads, in their order."""
    now: int
    zone: tzinfo
    kinds: Mapping[str, str]
    """The kind of each custom field, by its key."""
    for_excel: bool
    """Whether a text table begins with the mark without which Excel takes it for another encoding."""
    alarm_minutes: int | None
    """How long before a reminder the calendar rings; None for never."""
    progress: Progress
    cancelled: Callable[[], bool]
    written: int = field(default=0, init=False)
    """How many records the file holds."""
    cut: int = field(default=0, init=False)
    """How many texts were longer than this kind of file can hold."""

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, told to whoever watches; Cancelled when the user stops it."""
        total = len(self.seqs)
        self.progress(0, total)
        for done, item in enumerate(items, 1):
            yield item
            if done % _AT_ONCE == 0 or done == total:
                self.progress(done, total)
                self.go_on()

    def go_on(self) -> None:
        """Cancelled when the user stopped it."""
        if self.cancelled():
            raise Cancelled(_("The export was stopped; nothing was written."))
