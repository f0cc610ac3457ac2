"""`leadtui export`: leads leave in files."""

from __future__ import annotations

import argparse
from pathlib import Path

from leadtui.cli import FINE
from leadtui.cli.call import Call
from leadtui.cli.output import print_json, say
from leadtui.cli.parser import Subcommand
from leadtui.cli.progress import progress_bar
from leadtui.cli.views import view_arguments, wanted
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _


def export(call: Call, arguments: argparse.Namespace) -> int:
    """Write the leads of a view to a file."""
    from leadtui.exporting.export import export_leads
    from leadtui.followup.queue import Today

    today = Today.at(call.clock.now(), call.zone)
    with call.workspace() as workspace, workspace.read() as connection:
        query = wanted(connection, arguments)
        with progress_bar(gettext("Exporting")) as progress:
            count = export_leads(
                connection,
                query,
                arguments.file,
                today,
                call.zone,
                workspace.user,
                replace=arguments.force,
                progress=progress,
            )
    if arguments.json:
        print_json({"file": str(arguments.file), "view": query.view, "leads": count})
    else:
        sentence = ngettext("Wrote {count} lead to {path}.", "Wrote {count} leads to {path}.", count)
        say(sentence.format(count=count, path=arguments.file))
    return FINE


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=gettext("its ending says the format: .csv or .json")
    )
    view_arguments(parser, "all")
    parser.add_argument("--force", action="store_true", help=gettext("replace a file that exists already"))


COMMANDS: dict[str, Subcommand] = {
    "export": Subcommand(
        _("Writes leads to a file: csv or json by its ending"),
        ("export leads.csv", "export hot.json --view open --filter tier:a"),
        export,
        _export_arguments,
    ),
}
