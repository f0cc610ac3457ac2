"""The app brings the leads in step with changed rules by itself, behind what the user does."""

from __future__ import annotations

import asyncio
from contextlib import closing

from inbox_app import app_on, inbox_of, screen_lines, settle

from leadtui.settings import Settings
from leadtui.settings.model import Scoring
from leadtui.workspace import Workspace

OTHER = Settings(scoring=Scoring(fit_cap=7, behaviour_cap=5))


async def test_changed_rules_are_applied_behind_the_first_frame(leads: Workspace) -> None:
    with closing(Workspace.open(leads.path, OTHER, leads.clock, "ana")) as workspace:
        app = app_on(workspace)
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            await asyncio.to_thread(app._loading.join)
            await settle(pilot)
            assert workspace.maintain() is False
            with workspace.read() as connection:
                (most,) = connection.execute("SELECT max(score) FROM lead").fetchone()
            assert 0 < most <= 12
            assert inbox_of(pilot).leads.row is not None
            assert any("sorts again" in line for line in screen_lines(pilot)[-1:])


async def test_how_far_it_is_is_said(leads: Workspace) -> None:
    async with app_on(leads).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        inbox_of(pilot).show_applied(42)
        await settle(pilot)
        assert "Applying the rules: 42 %" in screen_lines(pilot)[-1]
        inbox_of(pilot).show_applied(None)
        await settle(pilot)
        assert "Applying" not in screen_lines(pilot)[-1]
