"""Folders that a syncer carries elsewhere: there a database can lose changes without an error."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

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


def _has(folder: Path, marker: str) -> bool:
    try:
        return next(folder.glob(marker), None) is not None
    except OSError:
        return False


def _is_called(name: str, known: str) -> bool:
    return name.startswith(known) if known[-1] in " (" else name == known
