"""The queue gives each view its leads, in inbox order, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leadtui.clock import FixedClock, Today, to_local, to_milliseconds
from leadtui.demo.fill import fill
from leadtui.followup import queue
from leadtui.followup.filters import parse_filter
from leadtui.followup.queue import Order, Query
from leadtui.settings import Look, Settings
from leadtui.workspace import Workspace

NOW = 1_795_344_120_000
HOUR = 3_600_000


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path: Path = tmp_path_factory.mktemp("queue") / "leads.db"
    opened = Workspace.open(path, Settings(look=Look(timezone="UTC")), FixedClock(NOW), "ana")
    fill(opened, 300)
    yield opened
    opened.close()


TODAY = Today.at(NOW, UTC)


@pytest.mark.parametrize("view", queue.VIEWS)
@pytest.mark.parametrize("text", ["", "nova", "score:>40", "上海", "tier:a robotics", "nothing-like-this"])
def test_pages_order_and_total_agree(workspace: Workspace, view: str, text: str) -> None:
    query = Query(view, parse_filter(text))
    with workspace.read() as connection:
        order = queue.order(connection, query, TODAY, "ana")
        page = queue.first_page(connection, query, TODAY, "ana", 20)
        total = queue.total(connection, query, TODAY, "ana")
        ranks = dict(connection.execute("SELECT seq, rank FROM lead").fetchall())
    assert len(order) == total
    assert [row.seq for row in page] == order.seqs(0, 20)
    found = order.seqs(0, len(order))
    assert [ranks[seq] for seq in found] == sorted(ranks[seq] for seq in found)


def test_the_order_is_tier_then_score_then_due(workspace: Workspace) -> None:
    with workspace.read() as connection:
        page = queue.first_page(connection, Query("all"), TODAY, "ana", 400)
    keys = [(row.tier, -row.score, row.due_at // 60_000 if row.due_at else 1 << 60) for row in page]
    assert keys == sorted(keys)
    assert {row.tier for row in page} == {"A", "B", "C"}


def test_every_open_lead_is_in_the_inbox_or_waiting(workspace: Workspace) -> None:
    with workspace.read() as connection:
        found = {
            view: set(queue.order(connection, Query(view), TODAY, "ana").seqs(0, 400)) for view in queue.VIEWS
        }
        counts = queue.counts(connection, TODAY, queue.VIEWS)
    assert found["inbox"] | found["waiting"] == found["open"]
    assert not found["inbox"] & found["waiting"]
    assert not found["open"] & (found["closed"] | found["pool"] | found["converted"])
    assert counts.views == {view: len(held) for view, held in found.items()}
    for view in ("inbox", "waiting", "overdue", "today", "new", "watch", "open", "all"):
        assert found[view], view
    assert not counts.empty


def test_an_order_knows_its_places() -> None:
    order = Order.of([7, 1_000_000_00, 77, 5])
    assert len(order) == 4
    assert [order.seq(place) for place in range(4)] == [7, 1_000_000_00, 77, 5]
    assert [order.index(seq) for seq in (7, 77, 5, 6)] == [0, 2, 3, None]
    assert order.seqs(1, 99) == [1_000_000_00, 77, 5]
    with pytest.raises(IndexError):
        order.seq(4)


def test_a_place_is_not_found_across_two_others() -> None:
    # The digits of 1 and 2 side by side hold those of 100000000 at an odd place.
    order = Order.of([1, 2])
    assert order.index(100_000_000) is None


def test_days_of_the_bounds_are_as_long_as_they_are() -> None:
    """On the Saturday before the clocks go back, tomorrow has 25 hours."""
    berlin = ZoneInfo("Europe/Berlin")
    saturday = to_milliseconds(datetime(2026, 10, 24, 12, tzinfo=berlin))
    today = Today.at(saturday, berlin)
    assert today.tomorrow_end - today.end == 25 * HOUR
    assert to_local(today.tomorrow_end + 1, berlin) == datetime(2026, 10, 26, tzinfo=berlin)
    assert to_local(today.week_end + 1, berlin) == datetime(2026, 10, 31, tzinfo=berlin)


def test_the_day_has_its_local_bounds() -> None:
    assert TODAY.start <= NOW <= TODAY.end
    assert TODAY.end - TODAY.start == 24 * HOUR - 1
