"""What each step of a conversion looks like, with Chinese names in every column; look before accepting."""

from __future__ import annotations

from typing import Any

import pytest
from pressing import SIZES, Snap, keys

from leadtui.store.customer_tables import Contact, Customer, Opportunity
from leadtui.workspace import Workspace
from screens.app import LeadApp

_TO_EXISTING = ("i", "b", "e", "enter", "down")
STEPS: dict[str, tuple[str, ...]] = {
    "ready": ("i", "b", "enter"),
    "where": _TO_EXISTING,
    "mapping": (*_TO_EXISTING, "enter", "space"),
    "missing": (*_TO_EXISTING, "enter", "enter"),
    "review": (*_TO_EXISTING, "enter", "space", "enter", "enter"),
}


@pytest.fixture
def customers(leads: Workspace) -> Workspace:
    """The customer that the Chinese lead may be, with a contact and an opportunity."""
    now = leads.clock.now()

    def add(table: Any, **values: Any) -> None:
        act.session.add(table(created_at=now, created_by="bob", owner="bob", **values))
        act.session.flush()

    with leads.act("New customer") as act:
        add(
            Customer, id="c1", number="C-3QM7TD", name="上海启明科技股份有限公司", phone="+8613912345678",
            city="上海", need="一期排程已上线", website="https://qiming.example",
        )  # fmt: skip
        add(Contact, id="p1", number="P-8KZ2AA", name="欧阳王芳", title="采购经理", customer_id="c1")
        add(
            Opportunity, id="o1", number="O-5HH0QX", name="排程系统二期", customer_id="c1", amount=30_000_000,
            currency="CNY",
        )  # fmt: skip
    return leads


@SIZES
@pytest.mark.parametrize("step", STEPS)
def test_conversion(customers: Workspace, snap_compare: Snap, size: tuple[int, int], step: str) -> None:
    app = LeadApp(customers, view="all", filter_text="启明")
    assert snap_compare(app, terminal_size=size, run_before=keys("c", *STEPS[step]))
