"""Every change is recorded, and what was done can be undone to the last value."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadtui.clock import FixedClock
from leadtui.errors import UndoRefused
from leadtui.settings import Settings
from leadtui.store.journal import history
from leadtui.store.tables import Activity, Lead, Tag
from leadtui.workspace import Workspace

NOW = 1_795_257_720_000


def add_lead(workspace: Workspace, **values: object) -> str:
    with workspace.act("New lead") as act:
        lead_id = act.new_id()
        act.session.add(Lead(id=lead_id, acquired_at=NOW, created_at=NOW, **values))
    return lead_id


def change_lead(workspace: Workspace, lead_id: str, **values: object) -> None:
    with workspace.act("Edit lead") as act:
        for name, value in values.items():
            act.connection.execute(f"UPDATE lead SET {name} = ? WHERE id = ?", (value, lead_id))


def snapshot(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Everything but the journal itself."""
    tables = ("lead", "activity", "tag", "custom_field", "saved_view", "import_batch", "match_key")
    connection = sqlite3.connect(workspace.path)
    found = {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, lead_search, instance)")
    found["search"] = connection.execute("SELECT term, doc FROM temp.terms ORDER BY 1, 2").fetchall()
    connection.close()
    return found


def test_an_act_writes_one_entry_with_each_change(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="Nova", contact="Li Wei")
    change_lead(workspace, lead_id, company="Nova Robotics", city="Berlin")
    with workspace.read() as connection:
        entries = history(connection, lead_id)
    assert [(entry.label, entry.author, entry.at) for entry, _ in entries] == [
        ("Edit lead", "ana", NOW),
        ("New lead", "ana", NOW),
    ]
    assert {(change.field, change.old, change.new) for change in entries[0][1]} == {
        ("company", "Nova", "Nova Robotics"),
        ("city", "", "Berlin"),
    }
    assert [(change.field, change.old) for change in entries[1][1]] == [(None, None)]


def test_an_act_that_fails_leaves_nothing(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="Nova")
    before = snapshot(workspace)
    with pytest.raises(RuntimeError), workspace.act("Edit lead") as act:
        act.connection.execute("UPDATE lead SET company = 'X' WHERE id = ?", (lead_id,))
        raise RuntimeError
    assert snapshot(workspace) == before
    with workspace.read() as connection:
        assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)


def test_an_act_without_a_change_leaves_no_entry(workspace: Workspace) -> None:
    with workspace.act("Nothing"):
        pass
    with workspace.read() as connection:
        assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (0,)
    assert workspace.undo() is None


def test_undo_and_redo_walk_back_and_forth(workspace: Workspace) -> None:
    states = [snapshot(workspace)]
    lead_id = add_lead(workspace, company="Nova")
    states.append(snapshot(workspace))
    change_lead(workspace, lead_id, company="Nova Robotics")
    states.append(snapshot(workspace))
    undone = workspace.undo()
    assert undone is not None
    assert undone.label == "Edit lead"
    assert undone.lead_ids == (lead_id,)
    assert snapshot(workspace) == states[1]
    workspace.undo()
    assert snapshot(workspace) == states[0]
    assert workspace.undo() is None
    workspace.redo()
    workspace.redo()
    assert snapshot(workspace) == states[2]
    assert workspace.redo() is None
    workspace.undo()
    assert snapshot(workspace) == states[1]


def test_a_new_act_ends_redo(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="Nova")
    change_lead(workspace, lead_id, company="Nova Robotics")
    workspace.undo()
    change_lead(workspace, lead_id, city="Berlin")
    assert workspace.redo() is None


def test_a_bulk_act_is_one_undo(workspace: Workspace) -> None:
    ids = [add_lead(workspace, company=f"Company {number}") for number in range(20)]
    before = snapshot(workspace)
    with workspace.act("Set tier") as act:
        act.connection.executemany(
            "UPDATE lead SET tier_chosen = 'A' WHERE id = ?", [(each,) for each in ids]
        )
    undone = workspace.undo()
    assert undone is not None
    assert set(undone.lead_ids) == set(ids)
    assert snapshot(workspace) == before


def test_a_stale_undo_refuses_by_name_and_touches_nothing(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="Nova", contact="Li Wei")
    other = add_lead(workspace, company="Kestrel")
    with workspace.act("Rename both") as act:
        act.connection.execute("UPDATE lead SET company = company || '!'")
    with closing(Workspace.open(workspace.path, Settings(), workspace.clock, "ben")) as colleague:
        change_lead(colleague, lead_id, company="Nova Robotics")
    before = snapshot(workspace)
    with pytest.raises(UndoRefused, match="Nova Robotics Li Wei changed since"):
        workspace.undo()
    assert snapshot(workspace) == before
    assert other


def test_a_birth_with_newer_children_is_not_undone(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="Nova")
    with (
        closing(Workspace.open(workspace.path, Settings(), workspace.clock, "ben")) as colleague,
        colleague.act("Log follow-up") as act,
    ):
        act.session.add(Activity(id=act.new_id(), lead_id=lead_id, at=NOW, channel="phone"))
    before = snapshot(workspace)
    with pytest.raises(UndoRefused):
        workspace.undo()
    assert snapshot(workspace) == before


def test_the_history_of_a_lead_tells_of_tags_that_are_gone(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="Nova")
    with workspace.act("Add tag") as act:
        act.session.add(Tag(id="t1", lead_id=lead_id, name="expo"))
    with workspace.act("Remove tag") as act:
        act.connection.execute("DELETE FROM tag")
    with workspace.read() as connection:
        entries = history(connection, lead_id)
    assert [entry.label for entry, _ in entries] == ["Remove tag", "Add tag", "New lead"]
    removed = entries[0][1][0]
    assert json.loads(str(removed.old))["name"] == "expo"


def test_an_edit_with_another_tool_is_recorded_and_caught_up_with(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="Nova")
    other_tool = sqlite3.connect(workspace.path)
    other_tool.execute(
        "UPDATE lead SET company = 'Halden Optics', tier_chosen = 'A' WHERE id = ?", (lead_id,)
    )
    other_tool.commit()
    other_tool.close()
    assert workspace.maintain()
    with workspace.read() as connection:
        entries = history(connection, lead_id)
        assert connection.execute("SELECT tier FROM lead").fetchone() == ("A",)
    assert [(entry.kind, len(changes)) for entry, changes in entries] == [
        ("outside", 1),
        ("outside", 1),
        ("act", 1),
    ]


VALUES = st.one_of(st.text(max_size=20).filter(lambda text: "\x00" not in text and text.isprintable()))
STEP = st.tuples(
    st.sampled_from(["new", "edit", "tag", "untag", "touch", "undo", "redo"]),
    st.integers(0, 5),
    st.sampled_from(["company", "contact", "phone", "email", "next_step", "tier_chosen", "notes"]),
    VALUES,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_undoing_everything_gives_the_empty_file_and_redoing_gives_all_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "leads.db"
    workspace = Workspace.open(path, Settings(), FixedClock(NOW), "ana")
    empty = snapshot(workspace)
    leads: list[str] = []
    for kind, number, column, value in steps:
        with workspace.read() as connection:
            leads = [row[0] for row in connection.execute("SELECT id FROM lead ORDER BY seq")]
        if kind == "new" or (not leads and kind in {"edit", "tag", "untag", "touch"}):
            add_lead(workspace, company=value)
        elif kind == "edit":
            change_lead(workspace, leads[number % len(leads)], **{column: value})
        elif kind == "tag":
            with workspace.act("Tag") as act:
                act.connection.execute(
                    "INSERT OR IGNORE INTO tag (id, lead_id, name) VALUES (?, ?, ?)",
                    (f"{leads[number % len(leads)]}{value}", leads[number % len(leads)], value),
                )
        elif kind == "untag":
            with workspace.act("Untag") as act:
                act.connection.execute("DELETE FROM tag WHERE lead_id = ?", (leads[number % len(leads)],))
        elif kind == "touch":
            with workspace.act("Touch") as act:
                act.session.add(
                    Activity(
                        id=act.new_id(),
                        lead_id=leads[number % len(leads)],
                        at=NOW,
                        channel="phone",
                        content=value,
                    )
                )
        elif kind == "undo":
            workspace.undo()
        else:
            workspace.redo()
    done = snapshot(workspace)
    taken_back = 0
    while workspace.undo():
        taken_back += 1
    assert snapshot(workspace) == empty
    for _ in range(taken_back):
        assert workspace.redo()
    assert snapshot(workspace) == done
    workspace.close()
