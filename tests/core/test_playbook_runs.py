"""A playbook at work: its tasks, its rest after an answer, its end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from leadtui.clock import FixedClock, Today, to_local, to_milliseconds
from leadtui.details import LeadDetail
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.followup import runs
from leadtui.followup.ability import Judge, refused
from leadtui.followup.activities import log_follow_up
from leadtui.followup.card import lead_detail
from leadtui.followup.queue import Query, first_page, rows
from leadtui.followup.reminders import reminder_panel
from leadtui.followup.starting import due_of, start
from leadtui.followup.tasks import add_task, cancel_tasks, finish_tasks, wanted_tasks
from leadtui.playbooks.library import library
from leadtui.playbooks.occasion import Occasion
from leadtui.playbooks.playbook import PlannedTask, Playbook
from leadtui.qualify.approval import ask_supervisor
from leadtui.qualify.leads import create_lead
from leadtui.settings import Look, Settings, User, WorkHours
from leadtui.workspace import Workspace

FRIDAY = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
NOW = to_milliseconds(FRIDAY)
DAY = 86_400_000
MIDNIGHT = NOW - NOW % DAY
BOOK = Playbook(
    "book",
    "The book",
    "",
    Occasion(),
    (
        PlannedTask("Call {contact} at {company}", "phone", 120, False, "", "first-call"),
        PlannedTask("Send a case", "mail", 3 * 1440, True, "", ""),
        PlannedTask("Visit", "visit", 7 * 1440, True, "14:30", ""),
    ),
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def add(workspace: Workspace, **values: Any) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {"source_channel": "expo", "contact": "王芳", "company": "启明", **values})


def do(workspace: Workspace, verb: Callable[..., None], *arguments: Any) -> None:
    with workspace.act("Do") as act:
        verb(act, *arguments)


def detail(workspace: Workspace, lead_id: str) -> LeadDetail:
    with workspace.read() as connection:
        found = lead_detail(connection, lead_id, workspace.settings, workspace.clock.now(), UTC)
    assert found is not None
    return found


def answer(workspace: Workspace, lead_id: str, result: str) -> None:
    said = {"channel": "phone", "result": result, "content": "spoke", "next_due": None}
    do(workspace, log_follow_up, [lead_id], said)


def test_a_playbook_brings_its_tasks_filled_in_and_dated(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, start, [lead], BOOK)
    found = detail(workspace, lead)
    assert [(task.title, task.due, task.all_day) for task in found.tasks] == [
        ("Call 王芳 at 启明", NOW + 2 * 3_600_000, False),
        ("Send a case", MIDNIGHT + 3 * DAY, True),
        ("Visit", MIDNIGHT + 7 * DAY + 14 * 3_600_000 + 30 * 60_000, False),
    ]
    assert found.tasks[0].template == "first-call"
    assert found.run is not None
    workspace.undo()
    assert (detail(workspace, lead).tasks, detail(workspace, lead).run) == ((), None)


def test_a_title_is_one_line_whatever_the_lead_holds(workspace: Workspace) -> None:
    lead = add(workspace, need="one\n{company}\x1b[31m" + "x" * 500)
    book = BOOK._replace(tasks=(PlannedTask("Ask: {need}", "", 0, True, "", ""),))
    do(workspace, start, [lead], book)
    (task,) = detail(workspace, lead).tasks
    assert task.title.startswith("Ask: one {company}")
    assert len(task.title) == 200
    assert "\x1b" not in task.title


def test_only_one_playbook_is_at_work_and_only_on_open_leads(workspace: Workspace) -> None:
    lead, free = add(workspace), add(workspace)
    do(workspace, start, [lead], BOOK)
    with pytest.raises(LeadTUIError, match="end that one first"):
        do(workspace, start, [free, lead], BOOK)
    assert detail(workspace, free).tasks == ()
    with workspace.read() as connection:
        judge = Judge(workspace.settings, NOW, "ana")
        assert list(refused(connection, [1, 2], "start", judge).values()) == ["with a playbook at work"]


def test_the_first_task_counts_like_a_next_step(workspace: Workspace, clock: FixedClock) -> None:
    lead = add(workspace)
    answer(workspace, lead, "no_answer")
    do(workspace, start, [lead], BOOK)
    with workspace.read() as connection:
        panel = reminder_panel(connection, NOW, UTC)
    assert [(row.kind, row.title) for row in panel.today.rows] == [("task", "Call 王芳 at 启明")]
    assert panel.no_next_step.total == 0


@pytest.mark.parametrize("result", ["replied", "meeting_set"])
def test_an_answer_pauses_it_and_resuming_moves_the_rest(
    workspace: Workspace, clock: FixedClock, result: str
) -> None:
    lead = add(workspace)
    do(workspace, start, [lead], BOOK)
    answer(workspace, lead, result)
    run = detail(workspace, lead).run
    assert run is not None
    assert (run.paused_at, run.pause_reason) == (NOW, result)
    assert detail(workspace, lead).standing.due_kind == "no_next_step", "its tasks wait with it"
    clock.at = NOW + 2 * DAY - 1
    do(workspace, runs.resume, [lead])
    assert detail(workspace, lead).tasks[1].due == MIDNIGHT + 5 * DAY
    assert detail(workspace, lead).standing.due_kind == "task"
    workspace.undo()
    assert detail(workspace, lead).standing.due_kind == "no_next_step"


def test_resuming_keeps_the_time_of_the_day_when_the_clocks_go_back(tmp_path: Path) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    clock = FixedClock(to_milliseconds(datetime(2026, 10, 20, 9, tzinfo=berlin)))
    wanted = Settings(look=Look(timezone="Europe/Berlin"))
    with closing(Workspace.open(tmp_path / "berlin.db", wanted, clock, "ana")) as workspace:
        lead = add(workspace)
        do(workspace, start, [lead], BOOK)
        do(workspace, runs.pause, [lead], "by_hand")
        clock.at += 7 * DAY
        do(workspace, runs.resume, [lead])
        with workspace.read() as connection:
            dues = [due for (due,) in connection.execute("SELECT due FROM task ORDER BY due")]
    assert [f"{to_local(due, berlin):%d %b %H:%M}" for due in dues] == [
        "27 Oct 11:00",
        "30 Oct 00:00",
        "03 Nov 14:30",
    ]


def test_other_results_leave_it_at_work(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, start, [lead], BOOK)
    answer(workspace, lead, "reached")
    run = detail(workspace, lead).run
    assert run is not None
    assert run.paused_at is None


def test_ending_cancels_what_is_open(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, start, [lead], BOOK)
    do(workspace, runs.end, [lead])
    assert (detail(workspace, lead).tasks, detail(workspace, lead).run) == ((), None)
    do(workspace, start, [lead], BOOK)
    assert len(detail(workspace, lead).tasks) == 3


def test_it_is_over_with_its_last_task(workspace: Workspace) -> None:
    lead = add(workspace)
    do(workspace, start, [lead], BOOK)
    first, *others = (task.id for task in detail(workspace, lead).tasks)
    do(workspace, finish_tasks, others)
    assert detail(workspace, lead).run is not None
    do(workspace, cancel_tasks, [first])
    assert detail(workspace, lead).run is None
    with pytest.raises(LeadTUIError, match="no longer open"):
        do(workspace, finish_tasks, [first])


def test_one_sees_the_tasks_of_open_leads_that_are_ones_own(workspace: Workspace) -> None:
    mine, bobs, closed = add(workspace), add(workspace, owner="bob"), add(workspace)
    do(workspace, add_task, [mine, bobs, closed], "send", NOW + DAY)
    with workspace.act("Close") as act:
        act.connection.execute("UPDATE lead SET status = 'lost' WHERE id = ?", (closed,))
    with workspace.read() as connection:
        assert [task.lead_id for task in wanted_tasks(connection, "ana")] == [mine]


def test_a_task_needs_a_title_that_is_not_too_long(workspace: Workspace) -> None:
    lead = add(workspace)
    for title in ("  ", "x" * 201):
        with pytest.raises(FieldProblems):
            do(workspace, add_task, [lead], title, NOW)


def test_a_question_to_the_supervisor_is_not_the_leads_business(workspace: Workspace) -> None:
    workspace.settings = workspace.settings.but(user=User(supervisor="eve"))
    lead = add(workspace)
    answer(workspace, lead, "no_answer")
    do(workspace, ask_supervisor, "Confirm", "lead_id", lead)
    assert detail(workspace, lead).standing.due_kind == "no_next_step"
    with workspace.read() as connection:
        assert [task.title for task in wanted_tasks(connection, "eve")] == ["Confirm"]


def test_days_off_are_stepped_over_and_past_hours_mean_now() -> None:
    settings = Settings(work_hours=WorkHours(enabled=True))
    tomorrow = PlannedTask("x", "", 1440, True, "", "")
    assert due_of(tomorrow, NOW, settings, UTC) == (MIDNIGHT + 3 * DAY, True)
    this_morning = PlannedTask("x", "", 0, True, "08:00", "")
    assert due_of(this_morning, NOW, settings, UTC) == (NOW, False)


def test_a_playbook_is_proposed_once_the_files_were_read(workspace: Workspace, tmp_path: Path) -> None:
    lead = add(workspace)
    library(tmp_path)
    assert detail(workspace, lead).proposed == "New lead: three touches"
    do(workspace, start, [lead], BOOK)
    assert detail(workspace, lead).proposed == ""


def test_the_list_names_the_task_that_comes_first(workspace: Workspace) -> None:
    now = workspace.clock.now()
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, {"source_channel": "expo", "company": "Nova"})
    with workspace.act("Tasks") as act:
        add_task(act, [lead_id], "Send the offer", now + 2 * 3_600_000)
        add_task(act, [lead_id], "Call them", now + 3_600_000)
    today = Today.at(now, workspace.zone)
    with workspace.read() as connection:
        (row,) = first_page(connection, Query("all"), today, "ana", 10)
        assert (row.due_kind, row.task) == ("task", "Call them")
        assert rows(connection, [row.seq])[row.seq] == row
