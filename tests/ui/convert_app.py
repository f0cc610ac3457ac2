"""A file with leads and customers, and the wizard opened on one of the leads."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from inbox_app import inbox_of, press, settle
from textual.pilot import Pilot

from leadtui.customers.records import create_record
from leadtui.qualify.leads import create_lead
from leadtui.store.act import Act
from leadtui.workspace import Workspace
from screens.convert import ConvertScreen

QIMING: dict[str, object] = {
    "source_channel": "expo",
    "company": "上海启明科技",
    "contact": "王芳",
    "title": "采购经理",
    "mobile": "13912345678",
    "email": "wangfang@qiming.example",
    "industry": "高端装备制造",
    "company_size": "200-500",
    "need": "三条产线的排程系统",
    "budget_max": 50_000_000,
    "currency": "CNY",
    "notes": "展会上见过",
}
NOVA: dict[str, object] = {
    "source_channel": "website",
    "company": "Nova Robotics",
    "contact": "Li Wei",
    "title": "CTO",
    "email": "liwei@nova.example",
    "phone": "+8613812345678",
    "industry": "robotics",
    "company_size": "large",
    "need": "ERP before June",
}


def lead(workspace: Workspace, **draft: object) -> str:
    """Enter a lead; returns its id."""
    with workspace.act("New lead") as act:
        return create_lead(act, draft)


def record(workspace: Workspace, kind: str, **draft: object) -> str:
    """Enter a customer, a contact or an opportunity; returns its id."""
    with workspace.act("New record") as act:
        return create_record(act, kind, draft)


def qiming(workspace: Workspace) -> str:
    """The customer that the Chinese lead is about, with the same person and a deal; returns its id."""
    customer = record(
        workspace,
        "customer",
        name="上海启明科技有限公司",
        industry="汽车零部件",
        website="qiming.example",
        owner="bob",
    )
    person = {"name": "王芳", "title": "采购总监", "email": "wangfang@qiming.example"}
    record(workspace, "contact", customer_id=customer, **person)
    record(workspace, "opportunity", name="排程一期", customer_id=customer, amount=30_000_000, currency="CNY")
    return customer


async def wizard(pilot: Pilot[Any], number: int = 0) -> ConvertScreen:
    """The wizard on the lead that stands `number` lines under the first one."""
    await settle(pilot)
    for _line in range(number):
        await press(pilot, "move-down")
    await press(pilot, "convert")
    screen = pilot.app.screen
    assert isinstance(screen, ConvertScreen), inbox_of(pilot).query("Toast")
    return screen


async def keys(pilot: Pilot[Any], *pressed: str) -> None:
    """Press keys, each once what came before is done and shown."""
    for key in pressed:
        await pilot.press(key)
        await settle(pilot)
    await settle(pilot)


async def meanwhile(workspace: Workspace, change: Callable[[Act], object]) -> None:
    """Somebody else changes the file: in a thread, so that the app goes on."""

    def acting() -> None:
        with workspace.act("Meanwhile") as act:
            change(act)

    await asyncio.to_thread(acting)


def column(workspace: Workspace, statement: str, *parameters: object) -> list[Any]:
    """The first column of what a query finds."""
    with closing(sqlite3.connect(workspace.path, timeout=30)) as connection:
        return [value for (value, *_rest) in connection.execute(statement, parameters)]
