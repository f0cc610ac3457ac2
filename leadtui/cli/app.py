"""`leadtui` and `leadtui demo`: the app."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from leadtui.absent import absent, hollow
from leadtui.cli.call import Call
from leadtui.errors import UsageError
from leadtui.i18n import gettext
from leadtui.i18n import marked as _

if TYPE_CHECKING:
    import argparse

    from leadtui.cli.parser import Subcommand


def open_app(call: Call, view: str) -> int:
    """Show the inbox until the user leaves."""
    from leadtui.followup.queue import VIEWS

    _need_terminal()
    # While Python loads the screens, SQLite reads the file.
    loading = Thread(target=_load_screens)
    loading.start()
    try:
        workspace = call.open()
    finally:
        loading.join()
    filter_text = ""
    if view not in VIEWS:
        from leadtui.cli.views import view_and_filter

        with workspace.read() as connection:
            view, filter_text = view_and_filter(connection, view)
    from screens.app import run

    try:
        return run(
            workspace,
            view=view,
            filter_text=filter_text,
            problems=[str(problem) for problem in call.problems],
            state_path=call.locations.state / "state.json",
        )
    finally:
        workspace.close()


def _load_screens() -> None:
    """Load the app; what goes wrong here goes wrong again where it is imported."""
    # asyncio loads ssl for connections, and shutil bz2 and lzma for archives that the app never makes: a
    # thirtieth of the start. Textual's app loads its palette, and with it eight widgets, for methods that
    # offer commands of its own: a twelfth. Ours loads it when it is opened.
    with absent("ssl", "bz2", "lzma"), hollow("textual.command"), suppress(ImportError):
        import_module("screens.app")


def demo(call: Call, arguments: argparse.Namespace) -> int:
    """Show the app on sample leads in a folder that is gone afterwards."""
    import tempfile
    from contextlib import closing
    from pathlib import Path

    from leadtui.cli.progress import progress_bar
    from leadtui.demo.customers import add_customers
    from leadtui.demo.fill import fill
    from leadtui.locations import locations
    from leadtui.workspace import Workspace

    _need_terminal()
    _leave_in_order()
    with tempfile.TemporaryDirectory(prefix="leadtui-demo-", ignore_cleanup_errors=True) as folder:
        places = locations(Path(folder) / "demo.db", {"LEADTUI_HOME": folder})
        here = call._replace(locations=places, user=call.user or "ana")
        with (
            closing(Workspace.open(places.database, call.settings, call.clock, here.user)) as workspace,
            progress_bar(gettext("Sample leads")) as progress,
        ):
            fill(workspace, arguments.leads, progress)
            add_customers(workspace)
        return open_app(here, "inbox")


def _leave_in_order() -> None:
    """A closed window ends the app like any other way of leaving, so that the folder is taken away."""
    import signal

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(gettext("The inbox needs a terminal; `leadtui inbox` prints it anywhere."))


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--leads",
        type=_count,
        default=60,
        metavar="N",
        help=gettext("how many sample leads, up to a million (default: %(default)s)"),
    )


def _count(text: str) -> int:
    from argparse import ArgumentTypeError

    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise ArgumentTypeError(gettext("{text} is no number from 1 to 1000000").format(text=text))
    return int(text)


def __getattr__(name: str) -> dict[str, Subcommand]:
    """The table of commands, made when it is asked for: it needs argparse, and the inbox doesn't."""
    if name != "COMMANDS":
        raise AttributeError(name)
    from leadtui.cli.parser import Subcommand

    summary = _("Opens the app on sample leads, in a folder that is gone afterwards")
    return {"demo": Subcommand(summary, ("demo", "demo --leads 100000"), demo, _demo_arguments, json=False)}
