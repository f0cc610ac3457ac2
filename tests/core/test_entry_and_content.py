"""What a lead's card says of a late entry (R16, C7) and of what its nurture stage asks for (R47, C9)."""

from __future__ import annotations

from cli_run import Run

from leadtui.qualify.leads import create_lead
from leadtui.workspace import Workspace

DAY = 24 * 3_600_000


def shown(run: Run, workspace: Workspace, status: str = "new", **draft: object) -> dict[str, str]:
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, {"company": "Nova", "source_channel": "expo", **draft})
        act.connection.execute("UPDATE lead SET status = ? WHERE id = ?", (status, lead_id))
    ran = run("show", lead_id, "--db", str(workspace.path))
    assert ran.code == 0, ran.err
    lines = [line.strip().partition("  ") for line in ran.out.splitlines()]
    return {name: text.strip() for name, _gap, text in lines}


def test_a_late_entry_is_told(run: Run, workspace: Workspace) -> None:
    now = workspace.clock.now()
    late = shown(run, workspace, acquired_at=now - 3 * DAY)
    assert late["Late entry"].startswith("acquired ") and "entered" in late["Late entry"]
    assert "Late entry" not in shown(run, workspace, acquired_at=now - DAY // 2)


def test_a_nurtured_lead_says_what_its_stage_asks_for(run: Run, workspace: Workspace) -> None:
    found = shown(run, workspace, "nurturing")
    assert found["Nurture"] == "mail every 30 days: product basics, trend report"
    assert "Nurture" not in shown(run, workspace)
