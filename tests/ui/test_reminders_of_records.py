"""The keys of the inbox work on the customer, contact or opportunity whose reminder is under the cursor."""

from __future__ import annotations

from typing import Any

import pytest
from inbox_app import AddLead, app_on, inbox_of, press, screen_lines, settle
from textual.pilot import Pilot

from leadtui.customers.records import create_record
from leadtui.workspace import Workspace
from screens.follow_up import FollowUpScreen

HOUR, DAY = 3_600_000, 86_400_000


@pytest.fixture
def due(workspace: Workspace, add_lead: AddLead) -> Workspace:
    """A lead that is new; late: a deal, a customer and a contact; without a next step: another deal."""
    now = workspace.clock.now()
    add_lead(
        number="L-000001", company="Nova Robotics", tier_chosen="A", next_due=now + DAY, next_step="call"
    )
    with workspace.act("Make") as act:
        planned = {"next_step": "send contract", "next_due": now - 3 * HOUR}
        customer = create_record(
            act, "customer", {"name": "上海启明科技有限公司", "next_due": now - 2 * HOUR}
        )
        of = {"customer_id": customer}
        create_record(act, "opportunity", {"name": "Robot arms", **planned, **of})
        create_record(act, "contact", {"name": "王芳", "next_due": now - HOUR, **of})
        create_record(act, "opportunity", {"name": "Spare parts", **of})
    return workspace


def planned(workspace: Workspace, record: str, name: str) -> Any:
    with workspace.read() as connection:
        return connection.execute(
            f"SELECT next_step, next_due, snoozed_until FROM {record} WHERE name = ?", (name,)
        ).fetchone()


def reminded(pilot: Pilot[Any]) -> str:
    row = inbox_of(pilot).reminders.row
    return "" if row is None else f"{row.record} {row.number}"


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
async def test_done_is_for_the_record_and_is_taken_back(due: Workspace, size: tuple[int, int]) -> None:
    async with app_on(due).run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "panel-reminders")
        before = reminded(pilot)
        assert before.startswith("opportunity")
        await press(pilot, "done")
        assert planned(due, "opportunity", "Robot arms") == ("", None, None)
        assert any("Robot arms: done · u undoes it" in line for line in screen_lines(pilot))
        assert reminded(pilot).startswith("customer"), "the next one comes up"
        assert inbox_of(pilot).leads.marked_count == 0
        await press(pilot, "undo")
        assert planned(due, "opportunity", "Robot arms")[0] == "send contract"
        await press(pilot, "move-first")
        assert reminded(pilot) == before
        await press(pilot, "redo")
        assert planned(due, "opportunity", "Robot arms") == ("", None, None)


async def test_each_kind_of_record_is_put_off(due: Workspace) -> None:
    async with app_on(due).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "panel-reminders")
        for record, name in (
            ("opportunity", "Robot arms"),
            ("customer", "上海启明科技有限公司"),
            ("contact", "王芳"),
        ):
            assert reminded(pilot).startswith(record)
            await press(pilot, "snooze", "3")
            assert planned(due, record, name)[2] > due.clock.now()
        assert inbox_of(pilot).reminders.has_focus


async def test_a_follow_up_and_a_plan_are_of_the_record(due: Workspace) -> None:
    app = app_on(due)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "panel-reminders", "follow-up")
        assert isinstance(app.screen, FollowUpScreen)
        assert any("Robot arms" in line for line in screen_lines(pilot))
        await press(pilot, *"signed", "tab", "r", "f2")
        assert app.screen is app.inbox, screen_lines(pilot)
        with due.read() as connection:
            (name, content) = connection.execute(
                "SELECT name, content FROM activity JOIN opportunity ON opportunity.id = opportunity_id"
            ).fetchone()
        assert (name, content) == ("Robot arms", "signed")
        assert reminded(pilot).startswith("customer")
        await press(pilot, "plan", *"visit", "tab", *"+2d", "f2")
        step, at, _snoozed = planned(due, "customer", "上海启明科技有限公司")
        assert (step, at > due.clock.now()) == ("visit", True)
        await press(pilot, "undo", "undo")
        assert planned(due, "opportunity", "Robot arms")[0] == "send contract"


async def test_what_nothing_is_planned_for_is_not_settled_by_saying_so(due: Workspace) -> None:
    async with app_on(due).run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "panel-reminders", "move-last")
        row = inbox_of(pilot).reminders.row
        assert row is not None and (row.contact, row.kind) == ("Spare parts", "no_next_step")
        changes = due.change_counter()
        await press(pilot, "done")
        assert due.change_counter() == changes
        assert any("Nothing is due on" in line for line in screen_lines(pilot))


async def test_what_only_leads_have_leaves_the_record_alone(due: Workspace) -> None:
    app = app_on(due)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "panel-reminders")
        changes = due.change_counter()
        for command in ("tier", "tags", "valid", "disqualify", "convert", "line-entry", "status", "edit"):
            await press(pilot, command)
            assert app.screen is app.inbox, command
        assert due.change_counter() == changes


async def test_a_group_tells_how_many_of_it_are_leads_as_the_first_line_counts_them(due: Workspace) -> None:
    async with app_on(due).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        lines = screen_lines(pilot)
        assert "Overdue 0" in lines[0]
        assert any("Overdue (3, 0 leads)" in line for line in lines)
        assert any("(1)" in line for line in lines), "leads alone need no second number"
