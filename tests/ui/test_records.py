"""Lists of customers, contacts and opportunities, worked on with the keys of the inbox."""

from __future__ import annotations

import json
from typing import Any

import pytest
from inbox_app import app_on, press, screen_lines, settle
from textual.pilot import Pilot
from textual.widgets import Input

from leadtui.clock import FixedClock
from leadtui.customers.records import create_record
from leadtui.workspace import Workspace
from screens.board import BoardScreen
from screens.record_form import RecordFormScreen
from screens.records import RecordsScreen

HOUR, DAY = 3_600_000, 86_400_000
SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])


@pytest.fixture
def records(workspace: Workspace) -> Workspace:
    """Two customers, a contact each, three opportunities."""
    now = workspace.clock.now()
    with workspace.act("Make") as act:
        nova = create_record(act, "customer", {"name": "Nova Robotics", "phone": "+49301234567"})
        qiming = create_record(act, "customer", {"name": "上海启明科技有限公司", "next_due": now + HOUR})
        create_record(act, "contact", {"name": "Li Wei", "title": "CTO", "customer_id": nova})
        wang = {"name": "王芳", "role": "decision_maker", "customer_id": qiming}
        contact = create_record(act, "contact", wang)
        big = {"amount": 120_000_000, "urgency": "urgent", "stage": "quotation", "contact_id": contact}
        create_record(act, "opportunity", {"name": "ERP替换", "customer_id": qiming, **big})
        arms = {"amount": 40_000_000, "next_due": now - DAY, "next_step": "send contract"}
        create_record(act, "opportunity", {"name": "Robot arms", "customer_id": nova, **arms})
        create_record(act, "opportunity", {"name": "Spare parts", "customer_id": nova})
    return workspace


def screen_of(pilot: Pilot[Any]) -> RecordsScreen:
    assert isinstance(pilot.app.screen, RecordsScreen)
    return pilot.app.screen


def names(pilot: Pilot[Any]) -> list[str]:
    leads = screen_of(pilot).leads
    rows = [leads.row_of(leads.order.seq(line)) for line in range(leads.line_count)]
    return [row.name for row in rows if row]


def value(workspace: Workspace, record: str, name: str, column: str) -> Any:
    with workspace.read() as connection:
        (found,) = connection.execute(f"SELECT {column} FROM {record} WHERE name = ?", (name,)).fetchone()
        return found


@SIZES
@pytest.mark.parametrize(
    ("command", "first"),
    [("customers", "上海启明"), ("contacts", "Li Wei"), ("opportunities", "ERP替换")],
)
async def test_each_list_opens_with_its_key_and_closes_with_escape(
    records: Workspace, size: tuple[int, int], command: str, first: str
) -> None:
    async with app_on(records).run_test(size=size) as pilot:
        await press(pilot, command)
        assert any(first in line for line in screen_lines(pilot)[:4])
        await press(pilot, "open", "back", "back")
        assert pilot.app.screen is pilot.app.inbox  # type: ignore[attr-defined]


async def test_the_detail_is_a_page_on_a_low_screen(records: Workspace) -> None:
    async with app_on(records).run_test(size=(80, 24)) as pilot:
        await press(pilot, "opportunities")
        assert not screen_of(pilot).detail.display or screen_of(pilot).detail.size.height == 0
        await press(pilot, "open")
        lines = screen_lines(pilot)
        assert any("O-" in line for line in lines[:2])
        assert any("王芳" in line for line in lines)


async def test_a_filter_narrows_as_one_types(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "filter", *"nova")
        assert names(pilot) == ["Robot arms", "Spare parts"]
        await press(pilot, "enter", "back")
        assert len(names(pilot)) == 3


async def test_views_and_orders(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "view", "2")
        assert names(pilot) == ["Robot arms"]
        await press(pilot, "view", "5", "sort", "5")
        assert names(pilot) == ["ERP替换", "Robot arms", "Spare parts"]


async def test_a_stage_moves_on_and_is_taken_back(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "stage-on")
        assert value(records, "opportunity", "ERP替换", "stage") == "negotiation"
        await press(pilot, "undo")
        assert value(records, "opportunity", "ERP替换", "stage") == "quotation"
        await press(pilot, "stage-back", "stage-back", "stage-back")
        assert value(records, "opportunity", "ERP替换", "stage") == "discovery"


async def test_several_are_lost_at_once_with_a_reason(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "j", "mark", "mark", "disqualify", "1", "f2")
        for name in ("Robot arms", "Spare parts"):
            assert value(records, "opportunity", name, "lost_reason") == "price"
        await press(pilot, "undo")
        assert value(records, "opportunity", "Spare parts", "stage") == "discovery"


async def test_winning_asks_for_the_amount(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "move-last", "win", "f2")
        assert value(records, "opportunity", "Spare parts", "stage") == "discovery"
        await press(pilot, *"80k", "f2")
        assert value(records, "opportunity", "Spare parts", "stage") == "won"
        assert value(records, "opportunity", "Spare parts", "amount") == 8_000_000
        assert value(records, "customer", "Nova Robotics", "lifecycle") == "customer"


async def test_a_follow_up_plans_the_next_step(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "follow-up")
        await pilot.press(*"met them", "tab", "r", "f2")
        await settle(pilot)
        assert value(records, "opportunity", "ERP替换", "next_step") == "call"
        with records.read() as connection:
            assert connection.execute("SELECT content FROM activity").fetchall() == [("met them",)]


async def test_done_and_snooze(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "j", "done")
        assert value(records, "opportunity", "Robot arms", "next_step") == ""
        await press(pilot, "move-first", "snooze", "w")
        assert value(records, "opportunity", "ERP替换", "snoozed_until") > records.clock.now()


async def test_a_grade_is_confirmed_with_a_reason(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "move-last", "tier", "a")
        await pilot.press(*"board decided", "f2")
        await settle(pilot)
        assert value(records, "opportunity", "Spare parts", "grade_reason") == "board decided"


async def test_an_objection_is_noted_and_answered(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "objection")
        await pilot.press(*"too dear", "f2")
        await settle(pilot)
        assert value(records, "opportunity", "ERP替换", "due_kind") == "objection"
        await press(pilot, "objection", "1")
        await pilot.press(*"free service", "f2")
        await settle(pilot)
        assert value(records, "opportunity", "ERP替换", "due_kind") == "project_report"


async def test_a_customer_is_edited(records: Workspace) -> None:
    async with app_on(records).run_test(size=(80, 24)) as pilot:
        await press(pilot, "customers", "edit")
        form = pilot.app.screen
        assert isinstance(form, RecordFormScreen)
        form.query_one("#industry", Input).value = "制造业"
        await press(pilot, "f2")
        assert value(records, "customer", "上海启明科技有限公司", "industry") == "制造业"
        assert value(records, "customer", "上海启明科技有限公司", "profile_at") == records.clock.now()


async def test_an_opportunity_is_entered_for_a_customer(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "opportunities", "new-lead")
        form = pilot.app.screen
        form.query_one("#name", Input).value = "MES"
        form.query_one("#customer", Input).value = "nowhere"
        form.query_one("#amount", Input).value = "1.5m"
        await press(pilot, "f2")
        assert pilot.app.screen is form
        form.query_one("#customer", Input).value = "nova robotics"
        await press(pilot, "f2")
        assert value(records, "opportunity", "MES", "amount") == 150_000_000
        assert value(records, "opportunity", "MES", "stage") == "discovery"
        assert "MES" in names(pilot)


async def test_a_contact_is_entered_from_its_customer(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "customers", "new-lead", "p")
        form = pilot.app.screen
        form.query_one("#name", Input).value = "张伟"
        await press(pilot, "f2")
        kept = value(records, "contact", "张伟", "customer_id")
        assert kept == value(records, "customer", "上海启明科技有限公司", "id")


async def test_one_goes_on_to_what_belongs_to_a_record(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "customers", "open", "open", "2")
        screen = screen_of(pilot)
        assert (screen.record, screen.leads.row and screen.leads.row.name) == ("opportunity", "ERP替换")


async def test_a_reminder_opens_its_record(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "panel-reminders", "open")
        row = screen_of(pilot).leads.row
        assert row is not None and row.name == "Robot arms"


async def test_commands_of_opportunities_say_so_elsewhere(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        for command in (
            "win",
            "stage-on",
            "disqualify",
            "reopen",
            "tier",
            "objection",
            "approve-plan",
            "playbook",
        ):
            await press(pilot, "customers", command)
            assert isinstance(pilot.app.screen, RecordsScreen), command


async def test_help_history_copy_and_palette_open(records: Workspace) -> None:
    async with app_on(records).run_test(size=(80, 24)) as pilot:
        await press(pilot, "customers")
        for command in ("help", "history", "copy", "owner", "tags", "palette"):
            await press(pilot, command)
            assert not isinstance(pilot.app.screen, RecordsScreen), command
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, RecordsScreen), command


async def test_an_empty_list_says_what_to_do(workspace: Workspace) -> None:
    workspace.clock = FixedClock(workspace.clock.now())
    async with app_on(workspace).run_test(size=(80, 24)) as pilot:
        await press(pilot, "opportunities")
        assert any("No opportunities here." in line for line in screen_lines(pilot))
        await press(pilot, "follow-up", "done", "stage-on", "win", "open", "edit", "history", "tier")
        await press(pilot, "contacts", "customers")
        assert screen_of(pilot).record == "customer"


async def test_a_next_step_is_planned(records: Workspace) -> None:
    async with app_on(records).run_test(size=(80, 24)) as pilot:
        await press(pilot, "contacts", "plan")
        await pilot.press(*"write", "tab", *"+2d", "f2")
        await settle(pilot)
        assert value(records, "contact", "Li Wei", "next_step") == "write"
        assert value(records, "contact", "Li Wei", "next_due_all_day") == 1


async def test_customers_have_fields_of_their_own(records: Workspace) -> None:
    async with app_on(records).run_test(size=(120, 36)) as pilot:
        await press(pilot, "customers", "fields", "n")
        await pilot.press(*"Seats", "f2")
        await settle(pilot)
        await press(pilot, "f2", "edit")
        form = pilot.app.screen
        assert isinstance(form, RecordFormScreen)
        form.row("custom.seats").control.value = "240"  # type: ignore[attr-defined]
        await press(pilot, "f2")
        assert value(records, "customer", "上海启明科技有限公司", "custom") == '{"seats":"240"}'
    with records.read() as connection:
        entities = connection.execute("SELECT entity, key FROM custom_field").fetchall()
    assert entities == [("customer", "seats")]


@pytest.mark.parametrize("screen", [RecordsScreen, BoardScreen])
async def test_another_program_writes_while_a_screen_opens(
    records: Workspace, screen: type[RecordsScreen | BoardScreen]
) -> None:
    app = app_on(records)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        other = Workspace.open(records.path, records.settings, records.clock, "bob")
        with other.act("Edit opportunity") as act:
            act.connection.execute("UPDATE opportunity SET name = 'Robot legs' WHERE name = 'Robot arms'")
        other.close()
        if screen is RecordsScreen:
            app.push_screen(RecordsScreen(records, app.keys, "opportunity"))
        else:
            app.push_screen(BoardScreen(records, app.keys))
        assert isinstance(app.screen, screen)
        assert not app.screen.is_mounted
        app._look_at_file()
        await settle(pilot)
        assert any("Robot legs" in line for line in screen_lines(pilot))


async def test_an_empty_list_of_records_shows_what_another_program_brought(workspace: Workspace) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.push_screen(RecordsScreen(workspace, app.keys, "customer"))
        await settle(pilot)
        with workspace.act("Make") as act:
            create_record(act, "customer", {"name": "Zephyr Shipping"})
        app._look_at_file()
        await settle(pilot)
        assert any("Zephyr Shipping" in line for line in screen_lines(pilot))


async def test_what_the_lead_of_a_customer_said_is_told_in_words(records: Workspace) -> None:
    said = {
        "L-7K3QF2": {
            "id": "01a2",
            "company": "Nova",
            "need": "ERP",
            "signal_intent": 1,
            "custom": {"seats": 240},
        }
    }
    with records.act("Convert") as act:
        act.connection.execute("UPDATE customer SET source_snapshot = ?", (json.dumps(said),))
    async with app_on(records).run_test(size=(80, 24)) as pilot:
        await press(pilot, "customers", "open", "move-last")
        text = " ".join(" ".join(line.strip("│┃ ") for line in screen_lines(pilot)).split())
        assert "From lead L-7K3QF2 Company: Nova · Need: ERP · seats: 240" in text
        assert "{" not in text and "01a2" not in text


async def test_a_follow_up_on_a_record_promises_no_step_by_tier(records: Workspace) -> None:
    async with app_on(records).run_test(size=(80, 24)) as pilot:
        await press(pilot, "customers", "follow-up")
        assert "tier" not in "\n".join(screen_lines(pilot))
        await press(pilot, "escape", "back")
        assert pilot.app.screen is pilot.app.inbox  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("50,000–80,000 CNY", "50,000–80,000 CNY"),
        ("", "50,000 CNY - 80,000 CNY"),
        ("this year", "50,000 CNY - 80,000 CNY · this year"),
    ],
)
async def test_a_budget_stands_once_on_the_card(workspace: Workspace, said: str, shown: str) -> None:
    budget = {"budget_min": 5_000_000, "budget_max": 8_000_000, "currency": "CNY", "budget_range": said}
    with workspace.act("Make") as act:
        create_record(act, "customer", {"name": "Nova", **budget})
    async with app_on(workspace).run_test(size=(120, 36)) as pilot:
        await press(pilot, "customers", "open")
        needs = [line for line in screen_lines(pilot) if "Needs" in line]
        assert [line.split("Needs")[1].strip(" │┃") for line in needs] == [shown]


@pytest.mark.parametrize("keys", [["customers", "edit"], ["opportunities", "new-lead"]])
async def test_a_next_step_that_is_past_is_refused(records: Workspace, keys: list[str]) -> None:
    async with app_on(records).run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        form = pilot.app.screen
        assert isinstance(form, RecordFormScreen)
        form.row("name").fill("Kestrel Foods")
        form.row("next_due").bring_back("yesterday 9")
        await press(pilot, "f2")
        assert pilot.app.screen is form
        assert form.row("next_due").problem == "This is past; give the next step a date to come."
