"""`leadtui differences`: where a converted lead and its records no longer say the same."""

from __future__ import annotations

import argparse

from leadtui.cli.arguments import lead_argument
from leadtui.cli.call import Call
from leadtui.cli.converting import target_names
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_table, say
from leadtui.cli.parser import Subcommand
from leadtui.i18n import gettext
from leadtui.i18n import marked as _


def differences(call: Call, arguments: argparse.Namespace) -> int:
    """Print the differences, after settling those that are asked for."""
    from leadtui.convert.differences import differences as compared
    from leadtui.convert.differences import settle
    from leadtui.followup.lookup import find_lead

    with call.workspace() as workspace:
        with workspace.read() as connection:
            lead_id = find_lead(connection, " ".join(arguments.lead))
            target = target_names(connection, call.settings)
            found = compared(connection, lead_id, call.settings, call.zone)
        if arguments.push or arguments.pull:
            with workspace.act(gettext("Settle differences")) as act:
                settle(act, lead_id, found, [*map(target, arguments.push)], [*map(target, arguments.pull)])
            with workspace.read() as connection:
                found = compared(connection, lead_id, call.settings, call.zone)
    if arguments.json:
        names = ("source", "lead", "target", "record", "can_push", "can_pull")
        print_json({"differences": [{name: getattr(one, name) for name in names} for one in found]})
    elif not found:
        say(gettext("The lead and its customer say the same."))
    else:
        print_table(
            tuple(gettext(heading) for heading in (_("Field"), _("Lead"), _("Customer"))),
            [(one.target, one.lead or "–", one.record or "–") for one in found],
        )
    return FINE


def _arguments(parser: argparse.ArgumentParser) -> None:
    lead_argument(parser)
    for name, text in (
        ("--push", gettext("write what the lead says to this field of the customer, contact or opportunity")),
        ("--pull", gettext("write what this field says to the lead")),
    ):
        parser.add_argument(name, action="append", default=[], metavar="FIELD", help=text)


COMMANDS: dict[str, Subcommand] = {
    "differences": Subcommand(
        _("Prints where a converted lead and its customer no longer say the same"),
        ("differences L-7K3QF2", "differences L-7K3QF2 --push customer.industry --pull contact.title"),
        differences,
        _arguments,
    ),
}
