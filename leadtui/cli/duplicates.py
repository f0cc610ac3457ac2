"""`leadtui duplicates`: the pairs of the whole file that may be the same lead, customer or contact."""

from __future__ import annotations

import argparse
from typing import Any

from leadtui.cli.arguments import whole_number
from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_table, say
from leadtui.cli.parser import Subcommand
from leadtui.cli.progress import progress_bar
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _
from leadtui.qualify.duplicates.reasons import reasons
from leadtui.qualify.duplicates.search import Pair, all_pairs
from leadtui.qualify.duplicates.sources import SOURCES, Side

_SHOWN = 50
_HEADINGS = {"lead": _("Lead"), "customer": _("Customer"), "contact": _("Contact")}


def duplicates(call: Call, arguments: argparse.Namespace) -> int:
    """Print the pairs, the likeliest first."""
    with (
        call.workspace() as workspace,
        workspace.read() as connection,
        progress_bar(gettext("Looking for duplicates")) as progress,
    ):
        pairs = all_pairs(connection, call.settings, progress, arguments.kind)
    shown = pairs[: arguments.limit or len(pairs)]
    if arguments.json:
        print_json({"total": len(pairs), "pairs": [_document(pair, arguments.kind) for pair in shown]})
        return FINE
    if not pairs:
        say(gettext("No two look the same."))
        return FINE
    heading = gettext(_HEADINGS[arguments.kind])
    print_table(
        ("%", heading, heading, gettext("Why")),
        [(pair.score, _name(pair.one), _name(pair.other), reasons(pair.evidence)) for pair in shown],
    )
    if len(shown) < len(pairs):
        say(
            ngettext(
                "{shown} of {total} pair; --limit 0 shows all.",
                "{shown} of {total} pairs; --limit 0 shows all.",
                len(pairs),
            ).format(shown=len(shown), total=len(pairs))
        )
    return FINE


def _name(side: Side) -> str:
    return f"{side.number} {', '.join(filter(None, (side.company, side.contact)))}"


def _document(pair: Pair, kind: str) -> dict[str, Any]:
    """A pair as JSON: its two records stand under the name of their kind."""
    return {
        "score": pair.score,
        "likely": pair.likely,
        "reasons": reasons(pair.evidence),
        f"{kind}s": [_side(side, kind) for side in (pair.one, pair.other)],
    }


def _side(side: Side, kind: str) -> dict[str, str]:
    """A record with the names that lists of its kind have."""
    who = {
        "lead": {"company": side.company, "contact": side.contact},
        "customer": {"name": side.company},
        "contact": {"name": side.contact, "customer": side.company},
    }
    return {
        "id": side.id,
        "number": side.number,
        **who[kind],
        "phone": side.phone or side.mobile,
        "email": side.email,
        "status": side.status,
        "owner": side.owner,
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--of",
        dest="kind",
        choices=tuple(SOURCES),
        default="lead",
        help=gettext("what to compare (default: %(default)s)"),
    )
    parser.add_argument(
        "--limit",
        type=whole_number,
        default=_SHOWN,
        metavar="N",
        help=gettext("at most so many pairs, 0 for all (default: %(default)s)"),
    )


COMMANDS: dict[str, Subcommand] = {
    "duplicates": Subcommand(
        _("Prints the pairs of leads that may be the same, with the reasons"),
        ("duplicates", "duplicates --of customer --limit 0 --json"),
        duplicates,
        _arguments,
    ),
}
