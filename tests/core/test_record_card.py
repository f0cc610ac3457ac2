"""What is known of one record: what belongs to it, and one timeline of all that happened with it."""

from __future__ import annotations

from datetime import UTC

import pytest

from leadtui.clock import FixedClock
from leadtui.customers.activities import follow_up_records
from leadtui.customers.card import record_detail
from leadtui.customers.objections import add_objection
from leadtui.customers.records import create_record
from leadtui.customers.rows import RecordDetail
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.leads import create_lead
from leadtui.workspace import Workspace

NOW = 1_790_000_000_000


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, str]:
    """A customer that a lead became, with two contacts and an opportunity; something happened with each."""
    made: dict[str, str] = {}
    with workspace.act("Make") as act:
        made["lead"] = create_lead(act, {"company": "Nova", "contact": "Li", "source_channel": "expo"})
    with workspace.act("Log") as act:
        log_follow_up(act, [made["lead"]], {"channel": "phone", "result": "reached", "content": "as a lead"})
    with workspace.act("Convert") as act:
        made["customer"] = create_record(act, "customer", {"name": "Nova", "custom": {}})
        of_nova = {"customer_id": made["customer"]}
        made["user"] = create_record(act, "contact", {"name": "Ada", **of_nova})
        made["contact"] = create_record(act, "contact", {"name": "Li", "role": "decision_maker", **of_nova})
        deal = {"name": "ERP", "contact_id": made["contact"], "urgency": "urgent", "budget_level": "high"}
        made["opportunity"] = create_record(act, "opportunity", {**deal, **of_nova})
        act.connection.execute(
            "UPDATE lead SET status = 'converted', customer_id = ?, contact_id = ?, opportunity_id = ?",
            (made["customer"], made["contact"], made["opportunity"]),
        )
        for record in ("customer", "contact", "opportunity"):
            said = {"channel": "mail", "result": "replied", "content": f"as a {record}"}
            follow_up_records(act, record, [made[record]], said)
        add_objection(act, made["opportunity"], "too dear")
    return made


def detail_of(workspace: Workspace, record: str, identity: str) -> RecordDetail:
    with workspace.read() as connection:
        found = record_detail(connection, record, identity, workspace.settings, NOW, UTC)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("customer", {"as a lead", "as a customer", "as a contact", "as a opportunity"}),
        ("contact", {"as a lead", "as a contact", "as a opportunity"}),
        ("opportunity", {"as a lead", "as a opportunity"}),
    ],
)
def test_one_timeline_holds_what_happened_with_all_of_it(
    workspace: Workspace, ids: dict[str, str], record: str, told: set[str]
) -> None:
    detail = detail_of(workspace, record, ids[record])
    assert {one.activity.content for one in detail.timeline} == told
    assert detail.activity_count == len(detail.timeline) == len(told)
    abouts = {one.activity.content: one.about for one in detail.timeline}
    assert abouts["as a lead"].startswith("L-")
    assert abouts[f"as a {record}"] == ""


def test_the_decision_chain_stands_in_its_order(workspace: Workspace, ids: dict[str, str]) -> None:
    detail = detail_of(workspace, "customer", ids["customer"])
    assert [one.name for one in detail.of("contact")] == ["Li", "Ada"]
    assert [one.name for one in detail.of("opportunity")] == ["ERP"]
    assert [one.id for one in detail.of("lead")] == [ids["lead"]]


def test_an_opportunity_tells_its_grade_and_what_it_asks_for(
    workspace: Workspace, ids: dict[str, str]
) -> None:
    detail = detail_of(workspace, "opportunity", ids["opportunity"])
    assert detail.grade is not None
    assert (detail.grade.grade, detail.row.grade) == ("A", "A")
    assert [one.kind for one in detail.reminders] == ["objection", "project_report", "regrade"]
    assert [one.content for one in detail.objections] == ["too dear"]
    assert [one.name for one in detail.of("customer")] == ["Nova"]


def test_a_record_that_is_gone_is_none(workspace: Workspace) -> None:
    with workspace.read() as connection:
        assert record_detail(connection, "contact", "nobody", workspace.settings, NOW, UTC) is None
