"""`leadtui backup` and `restore`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_table, say
from leadtui.cli.parser import Subcommand
from leadtui.cli.progress import progress_bar
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _
from leadtui.store.backup import back_up, list_backups
from leadtui.store.backup import restore as put_back


def backup(call: Call, arguments: argparse.Namespace) -> int:
    """Write a complete copy of the database."""
    places = call.locations
    if not places.database.exists():
        raise LeadTUIError(
            gettext("There is nothing to back up: {path} doesn't exist yet.").format(path=places.database)
        )
    made = back_up(places.database, places.backups)
    if arguments.json:
        print_json({"backup": str(made), "bytes": made.stat().st_size})
    else:
        say(gettext("Backed up to {path}.").format(path=made))
    return FINE


def restore(call: Call, arguments: argparse.Namespace) -> int:
    """Put a backup in the place of the database, or list the backups."""
    places = call.locations
    known = list_backups(places.database, places.backups)
    if arguments.backup is None:
        return _list(call, known, arguments.json)
    chosen = _chosen(arguments.backup, known)
    from leadtui.archive.reading import is_zip

    if is_zip(chosen):
        return _restore_archive(call, chosen, arguments.json)
    kept = put_back(chosen, places.database, places.backups)
    if arguments.json:
        print_json({"restored": str(chosen), "kept": str(kept) if kept else None})
        return FINE
    say(gettext("Restored {path}.").format(path=chosen))
    if kept:
        say(gettext("What stood there before is kept as {path}.").format(path=kept))
    return FINE


def _restore_archive(call: Call, path: Path, as_json: bool) -> int:
    """Make the database again from an archive of `leadtui export --all`."""
    from leadtui.archive.restoring import restore_archive

    places = call.locations
    with progress_bar(gettext("Restoring")) as progress:
        restored = restore_archive(
            path,
            places.database,
            places.backups,
            places.settings,
            call.settings,
            call.clock,
            progress=progress,
        )
    if as_json:
        made = {"leads": restored.leads, "rows": restored.rows, "left_out": list(restored.unknown)}
        where = {name: getattr(restored, name) for name in ("kept", "settings", "attachments")}
        print_json(
            {"restored": str(path), **made, **{name: str(at) if at else None for name, at in where.items()}}
        )
        return FINE
    sentence = ngettext(
        "Restored {count} lead, with everything that belongs to it.",
        "Restored {count} leads, with everything that belongs to them.",
        restored.leads,
    )
    say(sentence.format(count=f"{restored.leads:,}"))
    for text, value in (
        (gettext("What stood there before is kept as {path}."), restored.kept),
        (gettext("The settings are in {path}."), restored.settings),
        (gettext("Attached files that were missing are in {path}."), restored.attachments),
        (gettext("Tables of other programs were left out: {path}."), ", ".join(restored.unknown)),
    ):
        if value:
            say(text.format(path=value))
    return FINE


def _list(call: Call, known: list[Path], as_json: bool) -> int:
    lines = [
        (number, _written(call, path), path.stat().st_size, path) for number, path in enumerate(known, 1)
    ]
    if as_json:
        print_json(
            {
                "backups": [
                    {"number": n, "at": at, "bytes": size, "path": str(path)} for n, at, size, path in lines
                ]
            }
        )
    elif lines:
        print_table(
            (gettext("No."), gettext("Made"), gettext("Size"), gettext("File")),
            [
                (n, at[:16].replace("T", " "), f"{size / 1_000_000:.1f} MB", path)
                for n, at, size, path in lines
            ],
        )
        say(gettext("`leadtui restore 1` puts the newest back; what stands there now is kept."))
    else:
        say(
            gettext("There are no backups in {path} yet; `leadtui backup` makes one.").format(
                path=call.locations.backups
            )
        )
    return FINE


def _written(call: Call, path: Path) -> str:
    moment = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(call.zone)
    return moment.isoformat(timespec="seconds")


def _chosen(text: str, known: list[Path]) -> Path:
    """The backup that a user named by its number, its name or its path."""
    if text.isdecimal() and 1 <= int(text) <= len(known):
        return known[int(text) - 1]
    for path in (*(path for path in known if path.name == text), Path(text)):
        if path.is_file():
            return path
    raise LeadTUIError(
        gettext("There is no backup {name}; `leadtui restore` without a name lists them.").format(name=text)
    )


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "backup",
        nargs="?",
        metavar="BACKUP",
        help=gettext(
            "its number in the list, its name or its path, or an archive (.zip) of `leadtui export --all`; "
            "without one the backups are listed"
        ),
    )


COMMANDS: dict[str, Subcommand] = {
    "backup": Subcommand(_("Writes a complete copy of the leads"), ("backup",), backup),
    "restore": Subcommand(
        _("Lists the backups, or puts one back"),
        ("restore", "restore 1", "restore everything.zip"),
        restore,
        _restore_arguments,
    ),
}
