"""Which editor the user works with."""

from __future__ import annotations

import os
import shlex

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _


def editor_command() -> list[str]:
    """The words of the command in VISUAL, else in EDITOR; none when neither names one."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError as error:
            raise LeadTUIError(_("{name} has an open quote: mend it.").format(name=name)) from error
        if words:
            return words
    return []
