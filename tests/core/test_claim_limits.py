"""Limits of the pool: so many claims a day, so many leads held, and a rest for what one let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadtui.clock import FixedClock, to_milliseconds
from leadtui.errors import LeadTUIError
from leadtui.followup.ability import Judge, reasons_text, refused
from leadtui.qualify.leads import create_lead
from leadtui.qualify.pool import claim, give_back
from leadtui.settings import Look, Settings, Team
from leadtui.workspace import Workspace

NOW = to_milliseconds(datetime(2026, 11, 20, 10, 42, tzinfo=UTC))
DAY = 86_400_000
Opening = Callable[..., Workspace]


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Opening]:
    """Opens the same file for anybody, at any time, under limits."""
    opened: list[Workspace] = []

    def at(user: str = "ana", now: int = NOW, **limits: int) -> Workspace:
        settings = Settings(look=Look(timezone="UTC"), team=Team(**limits))
        opened.append(Workspace.open(tmp_path / "leads.db", settings, FixedClock(now), user))
        return opened[-1]

    yield at
    for workspace in opened:
        workspace.close()


def pooled(workspace: Workspace, number: int) -> list[str]:
    """Leads of the pool that the user never had."""
    with workspace.act("Pool") as act:
        whole = {
            "source_channel": "expo",
            "contact": "Li",
            "phone": "+8613812345678",
            "need": "ERP",
            "owner": "boss",
        }
        ids = [create_lead(act, {**whole, "company": f"Nova {place}"}) for place in range(number)]
        act.connection.execute("UPDATE lead SET owner = '', status = 'recycled'")
    return ids


def take(workspace: Workspace, ids: Sequence[str]) -> None:
    with workspace.act("Claim") as act:
        claim(act, ids)


def held(workspace: Workspace) -> int:
    """How many open leads the user has."""
    with workspace.read() as connection:
        owned = "SELECT count(*) FROM lead WHERE open = 1 AND owner = ?"
        return int(connection.execute(owned, (workspace.user,)).fetchone()[0])


def test_nothing_is_limited_by_default(opening: Opening) -> None:
    workspace = opening()
    take(workspace, pooled(workspace, 40))
    assert held(workspace) == 40


def test_only_so_many_are_claimed_a_day_and_undone_ones_do_not_count(opening: Opening) -> None:
    workspace = opening(claims_a_day=3)
    ids = pooled(workspace, 6)
    take(workspace, ids[:2])
    with pytest.raises(LeadTUIError, match="1 more lead today"):
        take(workspace, ids[2:4])
    take(workspace, ids[2:3])
    with pytest.raises(LeadTUIError, match="come back tomorrow"):
        take(workspace, ids[3:4])
    workspace.undo()
    take(workspace, ids[3:4])
    take(opening("ben", claims_a_day=3), ids[4:5])
    take(opening(now=NOW + DAY, claims_a_day=3), ids[2:3])


def test_the_parts_of_one_act_count_together(opening: Opening) -> None:
    workspace = opening(claims_a_day=3)
    ids = pooled(workspace, 4)
    with pytest.raises(LeadTUIError, match="1 more lead"), workspace.act("Claim") as act:
        claim(act, ids[:2])
        claim(act, ids[2:])
    take(workspace, ids[:3])


def test_only_so_many_open_leads_are_held(opening: Opening) -> None:
    workspace = opening(claims_held=2)
    ids = pooled(workspace, 3)
    take(workspace, ids[:1])
    with pytest.raises(LeadTUIError, match="You hold 1 open leads and may hold 2"):
        take(workspace, ids[1:])
    with workspace.act("Give back") as act:
        give_back(act, ids[:1], "no_budget")
    take(workspace, ids[1:])


def test_what_one_let_go_is_left_to_others_for_a_while(opening: Opening) -> None:
    workspace = opening(claim_again_days=7)
    mine, other = pooled(workspace, 2)
    take(workspace, [mine])
    with workspace.act("Give back") as act:
        give_back(act, [mine], "no_budget", retry_at=NOW)
    with pytest.raises(LeadTUIError, match="you again from 2026-11-27"):
        take(workspace, [mine])
    with workspace.read() as connection:
        seqs = [seq for (seq,) in connection.execute("SELECT seq FROM lead ORDER BY seq")]
        found = refused(connection, seqs, "claim", Judge(workspace.settings, NOW, "ana"))
    assert (list(found), reasons_text(found)) == (seqs[:1], "1 yours not long ago")
    take(workspace, [other])
    later = opening(now=NOW + 7 * DAY + 1, claim_again_days=7)
    take(later, [mine])
    later.undo()
    take(opening("ben", claim_again_days=7), [mine])


def test_a_claim_that_was_undone_is_no_letting_go(opening: Opening) -> None:
    workspace = opening(claim_again_days=7)
    (lead,) = pooled(workspace, 1)
    take(workspace, [lead])
    workspace.undo()
    take(workspace, [lead])
    with workspace.act("Give back") as act:
        give_back(act, [lead], "no_budget")
    workspace.undo()
    workspace.undo()
    take(workspace, [lead])
    assert held(workspace) == 1
