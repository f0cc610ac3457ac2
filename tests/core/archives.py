"""A database with everything in it, and its way into an archive and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli_run import sample

from leadtui.archive.restoring import Restored, restore_archive
from leadtui.archive.writing import write_archive
from leadtui.clock import FixedClock
from leadtui.customers.records import create_record
from leadtui.followup.views import save_view
from leadtui.qualify.leads import add_tags, create_lead, edit_leads
from leadtui.settings import Settings
from leadtui.workspace import Workspace

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
AWKWARD = "=1+1\n\u2028'\"\\ 上海 👩‍👩‍👧 \ufeff \ufffe </script>"


def filled(folder: Path, clock: FixedClock) -> Workspace:
    """A database with leads, activities, tags, views, and a history of acts, undo among them."""
    folder.mkdir()
    sample(folder / "leads.db", clock, 40)
    workspace = Workspace.open(folder / "leads.db", Settings(), clock, "ana")
    with workspace.act("New lead") as act:
        lead = create_lead(act, {"company": AWKWARD, "source_channel": "expo", "notes": AWKWARD * 50})
        add_tags(act, [lead], ["重点", "a;b"])
    with workspace.act("Customer") as act:
        customer = create_record(act, "customer", {"name": "Nova", "phone": "+8613812345678"})
        person = create_record(act, "contact", {"name": AWKWARD, "customer_id": customer})
        deal = {
            "name": "ERP",
            "customer_id": customer,
            "contact_id": person,
            "amount": 5,
            "lead_id": lead,
        }
        create_record(act, "opportunity", deal)
    with workspace.act("Save view") as act:
        save_view(act, "hot", "tier:a")
    with workspace.act("Owner") as act:
        edit_leads(act, [lead], {"owner": "ben"})
    workspace.undo()
    with workspace.act("Delete for good") as act:
        act.connection.execute("DELETE FROM tag WHERE lead_id = ?", (lead,))
    with workspace.act("Owner") as act:
        edit_leads(act, [lead], {"owner": "cy"})
    return workspace


def archive(workspace: Workspace, path: Path, **more: Any) -> Path:
    settings = workspace.path.parent / "config.toml"
    return write_archive(path, workspace.path, settings, AT, **more).path


def restored(path: Path, database: Path, clock: FixedClock, **more: Any) -> Restored:
    places = database, database.parent / "backups", database.parent / "config.toml"
    return restore_archive(path, *places, Settings(), clock, **more)
