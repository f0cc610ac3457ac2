from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from leadtui.clock import FixedClock, to_milliseconds
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.followup.activities import log_engagement, log_follow_up
from leadtui.followup.planning import mark_done, plan, snooze
from leadtui.qualify.leads import create_lead
from leadtui.qualify.screening import screen
from leadtui.workspace import Workspace

NOW = to_milliseconds(datetime(2026, 11, 20, 10, 42, tzinfo=UTC))
HOUR = 3_600_000
DAY = 24 * HOUR
TODAY = NOW - NOW % DAY
CALL = {"channel": "phone", "result": "reached", "content": "wants a demo"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def lead(workspace: Workspace) -> str:
    with workspace.act("New lead") as act:
        return create_lead(
            act, {"source_channel": "expo", "contact": "Li", "title": "经理", "acquired_at": NOW - HOUR}
        )


def do(workspace: Workspace, verb: Callable[..., None], lead_ids: list[str], *arguments: Any) -> None:
    with workspace.act("Act") as act:
        verb(act, lead_ids, *arguments)


def get(workspace: Workspace, lead_id: str, *columns: str) -> tuple[Any, ...]:
    with workspace.read() as connection:
        row = connection.execute(f"SELECT {', '.join(columns)} FROM lead WHERE id = ?", (lead_id,)).fetchone()
    return tuple(row)


def activities(workspace: Workspace, *columns: str) -> list[tuple[Any, ...]]:
    with workspace.read() as connection:
        return connection.execute(f"SELECT {', '.join(columns)} FROM activity ORDER BY at, id").fetchall()


def refused(workspace: Workspace, lead: str, **changes: Any) -> dict[str, str]:
    with pytest.raises(FieldProblems) as caught:
        do(workspace, log_follow_up, [lead], {**CALL, **changes})
    assert activities(workspace, "id") == []
    assert get(workspace, lead, "status") == ("new",)
    return caught.value.problems


def test_a_follow_up_is_recorded_whole(workspace: Workspace, lead: str) -> None:
    draft = {
        **CALL, "signals": ("demo", "budget"), "next_step": "demo", "next_due": TODAY + 3 * DAY,
        "next_due_all_day": True, "duration_minutes": 15, "feedback": "likes it", "sentiment": "positive",
        "need_priority": "high", "attachment": "notes.pdf",
    }  # fmt: skip
    do(workspace, log_follow_up, [lead], draft)
    names = ("lead_id", "at", "kind", "author", "signals", *(name for name in draft if name != "signals"))
    expected = {**draft, "next_due_all_day": 1}
    assert activities(workspace, *names) == [
        (lead, NOW, "follow_up", "ana", "budget,demo", *(expected[name] for name in names[5:]))
    ]


def test_the_first_touch_takes_a_lead_into_work_and_plans_what_was_promised(
    workspace: Workspace, lead: str
) -> None:
    assert get(workspace, lead, "status", "due_kind", "wake_at") == ("new", "first_contact", 0)
    do(workspace, log_follow_up, [lead], {**CALL, "next_step": "demo", "next_due": NOW + DAY})
    assert get(workspace, lead, "status", "next_step", "next_due", "due_kind", "wake_at") == (
        "working", "demo", NOW + DAY, "next_step", NOW + DAY,
    )  # fmt: skip
    assert get(workspace, lead, "first_contact_at", "last_activity_at", "response_due") == (NOW, NOW, None)


def test_what_the_draft_leaves_out_comes_from_the_cadence(workspace: Workspace, lead: str) -> None:
    do(workspace, log_follow_up, [lead], CALL)
    assert get(workspace, lead, "tier", "next_step", "next_due", "next_due_all_day") == (
        "B",
        "call",
        TODAY + 3 * DAY,
        1,
    )
    do(workspace, log_follow_up, [lead], {**CALL, "next_step": "send quote"})
    assert get(workspace, lead, "next_step", "next_due") == ("send quote", TODAY + 3 * DAY)


def test_planning_nothing_is_possible_and_told(workspace: Workspace, lead: str) -> None:
    do(workspace, log_follow_up, [lead], {**CALL, "next_due": None, "next_step": ""})
    assert get(workspace, lead, "next_due", "due_kind", "wake_at") == (None, "no_next_step", 0)


@pytest.mark.parametrize("result", ["not_interested", "wrong_contact"])
def test_a_touch_that_ended_badly_decides_nothing_by_itself(
    workspace: Workspace, lead: str, result: str
) -> None:
    do(workspace, log_follow_up, [lead], {"channel": "phone", "result": result})
    assert get(workspace, lead, "status", "next_due", "due_kind") == ("working", None, "no_next_step")
    assert activities(workspace, "result") == [(result,)]


def test_an_unanswered_touch_waits_for_its_answer(workspace: Workspace, lead: str, clock: FixedClock) -> None:
    do(
        workspace,
        log_follow_up,
        [lead],
        {"channel": "mail", "result": "left_message", "next_due": NOW + 9 * DAY},
    )
    assert get(workspace, lead, "due_at", "due_kind") == (NOW + 2 * DAY, "no_answer")
    clock.at = NOW + DAY
    do(workspace, log_engagement, [lead], "reply")
    assert get(workspace, lead, "due_kind", "score_behaviour") == ("silence", 10)


def test_a_follow_up_raises_signals_but_never_lowers_them(workspace: Workspace, lead: str) -> None:
    do(workspace, log_follow_up, [lead], {**CALL, "signals": ["budget"]})
    do(workspace, log_follow_up, [lead], {**CALL, "signals": "demo,intent"})
    assert get(workspace, lead, "signal_budget", "signal_demo", "signal_intent", "signal_referral") == (
        1,
        1,
        1,
        0,
    )


def test_a_note_touches_nobody(workspace: Workspace, lead: str) -> None:
    do(workspace, log_follow_up, [lead], {"channel": "note", "content": "met their rival"})
    assert get(workspace, lead, "status", "next_due", "first_contact_at", "due_kind", "acknowledged_at") == (
        "new", None, None, "first_contact", None,
    )  # fmt: skip
    do(
        workspace,
        log_follow_up,
        [lead],
        {"channel": "note", "content": "x", "next_step": "call", "next_due": NOW + 1},
    )
    assert get(workspace, lead, "status", "next_step", "next_due") == ("new", "call", NOW + 1)


def test_a_follow_up_ends_a_snooze_and_settles_what_was_due(
    workspace: Workspace, lead: str, clock: FixedClock
) -> None:
    do(workspace, log_follow_up, [lead], {"channel": "phone", "result": "no_answer"})
    do(workspace, snooze, [lead], NOW + 30 * DAY)
    clock.at = NOW + 5 * DAY
    do(workspace, log_follow_up, [lead], {**CALL, "at": NOW + 4 * DAY})
    assert get(workspace, lead, "snoozed_until", "acknowledged_at") == (None, NOW + 5 * DAY)
    assert get(workspace, lead, "due_at")[0] > clock.at


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"channel": ""}, "channel", "Say how"),
        ({"channel": "pigeon"}, "channel", "phone"),
        ({"result": ""}, "result", "what came of it"),
        ({"result": "great"}, "result", "reached"),
        ({"content": " "}, "content", "one sentence"),
        ({"channel": "note", "result": "", "content": ""}, "content", "one sentence"),
        ({"signals": ["love"]}, "signals", "intent"),
        ({"next_due": NOW - 1}, "next_due", "past"),
        ({"next_due": TODAY - DAY, "next_due_all_day": True}, "next_due", "past"),
        ({"next_due": "tomorrow"}, "next_due", "date"),
        ({"at": NOW + HOUR}, "at", "future"),
        ({"duration_minutes": -1}, "duration_minutes", "minutes"),
        ({"sentiment": "meh"}, "sentiment", "positive"),
    ],
)
def test_what_is_missing_or_wrong_is_told(
    workspace: Workspace, lead: str, changes: dict[str, Any], field: str, words: str
) -> None:
    assert words in refused(workspace, lead, **changes)[field]


def test_a_step_for_today_is_not_past(workspace: Workspace, lead: str) -> None:
    do(workspace, log_follow_up, [lead], {**CALL, "next_due": TODAY, "next_due_all_day": True})
    assert get(workspace, lead, "next_due", "due_at") == (TODAY, TODAY + DAY - 1)


def test_a_closed_lead_is_not_followed_up_but_one_from_the_pool_is(workspace: Workspace, lead: str) -> None:
    do(workspace, screen, [lead], "lost", "price")
    with pytest.raises(LeadTUIError, match=r"closed \(lost\): screen it as valid first"):
        do(workspace, log_follow_up, [lead], CALL)
    do(workspace, screen, [lead], "recycled")
    do(workspace, log_follow_up, [lead], CALL)
    assert get(workspace, lead, "status", "open") == ("working", 1)


def test_a_lead_on_watch_stays_there_until_it_is_judged(workspace: Workspace, lead: str) -> None:
    do(workspace, screen, [lead], "watch", "vague_need")
    do(workspace, log_follow_up, [lead], CALL)
    assert get(workspace, lead, "status", "next_step") == ("watch", "second look")


def test_one_act_follows_up_many_and_one_undo_takes_it_back(workspace: Workspace) -> None:
    with workspace.act("New leads") as act:
        ids = [create_lead(act, {"source_channel": "expo", "company": f"Firm {n}"}) for n in range(3)]
    do(workspace, log_follow_up, ids, CALL)
    assert len(activities(workspace, "id")) == 3
    assert {get(workspace, one, "status", "due_kind")[0] for one in ids} == {"working"}
    assert workspace.undo() is not None
    assert activities(workspace, "id") == []
    assert {get(workspace, one, "status", "due_kind") for one in ids} == {("new", "first_contact")}


def test_engagements_count_and_old_ones_can_be_entered(workspace: Workspace, lead: str) -> None:
    do(workspace, log_engagement, [lead], "webinar")
    do(workspace, log_engagement, [lead], "page_view", NOW - 9 * DAY)
    assert activities(workspace, "kind", "channel", "at", "result", "next_due") == [
        ("engagement", "page_view", NOW - 9 * DAY, "", None),
        ("engagement", "webinar", NOW, "", None),
    ]
    assert get(workspace, lead, "score_behaviour", "first_contact_at") == (20, None)
    for wrong in (("love",), ("reply", NOW + DAY)):
        with pytest.raises(FieldProblems):
            do(workspace, log_engagement, [lead], *wrong)


def test_a_snoozed_lead_comes_back_when_it_said(workspace: Workspace, lead: str) -> None:
    do(workspace, snooze, [lead], NOW + DAY)
    assert get(workspace, lead, "wake_at", "due_at") == (NOW + DAY, NOW + DAY)
    with pytest.raises(LeadTUIError, match="past"):
        do(workspace, snooze, [lead], NOW)


def test_a_plan_replaces_a_snooze(workspace: Workspace, lead: str) -> None:
    do(workspace, log_follow_up, [lead], CALL)
    do(workspace, snooze, [lead], NOW + 30 * DAY)
    do(workspace, plan, [lead], "visit\n", NOW + DAY, False)
    assert get(workspace, lead, "next_step", "next_due", "snoozed_until", "wake_at") == (
        "visit", NOW + DAY, None, NOW + DAY,
    )  # fmt: skip
    with pytest.raises(FieldProblems, match="past"):
        do(workspace, plan, [lead], "visit", NOW - DAY, True)
    do(workspace, plan, [lead], "", None)
    assert get(workspace, lead, "due_kind") == ("no_next_step",)


def test_a_first_contact_is_not_done_by_saying_so(workspace: Workspace, lead: str) -> None:
    with pytest.raises(LeadTUIError, match="never contacted"):
        do(workspace, mark_done, [lead])


def test_done_finishes_the_planned_step(workspace: Workspace, lead: str, clock: FixedClock) -> None:
    do(workspace, log_follow_up, [lead], {**CALL, "next_step": "demo", "next_due": NOW + HOUR})
    clock.at = NOW + 2 * HOUR
    do(workspace, mark_done, [lead])
    assert get(workspace, lead, "next_step", "next_due", "acknowledged_at", "due_kind") == (
        "", None, clock.at, "no_next_step",
    )  # fmt: skip
    with pytest.raises(LeadTUIError, match="Nothing is due"):
        do(workspace, mark_done, [lead])


def test_done_before_its_time_finishes_the_step_that_is_planned(workspace: Workspace, lead: str) -> None:
    do(workspace, log_follow_up, [lead], {**CALL, "next_step": "demo", "next_due": NOW + 20 * DAY})
    assert get(workspace, lead, "due_kind") == ("silence",)
    do(workspace, mark_done, [lead])
    assert get(workspace, lead, "next_step", "next_due") == ("", None)


def test_done_settles_a_late_reminder_and_keeps_the_plan(
    workspace: Workspace, lead: str, clock: FixedClock
) -> None:
    unanswered = {
        "channel": "mail",
        "result": "left_message",
        "next_step": "fair",
        "next_due": NOW + 20 * DAY,
    }
    do(workspace, log_follow_up, [lead], unanswered)
    clock.at = NOW + 3 * DAY
    assert get(workspace, lead, "due_kind") == ("no_answer",)
    do(workspace, mark_done, [lead])
    assert get(workspace, lead, "next_step", "acknowledged_at", "due_kind") == ("fair", clock.at, "silence")


def test_thousands_are_followed_up_in_a_moment(workspace: Workspace) -> None:
    with workspace.act("Import") as act:
        ids = [create_lead(act, {"source_channel": "expo", "company": "Nova"}) for _ in range(1000)]
    with workspace.act("Follow up") as act:
        start = time.perf_counter()
        log_follow_up(act, ids, CALL)
        assert time.perf_counter() - start < 2


@pytest.mark.parametrize("about", [{}, {"title": "CEO", "need": "ERP", "timing": "within_3_months"}])
@pytest.mark.parametrize("result", ["reached", "no_answer"])
def test_a_lead_and_its_first_follow_up_are_one_act(
    workspace: Workspace, result: str, about: dict[str, object]
) -> None:
    draft = {"source_channel": "expo", "contact": "Li", "acquired_at": NOW - HOUR, **about}
    with workspace.act("At once") as act:
        at_once = create_lead(act, draft)
        log_follow_up(act, [at_once], {**CALL, "result": result})
    with workspace.act("New lead") as act:
        before = create_lead(act, draft)
    do(workspace, log_follow_up, [before], {**CALL, "result": result})
    names = ("status", "tier", "stage", "score", "next_step", "next_due", "next_due_all_day", "due_at")
    assert get(workspace, at_once, *names) == get(workspace, before, *names)
    assert get(workspace, at_once, "status") == ("working",)
