"""The panel of reminders takes every key at every moment."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from leadtui.values import ReminderRow
from widgets.reminder_panel import ReminderGroup, ReminderPanel

MOVES = ("move-down", "move-up", "move-first", "move-last", "page-down", "page-up")


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield ReminderPanel(now=lambda: 0)


def reminder(number: int) -> ReminderRow:
    return ReminderRow(
        kind="next_step",
        lead_id=f"lead {number}",
        seq=number,
        number=f"L-{number:06d}",
        tier="A",
        company=f"Company {number}",
        contact="Li Wei",
        title="call",
        due=number,
        late_minutes=0,
    )


@pytest.mark.parametrize("command", MOVES)
async def test_moving_before_anything_is_loaded_does_nothing(command: str) -> None:
    async with Host().run_test(size=(40, 10)) as pilot:
        panel = pilot.app.query_one(ReminderPanel)
        panel.move(command)
        panel.show([])
        panel.move(command)
        assert panel.cursor == 0


async def test_the_cursor_goes_from_reminder_to_reminder_over_the_groups() -> None:
    async with Host().run_test(size=(40, 10)) as pilot:
        panel = pilot.app.query_one(ReminderPanel)
        panel.show(
            [
                ReminderGroup("overdue", 2, (reminder(1), reminder(2)), 2),
                ReminderGroup("today", 1, (reminder(3),), 1),
            ]
        )
        await pilot.pause()
        seen = []
        for _step in range(4):
            row = panel.row
            assert row is not None
            seen.append(row.number)
            panel.move("move-down")
        assert seen == ["L-000001", "L-000002", "L-000003", "L-000003"]
