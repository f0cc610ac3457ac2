"""`leadtui merge-leads`, `merge-customers` and `merge-contacts`: several records become one."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_table, say
from leadtui.cli.parser import Subcommand
from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.qualify.merging.plan import MergePlan

if TYPE_CHECKING:
    from leadtui.followup.side_by_side import Line


_ACTS: Mapping[str, str] = {
    "lead": _("Merge leads"),
    "customer": _("Merge customers"),
    "contact": _("Merge contacts"),
}
"""What the act is called, by the kind of record."""


def merging(record: str) -> Callable[[Call, argparse.Namespace], int]:
    """The command that merges records of one kind by what is proposed, or prints what it would come to."""

    def run(call: Call, arguments: argparse.Namespace) -> int:
        from leadtui.followup.side_by_side import lines
        from leadtui.qualify.fields import custom_fields
        from leadtui.qualify.merging.merge import merge, read_plan

        with call.workspace() as workspace:
            with workspace.read() as connection:
                into = _find(connection, record, arguments.into) if arguments.into else None
                ids = [_find(connection, record, text) for text in arguments.records]
                plan = read_plan(connection, record, ids if into is None else [*ids, into], into)
                told = lines(plan, custom_fields(connection, call.settings, record), call.zone)
            if not arguments.dry_run:
                with workspace.act(gettext(_ACTS[record])) as act:
                    merge(act, plan)
        if arguments.json:
            print_json(_document(plan, told, arguments.dry_run))
            return FINE
        _print(plan, told)
        if arguments.dry_run:
            say(gettext("Nothing was written."))
        return FINE

    return run


def _find(connection: sqlite3.Connection, record: str, text: str) -> str:
    from leadtui.customers.lookup import find_record
    from leadtui.followup.lookup import find_lead

    return find_lead(connection, text) if record == "lead" else find_record(connection, record, text)


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


def _arguments(metavar: str, into: str) -> Callable[[argparse.ArgumentParser], None]:
    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "records",
            nargs="+",
            metavar=metavar,
            help=gettext("a number, an id, or quoted words that match one alone"),
        )
        parser.add_argument("--into", metavar=metavar, help=gettext(into))
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("only print what each field would hold")
        )

    return add


COMMANDS: dict[str, Subcommand] = {
    "merge-leads": Subcommand(
        _("Merges leads into one; nothing is deleted, and undo takes it back"),
        ("merge-leads L-7K3QF2 L-54M9D6", "merge-leads L-7K3QF2 L-54M9D6 --into L-54M9D6 --dry-run"),
        merging("lead"),
        _arguments("LEAD", _("the lead that stays; else the furthest, fullest one")),
    ),
    "merge-customers": Subcommand(
        _("Merges customers into one, with all that belongs to them; undo takes it back"),
        ("merge-customers C-7K3QF2 C-54M9D6", "merge-customers 启明 启明科技 --into C-54M9D6 --dry-run"),
        merging("customer"),
        _arguments("CUSTOMER", _("the customer that stays; else the furthest, fullest one")),
    ),
    "merge-contacts": Subcommand(
        _("Merges contacts into one, with all that belongs to them; undo takes it back"),
        ("merge-contacts P-7K3QF2 P-54M9D6", "merge-contacts P-7K3QF2 P-54M9D6 --into P-54M9D6 --dry-run"),
        merging("contact"),
        _arguments("CONTACT", _("the contact that stays; else the furthest, fullest one")),
    ),
}
