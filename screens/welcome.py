"""The first start: a sample to look at, a file to bring in, or an empty list."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events

from leadtui.i18n import gettext as _
from screens.choose import ChooseScreen


class WelcomeScreen(ChooseScreen[str]):
    """Returns `sample`, `import`, `new-lead` or `empty`; None when it was left.

    `keys` are those of each command: what the empty list beneath says of them is true here too.
    """

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(
            _("Welcome to LeadTUI"),
            (
                ("s", "sample", _("Look around in a sample first; leaving it comes back here")),
                ("i", "import", _("Bring in leads from a spreadsheet or another system's export")),
                ("e", "empty", _("Begin with an empty list")),
            ),
        )
        self._commands = {key: command for command in ("import", "new-lead") for key in keys[command]}

    def on_key(self, event: events.Key) -> None:
        if event.key in self._commands:
            event.stop()
            event.prevent_default()
            self.dismiss(self._commands[event.key])
