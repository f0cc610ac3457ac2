"""What the screens of customers and opportunities look like; look at a picture before it is accepted."""

from __future__ import annotations

import pytest
from pressing import SIZES, SMALL, WIDE, Snap, keys

from leadtui.customers.activities import follow_up_records
from leadtui.customers.objections import add_objection
from leadtui.customers.records import create_record
from leadtui.workspace import Workspace
from screens.app import LeadApp

DAY = 24 * 3_600_000


@pytest.fixture
def records(empty: Workspace) -> Workspace:
    """Two customers, three contacts, three opportunities, with fixed numbers."""
    now = empty.clock.now()
    with empty.act("Make") as act:
        nova = create_record(
            act, "customer", {"name": "Nova Robotics", "next_step": "call", "next_due": now + DAY}
        )
        profile = {
            "industry": "制造",
            "company_size": "200-500",
            "city": "上海",
            "need": "替换旧的排程系统，三条产线，明年三月前上线",
            "need_difficulty": "预算分在两个部门",
            "need_remedy": "分两期签约",
            "approval_path": "部门 → 采购 → 总经理",
        }
        qiming = create_record(act, "customer", {"name": "上海启明科技股份有限公司", **profile})
        wang = {"name": "王芳", "title": "采购总监", "role": "decision_maker", "customer_id": qiming}
        contact = create_record(act, "contact", wang)
        create_record(
            act, "contact", {"name": "张伟", "title": "IT经理", "role": "user", "customer_id": qiming}
        )
        create_record(act, "contact", {"name": "Li Wei", "title": "CTO", "customer_id": nova})
        big = {"amount": 120_000_000, "urgency": "urgent", "competition": "even", "decision_chain": "complex"}
        more = {"stage": "quotation", "expected_close": now + 30 * DAY, "contact_id": contact}
        erp = create_record(
            act, "opportunity", {"name": "排程系统替换", "customer_id": qiming, **big, **more}
        )
        late = {"next_step": "send contract", "next_due": now - DAY, "stage": "negotiation"}
        arms = {"name": "[Robot] arms", "customer_id": nova, "amount": 40_000_000, "currency": "EUR"}
        create_record(act, "opportunity", {**arms, **late})
        create_record(act, "opportunity", {"name": "Spare parts", "customer_id": nova, "urgency": "general"})
        add_objection(act, erp, "价格比对手高10%")
        said = {"channel": "visit", "result": "reached", "content": "与采购总监见面，要求两周内给最终报价"}
        follow_up_records(
            act, "opportunity", [erp], {**said, "next_step": "最终报价", "next_due": now + 3 * DAY}
        )
        for letter, record in (("C", "customer"), ("P", "contact"), ("O", "opportunity")):
            act.connection.execute(f"UPDATE {record} SET number = '{letter}-00000' || seq")
    return empty


@SIZES
def test_customers(records: Workspace, snap_compare: Snap, size: tuple[int, int]) -> None:
    steps = keys("C", "j", "enter") if size == SMALL else keys("C", "j")
    assert snap_compare(LeadApp(records), terminal_size=size, run_before=steps)


def test_opportunities(records: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(records), terminal_size=WIDE, run_before=keys("O"))


@SIZES
def test_board(records: Workspace, snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(LeadApp(records), terminal_size=size, run_before=keys("K", "right"))


def test_form(records: Workspace, snap_compare: Snap) -> None:
    assert snap_compare(LeadApp(records), terminal_size=SMALL, run_before=keys("O", "e"))
