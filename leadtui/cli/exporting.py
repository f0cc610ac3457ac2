"""`leadtui export`: leads leave in files."""

from __future__ import annotations

import argparse
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, say, warn
from leadtui.cli.parser import Subcommand
from leadtui.cli.progress import progress_bar
from leadtui.cli.views import view_arguments, wanted
from leadtui.errors import UsageError
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _

if TYPE_CHECKING:
    from leadtui.clock import Today
    from leadtui.exporting.export import Chosen, Exported


def export(call: Call, arguments: argparse.Namespace) -> int:
    """Write the leads of a view to a file, or everything to an archive."""
    if arguments.all:
        return _export_everything(call, arguments)
    if arguments.file.suffix.lower() == ".zip":
        raise UsageError(gettext("An archive holds everything: add --all."))
    from leadtui.clock import Today
    from leadtui.exporting.export import Wish, export_file

    wish = Wish(arguments.file, arguments.force, arguments.excel, arguments.alarm)
    today = Today.at(call.clock.now(), call.zone)
    with call.workspace() as workspace, workspace.read() as connection:
        chosen = _chosen(connection, arguments, today, workspace.user)
        with progress_bar(gettext("Exporting")) as progress:
            exported = export_file(
                connection,
                chosen,
                wish,
                today,
                call.zone,
                workspace.user,
                call.settings,
                progress=progress,
            )
    if arguments.json:
        found = {"records": exported.records, "written": exported.written, "cut": exported.cut}
        print_json({"file": str(arguments.file), "what": list(chosen), "view": arguments.view, **found})
    else:
        _tell(exported, list(chosen))
    return FINE


def _chosen(
    connection: sqlite3.Connection, arguments: argparse.Namespace, today: Today, me: str
) -> dict[str, Chosen]:
    """What of each kind of record is wanted; UsageError for a view or a filter word that it doesn't have."""
    from leadtui.customers import lists
    from leadtui.customers.filters import record_filter
    from leadtui.exporting.sheet import KINDS

    if len(arguments.what) > 1 and (arguments.filter or arguments.view != "all"):
        raise UsageError(gettext("Several kinds of record leave whole: leave --view and --filter out."))
    chosen: dict[str, Chosen] = {}
    for kind in arguments.what:
        record = KINDS[kind]
        if record == "lead":
            chosen[kind] = wanted(connection, arguments)
            continue
        views = lists.VIEWS[record]
        if arguments.view not in views:
            raise UsageError(
                gettext("There is no view {name} of {what}; there are {views}.").format(
                    name=arguments.view, what=kind, views=", ".join(views)
                )
            )
        if problems := record_filter(record, arguments.filter, today, me).problems:
            raise UsageError(" ".join(problems))
        chosen[kind] = lists.RecordQuery.of(record, arguments.view, arguments.filter)
    return chosen


def _export_everything(call: Call, arguments: argparse.Namespace) -> int:
    from leadtui.archive.writing import write_archive
    from leadtui.clock import to_local

    if arguments.filter or arguments.view != "all" or arguments.what != ["leads"]:
        raise UsageError(gettext("--all takes everything: leave --what, --view and --filter out."))
    with call.workspace() as workspace, progress_bar(gettext("Exporting")) as progress:
        written = write_archive(
            arguments.file,
            workspace.path,
            call.locations.settings,
            to_local(call.clock.now(), call.zone),
            replace=arguments.force,
            progress=progress,
        )
    if arguments.json:
        counts = {"leads": written.leads, "rows": written.rows, "attachments": written.attachments}
        print_json({"file": str(arguments.file), **counts})
    else:
        sentence = ngettext(
            "Wrote {count} lead with everything that belongs to it to {path}.",
            "Wrote {count} leads with everything that belongs to them to {path}.",
            written.leads,
        )
        say(sentence.format(count=f"{written.leads:,}", path=written.path))
    return FINE


def _tell(exported: Exported, what: list[str]) -> None:
    if exported.path.suffix.lower() == ".ics":
        sentence = ngettext(
            "Wrote {count} reminder to {path}.", "Wrote {count} reminders to {path}.", exported.written
        )
    elif what == ["leads"]:
        sentence = ngettext(
            "Wrote {count} lead to {path}.", "Wrote {count} leads to {path}.", exported.written
        )
    else:
        sentence = ngettext(
            "Wrote {count} record to {path}.", "Wrote {count} records to {path}.", exported.written
        )
    say(sentence.format(count=exported.written, path=exported.path))
    if exported.cut:
        warn(
            ngettext(
                "{count} text is longer than a cell of Excel and was cut; .csv and .json keep it whole.",
                "{count} texts are longer than a cell of Excel and were cut; .csv and .json keep them whole.",
                exported.cut,
            ).format(count=exported.cut)
        )


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=gettext(
            "its ending says the format: .csv, .xlsx, .json, .jsonl, .vcf (address book), .ics (calendar)"
        ),
    )
    parser.add_argument(
        "--what",
        type=_kinds,
        default=["leads"],
        metavar="KINDS",
        help=gettext("leads, customers, contacts or opportunities; several with commas (default: leads)"),
    )
    view_arguments(parser, "all")
    parser.add_argument(
        "--excel", action="store_true", help=gettext("begin a .csv with the mark by which Excel sees UTF-8")
    )
    parser.add_argument(
        "--alarm",
        type=_minutes,
        metavar="MINUTES",
        help=gettext("let the calendar of an .ics ring so long before a reminder"),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=gettext("everything with its history, settings and attached files, as an archive (.zip)"),
    )
    parser.add_argument("--force", action="store_true", help=gettext("replace a file that exists already"))


def _kinds(text: str) -> list[str]:
    from leadtui.exporting.sheet import KINDS

    names = [name.strip().casefold() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in KINDS:
            raise argparse.ArgumentTypeError(
                gettext("{text} is none of {known}").format(text=name, known=", ".join(KINDS))
            )
    return list(dict.fromkeys(names)) or ["leads"]


def _minutes(text: str) -> int:
    if not text.isdecimal() or int(text) > 40_320:
        raise argparse.ArgumentTypeError(gettext("{text} is no number of minutes").format(text=text))
    return int(text)


COMMANDS: dict[str, Subcommand] = {
    "export": Subcommand(
        _("Writes leads to a file: csv, xlsx, json, vcf or ics by its ending"),
        (
            "export leads.xlsx --view open",
            "export hot.json --filter 'tier:a score:>70'",
            "export crm.xlsx --what leads,customers,contacts,opportunities",
            "export due.ics --view inbox --alarm 15",
            "export --all everything.zip",
        ),
        export,
        _export_arguments,
    ),
}
