"""A lead with high intent is visited at least once a quarter (R49, C9)."""

from __future__ import annotations

from typing import Any

import pytest

from leadtui.details import LeadFacts, Touches
from leadtui.followup.activities import log_follow_up
from leadtui.followup.cadence import next_touch, visit_late
from leadtui.followup.card import lead_detail
from leadtui.followup.standing import reminders, standing
from leadtui.qualify.leads import create_lead
from leadtui.settings import Cadence, Settings
from leadtui.workspace import Workspace

DAY = 86_400_000
OFF = Settings(cadence=Cadence(consideration_visit_days=0))
WORTH: dict[str, Any] = {
    "company": "Nova Robotics", "company_size": "大型", "role": "decision_maker", "budget_fit": "full",
}  # fmt: skip
"""What makes 70 points, without a follow-up."""


def facts(now: int, met: int, visited: int | None = None, status: str = "working") -> LeadFacts:
    touches = Touches(now - met * DAY, now, now, now, {"reply": 2}, visited and now - visited * DAY)
    return LeadFacts(status=status, acquired_at=now - met * DAY, touches=touches, **WORTH)


@pytest.mark.parametrize(
    ("met", "visited", "status", "settings", "wanted"),
    [
        (91, None, "working", Settings(), True),
        (91, None, "nurturing", Settings(), True),
        (90, None, "working", Settings(), False),
        (200, 91, "working", Settings(), True),
        (200, 20, "working", Settings(), False),
        (200, None, "watch", Settings(), False),
        (200, None, "closed", Settings(), False),
        (200, None, "working", OFF, False),
    ],
)
def test_it_is_said_until_the_visit(
    workspace: Workspace, met: int, visited: int | None, status: str, settings: Settings, wanted: bool
) -> None:
    now = workspace.clock.now()
    lead = facts(now, met, visited, status)
    assert standing(lead, settings, now, workspace.zone).stage == "consideration"
    kinds = [kind for kind, _at in reminders(lead, settings, now, workspace.zone)]
    assert ("visit" in kinds) is wanted
    assert standing(lead, settings, now, workspace.zone) == standing(lead, OFF, now, workspace.zone)


def test_a_lead_of_less_worth_needs_no_visit(workspace: Workspace) -> None:
    now = workspace.clock.now()
    assert visit_late("interest", None, now - 200 * DAY, Settings(), workspace.zone) == 0
    assert visit_late("consideration", None, None, Settings(), workspace.zone) == 0


def test_it_is_the_step_that_is_proposed(workspace: Workspace) -> None:
    now, zone = workspace.clock.now(), workspace.zone
    for late, step in ((now - DAY, "visit"), (now + DAY, "call"), (0, "call")):
        assert next_touch("A", "consideration", "working", now, Settings(), zone, late).step == step
    assert next_touch("A", "consideration", "watch", now, Settings(), zone, now - DAY).step == "second look"


def test_follow_ups_plan_it_until_it_is_made(workspace: Workspace) -> None:
    now = workspace.clock.now()
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, {**WORTH, "source_channel": "expo", "acquired_at": now - 99 * DAY})

    def follow_up(channel: str, days_ago: int = 0) -> str:
        draft = {"channel": channel, "result": "replied", "content": "talked", "at": now - days_ago * DAY}
        with workspace.act("Log follow-up") as act:
            log_follow_up(act, [lead_id], draft)
        with workspace.read() as connection:
            detail = lead_detail(connection, lead_id, workspace.settings, now, workspace.zone)
        assert detail is not None
        return detail.row.next_step

    assert follow_up("phone", 98) == "call"
    assert follow_up("phone") == "visit"
    assert follow_up("visit") == "call"
    assert follow_up("phone") == "call"
