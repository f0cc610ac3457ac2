"""Follow-ups, snoozes, what is settled, and tags on customers, contacts and opportunities."""

from __future__ import annotations

from typing import Any

import pytest

from leadtui.clock import FixedClock
from leadtui.customers.activities import follow_up_records
from leadtui.customers.planning import plan_records, settle_records, snooze_records
from leadtui.customers.records import create_record, edit_records
from leadtui.customers.tags import tag_customers
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.settings import Settings, User
from leadtui.workspace import Workspace

NOW = 1_790_000_000_000
HOUR, DAY = 3_600_000, 86_400_000
CALL = {"channel": "phone", "result": "reached", "content": "wants a quote"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, str]:
    """A customer with a contact and an opportunity, by their kinds."""
    with workspace.act("Make") as act:
        customer = create_record(act, "customer", {"name": "Nova"})
        contact = create_record(act, "contact", {"name": "Li Wei", "customer_id": customer})
        draft = {"name": "ERP", "customer_id": customer, "contact_id": contact}
        return {
            "customer": customer,
            "contact": contact,
            "opportunity": create_record(act, "opportunity", draft),
        }


def row(workspace: Workspace, record: str, identity: str) -> dict[str, Any]:
    with workspace.read() as connection:
        cursor = connection.execute(f"SELECT * FROM {record} WHERE id = ?", (identity,))
        return dict(zip((name for name, *_more in cursor.description), cursor.fetchone(), strict=True))


@pytest.mark.parametrize(
    ("record", "parents"),
    [
        ("customer", {"customer"}),
        ("contact", {"customer", "contact"}),
        ("opportunity", {"customer", "contact", "opportunity"}),
    ],
)
def test_a_follow_up_shows_on_all_that_it_belongs_to(
    workspace: Workspace, ids: dict[str, str], record: str, parents: set[str]
) -> None:
    with workspace.act("Log") as act:
        follow_up_records(
            act, record, [ids[record]], {**CALL, "next_step": "send quote", "next_due": NOW + DAY}
        )
    with workspace.read() as connection:
        found = connection.execute(
            "SELECT lead_id, customer_id, contact_id, opportunity_id, content FROM activity"
        ).fetchone()
    kept = dict(zip(("lead", "customer", "contact", "opportunity"), found, strict=False))
    assert {name for name, identity in kept.items() if identity} == parents
    assert all(kept[name] == ids[name] for name in parents)
    planned = row(workspace, record, ids[record])
    assert (planned["next_step"], planned["due_at"]) == ("send quote", NOW + DAY)
    workspace.undo()
    assert row(workspace, record, ids[record])["next_step"] == ""


def test_a_touch_answers_what_was_due_and_a_note_does_not(workspace: Workspace, ids: dict[str, str]) -> None:
    customer = ids["customer"]
    for channel, left in (("note", "call"), ("phone", "")):
        with workspace.act("Plan") as act:
            plan_records(act, "customer", [customer], "call", NOW + HOUR)
        with workspace.act("Log") as act:
            follow_up_records(act, "customer", [customer], {**CALL, "channel": channel})
        assert row(workspace, "customer", customer)["next_step"] == left
    with workspace.act("Plan") as act:
        plan_records(act, "customer", [customer], "visit", NOW + 9 * DAY)
    with workspace.act("Log") as act:
        follow_up_records(act, "customer", [customer], CALL)
    assert row(workspace, "customer", customer)["next_step"] == "visit"


def test_a_follow_up_that_says_nothing_is_refused(workspace: Workspace, ids: dict[str, str]) -> None:
    with pytest.raises(FieldProblems) as told, workspace.act("Log") as act:
        follow_up_records(act, "contact", [ids["contact"]], {"channel": "phone"})
    assert told.value.problems.keys() == {"result"}


def test_a_snooze_puts_a_record_off(workspace: Workspace, ids: dict[str, str]) -> None:
    deal = ids["opportunity"]
    with workspace.act("Plan") as act:
        plan_records(act, "opportunity", [deal], "call", NOW + HOUR)
    with workspace.act("Snooze") as act:
        snooze_records(act, "opportunity", [deal], NOW + 2 * DAY)
    assert row(workspace, "opportunity", deal)["due_at"] >= NOW + 2 * DAY
    with pytest.raises(LeadTUIError, match="past"), workspace.act("Snooze") as act:
        snooze_records(act, "opportunity", [deal], NOW)


def test_settling_does_what_is_asked(workspace: Workspace, ids: dict[str, str]) -> None:
    deal = ids["opportunity"]
    with workspace.act("Plan") as act:
        plan_records(act, "opportunity", [deal], "call", NOW + HOUR)
        edit_records(act, "opportunity", [deal], {"amount": 200_000_000, "urgency": "immediate"})
    seen = []
    for _each in range(3):
        seen.append(row(workspace, "opportunity", deal)["due_kind"])
        with workspace.act("Done") as act:
            settle_records(act, "opportunity", [deal])
    assert seen == ["next_step", "project_report", "regrade"]
    with workspace.act("Close") as act:
        edit_records(act, "opportunity", [deal], {"expected_close": NOW - 2 * DAY})
    with pytest.raises(LeadTUIError, match="win it, lose it"), workspace.act("Done") as act:
        settle_records(act, "opportunity", [deal])


def test_a_stale_profile_is_looked_through(workspace: Workspace, ids: dict[str, str]) -> None:
    customer = ids["customer"]
    assert row(workspace, "customer", customer)["due_kind"] == "stale_profile"
    workspace.clock = FixedClock(NOW + 100 * DAY)
    with workspace.act("Done") as act:
        settle_records(act, "customer", [customer])
    kept = row(workspace, "customer", customer)
    assert kept["profile_at"] == NOW + 100 * DAY
    workspace.clock = FixedClock(NOW + 101 * DAY)
    with workspace.act("Owner") as act:
        edit_records(act, "customer", [customer], {"owner": "bo"})
    assert row(workspace, "customer", customer)["profile_at"] == NOW + 100 * DAY
    with workspace.act("Industry") as act:
        edit_records(act, "customer", [customer], {"industry": "tools"})
    assert row(workspace, "customer", customer)["profile_at"] == NOW + 101 * DAY


def test_nothing_due_is_told(workspace: Workspace, ids: dict[str, str]) -> None:
    with pytest.raises(LeadTUIError, match="Nothing is due"), workspace.act("Done") as act:
        settle_records(act, "contact", [ids["contact"]])


def test_tags_of_a_customer_whatever_their_case(workspace: Workspace, ids: dict[str, str]) -> None:
    customer = ids["customer"]
    with workspace.act("Tag") as act:
        tag_customers(act, [customer], ["VIP", "展会", "vip"])
    with workspace.act("Tag") as act:
        tag_customers(act, [customer], [], ["Vip"])
    with workspace.read() as connection:
        names = connection.execute("SELECT name FROM tag WHERE customer_id = ?", (customer,)).fetchall()
    assert names == [("展会",)]


def test_a_second_word_on_screening_waits_for_the_supervisor(workspace: Workspace) -> None:
    from leadtui.qualify.leads import create_lead
    from leadtui.qualify.screening import screen

    with workspace.act("New") as act:
        lead = create_lead(act, {"company": "Kestrel", "source_channel": "expo"})
    with workspace.act("Screen") as act:
        screen(act, [lead], "watch", "vague_need")
    asked = "SELECT title, owner, done_at FROM task WHERE lead_id IS NOT NULL"
    with workspace.read() as connection:
        assert connection.execute(asked).fetchall() == []
    workspace.settings = Settings(user=User(profile="team", supervisor="bo"))
    with workspace.act("Screen") as act:
        screen(act, [lead], "invalid", "no_budget")
    with workspace.read() as connection:
        ((title, owner, done),) = connection.execute(asked).fetchall()
    assert (title.endswith("is invalid"), owner, done) == (True, "bo", None)
    workspace.user = "bo"
    with workspace.act("Screen") as act:
        screen(act, [lead], "invalid", "no_budget")
    with workspace.read() as connection:
        assert connection.execute("SELECT done_at FROM task").fetchall() == [(NOW,)]
