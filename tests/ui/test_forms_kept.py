"""Forms that are built once and used again: of the last use nothing is left."""

from __future__ import annotations

import json
from typing import Any, cast

from inbox_app import app_on, press, settle
from textual.pilot import Pilot
from textual.widgets import Input

from leadtui.customers.records import create_record
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.workspace import Workspace
from screens.confirm import ConfirmScreen
from screens.form_screen import FormScreen
from screens.lead_form import LeadFormScreen
from screens.record_form import RecordFormScreen
from widgets.choice_row import ChoiceRow
from widgets.fold import Fold
from widgets.form import FormBody, LongText
from widgets.when_input import WhenInput


def form_of(pilot: Pilot[Any]) -> FormScreen[Any]:
    assert isinstance(pilot.app.screen, FormScreen)
    return pilot.app.screen


async def leave(pilot: Pilot[Any]) -> None:
    """Leave the form, and what was typed with it."""
    await pilot.press("escape")
    await settle(pilot)
    if isinstance(pilot.app.screen, ConfirmScreen):
        await pilot.press("y")
        await settle(pilot)


def values(form: FormScreen[Any]) -> dict[str, object]:
    return {field: value for field, value in form.values().items() if value}


async def test_a_lead_form_opens_the_second_time_as_it_did_the_first(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "new-lead")
        form = form_of(pilot)
        assert isinstance(form, LeadFormScreen)
        assert values(form) == {} and not form.query_one("#heading").display
        form.query_one(Fold).open = True
        await settle(pilot)
        form.query_one("#budget", Input).value = "a lot"
        form.query_one("#need", LongText).insert("secret")
        form.query_one("#notes", LongText).focus()
        form.query_one("#acquired_at", WhenInput).value = "never"
        form.query_one("#role", ChoiceRow).value = "user"
        await pilot.press("f2")
        await settle(pilot)
        assert form.row("budget").problem and form.query_one(FormBody).scroll_y
        await leave(pilot)

        await press(pilot, "edit")
        assert form_of(pilot) is form
        assert form.title_text() in str(form.query_one("#form").border_title) == "Edit lead"
        assert "Nova Robotics" in str(form.query_one("#heading").render())
        assert values(form)["contact"] == "Li Wei" and "need" not in values(form)
        assert not any(row.problem for row in form._rows.values())
        assert not form.query_one(Fold).open and not form.query_one(FormBody).scroll_y
        assert form.focused is not None and form.focused.id == "contact"
        assert cast("Input", form.focused).selected_text == "Li Wei"
        assert form.query_one("#acquired_at", WhenInput).problem == ""
        need = form.query_one("#need", LongText)
        need.undo()
        assert need.text == ""
        await leave(pilot)

        await press(pilot, "new-lead")
        assert form_of(pilot) is form
        assert values(form) == {} and not form.query_one("#heading").display
        assert "now" in str(form.query_one("#acquired_at .reading").render())
        await pilot.press(*"Ana", "f2")
        await settle(pilot)
        assert form.row("source_channel").problem
        await leave(pilot)
        assert app.screen is app.inbox


async def test_each_save_goes_to_the_lead_that_the_form_was_opened_for(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for city in ("Oslo", "Bonn"):
            await press(pilot, "edit")
            form_of(pilot).query_one("#city", Input).value = city
            await pilot.press("f2")
            await settle(pilot)
            await pilot.press("j")
            await settle(pilot)
    with leads.read() as connection:
        found = dict(connection.execute("SELECT company, city FROM lead WHERE city != ''"))
    assert found == {"Nova Robotics": "Oslo", "Kestrel Foods": "Bonn"}


async def test_a_source_of_its_own_is_offered_to_that_lead_alone(leads: Workspace) -> None:
    with leads.act("Change") as act:
        act.connection.execute("UPDATE lead SET source_channel = 'own word' WHERE number = 'L-000001'")
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        codes = []
        for command in ("edit", "new-lead"):
            await press(pilot, command)
            row = form_of(pilot).query_one("#source_channel", ChoiceRow)
            codes.append([option.code for option in row.options])
            await leave(pilot)
    assert codes[0] == [*codes[1], "own word"]


async def test_fields_defined_in_between_stand_in_the_form(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "new-lead")
        before = form_of(pilot)
        await leave(pilot)
        with leads.act("Fields") as act:
            fields = (
                FieldDefinition("region", "Region", "choice", ("north",)),
                FieldDefinition("day", "Day", "date"),
            )
            define_fields(act, fields)
        await press(pilot, "edit")
        form = form_of(pilot)
        assert form is not before and not before.is_attached
        region = form.row("custom.region").control
        assert isinstance(region, ChoiceRow) and [option.code for option in region.options] == ["north"]
        region.value = "north"
        day = form.row("custom.day").control
        assert isinstance(day, Input)
        day.value = "tomorrow"
        await pilot.press("f2")
        await settle(pilot)
        await press(pilot, "new-lead")
        assert form_of(pilot) is form and values(form) == {}
    with leads.read() as connection:
        custom = connection.execute("SELECT custom FROM lead WHERE number = 'L-000001'").fetchone()[0]
    assert json.loads(custom) == {"region": "north", "day": "2026-11-22"}


async def test_a_form_opens_in_the_theme_that_was_chosen_in_between(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.theme = "textual-dark"
        await press(pilot, "new-lead")
        dark = form_of(pilot).query_one("#form").styles.background
        await leave(pilot)
        app.theme = "textual-light"
        await press(pilot, "new-lead")
        assert form_of(pilot).query_one("#form").styles.background != dark


async def test_the_form_of_each_kind_of_record_is_used_again(workspace: Workspace) -> None:
    with workspace.act("Customers") as act:
        for name, city in (("Alpha", "Oslo"), ("Beta", "Bonn")):
            customer = create_record(act, "customer", {"name": name, "city": city})
            create_record(act, "contact", {"name": f"Ann {name}", "customer_id": customer, "title": "CEO"})
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "contacts", "edit")
        form = form_of(pilot)
        assert isinstance(form, RecordFormScreen)
        first = values(form)
        await leave(pilot)
        await pilot.press("j")
        await press(pilot, "edit")
        assert form_of(pilot) is form
        second = values(form)
        await leave(pilot)
        assert [first["customer"], second["customer"]] in (["Alpha", "Beta"], ["Beta", "Alpha"])
        assert first["name"] == f"Ann {first['customer']}" and second["name"] == f"Ann {second['customer']}"
        await press(pilot, "new-lead")
        assert values(form_of(pilot)) == {}
