"""The import screen: file, columns, trial, progress, result."""

from __future__ import annotations

from pathlib import Path

import pytest
from form_host import NOTHING, FormHost
from import_host import brought, columns, face, leads_in, offered, outcome, shown
from textual import events
from textual.geometry import Region
from textual.widgets import Button, Input
from waiting import until

from leadtui.workspace import Workspace
from screens.import_file import ImportScreen
from screens.pick import PickScreen
from widgets.file_picker import FileTree


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_a_file_is_brought_in_and_can_be_undone(
    workspace: Workspace, file: Path, size: tuple[int, int]
) -> None:
    app = FormHost(ImportScreen(workspace))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: face(app) == "files", "the files")
        await pilot.press("m", "tab")
        path = app.screen.query_one("#path", Input)
        await until(pilot, lambda: path.value == "my leads.csv", "the completed name")
        app.screen.query_one("#path", Input).value = f"'{file}'"
        await pilot.press("enter")
        await until(pilot, lambda: face(app) == "plan", "the plan")
        assert "comma" in shown(app, "#facts") and "line 1" in shown(app, "#facts")
        company, contact, mail, shoe, created = columns(app)
        assert "Company" in company and "Nova [b]Robotics[/b]" in company
        assert "Contact" in contact and "Mail" in mail and "Acquired" in created
        assert "custom field" in shoe
        for button in app.screen.query(Button):
            assert Region(0, 0, *size).contains_region(button.region)

        await pilot.press("f4")
        await until(pilot, lambda: face(app) == "result", "the trial's result")
        assert "3  new" in outcome(app)
        assert leads_in(workspace) == 0
        await pilot.press("escape")
        await until(pilot, lambda: face(app) == "plan", "the plan after the trial")

        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
        text = outcome(app)
        assert "3  new" in text and "1  skipped" in text and "Undo" in text
        await pilot.press("enter")
        await until(pilot, lambda: app.result is not NOTHING, "the end")
    (result,) = brought(app)
    assert (result.created, result.skipped) == (3, 1)
    assert leads_in(workspace) == 3
    workspace.undo()
    assert leads_in(workspace) == 0


async def test_a_column_is_changed_and_remembered(workspace: Workspace, file: Path) -> None:
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PickScreen), "the fields to pick from")
        await pilot.press(*"company size", "enter")
        await until(pilot, lambda: face(app) == "plan" and "Company size" in columns(app)[3], "the change")
        app.screen.query_one("#source", Input).value = "expo"
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
    with workspace.read() as connection:
        rows = connection.execute("SELECT company_size, source_channel FROM lead ORDER BY seq").fetchall()
    assert rows[0] == ("44", "expo")

    again = FormHost(ImportScreen(workspace, file))
    async with again.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: face(again) == "plan", "the plan")
        assert "Company size" in columns(again)[3]


async def test_the_order_of_day_and_month_is_asked_for_where_it_matters(
    workspace: Workspace, file: Path
) -> None:
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        order = app.screen.query_one("#date_order")
        assert app.screen.query_one("#order").display
        order.focus()
        await until(pilot, lambda: order.has_focus, "the focus")
        await pilot.press("m", "f2")
        await until(pilot, lambda: face(app) == "result", "the result")
    with workspace.read() as connection:
        (acquired,) = connection.execute("SELECT acquired_at FROM lead ORDER BY seq").fetchone()
    assert acquired == 1_772_582_400_000, "4 March 2026"


async def test_after_one_file_another_can_be_tried(workspace: Workspace, file: Path) -> None:
    other = file.with_name("other.csv")
    other.write_text("Company,Contact\nOther,Ben\n", encoding="utf-8")
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
        assert "no company, person, valid mail or phone" in outcome(app)
        assert offered(app) == ["back"]
        app.screen.query_one("#path", Input).value = str(other)
        app.screen.query_one("#path", Input).focus()
        await pilot.press("enter")
        await until(pilot, lambda: face(app) == "plan", "the plan of the other file")
        await pilot.press("f4")
        await until(pilot, lambda: face(app) == "result", "the result of the trial")
        assert offered(app) == ["go", "try", "back"]
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result" and leads_in(workspace) == 4, "the other result")
        await pilot.press("escape")
        await until(pilot, lambda: app.result is not NOTHING, "the end")
    assert len(brought(app)) == 1


async def test_a_file_can_be_chosen_in_the_tree(workspace: Workspace, file: Path) -> None:
    (file.parent / "[b]picture.png").write_text("x")
    app = FormHost(ImportScreen(workspace))
    async with app.run_test(size=(80, 24)) as pilot:
        tree = app.screen.query_one(FileTree)
        await until(pilot, lambda: len(tree.root.children) == 1, "the file in the tree")
        tree.focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("escape")
        await until(pilot, lambda: face(app) == "files", "the files again")


async def test_what_was_tried_is_brought_in_from_its_result(workspace: Workspace, file: Path) -> None:
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("f4")
        await until(pilot, lambda: face(app) == "result", "the trial's result")
        assert "f2 brings it in" in outcome(app)
        assert leads_in(workspace) == 0
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result" and leads_in(workspace) == 3, "the result")
        assert "Undo" in outcome(app)
        await pilot.press("f2")
        await pilot.pause()
    assert leads_in(workspace) == 3


@pytest.mark.parametrize("where", ["#path", "FileTree"])
async def test_cells_a_card_or_a_signature_are_pasted(workspace: Workspace, file: Path, where: str) -> None:
    app = FormHost(ImportScreen(workspace))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(where).focus()
        await pilot.pause()
        app.post_message(events.Paste("Li Wei | CTO | Nova Robotics\rli@nova.example\r"))
        await until(pilot, lambda: face(app) == "plan", "the plan")
        assert "Nova" in str(columns(app))
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
    with workspace.read() as connection:
        rows = connection.execute("SELECT company, contact, title, email FROM lead").fetchall()
    assert rows == [("Nova Robotics", "Li Wei", "CTO", "li@nova.example")]


async def test_a_pasted_path_is_a_path(workspace: Workspace, file: Path) -> None:
    app = FormHost(ImportScreen(workspace))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: face(app) == "files", "the files")
        app.post_message(events.Paste(f"{file}\n/another/file.csv"))
        path = app.screen.query_one("#path", Input)
        await until(pilot, lambda: path.value == str(file), "the pasted path")


async def test_the_user_says_what_the_rows_are(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_text("Company,City,Size\nNova,Berlin,50\n")
    app = FormHost(ImportScreen(workspace, path))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        record = app.screen.query_one("#record", Button)
        assert str(record.label) == "leads"
        record.press()
        await until(pilot, lambda: isinstance(app.screen, PickScreen), "the kinds")
        await pilot.press("down", "enter")
        await until(pilot, lambda: str(record.label) == "customers", "customers")
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
    with workspace.read() as connection:
        assert connection.execute("SELECT name, city FROM customer").fetchall() == [("Nova", "Berlin")]


async def test_old_leads_may_begin_today(workspace: Workspace, file: Path) -> None:
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        begin = app.screen.query_one("#begin")
        assert app.screen.query_one("#since").display
        assert Region(0, 0, 80, 24).contains_region(begin.region)
        begin.focus()
        await until(pilot, lambda: begin.has_focus, "the focus")
        await pilot.press("t", "f2")
        await until(pilot, lambda: face(app) == "result", "the result")
    with workspace.read() as connection:
        rows = connection.execute("SELECT DISTINCT acquired_at FROM lead").fetchall()
    assert rows == [(workspace.clock.now(),)]
