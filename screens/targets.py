"""What an act is for, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from leadtui.store.act import Act

Change = Callable[["Act", list[str]], None]
"""What an act does to the leads or records with these ids; of many it gets a few hundred at a time."""


class Targets(NamedTuple):
    """The leads or records that an act is for, as they were chosen when its key was pressed."""

    seqs: tuple[int, ...]
    name: str
    """The name of a single one, else how many there are (cleaned)."""
    record: str = "lead"
    """`lead`, `customer`, `contact` or `opportunity`."""
