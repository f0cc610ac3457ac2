"""A file with a few leads, and one that brings some."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from import_host import ROWS
from inbox_app import AddLead

from leadtui.workspace import Workspace

HOUR = 3_600_000


@pytest.fixture
def add_lead(workspace: Workspace) -> AddLead:
    """Adds a lead that was acquired an hour ago; returns its id."""

    def add(**values: Any) -> str:
        from leadtui.store.tables import Lead

        now = workspace.clock.now()
        with workspace.act("New lead") as act:
            lead_id = act.new_id()
            filled = {"acquired_at": now - HOUR, "created_at": now - HOUR, "status": "new", **values}
            act.session.add(Lead(id=lead_id, **filled))
        return lead_id

    return add


@pytest.fixture
def leads(workspace: Workspace, add_lead: AddLead) -> Workspace:
    """Seven leads: in inbox order Nova, Kestrel, 启明, Halden, Arbor, Birch and Cedar."""
    now = workspace.clock.now()
    reached = {"contact": "Li Wei", "title": "CTO", "phone": "+8613800001234", "email": "liwei@nova.example"}
    add_lead(
        number="L-000001", company="Nova Robotics", tier_chosen="A", acquired_at=now - 4 * HOUR, **reached
    )
    kestrel = {"contact": "M. Okafor", "next_step": "send quote", "next_due": now + HOUR, "status": "working"}
    add_lead(number="L-000002", company="Kestrel Foods", tier_chosen="A", **kestrel)
    qiming = {"contact": "王芳", "next_step": "演示", "next_due": now + 2 * HOUR, "status": "working"}
    add_lead(number="L-000003", company="上海启明科技有限公司", tier_chosen="B", **qiming)
    for number, name in enumerate(("Halden Optics", "Arbor Hotels", "Birch Media", "Cedar Tools"), 4):
        planned = {"next_step": "call", "next_due": now + number * HOUR, "status": "working"}
        add_lead(number=f"L-00000{number}", company=name, contact="Ada", tier_chosen="C", **planned)
    return workspace


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of three leads, one blank row and one that nobody can be made of."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    path = folder / "my leads.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path
