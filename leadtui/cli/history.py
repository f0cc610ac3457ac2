"""`leadtui history` and `undo`: who changed what, and taking it back."""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

from leadtui.cli.arguments import lead_argument
from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_pairs, say
from leadtui.cli.parser import Subcommand
from leadtui.cli.progress import progress_bar
from leadtui.exporting.leads import iso_time
from leadtui.followup.describe import format_when
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _
from leadtui.store import journal
from leadtui.store.columns import LEAD_TIMES
from leadtui.store.journal import Change, undoable_by_others

_TIMES = frozenset(
    (*LEAD_TIMES, "at", "next_due", "screened_at", "snoozed_until", "acknowledged_at", "deleted_at")
)
_NAMED = 5


def history(call: Call, arguments: argparse.Namespace) -> int:
    """Print who changed what of a lead, newest first."""
    from leadtui.customers.changes import told_history
    from leadtui.customers.lookup import find_record, kind_of
    from leadtui.followup.lookup import find_lead

    words = " ".join(arguments.lead)
    record = kind_of(words)
    with call.workspace() as workspace, workspace.read() as connection:
        if record:
            identity = find_record(connection, record, words)
            names = [words]
        else:
            record, identity = "lead", find_lead(connection, words)
            names = _names(connection, [identity])
        if arguments.json:
            entries = journal.history(connection, identity, record=record)
        else:
            told = told_history(connection, record, identity, call.settings, call.zone)
    if arguments.json:
        documents = [
            {
                "id": entry.id,
                "at": iso_time(entry.at, call.zone),
                "author": entry.author,
                "label": entry.label,
                "changes": list(_changes(changes, call.zone)),
            }
            for entry, changes in entries
        ]
        print_json({"entries": documents})
        return FINE
    say(*names)
    for entry, lines in told:
        say(f"{format_when(entry.at, False, call.zone)}  {entry.told}  {entry.author}")
        print_pairs(lines, indent=2)
    return FINE


def undo(call: Call, arguments: argparse.Namespace) -> int:
    """Take back the newest act that still stands."""
    with call.workspace() as workspace:
        with progress_bar(gettext("Undo")) as progress:
            undone = workspace.undo(progress)
        with workspace.read() as connection:
            names = _names(connection, undone.lead_ids) or list(undone.records[:_NAMED]) if undone else []
            other = None if undone else undoable_by_others(connection, workspace.user)
    if arguments.json:
        print_json({"undone": undone and {"label": undone.label, "leads": list(undone.lead_ids)}})
    elif undone is None:
        told = gettext("There is nothing to undo.")
        if other is not None:
            told = gettext(
                "There is nothing of {user} to undo; for the last act of {author} add --user."
            ).format(user=workspace.user, author=other.author)
        say(told)
    else:
        more = len(undone.lead_ids or undone.records) - len(names)
        if more > 0 and names:
            names.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        told = gettext("Undone: {label}").format(label=undone.label)
        say(f"{told} ({'; '.join(names)})" if names else told)
    return FINE


def _names(connection: sqlite3.Connection, lead_ids: Sequence[str]) -> list[str]:
    """How the first of these leads are called, as far as they are still there."""
    found = [
        connection.execute("SELECT number, company, contact FROM lead WHERE id = ?", (lead_id,)).fetchone()
        for lead_id in lead_ids[:_NAMED]
    ]
    return [
        " ".join(filter(None, (number, company or contact)))
        for number, company, contact in filter(None, found)
    ]


def _changes(changes: Sequence[Change], zone: tzinfo) -> Iterator[dict[str, Any]]:
    """What an entry changed: one line a field, one a custom field, one for a record that came or went."""
    for change in changes:
        if change.field is None:
            came = change.old is None
            old = None if came else json.loads(str(change.old))
            yield _line(change, "created" if came else "deleted", old, None)
        elif change.field == "custom":
            before, after = json.loads(str(change.old or "{}")), json.loads(str(change.new or "{}"))
            for key in sorted(before.keys() | after.keys()):
                if before.get(key) != after.get(key):
                    yield _line(change, f"custom.{key}", before.get(key), after.get(key))
        elif change.field in _TIMES:
            yield _line(change, change.field, _moment(change.old, zone), _moment(change.new, zone))
        else:
            yield _line(change, change.field, change.old, change.new)


def _line(change: Change, field: str, old: object, new: object) -> dict[str, Any]:
    return {"record": change.record, "field": field, "old": old, "new": new}


def _moment(value: object, zone: tzinfo) -> object:
    return iso_time(value, zone) if isinstance(value, int) else value


COMMANDS: dict[str, Subcommand] = {
    "history": Subcommand(
        _("Prints who changed what on a lead, and when"), ("history L-7K3QF2",), history, lead_argument
    ),
    "undo": Subcommand(_("Takes back the last act, an import included"), ("undo",), undo),
}
