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
            assert any("80 × 24" in line for line in await lines_at(pilot, 20, 5))
            assert await lines_at(pilot, *size) == lines
