"""The history of a lead tells all of it: by a clock that was wrong, of what is gone, and soon."""

from __future__ import annotations

from pathlib import Path

from bringing import import_file

from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.clock import FixedClock
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.leads import create_lead, edit_leads
from leadtui.store.journal import history
from leadtui.workspace import Workspace

DAY = 86_400_000


def add(workspace: Workspace, company: str = "Nova") -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {"company": company, "source_channel": "expo"})


def told(workspace: Workspace, lead_id: str) -> list[tuple[str, str]]:
    """Kind and label of each entry of a lead's history, oldest first."""
    with workspace.read() as connection:
        return [(entry.kind, entry.label) for entry, _changes in reversed(history(connection, lead_id))]


def test_a_clock_that_was_ahead_for_a_while_hides_nothing(workspace: Workspace, clock: FixedClock) -> None:
    first = add(workspace)
    clock.at += 3 * DAY
    with workspace.act("Edit lead") as act:
        edit_leads(act, [first], {"city": "Rome"})
    clock.at -= 3 * DAY
    second = add(workspace, "Kestrel")
    with workspace.act("Log follow-up") as act:
        log_follow_up(act, [second], {"channel": "phone", "result": "reached", "content": "hello"})
    assert told(workspace, second) == [("act", "New lead"), ("act", "Log follow-up")]
    with workspace.read() as connection:
        (_entry, changes), _birth = history(connection, second)
    assert [change.record for change in changes if change.field is None] == ["activity"]


def test_what_was_taken_back_weeks_later_is_told(workspace: Workspace, clock: FixedClock) -> None:
    lead_id = add(workspace)
    with workspace.act("Log follow-up") as act:
        log_follow_up(act, [lead_id], {"channel": "note", "content": "hello"})
    clock.at += 20 * DAY
    workspace.undo()
    clock.at += DAY
    workspace.redo()
    with workspace.read() as connection:
        entries = history(connection, lead_id)
    lives = [
        (entry.kind, "birth" if change.old is None else "death")
        for entry, changes in reversed(entries)
        for change in changes
        if change.record == "activity" and change.field is None
    ]
    assert lives == [("act", "birth"), ("undo", "death"), ("redo", "birth")]


def test_the_history_of_one_of_very_many_comes_at_once(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"Firm {number},p{number}@f{number}.example\n" for number in range(10_000))
    path.write_text(f"Company,Email\n{rows}", encoding="utf-8")
    import_file(workspace, read_plan(path, ReadOptions(zone=workspace.zone)))
    with workspace.read() as connection:
        (lead_id,) = connection.execute("SELECT id FROM lead WHERE company = 'Firm 5000'").fetchone()
        steps = 0

        def count() -> None:
            nonlocal steps
            steps += 100

        connection.set_progress_handler(count, 100)
        (entry,) = history(connection, lead_id)
        connection.set_progress_handler(None, 0)
    assert [change.row for change in entry[1]] == [lead_id]
    assert 0 < steps < 50 * 10_000
