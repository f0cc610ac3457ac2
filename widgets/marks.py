"""Which leads of a list are marked: some, or all but some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol


class Order(Protocol):
    """All leads of a view in the order in which they are shown."""

    def __len__(self) -> int: ...

    def seq(self, line: int, /) -> int: ...

    def index(self, seq: int, /) -> int | None: ...


class ShortOrder:
    """The order of a list that is short enough to be held as it is: a first page."""

    def __init__(self, seqs: Sequence[int]) -> None:
        self._seqs = list(seqs)

    def __len__(self) -> int:
        return len(self._seqs)

    def seq(self, line: int, /) -> int:
        return self._seqs[line]

    def index(self, seq: int, /) -> int | None:
        try:
            return self._seqs.index(seq)
        except ValueError:
            return None


class Marks:
    """A set of leads by their row number that can hold a million without listing them."""

    def __init__(self) -> None:
        self._all = False
        self._exceptions: set[int] = set()

    def __contains__(self, seq: int) -> bool:
        return (seq in self._exceptions) != self._all

    def toggle(self, seq: int) -> None:
        """Mark a lead, or take its mark away."""
        self._exceptions ^= {seq}

    def mark_all(self) -> None:
        self._all = True
        self._exceptions.clear()

    def clear(self) -> None:
        self._all = False
        self._exceptions.clear()

    def count(self, order: Order) -> int:
        """How many leads of `order` are marked."""
        return len(order) - len(self._exceptions) if self._all else len(self._exceptions)

    def of(self, order: Order) -> Iterator[int]:
        """The marked leads: in their order when all are marked, else as they stand."""
        if not self._all:
            return iter(sorted(self._exceptions, key=lambda seq: order.index(seq) or 0))
        return (seq for seq in map(order.seq, range(len(order))) if seq not in self._exceptions)
