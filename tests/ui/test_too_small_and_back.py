"""A terminal that was too small for a while shows afterwards what it showed before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from inbox_app import app_on, press, screen_lines, settle
from textual.pilot import Pilot

from leadtui.i18n import use_language
from leadtui.workspace import Workspace

SIZES = ((80, 24), (100, 30), (120, 36))


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("en")


async def lines_at(pilot: Pilot[None], width: int, height: int) -> list[str]:
    await pilot.resize_terminal(width, height)
    await settle(pilot)
    return screen_lines(pilot)


@pytest.mark.parametrize("command", ["follow-up", "edit", "tags", "view"])
async def test_what_is_open_comes_back_as_it_was(leads: Workspace, command: str) -> None:
    app = app_on(leads)
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, command)
        before = [await lines_at(pilot, *size) for size in SIZES]
        for size, lines in zip(SIZES, before, strict=True):
            covered = await lines_at(pilot, 20, 5)
            assert any("80 × 24" in line for line in covered) and any("^q" in line for line in covered)
            assert await lines_at(pilot, *size) == lines


async def test_what_is_said_of_a_long_form_leaves_room_for_its_buttons(
    leads: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadtui.errors import DatabaseError

    def refuse(*_arguments: object) -> None:
        raise DatabaseError("The file is read-only: nothing was saved. Make it writable, or work on a copy.")

    monkeypatch.setattr("leadtui.qualify.leads.edit_leads", refuse)
    app = app_on(leads)
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, "edit", *"x", "f2")
        lines = screen_lines(pilot)
        assert "f2" in lines[-2] and "copy." in lines[-3]
