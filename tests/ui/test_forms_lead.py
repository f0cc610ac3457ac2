"""The lead form and the forms for custom fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

import pytest
from form_host import NOTHING, FormHost, a_lead
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region
from textual.widgets import Input, OptionList
from waiting import settle

from leadtui.qualify.fields import FieldDefinition
from leadtui.settings import Settings
from leadtui.workspace import Workspace
from screens.fields import FieldChanges, FieldScreen, FieldsScreen
from screens.form_screen import Draft, Save
from screens.lead_fields import budget_problem, budget_text, number_problem, read_budget, read_number
from screens.lead_form import LeadFormScreen
from widgets.choice_row import ChoiceRow
from widgets.fold import Fold
from widgets.form import FormRow, LongText

CUSTOM = (
    FieldDefinition("staff", "Staff 人数 [b]", "number"),
    FieldDefinition("founded", "Founded", "date"),
    FieldDefinition("region", "Region", "choice", ("north", "south [x]")),
    FieldDefinition("dealer", "Dealer", "yes_no"),
    FieldDefinition("部门", "部门"),
)


def a_form(now: int, detail: object = None, on_save: Save[Draft] | None = None) -> LeadFormScreen:
    return LeadFormScreen(detail, CUSTOM, now, UTC, Settings(), on_save)  # type: ignore[arg-type]


def control(app: FormHost, field: str) -> object:
    return next(row for row in app.screen.query(FormRow) if row.field == field).control


def fill(app: FormHost, field: str, text: str) -> None:
    found = control(app, field)
    assert isinstance(found, Input)
    found.value = text


async def test_a_new_lead_holds_what_was_filled_in(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"Ana", "tab", *"CTO", "tab", "d")
        fill(app, "company", " 上海启明 ")
        fill(app, "budget", "20-30万")
        fill(app, "custom.staff", "1,200")
        fill(app, "custom.founded", "2019-05-03")
        await pilot.press("f2")
        await settle(pilot)
    assert app.result == {
        "contact": "Ana",
        "title": "CTO",
        "role": "decision_maker",
        "company": "上海启明",
        "budget_min": 20_000_000,
        "budget_max": 30_000_000,
        "currency": "CNY",
        "custom": {"staff": 1200, "founded": "2019-05-03"},
    }


async def test_an_edit_holds_only_what_was_changed(now: int) -> None:
    known = {"budget_min": 100, "budget_max": 100, "currency": "CNY", "notes": "a\nb", "acquired_at": now - 5}
    app = FormHost(a_form(now, a_lead(**known)))
    async with app.run_test(size=(80, 24)) as pilot:
        fill(app, "contact", "")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
    assert app.result == {"contact": ""}


async def test_choices_and_long_texts_are_changed_too(now: int) -> None:
    app = FormHost(a_form(now, a_lead(need="ERP", asked_for_material=1, source_channel="own word")))
    async with app.run_test(size=(120, 36)) as pilot:
        need, source = control(app, "need"), control(app, "source_channel")
        assert isinstance(need, LongText) and isinstance(source, ChoiceRow)
        assert source.value == "own word"
        need.text = "MES\nin June"
        app.screen.query_one("#asked_for_material").focus()
        await settle(pilot)
        await pilot.press("y", "f2")
        await settle(pilot)
    assert app.result == {"need": "MES\nin June", "asked_for_material": False}


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_every_field_can_be_reached_and_scrolls_into_sight(now: int, size: tuple[int, int]) -> None:
    app = FormHost(a_form(now))
    async with app.run_test(size=size) as pilot:
        app.screen.query_one(Fold).open = True
        await settle(pilot)
        fields = set()
        for _ in range(60):
            await pilot.press("tab")
            await settle(pilot)
            focused = app.screen.focused
            assert focused is not None
            assert Region(0, 0, *size).contains_region(focused.region)
            fields |= {row.field for row in focused.ancestors if isinstance(row, FormRow)}
        assert fields == {row.field for row in app.screen.query(FormRow)}


async def test_what_the_core_refuses_is_shown_beside_the_form_field_it_comes_from(now: int) -> None:
    async def save(draft: Draft) -> Mapping[str, str] | None:
        return {"staff": "Too many.", "budget_max": "Ends below its beginning.", "source_channel": "Needed."}

    app = FormHost(a_form(now, on_save=save))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "f2")
        await app.workers.wait_for_complete()
        await settle(pilot)
        rows = {row.field: row for row in app.screen.query(FormRow)}
        assert rows["custom.staff"].problem == "Too many."
        assert rows["budget"].problem == "Ends below its beginning."
        assert rows["source_channel"].problem == "Needed."
        assert app.screen.focused is not None
        assert rows["budget"] in app.screen.focused.ancestors
        assert app.result is NOTHING


async def test_a_wrong_budget_and_number_are_told_before_saving(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test(size=(120, 36)) as pilot:
        fill(app, "budget", "a lot")
        fill(app, "custom.staff", "many")
        await pilot.press("f2")
        await settle(pilot)
        rows = {row.field: row for row in app.screen.query(FormRow)}
        assert "300k" in rows["budget"].problem
        assert rows["custom.staff"].problem
        assert app.result is NOTHING


async def test_the_draft_makes_a_lead(now: int, workspace: Workspace) -> None:
    from leadtui.followup.card import lead_detail
    from leadtui.qualify.leads import create_lead, edit_leads

    app = FormHost(a_form(now))
    async with app.run_test(size=(120, 36)) as pilot:
        fill(app, "contact", "Ana")
        fill(app, "budget", "300k")
        source = control(app, "source_channel")
        assert isinstance(source, ChoiceRow)
        source.focus()
        await settle(pilot)
        await pilot.press("x", "f2")
        await settle(pilot)
    assert isinstance(app.result, dict)
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, app.result)
    with workspace.read() as connection:
        detail = lead_detail(connection, lead_id, workspace.settings, now, UTC)
    assert detail is not None
    assert (detail.fields["contact"], detail.fields["source_channel"]) == ("Ana", "expo")
    assert detail.fields["budget_max"] == 30_000_000

    again = FormHost(LeadFormScreen(detail, (), now, UTC, workspace.settings))
    async with again.run_test(size=(120, 36)) as pilot:
        fill(again, "city", "上海")
        await pilot.press("f2")
        await settle(pilot)
    assert again.result == {"city": "上海"}
    with workspace.act("Edit lead") as act:
        edit_leads(act, [lead_id], again.result)


@given(
    st.one_of(st.none(), st.integers(1, 10**13)),
    st.one_of(st.none(), st.integers(1, 10**13)),
    st.sampled_from(["CNY", "EUR", "USD"]),
)
def test_a_budget_is_written_as_it_is_read(low: int | None, high: int | None, currency: str) -> None:
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    text = budget_text({"budget_min": low, "budget_max": high, "currency": currency})
    if low is None and high is None:
        assert text == ""
    else:
        assert budget_problem(text) == ""
        assert read_budget(text, currency) == {"budget_min": low, "budget_max": high, "currency": currency}


def test_numbers() -> None:
    assert read_number(" 1,200 ") == 1200
    assert read_number("3.5") == 3.5
    assert read_number("") is None
    assert number_problem("1e400") == ""
    assert number_problem("nan") and number_problem("x")


async def test_a_field_is_defined(now: int) -> None:
    app = FormHost(FieldScreen(taken=["region"]))
    async with app.run_test() as pilot:
        await pilot.press(*"Region", "tab", "c", "f2")
        await settle(pilot)
        rows = {row.field: row for row in app.screen.query(FormRow)}
        assert rows["choices"].problem
        rows["choices"].focus_control()
        await settle(pilot)
        await pilot.press(*"north,south", "f2")
        await settle(pilot)
        assert rows["label"].problem
        fill(app, "label", "Region 2")
        await pilot.press("f2")
        await settle(pilot)
    assert app.result == FieldDefinition("region_2", "Region 2", "choice", ("north", "south"))


async def test_fields_are_added_changed_and_taken_away(workspace: Workspace) -> None:
    from leadtui.qualify.fields import custom_fields, define_fields, remove_fields

    fields = (FieldDefinition("a", "A [b]"), FieldDefinition("b", "B"), FieldDefinition("s", "From settings"))
    app = FormHost(FieldsScreen(fields, fixed=["s"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"City", "f2")
        await settle(pilot)
        app.screen.query_one(OptionList).highlighted = 0
        await pilot.press("enter", *"Alpha", "enter")
        await settle(pilot)
        app.screen.query_one(OptionList).highlighted = 1
        await pilot.press("x")
        app.screen.query_one(OptionList).highlighted = 1
        await pilot.press("x", "f2")
        await settle(pilot)
    added, renamed = FieldDefinition("city", "City"), FieldDefinition("a", "Alpha")
    assert app.result == FieldChanges((renamed, added), ("b",))
    with workspace.act("Define fields") as act:
        define_fields(act, app.result.define)
        remove_fields(act, app.result.remove)
    with workspace.read() as connection:
        assert custom_fields(connection, workspace.settings) == (renamed, added)


async def test_leaving_the_fields_asks_only_when_something_was_changed() -> None:
    app = FormHost(FieldsScreen((FieldDefinition("a", "A"),)))
    async with app.run_test() as pilot:
        await pilot.press("x", "escape", "n")
        await settle(pilot)
        assert app.result is NOTHING
        await pilot.press("escape", "y")
        await settle(pilot)
    assert app.result is None
