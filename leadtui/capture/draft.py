"""A row while its cells are read, and the memory that makes repeated cells cheap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from leadtui.i18n import gettext as _
from leadtui.qualify.drafts import LINE_LIMIT

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


@dataclass(slots=True)
class Draft:
    """A row while its cells are read."""

    values: dict[str, object] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    phones: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Parts of the person's name."""
    amounts: list[tuple[str, str, str]] = field(default_factory=list)
    """(field, header, cell) of each budget column."""
    converted: bool = False
    deleted: bool = False
    leftovers: list[tuple[str, str, str]] = field(default_factory=list)
    """(header, text, why): what a cell held that isn't what its column is."""

    def line(self, header: str, text: str) -> str:
        """A text of one line, cut when it is too long; then the whole of it is left over."""
        if len(text) <= LINE_LIMIT:
            return text
        self.leftovers.append((header, text, _("is too long")))
        return text[: LINE_LIMIT - 1] + "…"


Step = Callable[[Draft, str], None]
