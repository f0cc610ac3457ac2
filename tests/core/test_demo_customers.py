"""The customers of the sample."""

from __future__ import annotations

from pathlib import Path

from leadtui.clock import FixedClock, Today
from leadtui.customers.board import board
from leadtui.demo.customers import add_customers
from leadtui.workspace import Workspace


def test_the_sample_has_opportunities_in_many_stages_and_undo_leaves_them(
    tmp_path: Path, clock: FixedClock
) -> None:
    workspace = Workspace.open(tmp_path / "demo.db", clock=clock, user="ana")
    add_customers(workspace)
    assert workspace.undo() is None
    with workspace.read() as connection:
        columns = board(connection, Today.at(clock.now(), workspace.zone), "ana")
        kinds = connection.execute("SELECT DISTINCT due_kind FROM opportunity ORDER BY 1").fetchall()
        customers = connection.execute(
            "SELECT count(*), sum(lifecycle = 'customer') FROM customer"
        ).fetchone()
    assert sum(1 for column in columns if column.total) >= 6
    assert ("hand_over",) in kinds and ("objection",) in kinds
    assert customers == (3, 1)
