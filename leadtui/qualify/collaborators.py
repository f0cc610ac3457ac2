"""Who supports the owner of a lead: collaborators see it and add follow-ups (R100 to R102)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import EDITABLE, changeable
from leadtui.store.ids import name_id
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.store.act import Act

NAME_LIMIT = 100


def collaborators(connection: sqlite3.Connection, lead_id: str) -> tuple[str, ...]:
    """The collaborators of a lead, those who came first before the others."""
    found = connection.execute(
        "SELECT name FROM collaborator WHERE lead_id = ? ORDER BY since, name", (lead_id,)
    )
    return tuple(name for (name,) in found)


def add_collaborators(act: Act, lead_ids: Sequence[str], names: Iterable[str]) -> None:
    """Let people support leads; those who do already are left alone, and so are owners."""
    wanted = _names(names)
    ids = [lead.id for lead in changeable(act, lead_ids, EDITABLE)] if wanted else []
    rows = act.rows("SELECT id, owner FROM lead WHERE id IN ({marks})", ids)
    owners = [(str(lead_id), str(owner).casefold()) for lead_id, owner in rows]
    _insert(
        act, ((lead_id, name) for lead_id, owner in owners for name in wanted if name.casefold() != owner)
    )


def remove_collaborators(act: Act, lead_ids: Sequence[str], names: Iterable[str]) -> None:
    """End the support of leads by people, whatever the case of their names."""
    wanted = _names(names)
    ids = [lead.id for lead in changeable(act, lead_ids, EDITABLE)] if wanted else []
    act.connection.executemany(
        "DELETE FROM collaborator WHERE id = ?",
        ((collaborator_id(lead_id, name),) for lead_id in ids for name in wanted),
    )


def hand_over(act: Act, lead_ids: Sequence[str], owner: str) -> None:
    """Make the owners that leads have collaborators, because `owner` follows them (R101); who owns a lead
    supports it no more."""
    former = [
        (str(lead_id), str(name))
        for lead_id, name in act.rows(
            "SELECT id, owner FROM lead WHERE id IN ({marks}) AND owner NOT IN ('', ?)", lead_ids, owner
        )
    ]
    _insert(act, former)
    act.connection.executemany(
        "DELETE FROM collaborator WHERE id = ?", ((collaborator_id(lead_id, owner),) for lead_id in lead_ids)
    )


def _insert(act: Act, pairs: Iterable[tuple[str, str]]) -> None:
    act.connection.executemany(
        "INSERT OR IGNORE INTO collaborator (id, lead_id, name, since) VALUES (?, ?, ?, ?)",
        ((collaborator_id(lead_id, name), lead_id, name, act.now) for lead_id, name in pairs),
    )


def collaborator_id(identity: str, name: str) -> str:
    """The identity of a collaborator of a lead or a customer: the same wherever it is made."""
    return name_id("collaborator", identity, name.casefold())


def _names(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for text in names:
        name = one_line(text)
        if len(name) > NAME_LIMIT:
            raise FieldProblems(
                {"collaborators": _("Shorten the name to {n} characters.").format(n=NAME_LIMIT)}
            )
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())
