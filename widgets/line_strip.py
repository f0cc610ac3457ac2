"""A strip for lines that are drawn once and never cut, which are nearly all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

_CACHES = frozenset(name for name in Strip.__slots__ if name.endswith("_cache"))
_KEPT = 16


class LineStrip(Strip):
    """Makes its caches when one is asked for, and isn't cut where there is nothing to cut.

    It is often asked for without its edge, which is a segment of its own.
    """

    __slots__ = ("_edgeless",)

    def __init__(self, segments: Iterable[Segment], cell_length: int) -> None:
        self._segments = list(segments)
        self._cell_length = cell_length
        self._render_cache = None
        self._link_ids = None
        self._cell_count = None
        self._edgeless: Strip | None = None

    def __getattr__(self, name: str) -> Any:
        if name not in _CACHES:
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(_KEPT)
        setattr(self, name, cache)
        return cache

    def crop(self, start: int, end: int | None = None) -> Strip:
        edge = self.cell_length - 1
        if (start, end) != (0, edge) or len(self._segments[-1].text) != 1:
            return super().crop(start, end)
        if self._edgeless is None:
            self._edgeless = Strip(self._segments[:-1], edge)
        return self._edgeless

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        places = list(cuts)
        return (self,) if places == [self._cell_length] else super().divide(places)
