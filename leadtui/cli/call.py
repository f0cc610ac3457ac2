"""What every command works with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple

from leadtui.clock import Clock, SystemClock
from leadtui.errors import DatabaseError, UsageError
from leadtui.i18n import gettext as _
from leadtui.i18n import use_language
from leadtui.locations import Locations, locations
from leadtui.settings import Settings, SettingsProblem, load_settings, zone
from leadtui.workspace import Workspace


class Call(NamedTuple):
    """One run of the command: its paths, its settings, its user and its clock."""

    locations: Locations
    settings: Settings
    problems: tuple[SettingsProblem, ...]
    """The lines of the settings that were not taken."""
    user: str | None
    clock: Clock

    @property
    def zone(self) -> tzinfo:
        """The user's time zone."""
        return zone(self.settings)

    def open(self) -> Workspace:
        """The database of this run, made or brought up to date first."""
        return Workspace.open(
            self.locations.database, self.settings, self.clock, self.user, self.locations.backups
        )

    @contextmanager
    def workspace(self, *, begins: bool = False) -> Iterator[Workspace]:
        """The database for one command, with everything derived in step, closed at the end.

        UsageError when a file that the user named isn't there, unless the command `begins` files.
        """
        from leadtui.cli.progress import progress_bar

        path = self.locations.database
        if not begins and path != locations().database and not path.exists():
            raise UsageError(
                _(
                    "There is no {path}: name another file with --db, or begin this one with `leadtui add` "
                    "or `leadtui import`."
                ).format(path=path)
            )
        workspace = self.open()
        try:
            # Reading goes on where nothing can be written; an act says itself why it can't be done.
            with suppress(DatabaseError), progress_bar(_("Applying the rules")) as progress:
                workspace.maintain(progress)
            yield workspace
        finally:
            workspace.close()


def prepare_call(database: str | None, user: str | None, clock: Clock | None = None) -> Call:
    """The paths, the settings and the language of this run."""
    places = locations(Path(database) if database else None)
    settings, problems = load_settings(places.settings)
    if settings.look.language:
        use_language(settings.look.language)
        # What is wrong with the settings is told in the language that they ask for.
        problems = load_settings(places.settings)[1] if problems else problems
    return Call(places, settings, problems, user, clock or SystemClock())


def tell_problems(call: Call) -> None:
    """Say on stderr which lines of the settings were not taken."""
    from leadtui.text import one_line

    for problem in call.problems:
        print(one_line(str(problem)), file=sys.stderr)
