"""How a test writes leads to a file."""

from __future__ import annotations

from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from leadtui.clock import Today
from leadtui.exporting.export import Chosen, Exported, Wish, export_file
from leadtui.followup.queue import Query
from leadtui.workspace import Workspace


def export_to(
    workspace: Workspace,
    path: Path,
    wanted: Chosen = Query("all"),  # noqa: B008 - never changed
    zone: tzinfo = UTC,
    *,
    kind: str = "leads",
    replace: bool = False,
    for_excel: bool = False,
    alarm_minutes: int | None = None,
    **more: Any,
) -> Exported:
    """Write records of one kind to `path` at the time of the workspace's clock."""
    today = Today.at(workspace.clock.now(), zone)
    wish = Wish(path, replace, for_excel, alarm_minutes)
    with workspace.read() as connection:
        return export_file(connection, {kind: wanted}, wish, today, zone, "ana", workspace.settings, **more)
