"""What several commands take, and how their words are read."""

from __future__ import annotations

import argparse

from leadtui.i18n import gettext
from leadtui.text import shortened

_MOST_DIGITS = 9


def lead_argument(parser: argparse.ArgumentParser) -> None:
    """The lead that a command is about."""
    parser.add_argument(
        "lead",
        nargs="+",
        metavar="LEAD",
        help=gettext("its number, its id, or words that match it alone"),
    )


def map_argument(parser: argparse.ArgumentParser) -> None:
    """What fills the fields of customers, contacts and opportunities from now on."""
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=field_and_value,
        metavar="FIELD=SOURCE",
        help=gettext("which field of the lead fills it, from now on; empty for none"),
    )


def whole_number(text: str) -> int:
    """A count from the command line, 0 or more; SQLite takes none of twenty digits."""
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(
            gettext("{text} is no whole number from 0 to {most}").format(
                text=shortened(text, 2 * _MOST_DIGITS), most=10**_MOST_DIGITS - 1
            )
        )
    return int(text)


def field_and_value(text: str) -> tuple[str, str]:
    """`FIELD=VALUE` of a command line, in two."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(gettext("{text} is not FIELD=VALUE").format(text=text))
    return name.strip(), value.strip()
