"""A next step that somebody plans lies ahead; what lies behind already stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from leadtui.errors import FieldProblems
from leadtui.followup.planning import plan
from leadtui.qualify.leads import create_lead, edit_leads
from leadtui.workspace import Workspace

MINUTE, DAY = 60_000, 86_400_000
WHO = {"company": "Nova Robotics", "source_channel": "expo"}


def refused(problem: pytest.ExceptionInfo[FieldProblems]) -> bool:
    return problem.value.problems == {"next_due": "This is past; give the next step a date to come."}


@pytest.mark.parametrize(("away", "all_day"), [(-MINUTE, False), (-2 * DAY, True)])
def test_a_step_that_is_past_is_refused(workspace: Workspace, away: int, all_day: bool) -> None:
    planned = {"next_due": workspace.clock.now() + away, "next_due_all_day": all_day}
    with pytest.raises(FieldProblems) as problem, workspace.act("New lead") as act:
        create_lead(act, {**WHO, **planned})
    assert refused(problem)
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, WHO)
    with pytest.raises(FieldProblems) as problem, workspace.act("Edit") as act:
        edit_leads(act, [lead_id], planned)
    assert refused(problem)
    with pytest.raises(FieldProblems) as problem, workspace.act("Plan") as act:
        plan(act, [lead_id], "call", planned["next_due"], all_day)
    assert refused(problem)


def test_today_is_to_come_until_it_is_over(workspace: Workspace) -> None:
    today = workspace.clock.now() // DAY * DAY
    with workspace.act("New lead") as act:
        create_lead(act, {**WHO, "next_due": today, "next_due_all_day": True})


def test_another_field_of_a_lead_that_is_late_can_be_changed(workspace: Workspace) -> None:
    due = workspace.clock.now() + MINUTE
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, {**WHO, "next_due": due})
    clock: Any = workspace.clock
    clock.at += DAY
    with workspace.act("Edit") as act:
        edit_leads(act, [lead_id], {"city": "Berlin"})
