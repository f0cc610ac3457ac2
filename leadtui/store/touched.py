"""What the journal says of each lead since what is derived from it was last brought in step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_CHILDREN = ("activity", "tag", "task", "playbook_run")
"""What changes the standing or the search text of the lead that it belongs to."""
_NO_TAGS: frozenset[str] = frozenset()


@dataclass(slots=True)
class Touched:
    """What happened to one lead, its activities and its tags."""

    old_values: dict[str, Any] | None = None
    """The value that each changed column had; None when none changed."""
    born: bool = False
    death: int | None = None
    """The change that keeps the lead as it was, when it died after having been there."""
    tags_added: frozenset[str] = _NO_TAGS
    tags_removed: frozenset[str] = _NO_TAGS

    def before(self, lead: Mapping[str, Any] | None, kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """The lead as it was, or None when it wasn't there; from what it is, or was when it died."""
        if self.death is not None:
            return {**(kept or {}), **(self.old_values or {})}
        if self.born or lead is None:
            return None
        return {**lead, **(self.old_values or {})}

    def tags_before(self, tags: set[str]) -> set[str]:
        """The tags that the lead had, from those that it has."""
        return (tags | self.tags_removed) - self.tags_added


def touched_since(connection: sqlite3.Connection, mark: int) -> dict[str, Touched]:
    """The leads that changes after the change `mark` are about, by id."""
    touched: dict[str, Touched] = {}
    changes = connection.execute(
        "SELECT seq, record, row, field, old FROM journal_change WHERE seq > ? ORDER BY seq", (mark,)
    )
    for seq, record, row, name, old in changes:
        if record == "lead":
            what = touched.setdefault(row, Touched())
            if name is not None:
                _note_value(what, name, old)
            elif old is None:
                what.born = what.death is None
            elif not what.born and what.death is None:
                what.death = seq
        elif record in _CHILDREN:
            if name == "lead_id" and old is not None:
                touched.setdefault(old, Touched())
            lead_id, tag = _parent(connection, record, row, old if name is None else None)
            if lead_id is not None:
                what = touched.setdefault(lead_id, Touched())
                if record == "tag" and name is None:
                    _note_tag(what, tag, born=old is None)
    return touched


def _note_value(what: Touched, name: str, old: object) -> None:
    """What came after a death is about another life of the lead."""
    if what.death is None:
        what.old_values = what.old_values or {}
        what.old_values.setdefault(name, old)


def _note_tag(what: Touched, name: str, *, born: bool) -> None:
    tag = frozenset((name,))
    if born:
        came_back = name in what.tags_removed
        what.tags_removed -= tag
        what.tags_added |= _NO_TAGS if came_back else tag
    else:
        came_before = name in what.tags_added
        what.tags_added -= tag
        what.tags_removed |= _NO_TAGS if came_before else tag


def _parent(
    connection: sqlite3.Connection, record: str, row: str, old_row: str | None
) -> tuple[str | None, str]:
    """The lead that a part belongs to, and a tag's name."""
    if old_row is not None:
        values = json.loads(old_row)
        return values.get("lead_id"), values.get("name", "")
    name = "name" if record == "tag" else "''"
    found = connection.execute(f"SELECT lead_id, {name} FROM {record} WHERE id = ?", (row,)).fetchone()
    return (found[0], found[1]) if found else (None, "")
