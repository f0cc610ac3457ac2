"""A failure that nobody expected: written down for whoever mends it, told in one sentence."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from leadtui.i18n import gettext as _

_MOST_BYTES = 1_000_000


def record_failure(error: BaseException, log: Path) -> str:
    """Add the traceback to `log` (0600, begun anew when it gets long); returns the sentence for the user."""
    what = type(error).__name__
    report = "".join(traceback.format_exception(error))
    try:
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        begin = os.O_TRUNC if log.exists() and log.stat().st_size > _MOST_BYTES else os.O_APPEND
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | begin, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{report}\n")
    except OSError:
        return _(
            "Something unexpected went wrong ({what}), and {path} can't be written to tell more."
        ).format(what=what, path=log)
    return _("Something unexpected went wrong ({what}): please report it with what {path} says.").format(
        what=what, path=log
    )
