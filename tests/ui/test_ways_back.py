"""The last line of each screen shows the way back, also in a narrow terminal."""

from __future__ import annotations

import pytest
from inbox_app import app_on, press, screen_lines, settle

from leadtui.i18n import use_language
from leadtui.workspace import Workspace


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "command",
    ["tasks", "screening", "templates", "customers", "contacts", "opportunities", "board", "duplicates"],
)
async def test_the_way_back_is_shown_and_taken(leads: Workspace, command: str, language: str) -> None:
    use_language(language)
    try:
        app = app_on(leads)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, command)
            assert app.screen is not app.inbox
            assert " esc " in screen_lines(pilot)[-1], screen_lines(pilot)[-1]
            await press(pilot, "escape")
            assert app.screen is app.inbox
    finally:
        use_language("en")
