"""Naming leads on the command line: by a view and a filter."""

from __future__ import annotations

import argparse
import sqlite3
from difflib import get_close_matches

from leadtui.errors import UsageError
from leadtui.followup.filters import parse_filter
from leadtui.followup.queue import VIEWS, Query
from leadtui.followup.views import saved_views
from leadtui.i18n import gettext as _


def view_arguments(parser: argparse.ArgumentParser, default: str) -> None:
    """`--view` and `--filter`."""
    parser.add_argument(
        "--view",
        default=default,
        metavar="VIEW",
        help=_("{views}, or a saved one (default: {default})").format(
            views=", ".join(VIEWS), default=default
        ),
    )
    parser.add_argument(
        "--filter",
        default="",
        metavar="WORDS",
        help=_("words to search for and filter words such as tier:a source:expo overdue"),
    )


def view_and_filter(connection: sqlite3.Connection, name: str) -> tuple[str, str]:
    """The view of that name and the filter it brings; UsageError with the nearest one without any."""
    if name.casefold() in VIEWS:
        return name.casefold(), ""
    saved = {known.casefold(): text for known, text in saved_views(connection).items()}
    if name.casefold() in saved:
        return "all", saved[name.casefold()]
    nearest = get_close_matches(name.casefold(), [*VIEWS, *saved], n=1)
    hint = _("did you mean {nearest}?").format(nearest=nearest[0]) if nearest else ""
    raise UsageError(
        _("There is no view {name}; {hint}").format(
            name=name, hint=hint or _("there are {views}.").format(views=", ".join([*VIEWS, *saved]))
        )
    )


def wanted(connection: sqlite3.Connection, arguments: argparse.Namespace) -> Query:
    """The query that `--view` and `--filter` name; UsageError for a filter word that can't be read."""
    view, text = view_and_filter(connection, arguments.view)
    chosen = parse_filter(f"{text} {arguments.filter}".strip())
    if chosen.problems:
        raise UsageError(" ".join(chosen.problems))
    return Query(view, chosen)
