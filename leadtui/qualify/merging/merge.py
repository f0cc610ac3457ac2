"""Reading the records of a merge, and carrying it out as one act (R75; C11)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leadtui.errors import LeadTUIError, UsageError
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import EDITABLE, patch_custom, set_columns, survivor_number, why_not
from leadtui.qualify.collaborators import collaborator_id
from leadtui.qualify.leads import tag_id
from leadtui.qualify.merging.kinds import KINDS, Kind
from leadtui.qualify.merging.plan import MergePlan, Side, propose
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.values import CUSTOM, Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

MOST = 20
"""So many records can be merged at once: nobody reads more side by side."""


def read_plan(
    connection: sqlite3.Connection, kind: str, ids: Sequence[str], into: str | None = None
) -> MergePlan:
    """What is proposed for records of a kind; `into`, one of the ids, stays.

    UsageError for less than two, LeadTUIError for one that is gone or can't be changed any more.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) < 2:
        raise UsageError(_("Merging needs at least two that are not the same one."))
    if len(wanted) > MOST:
        raise UsageError(_("Merge at most {n} at once.").format(n=MOST))
    sides = read_sides(connection, KINDS[kind], wanted)
    _refuse_closed(connection, KINDS[kind], sides)
    return propose(KINDS[kind], sides, into)


def read_sides(connection: sqlite3.Connection, kind: Kind, ids: Sequence[str]) -> list[Side]:
    """The records with these ids; LeadTUIError when one is gone."""
    columns = JOURNALED_TABLES[kind.name]
    found = []
    for identity in ids:
        row = connection.execute(
            f"SELECT {', '.join(columns)} FROM {kind.name} WHERE id = ?", (identity,)
        ).fetchone()
        if row is None:
            raise LeadTUIError(_("The record is no longer there: load the list again."))
        values = dict(zip(columns, row, strict=True))
        found.append(_side(connection, kind, values))
    return found


def _side(connection: sqlite3.Connection, kind: Kind, values: dict[str, Any]) -> Side:
    identity = values["id"]
    tags: list[tuple[str]] = []
    if "tag" in kind.named_parts:
        statement = f"SELECT name FROM tag WHERE {kind.name}_id = ? ORDER BY name"
        tags = connection.execute(statement, (identity,)).fetchall()
    (latest,) = connection.execute(
        f"SELECT coalesce(max(at), 0) FROM activity WHERE {kind.name}_id = ? AND deleted_at IS NULL",
        (identity,),
    ).fetchone()
    return Side(
        identity,
        values["number"],
        ", ".join(filter(None, (values[name] for name in kind.texts))),
        values["status"],
        values,
        json.loads(values["custom"]),
        tuple(name for (name,) in tags),
        latest,
    )


def merge(act: Act, plan: MergePlan) -> str:
    """Carry out a plan on the records as they stand now; returns the id of the one that stays.

    The others keep all that they say, become `merged`, and point to it. LeadTUIError for one that is closed.
    """
    kind = plan.kind
    plan = plan.on(read_sides(act.connection, kind, [side.id for side in plan.sides]))
    _refuse_closed(act.connection, kind, plan.sides)
    stays, losers = plan.stays.id, [side.id for side in plan.losers]
    _set(act, kind, stays, plan.changes())
    _move_parts(act, kind, stays, losers)
    _share_names(act, plan)
    act.connection.executemany(
        f"UPDATE {kind.name} SET status = ?, merged_into = ? WHERE id = ?",
        ((Status.MERGED, stays, loser) for loser in losers),
    )
    return stays


def _set(act: Act, kind: Kind, identity: str, changes: dict[str, Any]) -> None:
    custom = {
        name.removeprefix(CUSTOM): changes.pop(name) for name in list(changes) if name.startswith(CUSTOM)
    }
    set_columns(act, kind.name, [identity], changes)
    patch_custom(act, kind.name, [identity], custom)


def _move_parts(act: Act, kind: Kind, stays: str, losers: Sequence[str]) -> None:
    """What belongs to the others belongs to the one that stays."""
    column = f"{kind.name}_id"
    for table in kind.parts:
        act.connection.executemany(
            f"UPDATE {table} SET {column} = ? WHERE {column} = ?", ((stays, loser) for loser in losers)
        )


def _share_names(act: Act, plan: MergePlan) -> None:
    """Tags and collaborators of the others are those of the one that stays; so are their owners."""
    kind, stays, column = plan.kind, plan.stays.id, f"{plan.kind.name}_id"
    if "tag" in kind.named_parts:
        tags = {name.casefold(): name for side in plan.losers for name in side.tags}
        act.connection.executemany(
            f"INSERT OR IGNORE INTO tag (id, {column}, name) VALUES (?, ?, ?)",
            [(tag_id(stays, name), stays, name) for name in tags.values()],
        )
    if "collaborator" in kind.named_parts:
        (owner,) = act.connection.execute(f"SELECT owner FROM {kind.name} WHERE id = ?", (stays,)).fetchone()
        found = act.rows(
            f"SELECT name, since FROM collaborator WHERE {column} IN ({{marks}}) ORDER BY since",
            [side.id for side in plan.losers],
        )
        people = {str(name): since for name, since in found}
        people |= {side.values["owner"]: act.now for side in plan.sides if side.values["owner"] not in people}
        act.connection.executemany(
            f"INSERT OR IGNORE INTO collaborator (id, {column}, name, since) VALUES (?, ?, ?, ?)",
            [
                (collaborator_id(stays, name), stays, name, since)
                for name, since in people.items()
                if name and name != owner
            ],
        )


def _refuse_closed(connection: sqlite3.Connection, kind: Kind, sides: Sequence[Side]) -> None:
    """Each of them can be changed; LeadTUIError with what to do about the first that can't."""
    for side in sides:
        if side.values["deleted_at"] is not None:
            raise LeadTUIError(_("The record is no longer there: load the list again."))
        if kind.name == "lead" and side.status not in EDITABLE:
            raise LeadTUIError(why_not(side.number, side.status, survivor_number(connection, side.id)))
        if side.status == Status.MERGED:
            raise LeadTUIError(_("{number} was merged: work on the other one.").format(number=side.number))
