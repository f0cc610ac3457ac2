"""How a test brings the one table of a file in."""

from __future__ import annotations

from typing import Any

from leadtui.capture.batch import importing
from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.plan import FilePlan
from leadtui.workspace import Workspace


def import_file(workspace: Workspace, plan: FilePlan, *arguments: Any, **more: Any) -> ImportResult:
    """What came of it."""
    (result,) = importing.import_file(workspace, [plan], *arguments, **more)
    return result
