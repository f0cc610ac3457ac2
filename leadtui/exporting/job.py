"""What every kind of file is written from: the records, when and where, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TypeVar

from leadtui.errors import Cancelled
from leadtui.exporting.sheet import Sheet
from leadtui.i18n import gettext as _
from leadtui.values import Progress

Item = TypeVar("Item")
_AT_ONCE = 200


@dataclass(slots=True)
class Job:
    """One file being written. What a writer finds worth telling it notes in `written` and `cut`."""

    sheets: Sequence[Sheet]
    now: int
    zone: tzinfo
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
    _done: int = field(default=0, init=False)

    @property
    def total(self) -> int:
        """How many records are to be written."""
        return sum(len(sheet.seqs) for sheet in self.sheets)

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, told to whoever watches; Cancelled when the user stops it."""
        total = self.total
        self.progress(self._done, total)
        for item in items:
            yield item
            self._done += 1
            if self._done % _AT_ONCE == 0 or self._done == total:
                self.progress(self._done, total)
                self.go_on()

    def go_on(self) -> None:
        """Cancelled when the user stopped it."""
        if self.cancelled():
            raise Cancelled(_("The export was stopped; nothing was written."))
