"""`leadtui …`: which command is meant.

`leadtui` alone opens the inbox, and its start is measured: so nothing is imported here that it doesn't need.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from leadtui.errors import UsageError
from leadtui.i18n import gettext as _
from leadtui.i18n import use_language

if TYPE_CHECKING:
    from leadtui.cli.call import Call
    from leadtui.clock import Clock

_OPTIONS = ("--db", "--user", "--view")


def main(argv: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Do what `argv` asks for and return the exit code; whatever goes wrong is one sentence on stderr."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        _write_anything_to(stream)
    use_language()
    call: Call | None = None
    try:
        options, words = _options(list(sys.argv[1:] if argv is None else argv))
        if words and words[0] in {"-V", "--version"}:
            from leadtui.cli.overview import print_version

            return print_version()
        if not words:
            # Importing makes many objects and no garbage; the app collects again after its first frame.
            gc.disable()
        from leadtui.cli.call import prepare_call

        call = prepare_call(options.get("--db"), options.get("--user"), clock)
        if not words:
            from leadtui.cli.app import open_app

            return open_app(call, options.get("--view", "inbox"))
        if "--view" in options:
            raise UsageError(_("--view before a command means the app: write it after the command instead."))
        if words[0] in {"-h", "--help", "help"}:
            from leadtui.cli.overview import print_overview

            return print_overview()
        from leadtui.cli.parser import run_command

        return run_command(words, call)
    except (Exception, KeyboardInterrupt, SystemExit) as error:
        from leadtui.cli.failure import tell_failure

        return tell_failure(error, call.locations if call else None)
    finally:
        gc.enable()


def _options(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """The options before the command, read without argparse for the sake of the start; and the rest."""
    options: dict[str, str] = {}
    while words:
        name, equals, value = words[0].partition("=")
        if name not in _OPTIONS:
            break
        options[name] = value if equals else "".join(words[1:2])
        if not options[name]:
            raise UsageError(_("{option} needs a value.").format(option=name))
        words = words[1 if equals else 2 :]
    return options, words


def _open_closed_streams() -> None:
    """Whoever closed a stream (`>&-`) wants nothing of it, nor has anything to say."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115


def _write_anything_to(stream: TextIO) -> None:
    """A terminal that can't show a character gets it spelled out, never an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
