"""What several commands take, and how their words are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from leadtui.i18n import gettext
from leadtui.text import shortened

_MOST_DIGITS = 9
_MOST_SHOWN = 40
"""Characters of a refused text that the refusal repeats."""


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
        type=pair("FIELD=SOURCE"),
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


def pair(form: str, *, filled: bool = False) -> Callable[[str], tuple[str, str]]:
    """A reader for what is written like `form` (`FIELD=VALUE`), in two; `filled` wants a value too."""

    def read(text: str) -> tuple[str, str]:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not name or (filled and not value):
            raise argparse.ArgumentTypeError(
                gettext("{text} is not {form}").format(text=shortened(text, _MOST_SHOWN), form=form)
            )
        return name, value

    return read
