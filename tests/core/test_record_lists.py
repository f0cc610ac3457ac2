"""Lists of customers, contacts and opportunities: what a view and a filter hold, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from leadtui.clock import FixedClock, Today
from leadtui.customers.codes import OPEN_STAGES, STAGES
from leadtui.customers.filters import record_filter
from leadtui.customers.lists import SORTS, VIEWS, RecordQuery, first_page, ids, order, rows
from leadtui.customers.records import create_record
from leadtui.customers.stages import lose, win
from leadtui.customers.tags import tag_customers
from leadtui.followup.reminders import reminder_panel
from leadtui.settings import Settings
from leadtui.workspace import Workspace

NOW = 1_790_000_000_000
TODAY = Today.at(NOW, UTC)
HOUR, DAY = 3_600_000, 86_400_000


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two customers with a contact each, and five opportunities."""
    opened = Workspace.open(tmp_path / "leads.db", Settings(), FixedClock(NOW), "ana")
    with opened.act("Make") as act:
        nova = create_record(act, "customer", {"name": "Nova Robotics", "city": "Berlin", "owner": "bo"})
        draft = {"name": "上海启明科技", "industry": "制造", "source_channel": "expo", "next_due": NOW + HOUR}
        qiming = create_record(act, "customer", {**draft, "next_step": "拜访"})
        tag_customers(act, [qiming], ["VIP"])
        create_record(act, "contact", {"name": "Li Wei", "title": "CTO", "customer_id": nova})
        wang = {"name": "王芳", "role": "decision_maker", "customer_id": qiming}
        contact = create_record(act, "contact", wang)
        big = {"amount": 200_000_000, "urgency": "urgent", "contact_id": contact, "customer_id": qiming}
        create_record(act, "opportunity", {"name": "ERP", **big})
        create_record(act, "opportunity", {"name": "MES", "amount": 40_000_000, "customer_id": nova})
        late = {"next_due": NOW - DAY, "stage": "contract", "customer_id": nova}
        create_record(act, "opportunity", {"name": "Robots", **late})
        won = create_record(act, "opportunity", {"name": "Pilot", "amount": 1, "customer_id": nova})
        lost = create_record(act, "opportunity", {"name": "Spare parts", "customer_id": nova})
        win(act, [won], {})
        lose(act, [lost], "price")
    yield opened
    opened.close()


def listed(
    workspace: Workspace, record: str, view: str = "", filter_text: str = "", sort: str = ""
) -> list[str]:
    query = RecordQuery.of(record, view, filter_text, sort)
    with workspace.read() as connection:
        page = first_page(connection, query, TODAY, "ana")
        whole = order(connection, query, TODAY, "ana")
    assert whole.seqs(0, len(whole)) == [row.seq for row in page]
    return [row.name for row in page]


@pytest.mark.parametrize(
    ("record", "view", "names"),
    [
        ("customer", "all", ["上海启明科技", "Nova Robotics"]),
        ("customer", "customers", ["Nova Robotics"]),
        ("customer", "prospects", ["上海启明科技"]),
        ("customer", "due", ["上海启明科技"]),
        ("contact", "all", ["Li Wei", "王芳"]),
        ("contact", "due", []),
        ("opportunity", "open", ["ERP", "MES", "Robots"]),
        ("opportunity", "due", ["Robots"]),
        ("opportunity", "won", ["Pilot"]),
        ("opportunity", "lost", ["Spare parts"]),
    ],
)
def test_each_view_holds_what_it_says(workspace: Workspace, record: str, view: str, names: list[str]) -> None:
    assert listed(workspace, record, view) == names


@pytest.mark.parametrize(
    ("record", "typed", "names"),
    [
        ("customer", "qiming", ["上海启明科技"]),
        ("customer", "启明", ["上海启明科技"]),
        ("customer", "王芳", ["上海启明科技"]),
        ("customer", "tag:vip", ["上海启明科技"]),
        ("customer", "-tag:vip", ["Nova Robotics"]),
        ("customer", "owner:me", ["上海启明科技"]),
        ("customer", "owner:bo city:berl", ["Nova Robotics"]),
        ("customer", "source:expo", ["上海启明科技"]),
        ("customer", "状态:潜在", []),
        ("customer", "lifecycle:prosp", ["上海启明科技"]),
        ("customer", "今天", ["上海启明科技"]),
        ("contact", "title:cto", ["Li Wei"]),
        ("contact", "role:decision", ["王芳"]),
        ("contact", "company:启明", ["王芳"]),
        ("opportunity", "grade:a", ["ERP"]),
        ("opportunity", "grade:a,b", ["ERP", "MES"]),
        ("opportunity", "stage:contract", ["Robots"]),
        ("opportunity", "overdue", ["Robots"]),
        ("opportunity", "nova", ["MES", "Robots"]),
        ("opportunity", "tag:VIP", ["ERP"]),
        ("opportunity", "stage:", ["ERP", "MES", "Robots"]),
        ("opportunity", "owner:%", []),
    ],
)
def test_a_filter_finds(workspace: Workspace, record: str, typed: str, names: list[str]) -> None:
    if typed.startswith("状态"):
        assert record_filter(record, typed, TODAY, "ana").problems
        return
    assert listed(workspace, record, filter_text=typed) == names


def test_a_filter_that_is_too_long_is_told() -> None:
    assert record_filter("contact", "nova " * 100, TODAY, "ana").problems == ()
    (told,) = record_filter("contact", "nova " * 101, TODAY, "ana").problems
    assert told == "The filter is too long; its first 500 characters count."


def test_orders(workspace: Workspace) -> None:
    assert listed(workspace, "opportunity", "open", sort="due")[0] == "Robots"
    assert listed(workspace, "opportunity", "open", sort="amount") == ["ERP", "MES", "Robots"]
    assert listed(workspace, "opportunity", "open", sort="newest") == ["Robots", "MES", "ERP"]
    assert listed(workspace, "customer", sort="name") == ["Nova Robotics", "上海启明科技"]


def test_every_view_in_every_order_with_any_filter(workspace: Workspace) -> None:
    for record, views in VIEWS.items():
        for view in views:
            for sort in SORTS[record]:
                for typed in (
                    '"',
                    "stage:x",
                    "owner:",
                    "-",
                    "due:never no:x",
                    "a'; DROP TABLE lead --",
                    "\x00",
                ):
                    assert isinstance(listed(workspace, record, view, typed, sort), list)


def test_a_row_says_whom_and_what(workspace: Workspace) -> None:
    with workspace.read() as connection:
        (deal,) = first_page(connection, RecordQuery.of("opportunity", filter_text="erp"), TODAY, "ana")
        (customer,) = first_page(connection, RecordQuery.of("customer", filter_text="启明"), TODAY, "ana")
        assert ids(connection, "opportunity", [deal.seq, 99]) == [deal.id]
        assert rows(connection, "opportunity", [deal.seq]) == {deal.seq: deal}
    assert (deal.company, deal.person, deal.grade, deal.currency) == ("上海启明科技", "王芳", "A", "CNY")
    assert (customer.person, customer.state, customer.next_step) == ("王芳", "prospect", "拜访")


def test_the_panel_holds_what_is_due_and_every_open_opportunity_without_a_plan(workspace: Workspace) -> None:
    with workspace.act("One in each stage") as act:
        for stage in STAGES:
            create_record(act, "opportunity", {"name": stage, "stage": stage})
    with workspace.read() as connection:
        panel = reminder_panel(connection, NOW, UTC)
    unplanned = {row.contact or row.company for row in panel.no_next_step.rows}
    assert set(OPEN_STAGES) <= unplanned and not {"won", "lost"} & unplanned
    assert [row.contact for row in panel.overdue.rows] == ["Robots"]
    assert (panel.overdue.total, panel.overdue.leads) == (1, 0)
    assert [row.record for row in panel.today.rows] == ["customer"]
