"""The subcommands: what each takes, what its help shows, what it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from leadtui.cli.call import Call, tell_problems
from leadtui.errors import FieldProblems, UsageError
from leadtui.i18n import gettext as _
from leadtui.i18n import marked, ngettext
from leadtui.locations import locations

MODULES: dict[str, str] = {
    "demo": "app",
    "inbox": "leads",
    "due": "due",
    "show": "leads",
    "duplicates": "duplicates",
    "merge-leads": "merging",
    "merge-customers": "merging",
    "merge-contacts": "merging",
    "convert": "converting",
    "mapping": "mapping",
    "differences": "differing",
    "customers": "records",
    "contacts": "records",
    "opportunities": "records",
    "history": "history",
    "undo": "history",
    "add": "enter",
    "log": "enter",
    "import": "importing",
    "export": "exporting",
    "playbooks": "playbooks",
    "where": "care",
    "keys": "care",
    "config": "care",
    "doctor": "care",
    "backup": "backups",
    "restore": "backups",
}
"""The commands, in the order in which the help shows them, and the module of each."""

ARGPARSE_TEXTS = (
    marked("usage: "),
    marked("positional arguments"),
    marked("options"),
    marked("show this help message and exit"),
    marked("argument %(argument_name)s: %(message)s"),
    marked("unrecognized arguments: %s"),
    marked("the following arguments are required: %s"),
    marked("invalid choice: %(value)r (choose from %(choices)s)"),
    marked("expected one argument"),
    marked("expected at least one argument"),
    marked("not allowed with argument %s"),
    marked("ignored explicit argument %r"),
)
"""What argparse itself says in the parsers of this module."""

# argparse looks its texts up in names of its own module.
vars(argparse).update(_=_, ngettext=ngettext)


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One `leadtui …`; the texts are English and translated where they are shown."""

    summary: str
    examples: tuple[str, ...]
    run: Callable[[Call, argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    json: bool = True
    """Whether it can print JSON."""


class Parser(argparse.ArgumentParser):
    """An argument parser that fails in one sentence."""

    @property
    def flags(self) -> dict[str, str]:
        """What is typed to say a value, by the name that the value has in the code."""
        return {action.dest: action.option_strings[-1] for action in self._actions if action.option_strings}

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            _("{command}: {message}; `{command} --help` shows how.").format(
                command=self.prog, message=message
            )
        )


def run_command(words: Sequence[str], call: Call) -> int:
    """Run the command that `words` begin with; returns the exit code."""
    name, *rest = words
    command = subcommand(name)
    parser = _parser(name, command)
    arguments = parser.parse_args(rest)
    for option in ("db", "user"):
        if getattr(arguments, option) == "":
            raise UsageError(_("{option} needs a value.").format(option=f"--{option}"))
    if arguments.db is not None:
        call = call._replace(locations=locations(Path(arguments.db)))
    if arguments.user is not None:
        call = call._replace(user=arguments.user)
    tell_problems(call)
    try:
        return command.run(call, arguments)
    except FieldProblems as refused:
        raise FieldProblems(
            {parser.flags.get(field, field): why for field, why in refused.problems.items()}
        ) from refused


def subcommand(name: str) -> Subcommand:
    """The command of that name; UsageError with the nearest one when there is none."""
    if name not in MODULES:
        raise UsageError(_unknown(name))
    found: Subcommand = import_module(f"leadtui.cli.{MODULES[name]}").COMMANDS[name]
    return found


def _parser(name: str, command: Subcommand) -> Parser:
    examples = "\n".join(f"  leadtui {example}" for example in command.examples)
    parser = Parser(
        prog=f"leadtui {name}",
        description=_(command.summary),
        epilog="{}\n{}".format(_("examples:") if len(command.examples) > 1 else _("example:"), examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.arguments(parser)
    if command.json:
        parser.add_argument("--json", action="store_true", help=_("print one JSON document"))
    parser.add_argument("--db", metavar=_("FILE"), help=_("work on this file"))
    parser.add_argument("--user", metavar=_("NAME"), help=_("work under this name"))
    return parser


def _unknown(name: str) -> str:
    if name.startswith("-"):
        return _("There is no option {name}; `leadtui --help` lists what there is.").format(name=name)
    nearest = next(iter(get_close_matches(name, MODULES, n=1)), "")
    if nearest:
        return _("There is no command {name}; did you mean {nearest}?").format(name=name, nearest=nearest)
    return _("There is no command {name}; `leadtui --help` lists them.").format(name=name)
