"""A row while its cells are read, and the memory that makes repeated cells cheap."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from leadtui.i18n import gettext as _
from leadtui.qualify.limits import LINE_LIMIT

_REMEMBERED = 5000
_LONGEST_REMEMBERED = 100
_Value = TypeVar("_Value")


class Memory(dict[str, _Value]):
    """What became of a cell that was seen before; forgets all when it grows large."""

    def __init__(self, read: Callable[[str], _Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> _Value:
        value = self._read(cell)
        if len(cell) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[cell] = value
        return value


class Draft:
    """A row while its cells are read. Written out, because a data class takes twice as long to make."""

    __slots__ = (
        "amounts", "converted", "custom", "deleted", "emails", "leftovers", "mobiles", "names", "phones",
        "tags", "values",
    )  # fmt: skip

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.custom: dict[str, str] = {}
        self.tags: tuple[str, ...] = ()
        self.phones: list[str] = []
        self.mobiles: list[str] = []
        self.emails: list[str] = []
        self.names: dict[str, str] = {}
        """Parts of the person's name."""
        self.amounts: list[tuple[str, str, str]] = []
        """(field, header, cell) of each budget column."""
        self.converted = False
        self.deleted = False
        self.leftovers: list[tuple[str, str, str]] = []
        """(header, text, why): what a cell held that isn't what its column is."""

    def line(self, header: str, text: str) -> str:
        """A text of one line, cut when it is too long; then the whole of it is left over."""
        if len(text) <= LINE_LIMIT:
            return text
        self.leftovers.append((header, text, _("is too long")))
        return text[: LINE_LIMIT - 1] + "…"


Step = Callable[[Draft, str], None]
