"""A strip for lines that are drawn once and never cut, which are nearly all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

_CACHES = frozenset(name for name in Strip.__slots__ if name.endswith("_cache"))
_KEPT = 16
_NOTHING = Strip([], 0)


class LineStrip(Strip):
    """Makes its caches when one is asked for, and isn't cut where there is nothing to cut.

    Of a panel to the right of a changed one, Textual asks for a crop of no cells, line by line.
    """

    __slots__ = ()

    def __init__(self, segments: Iterable[Segment], cell_length: int) -> None:
        self._segments = list(segments)
        self._cell_length = cell_length
        self._render_cache = None
        self._link_ids = None
        self._cell_count = None

    def __getattr__(self, name: str) -> Any:
        if name not in _CACHES:
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(_KEPT)
        setattr(self, name, cache)
        return cache

    def crop(self, start: int, end: int | None = None) -> Strip:
        return _NOTHING if end == start else super().crop(start, end)

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        places = list(cuts)
        return (self,) if places == [self._cell_length] else super().divide(places)
