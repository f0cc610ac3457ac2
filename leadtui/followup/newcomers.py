"""Playbooks that start by themselves on leads that come in, in the act that brings them (R47, R60, R110)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.followup.card import situation
from leadtui.followup.facts import FACT_COLUMNS, facts_of_lead
from leadtui.followup.standing import standing
from leadtui.followup.starting import COLUMNS, bring_tasks
from leadtui.playbooks.library import fitting, library
from leadtui.playbooks.occasion import Situation
from leadtui.values import Status

if TYPE_CHECKING:
    from leadtui.playbooks.playbook import Playbook
    from leadtui.store.act import Act

_BROUGHT = ("id", "custom", *COLUMNS)
"""What `bring_tasks` takes of a lead."""
_AT_ONCE = 1000


def start_on_entered(act: Act, lead_ids: Sequence[str]) -> None:
    """Start on leads that were just entered what starts by itself on such leads."""
    books = _beginners()
    if not books:
        return
    names = (*_BROUGHT, *FACT_COLUMNS)
    found = act.rows(f"SELECT {', '.join(names)} FROM lead WHERE id IN ({{marks}})", lead_ids)
    for values in list(found):
        lead: Mapping[str, Any] = dict(zip(names, values, strict=True))
        facts = facts_of_lead(act.connection, lead)
        stands = standing(facts, act.settings, act.now, act.zone)
        _start(act, [(situation(lead, facts, stands), values[: len(_BROUGHT)])], books)


def start_on_imported(act: Act, first_seq: int) -> None:
    """The same for leads that an import has written, all from a row number on; what is derived from them is
    known."""
    books = _beginners()
    if not books:
        return
    rows = act.connection.execute(
        f"SELECT tier, stage, status, industry, {', '.join(_BROUGHT)} FROM lead WHERE seq >= ? AND open = 1",
        (first_seq,),
    )
    while some := rows.fetchmany(_AT_ONCE):
        _start(
            act,
            [
                (Situation(tier, stage, status, "first_contact", industry), lead)
                for tier, stage, status, industry, *lead in some
            ],
            books,
        )


def _beginners() -> list[Playbook]:
    """Those for leads that start by themselves."""
    known = library().playbooks.values()
    return [one for one in known if one.starts and not one.occasion.opportunity]


def _start(act: Act, leads: Iterable[tuple[Situation, Sequence[object]]], books: list[Playbook]) -> None:
    """Start on each lead that is new the one that fits it best."""
    chosen: dict[str, list[Sequence[object]]] = {}
    for place, lead in leads:
        if place.status == Status.NEW and (best := fitting(books, place)[:1]):
            chosen.setdefault(best[0].code, []).append(lead)
    for book in books:
        bring_tasks(act, chosen.get(book.code, ()), book)
