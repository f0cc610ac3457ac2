"""The likely pairs among many leads, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from leadtui.qualify.duplicates.blocking import Blocks
from leadtui.qualify.duplicates.identity import Identity
from leadtui.qualify.duplicates.weighing import Evidence, weigh
from leadtui.values import Progress, untold

_AT_ONCE = 2000
_GATHERING = 0.6
"""The share of the work that gathering is, roughly."""


class Match(NamedTuple):
    """Two leads that may be the same, by their row numbers, the smaller first."""

    one: int
    other: int
    score: int
    evidence: tuple[Evidence, ...]


def find_matches(
    leads: Iterable[Identity],
    total: int,
    read: Callable[[list[int]], Mapping[int, Identity]],
    least: int,
    progress: Progress = untold,
) -> list[Match]:
    """The pairs among `leads`, `total` in number, that score `least` or more; best first.

    Only keys are kept of the leads: `read` gives those again, by row number, that have a pair to be weighed.
    """
    blocks = Blocks()
    steps = round(total / _GATHERING)
    for done, lead in enumerate(leads):
        blocks.add(lead)
        if done % _AT_ONCE == 0:
            progress(done, steps)
    pairs = sorted(blocks.pairs())
    known = read(sorted({seq for pair in pairs for seq in pair}))
    found: list[Match] = []
    for done, (one, other) in enumerate(pairs):
        if done % _AT_ONCE == 0:
            progress(total + (steps - total) * done // len(pairs), steps)
        if one in known and other in known:
            score, evidence = weigh(known[one], known[other], least)
            if score >= least:
                found.append(Match(one, other, score, evidence))
    progress(steps, steps)
    return sorted(found, key=lambda match: (-match.score, match.one, match.other))
