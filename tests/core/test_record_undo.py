"""Whatever is done with customers, contacts and opportunities, undo brings every row back as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from whole_file import is_whole

from leadtui.clock import FixedClock
from leadtui.customers.activities import follow_up_records
from leadtui.customers.grading import approve_plan, choose_grade
from leadtui.customers.objections import add_objection, answer_objection, escalate_objection
from leadtui.customers.planning import plan_records, settle_records, snooze_records
from leadtui.customers.records import create_record, edit_records
from leadtui.customers.stages import hand_over, lose, move_stage, reopen, submit_report, win
from leadtui.customers.tags import tag_customers
from leadtui.store.act import Act
from leadtui.workspace import Workspace

NOW = 1_790_000_000_000
HOUR = 3_600_000
TABLES = ("customer", "contact", "opportunity", "objection", "task", "activity", "tag", "record_key")
CALL = {
    "channel": "phone",
    "result": "reached",
    "content": "要报价",
    "next_step": "quote",
    "next_due": NOW + HOUR,
}

Ids = dict[str, str]
ACTS: dict[str, Callable[[Act, Ids], object]] = {
    "create": lambda act, ids: create_record(
        act, "contact", {"name": "张伟", "customer_id": ids["customer"]}
    ),
    "rename": lambda act, ids: edit_records(act, "customer", [ids["customer"]], {"name": "启明"}),
    "grade": lambda act, ids: edit_records(act, "opportunity", [ids["deal"]], {"amount": 10**9}),
    "move": lambda act, ids: move_stage(act, [ids["deal"]], "contract"),
    "win": lambda act, ids: win(act, [ids["deal"]], {"amount": 100}),
    "lose": lambda act, ids: lose(act, [ids["deal"]], "price"),
    "reopen": lambda act, ids: reopen(act, [ids["won"]]),
    "hand over": lambda act, ids: hand_over(act, [ids["won"]], "to service"),
    "report": lambda act, ids: submit_report(act, [ids["deal"]]),
    "confirm": lambda act, ids: choose_grade(act, [ids["deal"]], "A", "sure"),
    "approve": lambda act, ids: approve_plan(act, [ids["deal"]]),
    "object": lambda act, ids: add_objection(act, ids["deal"], "too dear"),
    "answer": lambda act, ids: answer_objection(act, ids["objection"], "free service"),
    "escalate": lambda act, ids: escalate_objection(act, ids["objection"], "bo"),
    "follow up": lambda act, ids: follow_up_records(act, "opportunity", [ids["deal"]], CALL),
    "plan": lambda act, ids: plan_records(act, "contact", [ids["contact"]], "call", NOW + HOUR),
    "snooze": lambda act, ids: snooze_records(act, "customer", [ids["customer"]], NOW + HOUR),
    "settle": lambda act, ids: settle_records(act, "customer", [ids["customer"]]),
    "tag": lambda act, ids: tag_customers(act, [ids["customer"]], ["new"], ["vip"]),
}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def contents(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(workspace.path)) as connection:
        found = {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in TABLES
        }
        found["search"] = connection.execute("SELECT rowid, text FROM record_search ORDER BY 1").fetchall()
        return found


@pytest.mark.parametrize("name", ACTS)
def test_undo_and_redo_restore_every_row(workspace: Workspace, name: str) -> None:
    with workspace.act("Make") as act:
        customer = create_record(act, "customer", {"name": "Nova"})
        of = {"customer_id": customer}
        ids = {"customer": customer, "contact": create_record(act, "contact", {"name": "Li", **of})}
        ids["deal"] = create_record(act, "opportunity", {"name": "ERP", "plan_pains": "costs", **of})
        ids["won"] = create_record(act, "opportunity", {"name": "Pilot", "amount": 5, **of})
        ids["objection"] = add_objection(act, ids["deal"], "太贵了")
        tag_customers(act, [customer], ["VIP"])
        win(act, [ids["won"]], {})
    before = contents(workspace)
    workspace.clock = FixedClock(NOW + 60_000)
    with workspace.act(name) as act:
        ACTS[name](act, ids)
    after = contents(workspace)
    assert after != before
    workspace.undo()
    assert contents(workspace) == before
    workspace.redo()
    assert contents(workspace) == after
    assert is_whole(workspace.path)
