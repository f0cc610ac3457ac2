"""Leads and customers for the tests of conversions, and everything in a file to the last row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from leadtui.convert.carry_out import carry_out
from leadtui.convert.choices import first_choices
from leadtui.convert.plan import make_plan
from leadtui.convert.values import Choices, Converted, Plan
from leadtui.customers.records import create_record
from leadtui.qualify.leads import create_lead
from leadtui.qualify.signals import set_signals
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.workspace import Workspace

NOVA: dict[str, object] = {
    "source_channel": "expo",
    "company": "Nova Robotics Ltd",
    "contact": "Li Wei",
    "title": "CTO",
    "phone": "+8613812345678",
    "email": "li.wei@nova.example",
    "industry": "robotics",
    "company_size": "200-500",
    "need": "ERP before June",
    "budget_min": 30_000_000,
    "budget_max": 50_000_000,
    "currency": "CNY",
    "timing": "within_3_months",
    "notes": "met at the booth",
    "next_step": "send the offer",
    "next_due": 1_800_000_000_000,
    "owner": "ana",
    "tags": ["vip", "展会"],
}
ALL_SIGNALS = ("intent", "budget", "decision_maker", "timeline", "demo")
DERIVED = ("match_key", "record_key")


def add_lead(workspace: Workspace, signals: tuple[str, ...] = ALL_SIGNALS, **draft: object) -> str:
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, {**NOVA, **draft})
        set_signals(act, [lead_id], dict.fromkeys(signals, True))
    return lead_id


def add_record(workspace: Workspace, record: str, **draft: object) -> str:
    with workspace.act("New record") as act:
        return create_record(act, record, draft)


def plan_of(workspace: Workspace, lead_id: str, choices: Choices | None = None, **more: object) -> Plan:
    """The plan with the first choices, or those given; with some of them otherwise."""
    with workspace.read() as connection:
        chosen = choices or first_choices(connection, lead_id, workspace.settings)
        chosen = chosen._replace(**more)
        return make_plan(connection, lead_id, chosen, workspace.settings, workspace.zone)


def convert(workspace: Workspace, lead_id: str, choices: Choices | None = None, **more: object) -> Converted:
    plan = plan_of(workspace, lead_id, choices, **more)
    with workspace.act("Convert") as act:
        return carry_out(act, plan)


def row(workspace: Workspace, table: str, identity: str) -> dict[str, object]:
    with workspace.read() as connection:
        cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (identity,))
        names = [name for name, *_rest in cursor.description]
        (values,) = cursor.fetchall()
        return dict(zip(names, values, strict=True))


def rows(workspace: Workspace, statement: str, *parameters: object) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return connection.execute(statement, parameters).fetchall()


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the journal, and every word of both searches."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(_tables(connection))


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    for table in (*JOURNALED_TABLES, *DERIVED):
        yield table, connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    for search in ("lead_search", "record_search"):
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.words_{search} USING fts5vocab(main, {search}, instance)"
        )
        yield (
            search,
            connection.execute(f"SELECT term, doc FROM temp.words_{search} ORDER BY 1, 2").fetchall(),
        )
