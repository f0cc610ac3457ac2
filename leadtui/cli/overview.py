"""`leadtui --help` and `leadtui --version`."""

from __future__ import annotations

from leadtui import __version__
from leadtui.cli.exit_codes import FINE
from leadtui.cli.parser import MODULES, subcommand
from leadtui.i18n import gettext as _


def print_overview() -> int:
    """All commands, a line each."""
    width = max(map(len, MODULES)) + 2
    print(_("usage: leadtui [--db FILE] [--user NAME] [--view VIEW]   opens the inbox"))
    print(_("       leadtui [--db FILE] [--user NAME] COMMAND …"))
    print()
    for name in MODULES:
        print(f"  {name:<{width}}{_(subcommand(name).summary)}")
    print()
    print(_("Each command has --help with an example. `leadtui --version` tells the version."))
    print(_("Exit codes: 0 fine, 1 the work failed, 2 wrong usage, 3 something is due (due --exit-code)."))
    return FINE


def print_version() -> int:
    """Which LeadTUI this is."""
    print(f"leadtui {__version__}")
    return FINE
