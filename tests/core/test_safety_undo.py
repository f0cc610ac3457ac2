"""Undo gives everything back to the last row, or refuses by name and touches nothing."""

from __future__ import annotations

import csv
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from bringing import import_file
from whole_file import contents, is_whole

from leadtui import refresh
from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.clock import FixedClock
from leadtui.errors import UndoRefused
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.leads import add_tags, create_lead, edit_leads
from leadtui.settings import Settings
from leadtui.workspace import Undone, Workspace

LETTERS = "".join(map(chr, range(0x4E10, 0x4E70)))
WORDY = " ".join(f"w{number}" for number in range(30)) + LETTERS


def add(workspace: Workspace, company: str, **more: object) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {"company": company, "source_channel": "expo", **more})


def colleague_of(workspace: Workspace) -> closing[Workspace]:
    """Somebody else on the same file."""
    return closing(Workspace.open(workspace.path, Settings(), workspace.clock, "ben"))


def bring(workspace: Workspace, path: Path, rows: int, **column: str) -> None:
    """Import a file of so many leads; with a column more when one is given."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Company", "Name", "Email", "Phone", "Tags", "Seats", *column])
        for number in range(rows):
            name = f"公司{number} Ltd"
            email, phone = f"p{number}@firm{number}.example", f"+8613{number:09d}"
            writer.writerow([name, f"王 {number}", email, phone, "vip; 展会", number, *column.values()])
    import_file(workspace, read_plan(path, ReadOptions(zone=workspace.zone)))


def test_imports_are_taken_back_and_brought_back_row_for_row(workspace: Workspace, tmp_path: Path) -> None:
    states = [contents(workspace.path)]
    add(workspace, "Nova Robotics", email="p3@firm3.example")
    states.append(contents(workspace.path))
    bring(workspace, tmp_path / "one.csv", 40)
    states.append(contents(workspace.path))
    bring(workspace, tmp_path / "two.csv", 60, City="Rome")
    states.append(contents(workspace.path))
    for state in reversed(states[:-1]):
        assert workspace.undo() is not None
        assert contents(workspace.path) == state
    assert workspace.undo() is None
    for state in states[1:]:
        assert workspace.redo() is not None
        assert contents(workspace.path) == state
    assert is_whole(workspace.path)


@pytest.mark.parametrize("kept", [0, 1, 7])
def test_when_few_are_left_they_are_computed_anew(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    for number in range(kept):
        add(workspace, f"Halden {number}", tags=["optics"])
    before = contents(workspace.path)
    bring(workspace, tmp_path / "file.csv", 20)
    monkeypatch.setattr(refresh, "_TEXTS_AT_ONCE", 5)
    workspace.undo()
    assert contents(workspace.path) == before


def test_undoing_many_holds_few_in_memory(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "Nova Robotics")
    bring(workspace, tmp_path / "file.csv", 6000)
    workspace.undo()
    for again in (workspace.redo, workspace.undo):
        tracemalloc.start()
        assert again() is not None
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 20_000_000


def test_a_lead_of_very_many_words_leaves_no_word_behind(workspace: Workspace, tmp_path: Path) -> None:
    before = contents(workspace.path)["search"]
    path = tmp_path / "file.csv"
    phones = "; ".join(f"+86138000{number:05d}" for number in range(80))
    path.write_text(f'Company,Name,Phone,Tags\n"{WORDY}","{WORDY}","{phones}",vip\n', encoding="utf-8")
    import_file(workspace, read_plan(path, ReadOptions(zone=workspace.zone)))
    with workspace.read() as connection:
        (lead_id,) = connection.execute("SELECT id FROM lead").fetchone()
    with workspace.act("Edit lead") as act:
        edit_leads(act, [lead_id], {"company": "Nova", "contact": "Li Wei", "phone": "", "other_phones": ""})
    words = {term for term, _lead in contents(workspace.path)["search"]}
    assert "nova" in words
    assert "w29" not in words
    workspace.undo()
    workspace.undo()
    assert contents(workspace.path)["search"] == before


def test_the_refusal_names_the_lead_as_it_is_called_now(workspace: Workspace) -> None:
    lead_id, other = add(workspace, "Nova"), add(workspace, "Kestrel")
    with workspace.act("Rename") as act:
        edit_leads(act, [lead_id, other], {"company": "Nova Robotics", "city": "Rome"})
    with colleague_of(workspace) as colleague, colleague.act("Edit lead") as act:
        edit_leads(act, [lead_id], {"city": "Oslo"})
    before = contents(workspace.path)
    with pytest.raises(UndoRefused, match="Nova Robotics changed since"):
        workspace.undo()
    assert contents(workspace.path) == before


@pytest.mark.parametrize("child", ["follow-up", "tag"])
def test_a_new_lead_that_was_worked_on_is_named_and_stays(workspace: Workspace, child: str) -> None:
    lead_id = add(workspace, "Nova Robotics", contact="Li Wei")
    with colleague_of(workspace) as colleague, colleague.act("Work") as act:
        if child == "tag":
            add_tags(act, [lead_id], ["vip"])
        else:
            log_follow_up(act, [lead_id], {"channel": "phone", "result": "reached", "content": "hello"})
    before = contents(workspace.path)
    with pytest.raises(UndoRefused, match="Nova Robotics Li Wei changed since"):
        workspace.undo()
    assert contents(workspace.path) == before


def test_two_undos_of_one_act_take_it_back_once(workspace: Workspace, clock: FixedClock) -> None:
    lead_id = add(workspace, "Nova")
    with workspace.act("Rename") as act:
        edit_leads(act, [lead_id], {"company": "Halden"})
    with closing(Workspace.open(workspace.path, Settings(), clock, "ana")) as other:
        for opened, label in ((other, "Rename"), (workspace, "New lead")):
            undone = opened.undo()
            assert undone is not None and undone.label == label
    assert workspace.undo() is None


def test_undo_and_redo_take_back_what_the_user_did_not_what_a_colleague_did(
    workspace: Workspace, clock: FixedClock
) -> None:
    nova, halden = add(workspace, "Nova"), add(workspace, "Halden")
    with closing(Workspace.open(workspace.path, Settings(), clock, "ben")) as ben:
        assert ben.undo() is None
        with ben.act("Tags") as act:
            add_tags(act, [nova], ["vip"])
        assert workspace.undo() == Undone("New lead", (halden,))
        with ben.act("Tags") as act:
            add_tags(act, [nova], ["expo"])
        assert ben.redo() is None
        assert workspace.redo() == Undone("New lead", (halden,))
        assert ben.undo() == Undone("Tags", (nova,))
    assert is_whole(workspace.path)


def test_a_lead_that_another_tool_puts_in_anew_is_found_by_its_new_words_only(workspace: Workspace) -> None:
    lead_id = add(workspace, "Nova", tags=["vip"])
    before = contents(workspace.path)
    with closing(sqlite3.connect(workspace.path)) as tool:
        tool.execute("DELETE FROM tag")
        tool.execute("DELETE FROM lead")
        tool.execute(
            "INSERT INTO lead (id, number, company, acquired_at, created_at) VALUES (?, 'L-000001', ?, 1, 1)",
            (lead_id, "Kestrel"),
        )
        tool.execute("UPDATE lead SET company = 'Halden'")
        tool.commit()
    assert workspace.maintain()
    words = {term for term, _lead in contents(workspace.path)["search"]}
    assert "halden" in words
    assert not words & {"nova", "kestrel", "vip"}
    with closing(sqlite3.connect(workspace.path)) as tool:
        tool.execute("DELETE FROM lead")
        tool.commit()
    workspace.maintain()
    assert contents(workspace.path)["search"] == []
    assert contents(workspace.path)["match_key"] == []
    assert before["search"]
