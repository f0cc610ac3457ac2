"""`leadtui merge-leads`: several leads become one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from leadtui.cli import FINE
from leadtui.cli.call import Call
from leadtui.cli.output import print_json, print_table, say
from leadtui.cli.parser import Subcommand
from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.qualify.merging.plan import MergePlan

if TYPE_CHECKING:
    from leadtui.followup.side_by_side import Line


def merge_leads(call: Call, arguments: argparse.Namespace) -> int:
    """Merge leads by what is proposed, or print what it would come to."""
    from leadtui.followup.lookup import find_lead
    from leadtui.followup.side_by_side import lines
    from leadtui.qualify.fields import custom_fields
    from leadtui.qualify.merging.merge import merge, read_plan

    with call.workspace() as workspace:
        with workspace.read() as connection:
            into = find_lead(connection, arguments.into) if arguments.into else None
            ids = [find_lead(connection, text) for text in arguments.leads]
            plan = read_plan(connection, "lead", ids if into is None else [*ids, into], into)
            told = lines(plan, custom_fields(connection, call.settings), call.zone)
        if not arguments.dry_run:
            with workspace.act(gettext("Merge leads")) as act:
                merge(act, plan)
    if arguments.json:
        print_json(_document(plan, told, arguments.dry_run))
        return FINE
    _print(plan, told)
    if arguments.dry_run:
        say(gettext("Nothing was written."))
    return FINE


def _print(plan: MergePlan, told: list[Line]) -> None:
    names = ", ".join(_name(side.number, side.name) for side in plan.losers)
    say(f"{names} → {_name(plan.stays.number, plan.stays.name)}")
    print_table(
        (gettext("Field"), gettext("Result"), *(side.number for side in plan.sides)),
        [(line.label, line.result, *line.texts) for line in told if line.differs],
    )


def _name(number: str, name: str) -> str:
    return f"{number} {name}".strip()


def _document(plan: MergePlan, told: list[Line], dry_run: bool) -> dict[str, Any]:
    return {
        "survivor": plan.stays.number,
        "merged": [side.number for side in plan.losers],
        "written": not dry_run,
        "fields": [
            {
                "field": line.name,
                "result": line.result,
                "from": None if line.chosen is None else plan.sides[line.chosen].number,
                "values": {side.number: text for side, text in zip(plan.sides, line.texts, strict=True)},
            }
            for line in told
        ],
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "leads",
        nargs="+",
        metavar="LEAD",
        help=gettext("a number, an id, or quoted words that match one lead"),
    )
    parser.add_argument(
        "--into", metavar="LEAD", help=gettext("the lead that stays; else the furthest, fullest one")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=gettext("only print what each field would hold")
    )


COMMANDS: dict[str, Subcommand] = {
    "merge-leads": Subcommand(
        _("Merges leads into one; nothing is deleted, and undo takes it back"),
        ("merge-leads L-7K3QF2 L-54M9D6", "merge-leads L-7K3QF2 L-54M9D6 --into L-54M9D6 --dry-run"),
        merge_leads,
        _arguments,
    ),
}
