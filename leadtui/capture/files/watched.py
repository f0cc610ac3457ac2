"""A folder whose files are brought in as they appear: which are complete, and where they go afterwards."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from leadtui.capture.files.endings import may_hold_leads
from leadtui.errors import UsageError
from leadtui.i18n import gettext as _

_SETTLED = 2.0
"""Seconds without a change after which a file is taken for complete."""
_PLACES = ("done", "failed")
_OUR_ENDING = ".skipped"


class _Seen(NamedTuple):
    """A file as it was when it was last looked at."""

    size: int
    changed: int
    since: float


class WatchedFolder:
    """The files of one folder; those in its own folders `done` and `failed` are left alone."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """UsageError when there is no such folder, or nothing can be moved in it."""
        if not folder.is_dir():
            raise UsageError(_("{path} is no folder: name one to watch.").format(path=folder))
        self.folder = folder
        try:
            for name in _PLACES:
                (folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise UsageError(
                _("Files can't be moved in {path}: name another folder.").format(path=folder)
            ) from error
        self._clock = clock
        self._seen: dict[Path, _Seen] = {}
        self._given_up: dict[Path, _Seen] = {}

    def complete(self) -> list[Path]:
        """The files that have not changed for a while, the oldest first; to be asked every second or so."""
        now = self._clock()
        seen: dict[Path, _Seen] = {}
        ready: list[tuple[int, Path]] = []
        for path in self._candidates():
            try:
                status = path.stat()
            except OSError:
                continue
            before = self._seen.get(path)
            same = before is not None and before[:2] == (status.st_size, status.st_mtime_ns)
            seen[path] = before if before and same else _Seen(status.st_size, status.st_mtime_ns, now)
            is_new = self._given_up.get(path, (None, None))[:2] != seen[path][:2]
            if same and is_new and status.st_size and now - seen[path].since >= _SETTLED:
                ready.append((status.st_mtime_ns, path))
        self._seen = seen
        return [path for _changed, path in sorted(ready)]

    def has_changed(self, path: Path) -> bool:
        """Whether a file that was complete is another one now: somebody still writes it."""
        try:
            status = path.stat()
        except OSError:
            return True
        return self._seen[path][:2] != (status.st_size, status.st_mtime_ns)

    def skipped(self, path: Path) -> Path:
        """Where the skipped rows of a file go."""
        return _free(self.folder / "failed" / f"{path.stem}{_OUR_ENDING}.csv")

    def done(self, path: Path) -> Path:
        """Put a file away that was brought in; returns its new place, or its old one when it can't be
        moved."""
        return self._move(path, "done")

    def failed(self, path: Path, reason: str) -> Path:
        """Put a file away that could not be brought in, with the reason beside it; returns its new place."""
        moved = self._move(path, "failed")
        if moved != path:
            with suppress(OSError):
                moved.with_name(f"{moved.name}.txt").write_text(f"{reason}\n", encoding="utf-8")
        return moved

    def _candidates(self) -> list[Path]:
        with os.scandir(self.folder) as entries:
            return [Path(entry.path) for entry in entries if _is_wanted(entry.name) and entry.is_file()]

    def _move(self, path: Path, name: str) -> Path:
        try:
            target = _free(self.folder / name / path.name)
            shutil.move(path, target)
        except OSError:
            if path in self._seen:
                self._given_up[path] = self._seen[path]
            return path
        return target


def _is_wanted(name: str) -> bool:
    """Whether a name is of a whole file that may hold leads: none that is hidden, locks, or is on its way."""
    if name.startswith((".", "~")) or not may_hold_leads(name):
        return False
    return not Path(name).stem.endswith(_OUR_ENDING)


def _free(path: Path) -> Path:
    """`path`, or the next name that nobody has."""
    free, number = path, 2
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free
