"""Customers and contacts are told apart and merged from their lists."""

from __future__ import annotations

from inbox_app import app_on, press, screen_lines, settle

from leadtui.customers.records import create_record
from leadtui.workspace import Workspace
from screens.duplicates import DuplicatesScreen
from screens.merge import MergeScreen
from screens.records import RecordsScreen


def merged(workspace: Workspace, record: str) -> int:
    with workspace.read() as connection:
        return int(connection.execute(f"SELECT count(*) FROM {record} WHERE status = 'merged'").fetchone()[0])


async def test_customers_are_found_and_merged(workspace: Workspace) -> None:
    with workspace.act("Make") as act:
        for name in ("上海启明科技有限公司", "启明科技", "上海启明科技"):
            create_record(act, "customer", {"name": name, "phone": "+8613812345678"})
        create_record(act, "opportunity", {"name": "ERP"})
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "customers", "duplicates")
        assert isinstance(app.screen, DuplicatesScreen)
        assert "4 customers (1)" in screen_lines(pilot)[0]
        await press(pilot, "enter")
        assert isinstance(app.screen, MergeScreen)
        await press(pilot, "enter")
        assert merged(workspace, "customer") == 1
        await press(pilot, "escape")
        assert isinstance(app.screen, RecordsScreen)
        await press(pilot, "merge")
        assert isinstance(app.screen, RecordsScreen), "one customer can't be merged"
        await press(pilot, "mark-all", "merge", "enter")
        assert merged(workspace, "customer") == 2
        await press(pilot, "undo", "undo")
        assert merged(workspace, "customer") == 0
        await press(pilot, "opportunities", "mark-all", "merge")
        assert isinstance(app.screen, RecordsScreen)
