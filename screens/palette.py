"""The palette: every command by its name, with its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from leadtui.commands import COMMANDS, Command
from leadtui.i18n import gettext as _
from screens.work import WorkingScreen


class Commanded(Protocol):
    """The main screen, as the palette sees it."""

    @property
    def keys_shown(self) -> Mapping[str, str]:
        """The first key of each command, as it is shown."""

    def run_command(self, command: str) -> None:
        """Do what the command with that id says."""


class CommandProvider(Provider):
    """Finds commands of the registry for a screen that is `Commanded`; for others there are none."""

    async def discover(self) -> Hits:
        for command, text in self._offered():
            yield DiscoveryHit(text, partial(self._run, command), text, _(command.help))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command, text in self._offered():
            # A command is found by the words of its help as well ("hide" finds Snooze), and by its id, which
            # is typed without an input method.
            wanted = query.strip().casefold()
            helps = wanted in _(command.help).casefold() or command.id.startswith(wanted)
            score = matcher.match(text) or (0.1 if helps else 0)
            if score > 0:
                yield Hit(score, matcher.highlight(text), partial(self._run, command), text, _(command.help))

    def _offered(self) -> Iterator[tuple[Command, str]]:
        if not hasattr(self.screen, "run_command"):
            return
        keys = cast("Commanded", self.screen).keys_shown
        for command in COMMANDS:
            if command.id == "palette" or command.action.startswith(("move", "page", "half_page")):
                continue
            if isinstance(self.screen, WorkingScreen) and not self.screen.offers(command):
                continue
            key = keys.get(command.id, "")
            yield command, f"{_(command.label)}  {key}" if key else _(command.label)

    def _run(self, command: Command) -> None:
        cast("Commanded", self.screen).run_command(command.id)
