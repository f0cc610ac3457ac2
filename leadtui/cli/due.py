"""`leadtui due`: what is overdue and due today, for people, cron and scripts."""

from __future__ import annotations

import argparse
import html
import shutil
import sqlite3
import subprocess
from datetime import tzinfo
from typing import Any

from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE, SOMETHING_DUE
from leadtui.cli.output import print_json, print_table, say, warn
from leadtui.cli.parser import Subcommand
from leadtui.exporting.leads import iso_time, lead_documents
from leadtui.followup.describe import describe_limit
from leadtui.followup.reminders import ReminderGroup, ReminderPanel, reminder_panel
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _
from leadtui.text import one_line
from leadtui.values import ReminderRow

_ALL = 1_000_000
_SHOWN = 50
_NAMED = 5
_GROUPS = (
    ("overdue", _("Overdue")),
    ("today", _("Today")),
    ("tomorrow", _("Tomorrow")),
    ("no_next_step", _("No next step")),
)


def due(call: Call, arguments: argparse.Namespace) -> int:
    """Print the reminders; with `--exit-code`, the exit code tells whether something is pressing."""
    now = call.clock.now()
    with call.workspace() as workspace, workspace.read() as connection:
        panel = reminder_panel(connection, now, call.zone, _ALL if arguments.json else _SHOWN)
        if arguments.json:
            print_json(_document(connection, panel, now, call.zone))
    if not arguments.json:
        _print(panel, now, call.zone)
    pressing = panel.overdue.total + panel.today.total
    if arguments.notify and pressing:
        _notify(panel)
    return SOMETHING_DUE if arguments.exit_code and pressing else FINE


def _document(connection: sqlite3.Connection, panel: ReminderPanel, now: int, zone: tzinfo) -> dict[str, Any]:
    groups: dict[str, ReminderGroup] = {name: getattr(panel, name) for name, _title in _GROUPS}
    seqs = [row.seq for group in groups.values() for row in group.rows if row.record == "lead"]
    leads = {lead["id"]: lead for lead in lead_documents(connection, seqs, now, zone)}
    return {
        name: [
            {
                "kind": row.kind,
                **({"lead": leads[row.lead_id]} if row.record == "lead" else {"record": _record(row)}),
                "title": row.title,
                "due": iso_time(row.due, zone),
                "late_minutes": row.late_minutes,
            }
            for row in group.rows
        ]
        for name, group in groups.items()
    }


def _record(row: ReminderRow) -> dict[str, str]:
    """The customer, the contact or the opportunity that a reminder is about."""
    return {
        "type": row.record,
        "id": row.lead_id,
        "number": row.number,
        "company": row.company,
        "name": row.contact or row.company,
    }


def _print(panel: ReminderPanel, now: int, zone: tzinfo) -> None:
    groups = [(title, group) for name, title in _GROUPS if (group := getattr(panel, name)).total]
    for title, group in groups:
        print_table(
            (
                gettext("Tier"),
                gettext("Number"),
                gettext("Company"),
                gettext("Contact"),
                gettext("To do"),
                gettext("Due"),
            ),
            [_line(row, now, zone) for row in group.rows],
            f"{gettext(title)} ({group.total})",
        )
    if not groups:
        say(gettext("Nothing is due."))


def _line(row: ReminderRow, now: int, zone: tzinfo) -> tuple[object, ...]:
    when = describe_limit(row.due, now, zone) if row.due is not None else ""
    return row.tier, row.number, row.company, row.contact, row.title, when


def _notify(panel: ReminderPanel) -> None:
    """One message on the desktop that names the first few leads."""
    program = shutil.which("notify-send")
    if program is None:
        warn(gettext("No notification was sent: notify-send isn't installed."))
        return
    title = gettext("{overdue} overdue, {today} due today").format(
        overdue=panel.overdue.total, today=panel.today.total
    )
    rows = [*panel.overdue.rows, *panel.today.rows]
    names = [one_line(f"{row.tier}  {row.company or row.contact}: {row.title}") for row in rows[:_NAMED]]
    more = panel.overdue.total + panel.today.total - len(names)
    if more > 0:
        names.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    # Desktops read the body as markup.
    body = html.escape("\n".join(names), quote=False)
    try:
        subprocess.run([program, "--app-name=LeadTUI", "--", title, body], check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        warn(gettext("No notification was sent: notify-send failed."))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--exit-code", action="store_true", help=gettext("end with 3 when something is overdue or due today")
    )
    parser.add_argument("--notify", action="store_true", help=gettext("notify the desktop (notify-send)"))


COMMANDS: dict[str, Subcommand] = {
    "due": Subcommand(
        _("Prints what is overdue and due today, for cron and scripts"),
        ("due", "due --json --exit-code", "due --notify > /dev/null"),
        due,
        _arguments,
    )
}
