"""Filters that were given a name."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from leadtui.errors import FieldProblems
from leadtui.followup.queue import VIEWS
from leadtui.i18n import gettext as _
from leadtui.store.ids import name_id
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.store.act import Act


def saved_views(connection: sqlite3.Connection) -> dict[str, str]:
    """The filter of each saved view, by name."""
    return dict(connection.execute("SELECT name, filter FROM saved_view ORDER BY name").fetchall())


def save_view(act: Act, name: str, filter_text: str) -> None:
    """Keep a filter under a name; a saved view of that name gets the new filter."""
    name = one_line(name)
    if not name:
        raise FieldProblems({"name": _("Give the view a name.")})
    if name.casefold() in VIEWS:
        raise FieldProblems({"name": _("There is a view of that name already: choose another one.")})
    identity = name_id("saved_view", name.casefold())
    known = act.connection.execute("SELECT 1 FROM saved_view WHERE id = ?", (identity,)).fetchone()
    if known:
        act.connection.execute("UPDATE saved_view SET filter = ? WHERE id = ?", (filter_text, identity))
    else:
        act.connection.execute(
            "INSERT INTO saved_view (id, name, filter) VALUES (?, ?, ?)", (identity, name, filter_text)
        )


def remove_view(act: Act, name: str) -> None:
    """Forget a saved view."""
    act.connection.execute(
        "DELETE FROM saved_view WHERE id = ?", (name_id("saved_view", name.strip().casefold()),)
    )
