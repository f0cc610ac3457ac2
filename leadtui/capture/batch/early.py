"""Starting the second process of an import before it is known how its file is read.

It loads what it needs while this process loads the same, opens the database and looks at the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from leadtui.capture.files.process import expecting

LARGE = 1 << 20
"""From so many bytes on, a second process is worth its start."""
_READER = "leadtui.capture.batch.ahead"
"""Only named: to load it takes as long as to start a process."""


def expecting_rows(paths: Iterable[Path]) -> AbstractContextManager[None]:
    """Inside, the process that reads ahead is started already when one of the files is large."""
    is_large = any(path.is_file() and path.stat().st_size >= LARGE for path in paths)
    return expecting(_READER) if is_large else nullcontext()
