"""Most acts need no session: a follow-up doesn't wait for SQLModel to be loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
OPEN = """
import sys
from pathlib import Path
from leadtui.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
"""
ADD = """
from leadtui.qualify.leads import create_lead
with workspace.act("Add") as act:
    create_lead(act, {"company": "Nova", "source_channel": "expo", "phone": "13812345678"})
"""
WORK = """
from leadtui.followup.activities import log_follow_up
from leadtui.followup.planning import snooze
with workspace.read() as connection:
    ids = [lead_id for (lead_id,) in connection.execute("SELECT id FROM lead")]
with workspace.act("Log") as act:
    log_follow_up(act, ids, {"channel": "phone", "content": "called", "result": "reached"})
with workspace.act("Snooze") as act:
    snooze(act, ids, act.now + 86_400_000)
workspace.undo()
workspace.redo()
"""
TELL = "print(*sorted(sys.modules))"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is loaded by a process that adds a lead, and by the next one, which works on it."""
    path = tmp_path_factory.mktemp("acts") / "leads.db"
    found: dict[str, list[str]] = {}
    for name, code in (("add", ADD), ("work", WORK)):
        ran = subprocess.run(
            [sys.executable, "-c", OPEN + code + TELL, str(path)],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        found[name] = ran.stdout.split()
    return found


@pytest.mark.parametrize("module", ["sqlmodel", "sqlalchemy"])
def test_only_new_leads_need_a_session(loaded: dict[str, list[str]], module: str) -> None:
    assert module in loaded["add"]
    assert module not in loaded["work"]
