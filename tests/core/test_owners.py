"""Owners, collaborators and the pool: who works on a lead, who helped, and who may try again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from leadtui.clock import FixedClock, Today, to_milliseconds
from leadtui.details import LeadDetail
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.followup import queue
from leadtui.followup.ability import Judge, reasons_text, refused
from leadtui.followup.activities import log_follow_up
from leadtui.followup.card import lead_detail
from leadtui.followup.filters import parse_filter
from leadtui.followup.planning import mark_done
from leadtui.followup.queue import Query
from leadtui.followup.tasks import add_task
from leadtui.qualify.collaborators import add_collaborators, collaborators, remove_collaborators
from leadtui.qualify.leads import create_lead, edit_leads
from leadtui.qualify.owners import change_owner
from leadtui.qualify.pool import claim, give_back
from leadtui.qualify.screening import advance, screen
from leadtui.settings import Team
from leadtui.store.act import Act
from leadtui.workspace import Workspace

NOW = to_milliseconds(datetime(2026, 11, 20, 10, 42, tzinfo=UTC))
DAY = 86_400_000
WHOLE = {"source_channel": "expo", "contact": "Li Wei", "phone": "+8613812345678", "need": "ERP"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def add(workspace: Workspace, **values: Any) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {**WHOLE, **values})


def do(workspace: Workspace, verb: Callable[..., None], *arguments: Any, **options: Any) -> None:
    with workspace.act("Do") as act:
        verb(act, *arguments, **options)


def get(workspace: Workspace, lead_id: str, *columns: str) -> tuple[Any, ...]:
    with workspace.read() as connection:
        row = connection.execute(f"SELECT {', '.join(columns)} FROM lead WHERE id = ?", (lead_id,)).fetchone()
    return tuple(row)


def detail(workspace: Workspace, lead_id: str) -> LeadDetail:
    with workspace.read() as connection:
        found = lead_detail(connection, lead_id, workspace.settings, workspace.clock.now(), UTC)
    assert found is not None
    return found


def count(workspace: Workspace, view: str, text: str = "") -> int:
    with workspace.read() as connection:
        today = Today.at(workspace.clock.now(), UTC)
        return queue.total(connection, Query(view, parse_filter(text)), today, workspace.user)


def test_the_former_owner_becomes_a_collaborator_and_undo_takes_that_back(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, change_owner, [lead], "bob", "North")
    assert get(workspace, lead, "owner", "department") == ("bob", "North")
    assert detail(workspace, lead).collaborators == ("ana",)
    workspace.undo()
    assert get(workspace, lead, "owner", "department") == ("ana", "")
    assert detail(workspace, lead).collaborators == ()


def test_who_becomes_the_owner_is_no_collaborator_any_more(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, add_collaborators, [lead], ["Bob", "cid"])
    do(workspace, edit_leads, [lead], {"owner": "bob"})
    with workspace.read() as connection:
        assert collaborators(connection, lead) == ("ana", "cid")


def test_a_lead_that_nobody_owned_has_no_former_owner(workspace: Workspace) -> None:
    lead = add(workspace, owner="")
    do(workspace, change_owner, [lead], "bob")
    assert detail(workspace, lead).collaborators == ()


@pytest.mark.parametrize(("records", "author"), [(False, "ana"), (True, "bob")])
def test_follow_ups_and_tasks_go_along_as_asked(workspace: Workspace, records: bool, author: str) -> None:
    lead = add(workspace)
    do(workspace, log_follow_up, [lead], {"channel": "phone", "result": "no_answer"})
    do(workspace, add_task, [lead], "send the brochure", NOW + DAY)
    do(workspace, change_owner, [lead], "bob", tasks=records, records=records)
    found = detail(workspace, lead)
    assert found.activities[0].author == author
    assert found.tasks[0].owner == author


def test_collaborators_are_added_once_and_removed_whatever_their_case(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, add_collaborators, [lead], ["Bob", "bob", " 王芳 ", "", "Ana"])
    assert detail(workspace, lead).collaborators == ("Bob", "王芳")
    assert count(workspace, "all", "collaborator:bo") == 1
    assert count(workspace, "all", "协作人:王") == 1
    assert count(workspace, "all", "collaborator:me") == 0
    do(workspace, remove_collaborators, [lead], ["BOB"])
    assert detail(workspace, lead).collaborators == ("王芳",)
    assert count(workspace, "all", "-collaborator:none") == 1


def test_a_name_that_is_too_long_is_refused(workspace: Workspace) -> None:
    lead = add(workspace)
    with pytest.raises(FieldProblems, match="Shorten"):
        do(workspace, add_collaborators, [lead], ["x" * 101])


def test_a_lead_in_the_pool_says_why_and_when_to_try_again(workspace: Workspace, clock: FixedClock) -> None:
    lead = add(workspace, next_step="call", next_due=NOW + DAY)
    do(workspace, give_back, [lead], "price", "no money before June", NOW + 30 * DAY)
    assert get(workspace, lead, "owner", "status", "next_due", "open") == ("", "recycled", None, 0)
    note = detail(workspace, lead).pool
    assert note is not None
    assert (note.author, note.at, note.retry_at) == ("ana", NOW, NOW + 30 * DAY)
    assert (count(workspace, "pool"), count(workspace, "retry")) == (1, 0)
    clock.at = NOW + 30 * DAY
    assert count(workspace, "retry") == 1
    with workspace.read() as connection:
        assert queue.counts(connection, Today.at(clock.now(), UTC), ["retry"]).views == {"retry": 1}
    do(workspace, claim, [lead])
    assert get(workspace, lead, "owner", "status", "status_reason", "retry_at") == (
        "ana",
        "working",
        "",
        None,
    )
    assert detail(workspace, lead).pool is None
    workspace.undo()
    assert get(workspace, lead, "owner", "status", "status_reason") == ("", "recycled", "price")


def test_without_a_day_the_settings_say_how_long_a_lead_rests(workspace: Workspace) -> None:
    lost, pooled = add(workspace), add(workspace)
    do(workspace, give_back, [pooled])
    do(workspace, screen, [lost], "lost", "price")
    midnight = NOW - NOW % DAY
    assert get(workspace, pooled, "retry_at") == (midnight + 90 * DAY,)
    assert get(workspace, lost, "retry_at") == (midnight + 180 * DAY,)
    do(workspace, screen, [lost], "valid")
    assert get(workspace, lost, "retry_at") == (None,)


def test_a_lost_lead_can_be_switched_off_for_good(workspace: Workspace) -> None:
    lead = add(workspace)
    workspace.settings = workspace.settings.but(team=Team(retry_lost_days=0))
    do(workspace, screen, [lead], "lost", "price")
    assert get(workspace, lead, "retry_at") == (None,)


def test_only_an_admin_recycles_leads_of_others(workspace: Workspace) -> None:
    mine, nobodys, others = add(workspace), add(workspace, owner=""), add(workspace, owner="bob")
    workspace.settings = workspace.settings.but(team=Team(role="owner"))
    with pytest.raises(LeadTUIError, match="belongs to bob: only an admin"):
        do(workspace, give_back, [mine, others])
    assert get(workspace, mine, "status") == ("new",)
    do(workspace, give_back, [mine, nobodys])
    assert get(workspace, nobodys, "status") == ("recycled",)
    workspace.settings = workspace.settings.but(team=Team(role="admin"))
    do(workspace, give_back, [others])
    assert get(workspace, others, "owner") == ("",)


def test_only_what_is_in_the_pool_can_be_claimed(workspace: Workspace) -> None:
    lead = add(workspace)
    with pytest.raises(LeadTUIError):
        do(workspace, claim, [lead])


def test_a_day_that_is_past_is_no_day_to_try_again(workspace: Workspace) -> None:
    lead = add(workspace)
    with pytest.raises(FieldProblems, match="past"):
        do(workspace, give_back, [lead], retry_at=NOW - DAY)


def test_open_leads_are_said_to_be_nurtured_or_qualified(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, advance, [lead], "nurturing")
    assert get(workspace, lead, "status") == ("nurturing",)
    do(workspace, screen, [lead], "invalid", "no_plan")
    with pytest.raises(LeadTUIError):
        do(workspace, advance, [lead], "qualified")


def test_what_cannot_be_done_for_some_is_told_with_how_many(workspace: Workspace) -> None:
    whole, bare, closed = add(workspace), add(workspace, need="", phone=""), add(workspace)
    others = add(workspace, owner="bob")
    do(workspace, screen, [closed], "invalid", "no_plan")
    workspace.settings = workspace.settings.but(team=Team(role="owner"))
    judge = Judge(workspace.settings, NOW, "ana")

    def judged(what: str) -> str:
        with workspace.read() as connection:
            ids = (whole, bare, closed, others)
            seqs = [seq for lead in ids if (seq := queue.seq_of(connection, lead)) is not None]
            return reasons_text(refused(connection, [*seqs, 999], what, judge))

    assert judged("valid") == "1 incomplete, 1 no longer there"
    assert judged("plan") == "1 invalid, 1 no longer there"
    assert judged("done") == "3 never contacted, 1 invalid, 1 no longer there"
    assert judged("give-back") == "1 of others, 1 no longer there"
    assert judged("claim") == "3 new, 1 invalid, 1 no longer there"


def test_what_may_not_be_tried_yet_is_left_out_of_a_claim(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, give_back, [lead])
    with workspace.read() as connection:
        seq = queue.seq_of(connection, lead)
        found = refused(connection, [seq or 0], "claim", Judge(workspace.settings, NOW, "ana"))
    assert list(found.values()) == ["not to be tried yet"]


def test_a_task_wants_its_lead_and_done_closes_it(workspace: Workspace, clock: FixedClock) -> None:
    lead = add(workspace)
    do(workspace, log_follow_up, [lead], {"channel": "phone", "result": "no_answer", "next_due": None})
    assert get(workspace, lead, "due_kind") == ("no_next_step",)
    do(workspace, add_task, [lead], "send the brochure", NOW + DAY)
    assert get(workspace, lead, "due_kind", "due_at") == ("task", NOW + DAY)
    assert detail(workspace, lead).reminders[0].title == "send the brochure"
    clock.at = NOW + DAY + 1
    do(workspace, mark_done, [lead])
    assert detail(workspace, lead).tasks == ()
    assert get(workspace, lead, "due_kind") == ("no_next_step",)
    workspace.undo()
    assert get(workspace, lead, "due_kind", "due_at") == ("task", NOW + DAY)


def test_an_act_is_stopped_by_its_progress_and_leaves_nothing(workspace: Workspace) -> None:
    leads = [add(workspace) for _number in range(3)]

    def stop(done: int, total: int) -> None:
        raise LeadTUIError(f"stopped at {done} of {total}")

    def change(act: Act) -> None:
        act.progress = stop
        edit_leads(act, leads, {"owner": "bob"})

    with pytest.raises(LeadTUIError, match="stopped at 0 of 3"):
        do(workspace, change)
    assert get(workspace, leads[0], "owner") == ("ana",)
    assert detail(workspace, leads[0]).collaborators == ()
