"""A small file with fixed names and numbers, so that its pictures stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leadtui.clock import FixedClock
from leadtui.settings import Look, Settings
from leadtui.store.tables import Activity, Lead, Tag
from leadtui.workspace import Workspace

HOUR = 3_600_000
DAY = 24 * HOUR

NOVA = {
    "number": "L-7K3QF2",
    "company": "Nova Robotics",
    "contact": "Li Wei",
    "title": "CTO",
    "role": "decision_maker",
    "phone": "+8613812345678",
    "email": "liwei@nova.example",
    "company_size": "large",
    "need": "ERP replacement before June, budget 500k",
    "need_clarity": "concrete",
    "budget_max": 50_000_000,
    "currency": "CNY",
    "tier_chosen": "A",
    "source_channel": "website",
    "signal_intent": 1,
    "signal_budget": 1,
}
QIMING = {
    "number": "L-2B9XWM",
    "company": "上海启明科技股份有限公司（浦东研发中心）",
    "contact": "欧阳王芳",
    "title": "采购总监",
    "phone": "+8613912345678",
    "need": "演示：三条产线的排程系统，明年三月前上线",
    "tier_chosen": "B",
    "source_channel": "expo",
    "source_detail": "2026年行业展",
    "status": "working",
    "next_step": "演示",
}
OTHERS = ("Kestrel Foods", "Halden Optics", "[ACME] $5k Corp [/]", "Østergård & Søn", "Cedar Tools 🌲")


@pytest.fixture
def empty(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    """A file without leads, of `ana`, in UTC."""
    opened = Workspace.open(tmp_path / "leads.db", Settings(look=Look(timezone="UTC")), clock, "ana")
    yield opened
    opened.close()


@pytest.fixture
def leads(empty: Workspace) -> Workspace:
    """Seven leads: one late, one Chinese and long, some to come, one with nothing planned."""
    now = empty.clock.now()
    with empty.act("New leads") as act:

        def add(**values: Any) -> str:
            lead_id = act.new_id()
            filled = {"acquired_at": now - 4 * HOUR, "created_at": now - 4 * HOUR, "owner": "ana", **values}
            act.session.add(Lead(id=lead_id, **filled))
            act.session.flush()
            return lead_id

        nova = add(**NOVA)
        act.session.add(Tag(id="tag of nova", lead_id=nova, name="key account"))
        for number, channel in enumerate(("webinar", "webinar", "white_paper")):
            act.session.add(
                Activity(
                    id=f"event {number}", lead_id=nova, at=now - (number + 1) * DAY, kind="engagement",
                    channel=channel, author="ana",
                )
            )  # fmt: skip
        qiming = add(**QIMING, next_due=now + 22 * HOUR)
        act.session.add(
            Activity(
                id="call", lead_id=qiming, at=now - 2 * HOUR, channel="phone", result="reached",
                content="王总说预算已批，想先看演示", author="ana",
            )
        )  # fmt: skip
        for number, company in enumerate(OTHERS):
            lead_id = add(
                number=f"L-00000{number}", company=company, contact="Ada Byron", title="Manager",
                status="working", next_step="call" if number else "",
                next_due=now + (number * 20 - 30) * HOUR if number else None, tier_chosen="C",
            )  # fmt: skip
            act.session.add(
                Activity(
                    id=f"mail {number}", lead_id=lead_id, at=now - 3 * HOUR, channel="mail", result="reached"
                )
            )
    return empty
