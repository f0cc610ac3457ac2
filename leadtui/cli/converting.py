"""`leadtui convert`: a lead becomes a customer, and back again."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from leadtui.cli.arguments import lead_argument, map_argument, pair
from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, say
from leadtui.cli.parser import Subcommand
from leadtui.errors import UsageError
from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.values import RECORDS, SIGNALS

if TYPE_CHECKING:
    from leadtui.convert.values import Choices, Converted, Made, Plan
    from leadtui.settings import Settings


def convert(call: Call, arguments: argparse.Namespace) -> int:
    """Convert a lead, or print what that would do; with `--undo` take its conversion back."""
    from leadtui.convert.as_document import plan_document, plan_text
    from leadtui.convert.carry_out import carry_out
    from leadtui.convert.plan import make_plan
    from leadtui.convert.suggestions import suggest_customers
    from leadtui.followup.lookup import find_lead

    if arguments.undo:
        return _take_back(call, arguments)
    made: Converted | None = None
    with call.workspace() as workspace:
        with workspace.read() as connection:
            lead_id = find_lead(connection, " ".join(arguments.lead))
            choices = _choices(connection, call, lead_id, arguments)
            plan = make_plan(connection, lead_id, choices, call.settings, call.zone)
            suggested = suggest_customers(connection, lead_id) if choices.customer == "new" else ()
        if not arguments.dry_run:
            with workspace.act(gettext("Convert lead")) as act:
                made = carry_out(act, plan)
    if arguments.json:
        names = [{"number": one.number, "name": one.name, "why": list(one.why)} for one in suggested]
        print_json(plan_document(plan) | {"suggestions": names, "converted": _document(made)})
        return FINE
    if made is not None:
        say(_told(plan, made))
        return FINE
    say(plan_text(plan).rstrip())
    if suggested:
        say("\n" + gettext("Customers that it may belong to"))
        for one in suggested:
            say(f"  - {one.number} {one.name}: {', '.join(one.why)}")
    say("\n" + gettext("Nothing was written."))
    return FINE


def _take_back(call: Call, arguments: argparse.Namespace) -> int:
    from leadtui.convert.as_document import taking_back_document, taking_back_text
    from leadtui.convert.taking_back import take_back_conversion, taking_back
    from leadtui.followup.lookup import find_lead

    with call.workspace() as workspace:
        with workspace.read() as connection:
            lead_id = find_lead(connection, " ".join(arguments.lead))
            plan = taking_back(connection, lead_id, call.zone)
        if not arguments.dry_run:
            with workspace.act(gettext("Take back conversion")) as act:
                take_back_conversion(act, plan)
    if arguments.json:
        print_json(taking_back_document(plan) | {"written": not arguments.dry_run})
        return FINE
    say(taking_back_text(plan).rstrip())
    if arguments.dry_run:
        say("\n" + gettext("Nothing was written."))
    return FINE


def _choices(
    connection: sqlite3.Connection, call: Call, lead_id: str, arguments: argparse.Namespace
) -> Choices:
    from leadtui.convert.choices import first_choices, with_customer
    from leadtui.convert.values import NEW
    from leadtui.customers.lookup import find_record
    from leadtui.followup.lookup import find_lead

    choices = first_choices(connection, lead_id, call.settings, arguments.signal or ())
    if _is(arguments.customer, NEW):
        choices = choices._replace(same_name=True)
    elif arguments.customer is not None:
        customer = find_record(connection, "customer", arguments.customer)
        choices = with_customer(connection, lead_id, choices, customer)
    choices = _with_contact(connection, lead_id, choices, arguments.contact)
    choices = _with_opportunity(connection, choices, arguments.opportunity)
    target = target_names(connection, call.settings)
    signals = choices.signals
    if arguments.signal:
        marked = connection.execute(
            f"SELECT {', '.join(f'signal_{name}' for name in SIGNALS)} FROM lead WHERE id = ?", (lead_id,)
        ).fetchone()
        signals = frozenset(arguments.signal) | {name for name, on in zip(SIGNALS, marked, strict=True) if on}
    given = {**choices.given, **{target(name): value for name, value in arguments.set}}
    _refuse_without_record(choices, given)
    return choices._replace(
        others=tuple(find_lead(connection, text) for text in arguments.merge),
        signals=signals,
        reason=arguments.reason or "",
        given=given,
        mapping={target(name, source): source for name, source in arguments.map},
        take=frozenset(target(name) for name in arguments.take),
    )


def _refuse_without_record(choices: Choices, given: Mapping[str, str]) -> None:
    """What is set must have a record to stand in, or it would be lost without a word."""
    for ref in given:
        record = ref.partition(".")[0]
        if getattr(choices, record) == "none":
            raise UsageError(
                gettext(
                    "{field} has nowhere to stand: say --{record} as well, a name makes a new one."
                ).format(field=ref, record=record)
            )


def _with_contact(
    connection: sqlite3.Connection, lead_id: str, choices: Choices, text: str | None
) -> Choices:
    from leadtui.convert.lookup import find_contact
    from leadtui.convert.values import NEW, NONE

    if text is None:
        return choices
    if _is(text, NEW):
        return choices._replace(contact=NEW, same_contact=True)
    if _is(text, NONE):
        return choices._replace(contact=NONE)
    if choices.customer == NEW:
        raise UsageError(gettext("A new customer has no contacts yet: name the customer as well."))
    return choices._replace(contact=find_contact(connection, lead_id, choices.customer, text).id)


def _with_opportunity(connection: sqlite3.Connection, choices: Choices, text: str | None) -> Choices:
    """An opportunity of the customer by its number or name, or a new one of that name."""
    from leadtui.convert.lookup import find_opportunity
    from leadtui.convert.values import NEW, NONE

    if text is None:
        return choices
    for word in (NEW, NONE):
        if _is(text, word):
            return choices._replace(opportunity=word)
    found = find_opportunity(connection, choices.customer, text)
    if found is not None:
        return choices._replace(opportunity=found.id)
    return choices._replace(opportunity=NEW, given={**choices.given, "opportunity.name": text})


def _is(text: str | None, word: str) -> bool:
    return text is not None and text.strip().casefold() == word


def target_names(connection: sqlite3.Connection, settings: Settings) -> Callable[..., str]:
    """From the name that a command line gives a field to fill to its reference; UsageError for none:
    `customer.industry` for itself, and for `industry` when no other record has one. With the source that is
    to fill it, it may also be a new custom field."""
    from difflib import get_close_matches

    from leadtui.convert.targets import new_fields, target_fields

    known = target_fields(connection, settings)

    def target(name: str, source: str = "") -> str:
        if name in known or new_fields(connection, settings, {name: source}):
            return name
        meant = [ref for record in RECORDS if (ref := f"{record}.{name}") in known]
        if len(meant) == 1:
            return meant[0]
        nearest = meant or get_close_matches(name, known, n=3)
        if nearest:
            raise UsageError(
                gettext("There is no field {name}; do you mean {nearest}?").format(
                    name=name, nearest=", ".join(nearest)
                )
            )
        raise UsageError(
            gettext("There is no field {name}: write it like customer.industry.").format(name=name)
        )

    return target


def _document(made: Converted | None) -> dict[str, Any] | None:
    def document(one: Made | None) -> dict[str, str] | None:
        return one._asdict() if one else None

    return made and {
        "customer": document(made.customer),
        "contact": document(made.contact),
        "opportunity": document(made.opportunity),
    }


def _told(plan: Plan, made: Converted) -> str:
    names = [f"{one.number} {one.name}" for one in (made.customer, made.contact, made.opportunity) if one]
    return gettext("{number} {name} was converted: {records}.").format(
        number=plan.lead_number, name=plan.lead_name, records=", ".join(names)
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    lead_argument(parser)
    parser.add_argument(
        "--customer", metavar="CUSTOMER", help=gettext("new, or the number or name of one (default: new)")
    )
    parser.add_argument(
        "--contact",
        metavar="CONTACT",
        help=gettext("new, none, or the number or name of one of the customer"),
    )
    parser.add_argument(
        "--opportunity",
        metavar="OPPORTUNITY",
        help=gettext("none, a number, or a name (default: a new one when its gate is passed)"),
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=pair("FIELD=VALUE"),
        metavar="FIELD=VALUE",
        help=gettext("what a field shall hold, as customer.industry=robotics"),
    )
    map_argument(parser)
    parser.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="FIELD",
        help=gettext("where both say something the lead wins; else the customer does"),
    )
    parser.add_argument("--signal", action="append", default=[], choices=SIGNALS)
    parser.add_argument(
        "--merge",
        action="append",
        default=[],
        metavar="LEAD",
        help=gettext("another lead of the company, which becomes part of it"),
    )
    parser.add_argument(
        "--reason", metavar="TEXT", help=gettext("why it is converted although few signals speak for it")
    )
    parser.add_argument("--undo", action="store_true", help=gettext("take its conversion back"))
    parser.add_argument(
        "--dry-run", action="store_true", help=gettext("only print what would be created and changed")
    )


COMMANDS: dict[str, Subcommand] = {
    "convert": Subcommand(
        _("Makes a lead a customer, with a contact and an opportunity"),
        (
            "convert L-7K3QF2 --dry-run",
            "convert 'nova robotics' --customer C-54M9D6 --opportunity 'ERP 2027' --set amount=50万",
            "convert L-7K3QF2 --undo --dry-run",
        ),
        convert,
        _arguments,
    ),
}
