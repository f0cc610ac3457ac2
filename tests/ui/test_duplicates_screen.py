"""Duplicates and merging on the screen: found, told apart, merged, taken back; and before a lead is saved."""

from __future__ import annotations

from typing import Any

import pytest
from inbox_app import AddLead, app_on, company, press, screen_lines, settle
from textual.pilot import Pilot
from waiting import until

from leadtui.workspace import Workspace
from screens.app import LeadApp
from screens.choose import ChooseScreen
from screens.duplicates import DuplicatesScreen
from screens.lead_form import LeadFormScreen
from screens.merge import MergeScreen
from widgets.entry_list import EntryList
from widgets.key_bar import KeyBar
from widgets.merge_table import MergeTable

SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def twice(leads: Workspace, add_lead: AddLead) -> Workspace:
    """The seven leads, and Nova's once more, with another title and a need."""
    li = {"contact": "Li Wei", "phone": "+8613800001234"}
    add_lead(
        number="L-000008", company="Nova Robotics Ltd.", title="CTO 技术总监", need="六月前更换系统", **li
    )
    return leads


def cells(workspace: Workspace, statement: str) -> list[tuple[Any, ...]]:
    with workspace.read() as connection:
        return connection.execute(statement).fetchall()


async def opened(app: LeadApp, pilot: Pilot[Any], *keys: str) -> None:
    await settle(pilot)
    await press(pilot, *keys)


@pytest.mark.parametrize("size", SIZES)
async def test_the_pair_of_a_lead_is_merged_and_taken_back(twice: Workspace, size: tuple[int, int]) -> None:
    app = app_on(twice)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, "duplicates")
        assert isinstance(app.screen, DuplicatesScreen)
        told = "\n".join(screen_lines(pilot))
        assert "L-000001" in told
        assert "L-000008" in told
        assert "same phone, same name, same company" in told
        await press(pilot, "enter")
        assert isinstance(app.screen, MergeScreen)
        told = "\n".join(screen_lines(pilot))
        assert "Nova Robotics Ltd." in told
        assert "技术总监" in told
        await press(pilot, "enter")
        assert isinstance(app.screen, DuplicatesScreen)
        merged = cells(twice, "SELECT number, status FROM lead WHERE merged_into <> ''")
        assert merged == [("L-000008", "merged")]
        await press(pilot, "u")
        assert cells(twice, "SELECT count(*) FROM lead WHERE status = 'merged'") == [(0,)]
        assert "L-000008" in "\n".join(screen_lines(pilot))
        await press(pilot, "escape")
        assert app.screen is app.inbox


async def test_clicks_on_the_keys_show_the_next_face_and_leave(twice: Workspace) -> None:
    app = app_on(twice)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, "duplicates")
        assert "3 company " in screen_lines(pilot)[0]
        for searched in ("2 leads (1)", "3 company (1)", "4 customers (0)"):
            await pilot.click(KeyBar, offset=(screen_lines(pilot)[-1].index("Show"), 0))
            await settle(pilot)
            assert searched in screen_lines(pilot)[0]
        await pilot.click(KeyBar, offset=(screen_lines(pilot)[-1].index("Back"), 0))
        await settle(pilot)
        assert app.screen is app.inbox


async def test_a_side_is_taken_by_one_key_and_texts_are_joined(twice: Workspace) -> None:
    app = app_on(twice)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, "duplicates", "enter")
        table = app.screen.query_one(MergeTable)
        while table.line is not None and table.line.name != "title":
            await press(pilot, "j")
        assert table.line is not None
        assert (table.line.texts, table.line.result) == (("CTO", "CTO 技术总监"), "CTO")
        await press(pilot, "l")
        assert table.line.result == "CTO 技术总监"
        await press(pilot, "1")
        assert table.line.result == "CTO"
        await press(pilot, "a")
        assert table.line.result == "CTO", "a title is one value"
        await press(pilot, "s")
        assert table.line.result == "CTO 技术总监", "the other lead stays now"
        await press(pilot, "f2")
    assert cells(twice, "SELECT number, title FROM lead WHERE merged_into = '' AND company LIKE 'Nova%'") == [
        ("L-000008", "CTO 技术总监")
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_many_sides_are_reached_whichever_stays(leads: Workspace, size: tuple[int, int]) -> None:
    app = app_on(leads, view="all")
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, "mark-all", "merge")
        table = app.screen.query_one(MergeTable)
        for number in "71473":
            await press(pilot, number)
            assert table.line is not None
            assert table.line.chosen == int(number) - 1
            assert f"{number} L-00000{number}" in screen_lines(pilot)[1]
        await press(pilot, "s", "s", "s")
        await pilot.resize_terminal(80 if size[0] > 80 else 120, 30)
        await press(pilot, "right", "G", "k", "left")
        assert "stays" in "\n".join(screen_lines(pilot)) or table.line is not None


async def test_a_click_takes_a_side(twice: Workspace) -> None:
    app = app_on(twice)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, "duplicates", "enter")
        table = app.screen.query_one(MergeTable)
        assert table.line is not None
        await pilot.click(MergeTable, offset=(90, 3))
        await settle(pilot)
        assert table.line.chosen == 1


async def test_a_pair_that_is_two_leads_is_not_shown_again(twice: Workspace) -> None:
    app = app_on(twice)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "duplicates", "2")
        assert app.screen.query_one(EntryList).line_count == 3
        await press(pilot, "x")
        assert app.screen.query_one(EntryList).line_count == 0
        assert "No two look the same." in "\n".join(screen_lines(pilot))
        await press(pilot, "u")
        assert app.screen.query_one(EntryList).line_count == 3


async def test_leads_of_one_company_are_marked_and_merged(leads: Workspace, add_lead: AddLead) -> None:
    for number, name in enumerate(("Bob", "Eva"), 8):
        add_lead(number=f"L-00000{number}", company="Cedar Tools GmbH", contact=name)
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "duplicates", "3")
        assert "Cedar Tools" in screen_lines(pilot)[1]
        assert "3 leads" in screen_lines(pilot)[1]
        await press(pilot, "j", "space", "space", "M")
        assert isinstance(app.screen, MergeScreen)
        await press(pilot, "escape")
        await press(pilot, "escape", "o")
        assert app.screen is app.inbox
        assert company(pilot).startswith("Cedar")


async def test_marked_leads_of_the_list_are_merged(twice: Workspace) -> None:
    app = app_on(twice)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, "merge")
        assert app.screen is app.inbox, "one lead can't be merged"
        app.inbox.show_view("all")
        await settle(pilot)
        await press(pilot, "mark-all", "merge")
        assert isinstance(app.screen, MergeScreen)
        await press(pilot, "right", "left", "equals_sign", "enter")
        assert app.screen is app.inbox
        assert cells(twice, "SELECT count(*) FROM lead WHERE status = 'merged'") == [(7,)]
        await press(pilot, "undo")
        assert cells(twice, "SELECT count(*) FROM lead WHERE status = 'merged'") == [(0,)]


async def test_the_search_is_told_and_stopped(twice: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from screens import duplicates

    begun, go_on = Event(), Event()

    def slowly(_connection: object, _settings: object, progress: Any, _kind: str) -> list[Any]:
        progress(4, 10)
        begun.set()
        go_on.wait(10)
        progress(5, 10)
        return []

    monkeypatch.setattr(duplicates, "all_pairs", slowly)
    app = app_on(twice)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("D")
        await until(pilot, lambda: isinstance(app.screen, DuplicatesScreen), "the duplicates")
        await pilot.press("2")
        await until(pilot, lambda: begun.is_set() and "40%" in screen_lines(pilot)[0], "how far it is")
        await pilot.press("escape")
        go_on.set()
        await settle(pilot)
        assert isinstance(app.screen, DuplicatesScreen)
        assert "Stopped" in "\n".join(screen_lines(pilot))


async def type_lead(app: LeadApp, pilot: Pilot[Any], contact: str) -> None:
    """Fill in a new lead and save it; a question may come of that, which no worker gets past by itself."""
    await press(pilot, "new-lead")
    form = app.screen
    assert isinstance(form, LeadFormScreen)
    form.row("contact").control.value = contact  # type: ignore[attr-defined]
    form.row("phone").control.value = "138 0000 1234"  # type: ignore[attr-defined]
    form.row("source_channel").control.value = "expo"  # type: ignore[attr-defined]
    await pilot.press("f2")


async def shown(app: LeadApp, pilot: Pilot[Any], kind: type[object]) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind), kind.__name__)
    await pilot.pause()


async def test_a_likely_duplicate_is_told_before_it_is_saved(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_lead(app, pilot, "Wei Li")
        await shown(app, pilot, ChooseScreen)
        assert "same phone, same name" in "\n".join(screen_lines(pilot))
        await press(pilot, "escape")
        assert isinstance(app.screen, LeadFormScreen), "nothing that was typed is lost"
        assert "Not saved yet" in "\n".join(screen_lines(pilot))
        await pilot.press("f2")
        await shown(app, pilot, ChooseScreen)
        await press(pilot, "1")
        assert app.screen is app.inbox
        assert company(pilot) == "Nova Robotics"
        await type_lead(app, pilot, "Li Wei")
        await shown(app, pilot, ChooseScreen)
        await press(pilot, "s")
        assert app.screen is app.inbox
    assert cells(leads, "SELECT count(*) FROM lead") == [(8,)]


async def test_another_person_is_saved_without_a_question(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_lead(app, pilot, "Priya Raman")
        await settle(pilot)
        assert app.screen is app.inbox
    assert cells(leads, "SELECT count(*) FROM lead") == [(8,)]


@pytest.mark.parametrize(("most", "told"), [(2, "3 company (2+)"), (4, "3 company (3)")])
async def test_more_companies_than_are_shown_are_not_counted_as_all(
    twice: Workspace, add_lead: AddLead, monkeypatch: pytest.MonkeyPatch, most: int, told: str
) -> None:
    for name in ("Kestrel Foods", "Halden Optics"):
        add_lead(company=name)
    monkeypatch.setattr("screens.duplicates.MOST_COMPANIES", most)
    monkeypatch.setattr("leadtui.qualify.duplicates.search.MOST_COMPANIES", most)
    app = app_on(twice)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, "duplicates", "3")
        await until(pilot, lambda: told in screen_lines(pilot)[0], told)
