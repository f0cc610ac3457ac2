"""Where everything of a user lies: the file, the settings, the backups, the log."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Locations(NamedTuple):
    """The paths of one run; nothing of it is made by asking."""

    database: Path
    settings: Path
    """`config.toml`; it need not exist."""
    backups: Path
    """Beside the database, so that they move with it."""
    state: Path
    log: Path
    """Where an unexpected failure is written down."""


def locations(database: Path | None = None, environ: Mapping[str, str] = os.environ) -> Locations:
    """The paths of this run.

    `database` comes before `LEADTUI_DB`, that before `LEADTUI_HOME`, that before the platform's folders.
    """
    if home := environ.get("LEADTUI_HOME"):
        data = settings = state = _folder(home)
    else:
        from platformdirs import PlatformDirs

        folders = PlatformDirs("leadtui", appauthor=False)
        data, settings, state = folders.user_data_path, folders.user_config_path, folders.user_state_path
    if database is None and (named := environ.get("LEADTUI_DB")):
        database = Path(named)
    file = _folder(database) if database is not None else data / "leads.db"
    return Locations(file, settings / "config.toml", file.parent / "backups", state, state / "leadtui.log")


def _folder(path: str | Path) -> Path:
    return Path(os.path.abspath(os.path.expanduser(path)))
