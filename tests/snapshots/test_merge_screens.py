"""What duplicates and a merge look like, with Chinese values; look at a picture before it is accepted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from leadtui.store.tables import Lead
from leadtui.workspace import Workspace
from screens.app import LeadApp

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])


@pytest.fixture
def twice(leads: Workspace) -> Workspace:
    """The seven leads, and the Chinese one once more under its number of last year."""
    now = leads.clock.now()
    with leads.act("New lead") as act:
        act.session.add(
            Lead(
                id=act.new_id(), number="L-5T0QKD", company="上海启明科技有限公司", contact="Ouyang Wangfang",
                title="采购经理", phone="+8613912345678", email="wangfang@qiming.example", city="上海",
                need="想了解排程系统的报价", tier_chosen="B", source_channel="website", status="watch",
                acquired_at=now - 86_400_000, created_at=now - 86_400_000, owner="bo",
            )
        )  # fmt: skip
    return leads


def keys(*pressed: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def steps(pilot: Pilot[Any]) -> None:
        for key in ("", *pressed):
            if key:
                await pilot.press(key)
            for _round in range(3):
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()

    return steps


@SIZES
def test_duplicates(twice: Workspace, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    assert snap_compare(LeadApp(twice, view="all"), terminal_size=size, run_before=keys("D", "2"))


@SIZES
def test_merge(twice: Workspace, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    steps = keys("D", "2", "enter", "j", "j", "right", "G", "k")
    assert snap_compare(LeadApp(twice, view="all"), terminal_size=size, run_before=steps)
