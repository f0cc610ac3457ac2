"""The wizard from the first step to the last, with the keyboard."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from convert_app import NOVA, QIMING, column, keys, lead, meanwhile, qiming, record, wizard
from inbox_app import app_on, company, inbox_of, press, screen_lines, settle

from leadtui.qualify.screening import screen as judge
from leadtui.workspace import Workspace
from screens.app import LeadApp
from screens.convert import MAPPING, MISSING, READY, REVIEW, WHERE

PASSED = ("i", "b", "e")
"""Keys that raise intent, budget and demo: both gates are passed."""


def said(app: LeadApp) -> str:
    """What was told last."""
    return [*app._notifications][-1].message


async def test_a_lead_becomes_a_new_customer(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    lead(workspace, source_channel="expo", company="Zeta")
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter")
        assert screen.step == WHERE
        assert screen.where.search.name_typed == "Nova Robotics"
        await keys(pilot, "enter")
        assert screen.step == MAPPING
        await keys(pilot, "enter")
        assert screen.step == REVIEW
        assert column(workspace, "SELECT 1 FROM customer") == []
        assert any("+ new customer: Nova Robotics" in line for line in screen_lines(pilot))
        await keys(pilot, "enter")
        assert app.screen is inbox_of(pilot)
        assert company(pilot) == "Zeta"
        (number,) = column(workspace, "SELECT number FROM customer WHERE name = 'Nova Robotics'")
        assert f"converted: {number} Nova Robotics" in said(app)
        assert "u undoes it" in said(app)
        assert column(workspace, "SELECT name FROM contact") == ["Li Wei"]
        assert column(workspace, "SELECT signal_demo FROM lead WHERE company = 'Nova Robotics'") == [1]
        await press(pilot, "move-up")
        assert any(f"Became     customer {number} Nova Robotics" in line for line in screen_lines(pilot))


async def test_undo_right_after_leaves_nothing(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "enter", "enter", "enter")
        assert column(workspace, "SELECT status FROM lead") == ["converted"]
        await press(pilot, "undo")
        assert column(workspace, "SELECT status FROM lead") == ["new"]
        assert column(workspace, "SELECT signal_intent FROM lead") == [0]
        assert column(workspace, "SELECT 1 FROM customer UNION ALL SELECT 1 FROM contact") == []
        assert not screen.is_attached


async def test_below_the_gate_a_reason_is_asked_for(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        assert any("0 of 5, 3 are wanted" in line for line in screen_lines(pilot))
        await keys(pilot, "enter")
        assert screen.step == READY
        assert any("write why you convert it anyway" in line for line in screen_lines(pilot))
        assert app.focused is not None
        assert app.focused.id == "reason"
        await keys(pilot, *"asked", "enter", "enter", "enter", "enter")
        assert app.screen is inbox_of(pilot)
        assert column(workspace, "SELECT status FROM lead") == ["converted"]
        assert "asked" in " ".join(column(workspace, "SELECT content FROM activity"))


async def test_ticks_count_at_once_and_write_nothing(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, "i", "b", "t")
        assert any("2 of 5, 3 are wanted" in line for line in screen_lines(pilot))
        assert any("no amount is known" in line for line in screen_lines(pilot))
        await keys(pilot, "e")
        assert any("3 of 5, 3 are wanted  ready" in line for line in screen_lines(pilot))
        await keys(pilot, "escape", "y")
        assert not screen.is_attached
        assert column(workspace, "SELECT signal_intent + signal_budget + signal_demo FROM lead") == [0]


async def test_an_existing_customer_keeps_what_it_says_unless_told_otherwise(workspace: Workspace) -> None:
    customer = qiming(workspace)
    lead(workspace, **QIMING)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter")
        assert any("same mail domain qiming.example" in line for line in screen_lines(pilot))
        assert any("王芳 is a contact of" in line for line in screen_lines(pilot))
        await keys(pilot, "down")
        assert screen.choices.customer == customer
        assert any("same mail wangfang@qiming.example" in line for line in screen_lines(pilot))
        await keys(pilot, "enter")
        line = screen.mapping.line
        assert line is not None
        assert (line.target, line.effect, line.result) == (
            "customer.name",
            "conflict",
            "上海启明科技有限公司",
        )
        while screen.mapping.line and screen.mapping.line.target != "customer.industry":
            await keys(pilot, "j")
        await keys(pilot, "space")
        assert screen.mapping.line is not None
        assert screen.mapping.line.result == "高端装备制造"
        await keys(pilot, "f2")
        assert screen.step == REVIEW
        assert any("- 汽车零部件" in line for line in screen_lines(pilot))
        await keys(pilot, "f2")
        assert column(workspace, "SELECT industry FROM customer") == ["高端装备制造"]
        assert column(workspace, "SELECT name FROM customer") == ["上海启明科技有限公司"]
        assert column(workspace, "SELECT name FROM contact") == ["王芳"]
        assert column(workspace, "SELECT title FROM contact") == ["采购总监"]


async def test_a_name_that_is_there_must_be_answered(workspace: Workspace) -> None:
    record(workspace, "customer", name="Nova Robotics")
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "enter")
        assert screen.step == WHERE
        assert any("is called Nova Robotics too" in line for line in screen_lines(pilot))
        await keys(pilot, "a", "enter")
        assert screen.step == MAPPING
        await keys(pilot, "enter", "enter")
        assert column(workspace, "SELECT name FROM customer") == ["Nova Robotics"] * 2


async def test_the_one_that_is_there_can_be_used_instead(workspace: Workspace) -> None:
    customer = record(workspace, "customer", name="Nova Robotics")
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "enter", "u", "enter")
        assert screen.step == MAPPING
        assert screen.choices.customer == customer


async def test_typing_finds_customers_and_names_a_new_one(workspace: Workspace) -> None:
    other = record(workspace, "customer", name="Kestrel Foods")
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", *"kest", "down")
        assert screen.choices.customer == other
        await keys(pilot, "up", "enter", "enter")
        assert screen.step == REVIEW
        assert any("+ new customer: kest" in line for line in screen_lines(pilot))


async def test_an_opportunity_is_made_with_what_was_typed(workspace: Workspace) -> None:
    lead(workspace, **QIMING)
    async with app_on(workspace, view="all").run_test(size=(120, 36)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, "i", "b", "t", "e", "enter")
        screen.where.query_one("#opportunity").focus()
        await keys(pilot, "n", "tab", "tab", *"oops", "enter")
        assert screen.step == WHERE
        assert any("“oops” can't be read as" in line for line in screen_lines(pilot))
        await keys(pilot, "ctrl+u", *"600000", "tab", *"2026-12-31", "enter")
        assert screen.step == MAPPING
        await keys(pilot, "enter", "enter")
        assert column(workspace, "SELECT name FROM opportunity") == ["上海启明科技"]
        assert column(workspace, "SELECT amount FROM opportunity") == [60_000_000]
        assert column(workspace, "SELECT expected_close IS NOT NULL FROM opportunity") == [1]


async def test_an_opportunity_is_proposed_once_the_ticks_open_its_gate(workspace: Workspace) -> None:
    lead(workspace, **QIMING)
    async with app_on(workspace, view="all").run_test(size=(120, 36)) as pilot:
        screen = await wizard(pilot)
        assert screen.choices.opportunity == "none"
        await keys(pilot, "i", "b", "t", "e", "enter")
        assert (screen.step, screen.choices.opportunity) == (WHERE, "new")
        assert any("Expected close" in line for line in screen_lines(pilot))
        await keys(pilot, "escape", "i", "b", "c", "r", "enter")
        assert (screen.step, screen.choices.opportunity) == (WHERE, "none")
        await keys(pilot, "escape", "i", "enter")
        assert (screen.step, screen.choices.opportunity) == (WHERE, "new")
        screen.where.query_one("#opportunity").focus()
        await keys(pilot, "x", "enter", "escape", "escape", "enter")
        assert (screen.step, screen.choices.opportunity) == (WHERE, "none"), "what was decided stays"


async def test_going_back_keeps_what_was_chosen(workspace: Workspace) -> None:
    customer = qiming(workspace)
    lead(workspace, **QIMING)
    async with app_on(workspace, view="all").run_test(size=(120, 36)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "down", "enter", "space", "enter")
        assert screen.step == REVIEW
        await keys(pilot, "escape")
        assert screen.step == MAPPING
        assert screen.mapping.line is not None
        assert screen.mapping.line.result == "上海启明科技"
        await keys(pilot, "escape", "escape")
        assert screen.step == READY
        assert screen.choices.signals == {"intent", "budget", "demo"}
        await keys(pilot, "enter")
        assert screen.where.search.chosen == customer
        await keys(pilot, "enter", "enter")
        assert screen.plan.choices.take == {"customer.name"}


async def test_untouched_it_closes_without_a_question(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        await wizard(pilot)
        await keys(pilot, "escape")
        assert app.screen is inbox_of(pilot)


async def test_what_is_missing_is_asked_in_one_form(workspace: Workspace) -> None:
    lead(workspace, source_channel="expo", company="Zeta", contact="Ann")
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "enter", "enter")
        assert screen.step == MISSING
        await keys(pilot, *"tools", "f2")
        assert screen.step == REVIEW
        await keys(pilot, "escape")
        assert screen.step == MISSING
        await keys(pilot, "f2", "f2")
        assert column(workspace, "SELECT industry FROM customer") == ["tools"]


async def test_other_leads_of_the_company_come_along(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    other = lead(
        workspace, source_channel="expo", company="Nova Robotics", contact="Ann Bo", phone="13800001111"
    )
    app = app_on(workspace, view="all", filter_text="wei")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter")
        screen.where.query_one("#others").focus()
        await keys(pilot, "space")
        assert screen.choices.others == (other,)
        await keys(pilot, "f2", "f2", "f2")
        if screen.is_attached:
            await keys(pilot, "f2")
        assert sorted(column(workspace, "SELECT status FROM lead")) == ["converted", "merged"]


@pytest.mark.parametrize("status", ["lost", "invalid"])
async def test_refused_leads_say_what_to_do(workspace: Workspace, status: str) -> None:
    lead_id = lead(workspace, **NOVA)
    with workspace.act("Screen") as act:
        judge(act, [lead_id], status, "no_budget")
    app = app_on(workspace, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "convert")
        assert app.screen is inbox_of(pilot)
        assert "screen it as valid first" in said(app)


async def test_the_dry_run_is_saved_as_a_private_text(workspace: Workspace, tmp_path: Path) -> None:
    lead(workspace, **QIMING)
    app = app_on(workspace, view="all")
    path = tmp_path / "plan.txt"
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "enter", "enter")
        assert screen.step == REVIEW
        await keys(pilot, "d", "ctrl+u")
        await pilot.press(*str(path))
        await keys(pilot, "enter")
        assert app.screen is screen
        assert "上海启明科技" in path.read_text("utf-8")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert column(workspace, "SELECT status FROM lead") == ["new"]
        await keys(pilot, "d", "ctrl+u")
        await pilot.press(*str(path))
        await keys(pilot, "enter")
        assert any("exists already" in line for line in screen_lines(pilot))


async def test_a_failure_leaves_the_wizard_open_with_the_sentence(workspace: Workspace) -> None:
    lead_id = lead(workspace, **NOVA)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "enter", "enter")
        assert screen.step == REVIEW
        await meanwhile(workspace, lambda act: judge(act, [lead_id], "lost", "no_budget"))
        await keys(pilot, "enter")
        assert app.screen is screen
        assert any("is closed (lost)" in line for line in screen_lines(pilot))
        assert column(workspace, "SELECT 1 FROM customer") == []


async def test_keys_typed_ahead_wait_for_the_contacts_of_the_customer(workspace: Workspace) -> None:
    qiming(workspace)
    lead(workspace, **QIMING)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter")
        await pilot.press("down", "enter")
        await settle(pilot)
        assert screen.step == MAPPING
        assert column(workspace, "SELECT id FROM contact WHERE name = '王芳'") == [screen.choices.contact]
