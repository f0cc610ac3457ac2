"""The file that `leadtui demo` opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadtui.clock import FixedClock, Today
from leadtui.demo.fill import fill
from leadtui.demo.sample import sample_leads
from leadtui.followup.activities import log_follow_up
from leadtui.followup.queue import VIEWS, Counts, counts
from leadtui.qualify.leads import add_tags, create_lead
from leadtui.store.journal import history
from leadtui.workspace import Workspace


@pytest.fixture
def demo(tmp_path: Path, clock: FixedClock) -> Workspace:
    workspace = Workspace.open(tmp_path / "demo.db", clock=clock, user="ana")
    fill(workspace, 60)
    return workspace


def count(workspace: Workspace) -> Counts:
    with workspace.read() as connection:
        return counts(connection, Today.at(workspace.clock.now(), workspace.zone), VIEWS)


def test_inbox_holds_a_days_work(demo: Workspace) -> None:
    found = count(demo).views
    assert found["all"] == 60
    assert 30 <= found["inbox"] <= 45
    assert 10 <= found["waiting"] <= 25
    assert 4 <= found["overdue"] <= 8
    assert 10 <= found["today"] <= 20
    assert 2 <= found["new"] <= 5
    assert found["watch"] == 2


def test_the_stories_stand_at_the_top(demo: Workspace) -> None:
    with demo.read() as connection:
        companies = [
            name
            for (name,) in connection.execute("SELECT company FROM lead WHERE open ORDER BY rank LIMIT 8")
        ]
    assert companies[0] == "Nova Robotics"
    assert "Kestrel Foods" in companies


def test_tiers_of_the_stories(demo: Workspace) -> None:
    with demo.read() as connection:
        tiers = dict(connection.execute("SELECT company, tier FROM lead ORDER BY seq LIMIT 4").fetchall())
    assert tiers == {
        "Nova Robotics": "A",
        "Kestrel Foods": "A",
        "上海启明科技有限公司": "B",
        "Halden Optics": "B",
    }


def test_every_tier_is_there(demo: Workspace) -> None:
    with demo.read() as connection:
        found = dict(
            connection.execute("SELECT tier, count(*) FROM lead WHERE open GROUP BY tier").fetchall()
        )
    assert min(found[tier] for tier in "ABC") >= 8


def test_the_sample_is_not_an_act_that_undo_takes_back(demo: Workspace) -> None:
    assert demo.undo() is None
    assert count(demo).views["all"] == 60


def test_the_sample_has_a_history(demo: Workspace) -> None:
    with demo.read() as connection:
        (lead_id,) = connection.execute("SELECT id FROM lead ORDER BY seq LIMIT 1").fetchone()
        entries = history(connection, lead_id)
    assert [entry.label for entry, _changes in entries] == ["Sample leads"]


def test_everything_derived_is_in_step(demo: Workspace) -> None:
    assert demo.maintain() is False


def test_more_can_be_added(demo: Workspace) -> None:
    fill(demo, 7)
    assert count(demo).views["all"] == 67
    with demo.read() as connection:
        (numbers,) = connection.execute("SELECT count(DISTINCT number) FROM lead").fetchone()
    assert numbers == 67


def test_progress_ends_at_the_whole(tmp_path: Path, clock: FixedClock) -> None:
    told: list[tuple[int, int]] = []
    workspace = Workspace.open(tmp_path / "demo.db", clock=clock)
    fill(workspace, 20, lambda done, total: told.append((done, total)))
    assert told[-1] == (20, 20)


def test_every_sample_lead_could_have_been_entered_by_hand(tmp_path: Path, now: int) -> None:
    clock = FixedClock(now)
    entered = Workspace.open(tmp_path / "entered.db", clock=clock, user="ana")
    for lead in sample_leads(60, now, entered.zone):
        clock.at = int(str(lead.draft["acquired_at"]))
        with entered.act("New lead") as act:
            lead_id = create_lead(act, lead.draft)
            add_tags(act, [lead_id], lead.tags)
        for follow_up in lead.follow_ups:
            clock.at = int(str(follow_up["at"]))
            with entered.act("Log follow-up") as act:
                log_follow_up(act, [lead_id], follow_up)
    filled = Workspace.open(tmp_path / "demo.db", clock=FixedClock(now), user="ana")
    fill(filled, 60)
    assert what_was_entered(entered) == what_was_entered(filled)


def what_was_entered(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return connection.execute(
            """SELECT company, contact, phone, mobile, email, source_channel, need, budget_max,
               next_step, next_due,
               (SELECT count(*) FROM activity WHERE lead_id = lead.id AND kind = 'follow_up'),
               (SELECT group_concat(name) FROM tag WHERE lead_id = lead.id)
               FROM lead ORDER BY seq"""
        ).fetchall()
