"""How a test brings the one table of a file in, and sees what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cli_run import Run

from leadtui.capture.batch import importing
from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.plan import FilePlan
from leadtui.workspace import Workspace


def import_file(workspace: Workspace, plan: FilePlan, *arguments: Any, **more: Any) -> ImportResult:
    """What came of it."""
    (result,) = importing.import_file(workspace, [plan], *arguments, **more)
    return result


def bring(run: Run, workspace: Workspace, path: Path, *words: str) -> dict[str, object]:
    """What the command line tells of the one file that it imports."""
    ran = run("import", str(path), "--db", str(workspace.path), "--json", *words)
    assert ran.code == 0, ran.err
    (result,) = ran.json["files"]
    return dict(result)


def leads(workspace: Workspace, *fields: str) -> list[tuple[object, ...]]:
    """Some fields of all leads, in the order in which they came."""
    with workspace.read() as connection:
        return connection.execute(f"SELECT {', '.join(fields)} FROM lead ORDER BY seq").fetchall()
