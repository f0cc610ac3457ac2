"""What duplicates and a merge look like, with Chinese values; look at a picture before it is accepted."""

from __future__ import annotations

import pytest
from pressing import SIZES, Snap, keys

from leadtui.store.tables import Lead
from leadtui.workspace import Workspace
from screens.app import LeadApp


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


@SIZES
def test_duplicates(twice: Workspace, snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(LeadApp(twice, view="all"), terminal_size=size, run_before=keys("D", "2"))


@SIZES
def test_merge(twice: Workspace, snap_compare: Snap, size: tuple[int, int]) -> None:
    steps = keys("D", "2", "enter", "j", "j", "right", "G", "k")
    assert snap_compare(LeadApp(twice, view="all"), terminal_size=size, run_before=steps)
