"""What goes wrong while a file is brought in is told on the import screen, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from form_host import NOTHING, FormHost
from import_host import brought, face, leads_in, shown
from textual import events
from textual.widgets import Input
from waiting import PATIENCE_SECONDS, until

from leadtui.capture.batch.result import ImportResult
from leadtui.errors import Cancelled
from leadtui.workspace import Workspace
from screens.import_file import ImportScreen


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "can't be read"), (b"", "is empty"), (b"PK\x03\x04 a spreadsheet", "damaged")],
)
async def test_what_can_not_be_read_is_told(
    workspace: Workspace, tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "x.csv"
    if content is not None:
        path.write_bytes(content)
    app = FormHost(ImportScreen(workspace, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: told in shown(app, "#problem"), told)
        assert face(app) == "files"
        await pilot.press("escape")
        await until(pilot, lambda: app.result is not NOTHING, "the end")
    assert app.result is None


async def test_a_password_is_told(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "book.ods"
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    app = FormHost(ImportScreen(workspace, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "save it without one" in shown(app, "#problem"), "the sentence")
        assert face(app) == "files"


async def test_a_file_without_names_is_not_brought_in(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Shoe,Hat\n44,58\n41,57\n")
    app = FormHost(ImportScreen(workspace, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("f2")
        await until(pilot, lambda: "who or what a row is" in shown(app, "#problem"), "the sentence")
        assert face(app) == "plan"


async def test_escape_stops_the_work_and_nothing_is_kept(
    workspace: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from leadtui.capture.batch import importing

    begun, go_on = Event(), Event()
    real = importing.import_file

    def held(*arguments: Any) -> list[ImportResult]:
        begun.set()
        go_on.wait(PATIENCE_SECONDS)
        return real(*arguments)

    monkeypatch.setattr(importing, "import_file", held)
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("f2")
        await until(pilot, begun.is_set, "the work")
        assert face(app) == "work"
        assert app.screen.query_one("#path", Input).disabled
        await pilot.press("escape")
        go_on.set()
        await until(pilot, lambda: face(app) == "plan", "the plan again")
        assert "nothing" in shown(app, "#problem")
        assert app.result is NOTHING
        assert not app.screen.query_one("#path", Input).disabled
    assert leads_in(workspace) == 0


async def test_leaving_the_app_stops_the_work(
    workspace: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from leadtui.capture.batch import importing

    begun, go_on, stopped = Event(), Event(), Event()

    def held(*arguments: Any) -> list[ImportResult]:
        begun.set()
        go_on.wait(PATIENCE_SECONDS)
        if arguments[4]():
            stopped.set()
        raise Cancelled

    monkeypatch.setattr(importing, "import_file", held)
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("f2")
        await until(pilot, begun.is_set, "the work")
    go_on.set()
    assert stopped.wait(PATIENCE_SECONDS)


@pytest.mark.parametrize("error", [FileNotFoundError(2, "No such file"), RuntimeError("nobody expected")])
async def test_whatever_goes_wrong_is_told_and_the_plan_stays(
    workspace: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from leadtui.capture.batch import importing

    def failing(*_arguments: Any) -> list[ImportResult]:
        raise error

    monkeypatch.setattr(importing, "import_file", failing)
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "plan" and bool(shown(app, "#problem")), "the plan again")
        is_expected = isinstance(error, OSError)
        assert ("No such file" in shown(app, "#problem")) is is_expected
        assert app.told == ([] if is_expected else [error])


async def test_what_is_wrong_with_a_pasted_text_is_told_without_a_path(
    workspace: Workspace, file: Path
) -> None:
    app = FormHost(ImportScreen(workspace))
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(events.Paste('[{"a": 1\r1'))
        await until(pilot, lambda: bool(shown(app, "#problem")), "the sentence")
        assert shown(app, "#problem").startswith("pasted.txt ")


async def test_rows_of_a_folder_that_can_only_be_read_are_kept_beside_the_leads(
    workspace: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.import_file.os.access", lambda path, _mode: path != file.parent)
    app = FormHost(ImportScreen(workspace, file))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: face(app) == "plan", "the plan")
        await pilot.press("f2")
        await until(pilot, lambda: face(app) == "result", "the result")
        await pilot.press("escape")
        await until(pilot, lambda: app.result is not NOTHING, "the end")
    (result,) = brought(app)
    assert result.skipped_file == workspace.path.with_name("my leads.skipped.csv")
    assert result.skipped_file.is_file()
