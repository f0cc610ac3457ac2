"""`leadtui inbox` and `show`: the queue, and one lead."""

from __future__ import annotations

import argparse

from leadtui.cli.arguments import lead_argument, whole_number
from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_table, say
from leadtui.cli.parser import Subcommand
from leadtui.cli.views import view_arguments, wanted
from leadtui.clock import Today
from leadtui.exporting.leads import lead_documents
from leadtui.followup.describe import describe_limit, describe_next
from leadtui.followup.queue import order, rows
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _
from leadtui.values import LeadRow

_SHOWN = 50


def inbox(call: Call, arguments: argparse.Namespace) -> int:
    """Print the first leads of a view, in inbox order."""
    now = call.clock.now()
    with call.workspace() as workspace, workspace.read() as connection:
        query = wanted(connection, arguments)
        found = order(connection, query, Today.at(now, call.zone), workspace.user)
        seqs = found.seqs(0, min(arguments.limit or len(found), len(found)))
        if arguments.json:
            leads = list(lead_documents(connection, seqs, now, call.zone))
            print_json({"view": query.view, "total": len(found), "leads": leads})
            return FINE
        known = rows(connection, seqs)
    if not seqs:
        say(gettext("No leads here."))
        return FINE
    print_table(
        tuple(
            map(
                gettext,
                (_("Tier"), _("Score"), _("Number"), _("Company"), _("Contact"), _("Next step"), _("Due")),
            )
        ),
        [_line(known[seq], call, now) for seq in seqs if seq in known],
    )
    if len(seqs) < len(found):
        say(
            ngettext(
                "{shown} of {total} lead; --limit 0 shows all.",
                "{shown} of {total} leads; --limit 0 shows all.",
                len(found),
            ).format(shown=len(seqs), total=len(found))
        )
    return FINE


def show(call: Call, arguments: argparse.Namespace) -> int:
    """Print everything that is known of one lead."""
    from leadtui.cli.card import card_document, print_card
    from leadtui.customers.lookup import kind_of
    from leadtui.errors import LeadTUIError
    from leadtui.followup.card import lead_detail
    from leadtui.followup.lookup import find_lead

    if record := kind_of(" ".join(arguments.lead)):
        from leadtui.cli.records import show_record

        return show_record(call, record, arguments)
    now = call.clock.now()
    with call.workspace() as workspace, workspace.read() as connection:
        lead_id = find_lead(connection, " ".join(arguments.lead))
        detail = lead_detail(connection, lead_id, call.settings, now, call.zone, arguments.activities)
        if detail is None:
            raise LeadTUIError(gettext("The lead was removed a moment ago."))
        if arguments.json:
            lead = next(lead_documents(connection, [detail.row.seq], now, call.zone))
            print_json({**lead, **card_document(detail, call.zone)})
        else:
            print_card(detail, now, call.zone)
    return FINE


def _line(row: LeadRow, call: Call, now: int) -> tuple[object, ...]:
    due = describe_limit(row.due_at, now, call.zone) if row.due_at is not None else ""
    who = ", ".join(filter(None, (row.contact, row.title)))
    step = describe_next(row.due_kind, row.next_step, row.task)
    return row.tier, row.score, row.number, row.company, who, step, due


def _inbox_arguments(parser: argparse.ArgumentParser) -> None:
    view_arguments(parser, "inbox")
    parser.add_argument(
        "--limit",
        type=whole_number,
        default=_SHOWN,
        metavar="N",
        help=gettext("at most so many leads, 0 for all (default: %(default)s)"),
    )


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    lead_argument(parser)
    parser.add_argument(
        "--activities",
        type=whole_number,
        default=20,
        metavar="N",
        help=gettext("how many activities, newest first (default: %(default)s)"),
    )


COMMANDS: dict[str, Subcommand] = {
    "inbox": Subcommand(
        _("Prints the leads of a view, in inbox order"),
        ("inbox", "inbox --view overdue --filter 'tier:a source:expo' --json"),
        inbox,
        _inbox_arguments,
    ),
    "show": Subcommand(
        _("Prints one lead, customer, contact or opportunity"),
        ("show L-7K3QF2", "show nova robotics", "show O-7K3QF2 --json"),
        show,
        _show_arguments,
    ),
}
