"""Reminders: the right group, the longest wait first, one line a lead; and the card of one lead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leadtui.clock import FixedClock, to_milliseconds
from leadtui.details import LeadDetail
from leadtui.followup.activities import log_engagement, log_follow_up
from leadtui.followup.card import lead_detail
from leadtui.followup.planning import plan, snooze
from leadtui.followup.reminders import reminder_panel
from leadtui.qualify.leads import create_lead
from leadtui.qualify.tier import choose_tier
from leadtui.workspace import Workspace

NOW = to_milliseconds(datetime(2026, 11, 18, 10, 0, tzinfo=UTC))  # a Wednesday
HOUR = 3_600_000
DAY = 24 * HOUR


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def add(workspace: Workspace, company: str, tier: str = "", **more: object) -> str:
    draft = {"company": company, "contact": "Li Wei", "source_channel": "website", "acquired_at": NOW, **more}
    with workspace.act("New lead") as act:
        lead_id = create_lead(act, draft)
        if tier:
            choose_tier(act, [lead_id], tier, "knows best")
    return lead_id


def touched(workspace: Workspace, company: str, due: int | None, *, all_day: bool = False) -> str:
    lead_id = add(workspace, company)
    with workspace.act("Log follow-up") as act:
        log_follow_up(
            act,
            [lead_id],
            {
                "channel": "phone",
                "result": "reached",
                "content": "talked",
                "at": NOW - 9 * HOUR,
                "next_step": "call" if due else "",
                "next_due": due,
                "next_due_all_day": all_day,
            },
        )
    return lead_id


def groups(workspace: Workspace, now: int = NOW) -> dict[str, list[str]]:
    with workspace.read() as connection:
        panel = reminder_panel(connection, now, UTC)
    names = ("overdue", "today", "tomorrow", "week", "no_next_step")
    for name in names:
        group = getattr(panel, name)
        assert group.total == len(group.rows)
    return {name: [row.company for row in getattr(panel, name).rows] for name in names}


def card(workspace: Workspace, lead_id: str) -> LeadDetail:
    with workspace.read() as connection:
        found = lead_detail(connection, lead_id, workspace.settings, NOW, UTC)
    assert found is not None
    return found


def test_each_lead_is_in_the_group_of_its_due_time(workspace: Workspace) -> None:
    touched(workspace, "This evening", NOW + 3 * HOUR)
    touched(workspace, "Tomorrow", NOW + DAY)
    touched(workspace, "Today, any time", NOW - 10 * HOUR, all_day=True)
    touched(workspace, "Late", NOW - 2 * HOUR)
    touched(workspace, "Later still", NOW - 5 * HOUR)
    touched(workspace, "Nothing planned", None)
    assert groups(workspace) == {
        "overdue": ["Later still", "Late"],
        "today": ["This evening", "Today, any time"],
        "tomorrow": ["Tomorrow"],
        "week": [],
        "no_next_step": ["Nothing planned"],
    }


def test_a_day_without_a_time_is_late_only_when_it_is_over(workspace: Workspace) -> None:
    midnight = NOW - 10 * HOUR
    touched(workspace, "Today, any time", midnight, all_day=True)
    assert groups(workspace, midnight + DAY - 1)["overdue"] == []
    assert groups(workspace, midnight + DAY)["overdue"] == ["Today, any time"]


def test_a_first_contact_is_late_by_its_tier(workspace: Workspace) -> None:
    add(workspace, "Hot", tier="A", acquired_at=NOW - 2 * HOUR - 60_000)
    add(workspace, "Cold", tier="C", acquired_at=NOW - 2 * HOUR - 60_000)
    with workspace.read() as connection:
        panel = reminder_panel(connection, NOW, UTC)
    assert [(row.company, row.kind, row.late_minutes) for row in panel.overdue.rows] == [
        ("Hot", "first_contact", 1)
    ]


def test_silence_and_no_answer_fall_due_by_themselves(workspace: Workspace) -> None:
    lead_id = add(workspace, "Quiet", tier="B")
    with workspace.act("Log follow-up") as act:
        log_follow_up(
            act,
            [lead_id],
            {
                "channel": "mail",
                "result": "left_message",
                "content": "sent",
                "next_step": "call",
                "next_due": NOW + 9 * DAY,
            },
        )
    kinds = {row.kind: row.due for row in card(workspace, lead_id).reminders}
    assert kinds["no_answer"] == NOW + 48 * HOUR
    assert kinds["silence"] is not None
    assert NOW + 2 * DAY < kinds["silence"] <= NOW + 4 * DAY
    assert groups(workspace, NOW + 49 * HOUR)["overdue"] == ["Quiet"]


def test_a_snoozed_lead_is_silent_until_its_day(workspace: Workspace) -> None:
    lead_id = touched(workspace, "Late", NOW - HOUR)
    with workspace.act("Snooze") as act:
        snooze(act, [lead_id], NOW + 2 * DAY)
    assert groups(workspace)["overdue"] == []
    assert groups(workspace, NOW + 2 * DAY + 1)["overdue"] == ["Late"]


def test_the_card_tells_all(workspace: Workspace) -> None:
    lead_id = add(
        workspace,
        "上海启明科技有限公司",
        title="采购总监",
        company_size="large",
        phone="+8613812345678",
        budget_max=50_000_000,
        currency="CNY",
    )
    add(workspace, "北京远航贸易", phone="+8613812345678")
    with workspace.act("Log") as act:
        for _ in range(4):
            log_engagement(act, [lead_id], "webinar")
        plan(act, [lead_id], "demo", NOW + DAY, False)
    found = card(workspace, lead_id)
    assert (found.score.behaviour_raw, found.score.behaviour) == (60, 40)
    assert (found.score.fit_raw, found.score.fit) == (70, 60)
    assert found.row.score == found.standing.score == 100
    assert found.row.tier == "A"
    assert [why for _number, _who, why in found.possible_duplicates] == [
        "same phone, same name, but another company: 上海启明科技有限公司 / 北京远航贸易"
    ]
    assert found.activity_count == 4
    assert found.row.next_step == "demo"
    assert card(workspace, lead_id).fields["company"] == "上海启明科技有限公司"
