"""The table of the wizard: sides, targets, values, and what blocks it."""

from __future__ import annotations

from typing import Any

from convert_app import NOVA, QIMING, column, keys, lead, qiming, wizard
from inbox_app import app_on, screen_lines
from textual.pilot import Pilot

from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.qualify.leads import set_custom
from leadtui.workspace import Workspace
from screens.convert import MAPPING, MISSING, REVIEW, WHERE, ConvertScreen
from screens.pick import PickScreen
from widgets.mapping_table import MappingTable, matters

PASSED = ("i", "b", "e")


def define(workspace: Workspace, record: str, *fields: FieldDefinition) -> None:
    with workspace.act("Define fields") as act:
        define_fields(act, fields, record)


def give(workspace: Workspace, lead_id: str, **values: object) -> None:
    with workspace.act("Custom") as act:
        set_custom(act, [lead_id], values)


async def table(pilot: Pilot[Any]) -> ConvertScreen:
    """The wizard at its table, for a new customer."""
    screen = await wizard(pilot)
    await keys(pilot, *PASSED, "enter", "enter")
    assert screen.step == MAPPING
    return screen


async def go_to(pilot: Pilot[Any], screen: ConvertScreen, source: str) -> None:
    """Put the cursor on the first line of a field."""
    await keys(pilot, "g")
    while screen.mapping.line is None or screen.mapping.line.source != source:
        await keys(pilot, "j")


async def test_a_value_is_sent_elsewhere_and_that_is_kept(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(120, 36)) as pilot:
        screen = await table(pilot)
        await go_to(pilot, screen, "industry")
        await keys(pilot, "t")
        assert isinstance(pilot.app.screen, PickScreen)
        await keys(pilot, *"business", "enter")
        assert screen.mapping.line is not None
        assert screen.mapping.line.target == "customer.business_type"
        await keys(pilot, "f2", "f2")
        if screen.step == MISSING:
            await keys(pilot, "f2")
        await keys(pilot, "f2")
        assert column(workspace, "SELECT business_type FROM customer") == ["robotics"]
        assert column(workspace, "SELECT source FROM conversion_mapping WHERE field = 'business_type'") == [
            "industry"
        ]


async def test_an_unmapped_value_is_told_and_kept(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(120, 36)) as pilot:
        screen = await table(pilot)
        await go_to(pilot, screen, "need")
        await keys(pilot, "x")
        assert screen.mapping.line is not None
        assert (screen.mapping.line.target, screen.mapping.line.effect) == ("", "dropped")
        await keys(pilot, "f2")
        while screen.step != REVIEW:
            await keys(pilot, "f2")
        lines = screen_lines(pilot)
        assert any("Goes nowhere" in line for line in lines)
        await keys(pilot, "f2")
        assert "ERP before June" in column(workspace, "SELECT source_snapshot FROM customer")[0]


async def test_what_does_not_fit_blocks_in_red_until_it_is_answered(workspace: Workspace) -> None:
    choice = FieldDefinition("plan", "Plan", "choice", ("gold", "silver"))
    define(workspace, "customer", choice)
    define(workspace, "lead", FieldDefinition("plan", "Plan", "choice", ("gold", "platinum")))
    give(workspace, lead(workspace, **NOVA), plan="platinum")
    async with app_on(workspace, view="all").run_test(size=(120, 36)) as pilot:
        screen = await table(pilot)
        await keys(pilot, "enter")
        assert screen.step == MAPPING
        assert any("1 line is blocked" in line for line in screen_lines(pilot))
        assert screen.mapping.line is not None
        assert screen.mapping.line.target == "customer.custom.plan"
        assert any("“platinum” is no choice of Plan" in line for line in screen_lines(pilot))
        await keys(pilot, "a", "enter")
        assert screen.mapping.line.problem == ""
        assert screen.mapping.line.result == "platinum"
        await keys(pilot, "enter")
        assert screen.step != MAPPING


async def test_a_value_may_stand_for_another(workspace: Workspace) -> None:
    define(workspace, "customer", FieldDefinition("plan", "Plan", "choice", ("gold", "silver")))
    define(workspace, "lead", FieldDefinition("plan", "Plan", "choice", ("gold", "platinum")))
    give(workspace, lead(workspace, **NOVA), plan="platinum")
    async with app_on(workspace, view="all").run_test(size=(120, 36)) as pilot:
        screen = await table(pilot)
        await go_to(pilot, screen, "custom.plan")
        await keys(pilot, "a", *"gold", "enter")
        assert screen.mapping.line is not None
        assert (screen.mapping.line.result, screen.mapping.line.problem) == ("gold", "")


async def test_only_what_matters(workspace: Workspace) -> None:
    qiming(workspace)
    lead(workspace, **QIMING)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "down", "enter")
        shown = screen.query_one(MappingTable)
        everything = len(shown.lines)
        await keys(pilot, "o")
        assert 0 < len(shown.lines) < everything
        assert all(map(matters, shown.lines))
        await keys(pilot, "o")
        assert len(shown.lines) == everything


async def test_effects_stand_in_words_at_both_sizes(workspace: Workspace) -> None:
    qiming(workspace)
    lead(workspace, **QIMING)
    for size in ((120, 36), (80, 24)):
        async with app_on(workspace, view="all").run_test(size=size) as pilot:
            screen = await wizard(pilot)
            await keys(pilot, *PASSED, "enter", "down", "enter")
            assert screen.step == MAPPING
            ends = [line.rstrip("│ ▇▁▂▃▄▅▆█").rsplit(" ", 1)[-1] for line in screen_lines(pilot)]
            assert {"conflict", "kept", "filled"} <= set(ends)


async def test_the_mouse_does_it_all(workspace: Workspace) -> None:
    customer = qiming(workspace)
    lead(workspace, **QIMING)
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await wizard(pilot)
        lines = screen_lines(pilot)
        row = next(y for y, line in enumerate(lines) if line.startswith("│ Signals"))
        for word in ("intent", "budget", "demo"):
            await pilot.click(offset=(lines[row].index(word), row))
        await keys(pilot)
        assert screen.choices.signals == {"intent", "budget", "demo"}
        await pilot.click("#go")
        await keys(pilot)
        await pilot.click("#customers", offset=(8, 1))
        await keys(pilot)
        assert screen.choices.customer == customer
        await pilot.click("#go")
        await keys(pilot)
        assert screen.step == MAPPING
        await pilot.click("#table", offset=(3, 0))
        await pilot.click("#side")
        await keys(pilot)
        assert screen.choices.take == {"customer.name"}
        await pilot.click("StepBar", offset=(4, 0))
        await keys(pilot)
        assert screen.step == 0
        for _step in range(3):
            await pilot.click("#go")
            await keys(pilot)
        assert screen.step == REVIEW
        await pilot.click("#back")
        await keys(pilot)
        assert screen.step == MAPPING
        await pilot.click("#go")
        await keys(pilot)
        await pilot.click("#go")
        await keys(pilot)
        assert column(workspace, "SELECT name FROM customer") == ["上海启明科技"]


async def test_hostile_values_are_shown_as_they_are(workspace: Workspace) -> None:
    draft = {
        **NOVA,
        "company": "[/] [ACME] $5k",
        "contact": "[@click=app.quit]x[/]",
        "need": "\x1b]52;c;eA==\x07 [b]",
    }
    lead(workspace, **draft)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await table(pilot)
        assert any("[/] [ACME] $5k" in line for line in screen_lines(pilot))
        await keys(pilot, "t", "escape", "f2")
        while screen.step != REVIEW:
            await keys(pilot, "f2")
        assert any("+ new customer: [/] [ACME] $5k" in line for line in screen_lines(pilot))
        await keys(pilot, "f2")
        assert column(workspace, "SELECT name FROM customer") == ["[/] [ACME] $5k"]


async def test_a_name_that_is_sent_nowhere_is_taken_from_what_was_typed(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await table(pilot)
        await go_to(pilot, screen, "company")
        await keys(pilot, "x", "f2")
        assert screen.step == WHERE
        await keys(pilot, "f2", "f2", "f2")
        if screen.is_attached:
            await keys(pilot, "f2")
        assert column(workspace, "SELECT name FROM customer") == ["Nova Robotics"]


async def test_a_customer_without_a_name_is_asked_for_one(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot)
        await keys(pilot, *PASSED, "enter", "ctrl+u", "enter")
        assert screen.step == WHERE
        assert any("Fill this in." in line for line in screen_lines(pilot))
        await keys(pilot, *"Zeta", "enter")
        assert screen.step == MAPPING


async def test_every_key_of_the_table_is_named_on_a_small_screen(workspace: Workspace) -> None:
    lead(workspace, **NOVA)
    async with app_on(workspace, view="all").run_test(size=(80, 24)) as pilot:
        await table(pilot)
        (line,) = [line for line in screen_lines(pilot) if "Other side" in line]
        assert "matter  o " in line
