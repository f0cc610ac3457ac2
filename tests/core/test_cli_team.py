"""The pool and the tasks on the command line."""

from __future__ import annotations

from cli_run import Run

from leadtui.clock import FixedClock
from leadtui.followup.tasks import add_task
from leadtui.qualify.collaborators import add_collaborators
from leadtui.qualify.leads import create_lead
from leadtui.qualify.pool import give_back
from leadtui.workspace import Workspace

DAY = 86_400_000


def test_the_pool_and_what_may_be_tried_again_are_views(
    workspace: Workspace, run: Run, clock: FixedClock
) -> None:
    with workspace.act("Give back") as act:
        for name, days in (("Ripe", 0), ("Resting", 30)):
            lead = create_lead(act, {"company": name, "source_channel": "expo"})
            give_back(act, [lead], "price", "", clock.at + days * DAY)
    assert run("inbox", "--view", "pool", "--json").json["total"] == 2
    found = run("inbox", "--view", "retry", "--json").json
    assert [lead["company"] for lead in found["leads"]] == ["Ripe"]
    assert "Try again from" in run("show", "Resting").out


def test_show_tells_who_supports_and_what_is_to_be_done(
    workspace: Workspace, run: Run, clock: FixedClock
) -> None:
    with workspace.act("New lead") as act:
        lead = create_lead(act, {"company": "Nova", "source_channel": "expo"})
        add_collaborators(act, [lead], ["王芳"])
        add_task(act, [lead], "send the brochure", clock.at + DAY)
    printed = run("show", "Nova").out
    assert "王芳" in printed
    assert "send the brochure" in printed
    found = run("show", "Nova", "--json").json
    assert found["collaborators"] == ["王芳"]
    assert found["tasks"][0]["title"] == "send the brochure"
