"""Folders that a syncer carries elsewhere: there a database can lose changes without an error."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from leadtui.errors import DatabaseError
from leadtui.store.opening import file_version

_MARKERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Syncthing", (".stfolder",)),
    ("Dropbox", (".dropbox", ".dropbox.cache")),
    ("Nextcloud", (".nextcloudsync.log", ".owncloudsync.log", ".sync_*.db", "._sync_*.db")),
    ("Nutstore", (".nutstore*",)),
    ("Resilio Sync", (".sync/ID",)),
)
"""What each syncer leaves in the folders that it carries."""

_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("OneDrive", ("onedrive", "onedrive - ")),
    ("Dropbox", ("dropbox", "dropbox (")),
    ("Nutstore", ("nutstore", "nutstore files", "我的坚果云", "坚果云")),
    ("Nextcloud", ("nextcloud",)),
    ("Google Drive", ("google drive", "googledrive", "my drive")),
    ("iCloud", ("mobile documents", "icloud drive", "iclouddrive")),
    ("BaiduSync", ("baidusyncdisk",)),
)
"""How such folders are called, in lower case; a blank or a bracket at the end means that more follows."""

_CONFLICT = re.compile(r"conflict|冲突|副本|safeBackup", re.IGNORECASE)
"""How syncers call the copy that lost."""


def syncer_of(path: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The name of the syncer whose folder `path` lies in, or empty."""
    folders = path.absolute().parents
    for name, value in environ.items():
        if name.startswith("OneDrive") and value and Path(value) in folders:
            return "OneDrive"
    home = Path.home()
    for folder in folders:
        for syncer, markers in _MARKERS:
            # The client of Dropbox keeps its own settings in ~/.dropbox, which makes nothing synced.
            if folder != home and any(_has(folder, marker) for marker in markers):
                return syncer
        for syncer, names in _NAMES:
            if any(_is_called(folder.name.casefold(), name) for name in names):
                return syncer
    return ""


def copies_of(path: Path) -> list[Path]:
    """The copies of a database that a syncer left beside it, because two machines wrote it: our files whose
    names begin like its own, and say so or lie in a folder that is carried."""
    path = path.absolute()
    try:
        beside = sorted(each for each in path.parent.iterdir() if each.suffix == path.suffix)
    except OSError:
        return []
    is_carried = bool(syncer_of(path))
    return [
        each
        for each in beside
        if each.name != path.name
        and each.name.startswith(path.stem)
        and (is_carried or _CONFLICT.search(each.name))
        and _is_ours(each)
    ]


def _is_ours(path: Path) -> bool:
    try:
        return path.stat().st_size > 0 and file_version(path) > 0
    except (DatabaseError, OSError):
        return False


def _has(folder: Path, marker: str) -> bool:
    try:
        return next(folder.glob(marker), None) is not None
    except OSError:
        return False


def _is_called(name: str, known: str) -> bool:
    return name.startswith(known) if known[-1] in " (" else name == known
