"""Merging: what is proposed, what is chosen, what moves over, and that it comes back row for row."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whole_file import contents, is_whole

from leadtui.clock import FixedClock
from leadtui.errors import LeadTUIError, UsageError
from leadtui.followup.activities import log_follow_up
from leadtui.followup.card import lead_detail
from leadtui.followup.side_by_side import lines
from leadtui.qualify.leads import add_tags, create_lead, edit_leads
from leadtui.qualify.merging.kinds import LEAD, OWN
from leadtui.qualify.merging.merge import merge, read_plan
from leadtui.qualify.merging.plan import MergePlan, value_of
from leadtui.qualify.screening import screen
from leadtui.qualify.signals import set_signals
from leadtui.settings import Settings
from leadtui.store.columns import LEAD_JOURNALED
from leadtui.store.journal import history
from leadtui.workspace import Workspace

NOW = 1_795_257_720_000
DAY = 24 * 3_600_000


def add(workspace: Workspace, **values: Any) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {"source_channel": "expo", "contact": "Abby", **values})


def plan_of(workspace: Workspace, *ids: str, into: str | None = None) -> MergePlan:
    with workspace.read() as connection:
        return read_plan(connection, "lead", ids, into)


def carry_out(workspace: Workspace, plan: MergePlan) -> str:
    with workspace.act("Merge leads") as act:
        return merge(act, plan)


def lead(workspace: Workspace, lead_id: str) -> dict[str, Any]:
    with workspace.read() as connection:
        cursor = connection.execute("SELECT * FROM lead WHERE id = ?", (lead_id,))
        return dict(zip((name for name, *_rest in cursor.description), cursor.fetchone(), strict=True))


def test_every_field_of_a_lead_is_decided_or_its_own() -> None:
    decided = {column for field in LEAD.fields for column in field.columns}
    assert decided | OWN >= set(LEAD_JOURNALED)
    assert decided & OWN == set()


def test_the_furthest_then_the_fullest_lead_stays_and_is_filled(workspace: Workspace) -> None:
    empty = add(workspace, company="Nova", acquired_at=NOW - 5 * DAY)
    full = add(workspace, company="Nova", phone="+8613812345678", email="a@b.example", city="Bonn")
    further = add(workspace, company="Nova Robotics", title="CTO")
    with workspace.act("Log") as act:
        log_follow_up(act, [further], {"channel": "phone", "result": "reached", "content": "hello"})
    plan = plan_of(workspace, empty, full, further)
    assert plan.stays.id == further
    assert carry_out(workspace, plan) == further
    stays = lead(workspace, further)
    assert (stays["company"], stays["title"], stays["phone"]) == ("Nova Robotics", "CTO", "+8613812345678")
    assert (stays["city"], stays["acquired_at"]) == ("Bonn", NOW - 5 * DAY)
    for loser in (empty, full):
        gone = lead(workspace, loser)
        assert (gone["status"], gone["merged_into"], gone["open"]) == ("merged", further, 0)
    assert lead(workspace, full)["phone"] == "+8613812345678"


def test_numbers_mails_texts_tags_signals_and_custom_fields_come_together(workspace: Workspace) -> None:
    one = add(
        workspace, phone="+8613812345678", email="a@b.example", need="ERP", custom={"seats": "4", "a": "x"}
    )
    two = add(
        workspace, phone="+8613900000000", mobile="+8613812345678", email="c@d.example",
        other_emails="A@B.example", need="ERP\nand CRM", custom={"seats": "9", "b": "y"},
    )  # fmt: skip
    with workspace.act("More") as act:
        add_tags(act, [one], ["vip", "Expo"])
        add_tags(act, [two], ["VIP", "cold"])
        set_signals(act, [two], {"budget": True})
    carry_out(workspace, plan_of(workspace, one, two, into=one))
    stays = lead(workspace, one)
    assert stays["phone"] == "+8613812345678"
    assert stays["other_phones"] == "+8613900000000"
    assert (stays["email"], stays["other_emails"]) == ("a@b.example", "c@d.example")
    assert stays["need"] == "ERP\nERP\nand CRM"
    assert json.loads(stays["custom"]) == {"seats": "4", "a": "x", "b": "y"}
    assert stays["signal_budget"] == 1
    with workspace.read() as connection:
        detail = lead_detail(connection, one, Settings(), NOW, workspace.zone)
    assert detail is not None
    assert {tag.casefold() for tag in detail.tags} == {"vip", "expo", "cold"}


def test_activities_tasks_and_opportunities_move_over(workspace: Workspace) -> None:
    one, two = add(workspace), add(workspace)
    with workspace.act("Log") as act:
        log_follow_up(act, [two], {"channel": "phone", "result": "reached", "content": "hello"})
        act.connection.execute(
            "INSERT INTO task (id, lead_id, title, created_at) VALUES ('t1', ?, 'call', ?)", (two, NOW)
        )
        act.connection.execute(
            "INSERT INTO opportunity (id, lead_id, name, created_at) VALUES ('o1', ?, 'deal', ?)", (two, NOW)
        )
    carry_out(workspace, plan_of(workspace, one, two, into=one))
    with workspace.read() as connection:
        for table in ("activity", "task", "opportunity"):
            assert connection.execute(f"SELECT DISTINCT lead_id FROM {table}").fetchall() == [(one,)]
    assert lead(workspace, one)["last_activity_at"] == NOW
    assert lead(workspace, two)["last_activity_at"] is None


def test_what_is_chosen_is_taken_and_what_was_not_is_kept_beside(workspace: Workspace) -> None:
    one = add(workspace, company="Nova", email="a@b.example", address="1 Long St", city="Bonn", need="ERP")
    two = add(workspace, company="Acme", email="c@d.example", address="2 Short St", need="CRM")
    plan = plan_of(workspace, one, two, into=one)
    for name in ("company", "email", "address", "need"):
        plan = plan.choose(name, 1)
    carry_out(workspace, plan)
    stays = lead(workspace, one)
    assert (stays["company"], stays["address"], stays["city"]) == ("Acme", "2 Short St", "")
    assert (stays["email"], stays["other_emails"], stays["need"]) == ("c@d.example", "a@b.example", "CRM")


def test_a_merged_lead_is_read_only_and_says_where_it_went(workspace: Workspace) -> None:
    one, two, three = add(workspace), add(workspace), add(workspace)
    carry_out(workspace, plan_of(workspace, one, two, into=one))
    carry_out(workspace, plan_of(workspace, one, three, into=three))
    number = lead(workspace, three)["number"]
    for refused in (
        lambda act: edit_leads(act, [two], {"company": "X"}),
        lambda act: log_follow_up(act, [two], {"channel": "phone", "result": "no_answer"}),
    ):
        with pytest.raises(LeadTUIError, match=f"was merged into {number}"), workspace.act("Edit") as act:
            refused(act)
    with pytest.raises(LeadTUIError, match="was merged into"):
        carry_out(workspace, plan_of(workspace, two, three))
    with workspace.read() as connection:
        detail = lead_detail(connection, two, Settings(), NOW, workspace.zone)
        told = {
            change.field: change.new for _entry, changes in history(connection, two) for change in changes
        }
    assert told["merged_into"] == lead(workspace, one)["number"]
    assert detail is not None
    assert (detail.merged_into, detail.possible_duplicates) == (number, ())


def test_a_lead_that_stays_gets_as_far_as_the_furthest(workspace: Workspace) -> None:
    one, two = add(workspace), add(workspace)
    with workspace.act("Log") as act:
        said = {"channel": "phone", "result": "no_answer", "next_step": "call", "next_due": NOW + DAY}
        log_follow_up(act, [two], said)
    carry_out(workspace, plan_of(workspace, one, two, into=one))
    stays = lead(workspace, one)
    assert (stays["status"], stays["next_step"], stays["next_due"]) == ("working", "call", NOW + DAY)
    assert lead(workspace, two)["status"] == "merged"


def test_too_few_or_too_many_are_refused(workspace: Workspace) -> None:
    one = add(workspace)
    with pytest.raises(UsageError, match="at least two"):
        plan_of(workspace, one, one)
    with pytest.raises(UsageError, match="at most"):
        plan_of(workspace, *(add(workspace) for _ in range(21)))


def test_values_written_meanwhile_are_merged_as_they_stand(workspace: Workspace) -> None:
    one, two = add(workspace, company="Nova"), add(workspace)
    plan = plan_of(workspace, one, two, into=two)
    with workspace.act("Edit") as act:
        edit_leads(act, [one], {"company": "Nova Robotics"})
    carry_out(workspace, plan)
    assert lead(workspace, two)["company"] == "Nova Robotics"


def test_an_undo_that_would_lose_something_newer_is_refused(workspace: Workspace) -> None:
    one, two = add(workspace, company="Nova"), add(workspace, city="Bonn")
    carry_out(workspace, plan_of(workspace, one, two, into=one))
    before = contents(workspace.path)
    assert workspace.undo() is not None
    assert workspace.redo() is not None
    assert contents(workspace.path) == before


def test_lines_are_told_side_by_side(workspace: Workspace) -> None:
    one = add(workspace, company="启明", budget_max=5_000_000, currency="CNY", need="ERP")
    two = add(workspace, company="启明科技", need="CRM")
    told = {line.name: line for line in lines(plan_of(workspace, one, two, into=one), (), workspace.zone)}
    assert told["company"].texts == ("启明", "启明科技")
    assert told["budget_max"].texts == ("50,000 CNY", "")
    assert told["need"].result == "ERP\nCRM"
    assert (told["need"].can_join, told["company"].can_join) == (True, False)
    assert not told["contact"].differs


TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
DRAFT = st.fixed_dictionaries(
    {"contact": TEXT.map(lambda text: f"A{text}")},
    optional={
        "company": TEXT, "city": TEXT, "need": TEXT, "notes": TEXT, "wechat": TEXT, "owner": TEXT,
        "phone": st.sampled_from(["+8613812345678", "+8613912345678", "5551234"]),
        "email": st.sampled_from(["a@b.example", "c@d.example"]),
        "budget_max": st.integers(0, 10**9), "asked_for_material": st.booleans(),
        "acquired_at": st.integers(NOW - 100 * DAY, NOW), "next_step": TEXT,
        "next_due": st.integers(NOW, NOW + DAY),
        "custom": st.dictionaries(st.sampled_from(["seats", "系统", "b"]), TEXT.map(lambda text: f"v{text}")),
        "tags": st.lists(st.sampled_from(["vip", "VIP", "展会", "cold"]), max_size=3),
    },
)  # fmt: skip


@settings(max_examples=40)
@given(
    drafts=st.lists(DRAFT, min_size=2, max_size=4),
    followed=st.lists(st.integers(0, 3), max_size=4),
    choices=st.lists(st.tuples(st.integers(0, 200), st.one_of(st.none(), st.integers(0, 3))), max_size=6),
    watched=st.booleans(),
)
def test_a_merge_loses_no_value_and_comes_back_row_for_row(
    tmp_path_factory: pytest.TempPathFactory,
    drafts: list[dict[str, Any]],
    followed: list[int],
    choices: list[tuple[int, int | None]],
    watched: bool,
) -> None:
    path = tmp_path_factory.mktemp("merge") / "leads.db"
    workspace = Workspace.open(path, Settings(), FixedClock(NOW), "ana")
    ids = [add(workspace, **draft) for draft in drafts]
    with workspace.act("Log") as act:
        for at in followed:
            said = {"channel": "phone", "result": "reached", "content": f"call {at}"}
            log_follow_up(act, [ids[at % len(ids)]], said)
        if watched:
            screen(act, ids[:1], "watch", "vague_need", "")
    before = contents(path)
    plan = plan_of(workspace, *ids)
    for number, side in choices:
        name = plan.choices[number % len(plan.choices)].field.name
        plan = plan.choose(name, None if side is None else side % len(ids))
    stays = carry_out(workspace, plan)
    _nothing_is_lost(workspace, plan, stays)
    assert is_whole(path)
    assert workspace.undo() is not None
    assert contents(path) == before
    workspace.close()


def _nothing_is_lost(workspace: Workspace, plan: MergePlan, stays: str) -> None:
    """Each value stands in the lead that stays, or still in the one that had it."""
    with workspace.read() as connection:
        moved = connection.execute("SELECT count(*) FROM activity WHERE lead_id <> ?", (stays,)).fetchone()
        tags = {
            name.casefold()
            for (name,) in connection.execute("SELECT name FROM tag WHERE lead_id = ?", (stays,))
        }
    assert moved == (0,)
    assert tags >= {tag.casefold() for side in plan.sides for tag in side.tags}
    after = lead(workspace, stays)
    numbers = f"{after['phone']}\n{after['mobile']}\n{after['other_phones']}".split("\n")
    for side in plan.sides:
        assert {side.values["phone"], side.values["mobile"]} <= {*numbers, ""}
        if side.id == stays:
            continue
        loser = lead(workspace, side.id)
        for field in LEAD.fields:
            if field.name != "status":
                for column in field.columns:
                    assert loser[column] == value_of(side, column)
        assert json.loads(loser["custom"]) == side.custom


def test_merging_refuses_what_is_gone(workspace: Workspace) -> None:
    one = add(workspace)
    with pytest.raises(LeadTUIError, match="no longer there"):
        plan_of(workspace, one, "gone")
    assert sqlite3.connect(workspace.path).execute("SELECT count(*) FROM lead").fetchone() == (1,)
