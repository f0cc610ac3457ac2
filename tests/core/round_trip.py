"""Files that a test exports from, and imports into."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from leadtui.clock import FixedClock
from leadtui.settings import Settings
from leadtui.workspace import Workspace

NOW = 1_795_257_720_000


@contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    """A file at that path."""
    with closing(Workspace.open(path, Settings(), FixedClock(NOW), "ana")) as workspace:
        yield workspace


@contextmanager
def two_of(path: Path, folder: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Two copies of a file: what one exports, the other takes in."""
    for name in ("one.db", "two.db"):
        shutil.copy(path, folder / name)
    with opened(folder / "one.db") as one, opened(folder / "two.db") as two:
        yield one, two
