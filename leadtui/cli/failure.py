"""What a failure says: one sentence on stderr, and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from leadtui.cli.exit_codes import FAILED, FINE, INTERRUPTED, WRONG_USAGE
from leadtui.errors import Cancelled, FieldProblems, LeadTUIError, UsageError, reason
from leadtui.i18n import gettext as _
from leadtui.locations import Locations, locations
from leadtui.text import one_line

_MOST_BYTES = 1_000_000


def tell_failure(error: BaseException, places: Locations | None) -> int:
    """Say what stopped a command, and return its exit code; what nobody expected is written to the log."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else FINE
        case KeyboardInterrupt():
            return INTERRUPTED
        case UsageError():
            return _say(str(error), WRONG_USAGE)
        case FieldProblems():
            return _say(" ".join(f"{name}: {text}" for name, text in error.problems.items()), WRONG_USAGE)
        case Cancelled():
            return _say(str(error), INTERRUPTED)
        case LeadTUIError():
            return _say(str(error), FAILED)
        case BrokenPipeError():
            _stop_writing()
            return FINE
        case OSError():
            return _say(f"{error.filename or 'leadtui'}: {reason(error)}", FAILED)
    return _say(record_failure(error, (places or locations()).log), FAILED)


def _say(sentence: str, code: int) -> int:
    print(one_line(sentence), file=sys.stderr)
    return code


def _stop_writing() -> None:
    """Whoever read our output has had enough: what Python still holds for it goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
