"""`leadtui where`, `keys`, `config`, `doctor`: how things are."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict

from rich.cells import cell_len, set_cell_size

from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FAILED, FINE
from leadtui.cli.output import print_json, print_pairs, print_table, say, warn
from leadtui.cli.parser import Subcommand
from leadtui.errors import LeadTUIError, reason
from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.labels import label


def where(call: Call, arguments: argparse.Namespace) -> int:
    """Print every path of this run."""
    paths = {name: str(path) for name, path in call.locations._asdict().items()}
    if arguments.json:
        print_json(paths)
    else:
        print_pairs((label("path", name), path) for name, path in paths.items())
    return FINE


def keys(call: Call, arguments: argparse.Namespace) -> int:
    """Print the commands of the app with the keys that hold now."""
    from leadtui.commands import COMMANDS, resolve_keys
    from leadtui.keys import display_key

    chosen, problems = resolve_keys(call.settings.keys)
    for problem in problems:
        warn(problem.sentence)
    if arguments.json:
        print_json(
            {
                "commands": [
                    {"id": one.id, "keys": chosen[one.id], "help": gettext(one.help)} for one in COMMANDS
                ]
            }
        )
        return FINE
    lines = [(" ".join(map(display_key, chosen[one.id])), one.id, gettext(one.help)) for one in COMMANDS]
    print_table((gettext("Keys"), gettext("Command"), gettext("What it does")), lines)
    return FINE


def config(call: Call, arguments: argparse.Namespace) -> int:
    """Print the settings that hold, as the TOML that would say so, or open the file in an editor."""
    from leadtui.cli.settings_text import as_table, as_toml

    if arguments.edit:
        return _edit(call)
    if arguments.json:
        print_json(as_table(call.settings))
    else:
        say(f"# {call.locations.settings}\n\n{as_toml(call.settings)}")
    return FAILED if call.problems else FINE


def doctor(call: Call, arguments: argparse.Namespace) -> int:
    """Print what was looked at; fails when something isn't well."""
    from leadtui.doctor import check_settings, check_terminal, examine, mend
    from leadtui.terminal import terminal

    places = call.locations
    if arguments.mend:
        kept = mend(places.database, places.backups, call.settings)
        if kept is not None:
            warn(gettext("The file as it was is kept as {path}.").format(path=kept))
    size = os.get_terminal_size(sys.stdout.fileno()) if sys.stdout.isatty() else None
    checks = [
        *examine(places.database, call.settings, call.clock.now(), call.zone),
        check_settings(places.settings, call.settings, call.problems),
        check_terminal(terminal(os.environ, sys.stdout.encoding, size), call.settings),
    ]
    fine = all(check.ok for check in checks)
    if arguments.json:
        print_json({"ok": fine, "checks": [asdict(check) for check in checks]})
    else:
        words = {True: gettext("fine"), False: gettext("LOOK")}
        names = {check.name: label("check", check.name) for check in checks}
        width = max(map(cell_len, names.values())) + 1
        print_pairs(
            (set_cell_size(names[check.name], width) + words[check.ok], check.detail) for check in checks
        )
    return FINE if fine else FAILED


def _edit(call: Call) -> int:
    """Open the settings in the user's editor, a new file with a line that helps to begin."""
    import subprocess

    from leadtui.editor import editor_command
    from leadtui.settings import load_settings

    command, path = editor_command(), call.locations.settings
    if not command and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise LeadTUIError(
            gettext("There is no terminal for an editor: the settings are in {path}.").format(path=path)
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.write_text(
            gettext("# `leadtui config` prints every setting with its default.\n"), encoding="utf-8"
        )
    command = command or ["notepad" if os.name == "nt" else "vi"]
    try:
        code = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        warn(
            gettext("{editor} can't be started ({reason}): set EDITOR to your editor.").format(
                editor=command[0], reason=reason(error)
            )
        )
        return FAILED
    problems = load_settings(path)[1]
    for problem in problems:
        warn(str(problem))
    return FAILED if code or problems else FINE


def _config_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--edit", action="store_true", help=gettext("open the file in your editor ($EDITOR)"))


def _doctor_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--mend",
        action="store_true",
        help=gettext("keep a copy, then rebuild indexes, triggers, search and scores"),
    )


COMMANDS: dict[str, Subcommand] = {
    "where": Subcommand(
        _("Prints where the leads, the settings and the backups lie"), ("where --json",), where
    ),
    "keys": Subcommand(_("Prints the keys of the app, yours included"), ("keys",), keys),
    "config": Subcommand(
        _("Prints the settings that hold, or opens them in your editor"),
        ("config", "config --edit"),
        config,
        _config_arguments,
    ),
    "doctor": Subcommand(
        _("Looks whether all is well, and mends what is safe to mend"),
        ("doctor", "doctor --mend"),
        doctor,
        _doctor_arguments,
    ),
}
