"""The first start: a sample to look at, a file to bring in, or an empty list."""

from __future__ import annotations

from leadtui.i18n import gettext as _
from screens.choose import ChooseScreen


class WelcomeScreen(ChooseScreen[str]):
    """Returns `sample`, `import` or `empty`; None when it was left."""

    def __init__(self) -> None:
        super().__init__(
            _("Welcome to LeadTUI"),
            (
                ("s", "sample", _("Look around in a sample first; leaving it comes back here")),
                ("i", "import", _("Bring in leads from a spreadsheet or another system's export")),
                ("e", "empty", _("Begin with an empty list")),
            ),
        )
