from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.clock import to_milliseconds
from leadtui.details import LeadFacts, Standing, Touches
from leadtui.followup.standing import reminders, standing
from leadtui.settings import Reminders, Settings, WorkHours
from leadtui.values import CLOSED_STATUSES, OPEN_STATUSES, Status

ZONE = ZoneInfo("Asia/Shanghai")
SETTINGS = Settings()
HOUR = 3_600_000
DAY = 24 * HOUR
MONDAY = to_milliseconds(datetime(2026, 11, 16, 10, 0, tzinfo=ZONE))
MIDNIGHT = MONDAY - 10 * HOUR


def end_of(day: int) -> int:
    """The last millisecond of the day `day` days after Monday."""
    return MIDNIGHT + (day + 1) * DAY - 1


def lead(status: str = "working", tier: str = "B", **values: Any) -> LeadFacts:
    return LeadFacts(status=status, acquired_at=MONDAY, tier_chosen=tier, **values)


def touched(outbound: int = MONDAY, inbound: int | None = None) -> Touches:
    return Touches(MONDAY, max(outbound, inbound or 0), outbound, inbound)


def stand(facts: LeadFacts, now: int = MONDAY, settings: Settings = SETTINGS) -> Standing:
    return standing(facts, settings, now, ZONE)


def due(facts: LeadFacts, now: int = MONDAY, settings: Settings = SETTINGS) -> tuple[int | None, str, int]:
    found = stand(facts, now, settings)
    return found.due_at, found.due_kind, found.wake_at


@pytest.mark.parametrize(("tier", "hours"), [("A", 2), ("B", 24), ("C", 24)])
def test_a_new_lead_wants_its_first_contact_at_once(tier: str, hours: int) -> None:
    found = stand(lead("new", tier))
    assert found.response_due == found.due_at == MONDAY + hours * HOUR
    assert (found.due_kind, found.wake_at, found.tier, found.tier_source) == (
        "first_contact",
        0,
        tier,
        "manual",
    )


def test_a_first_contact_ends_the_response_clock() -> None:
    assert stand(lead(touches=touched())).response_due is None


def test_a_planned_step_sends_the_lead_away_until_its_moment() -> None:
    facts = lead(next_due=MONDAY + DAY, touches=touched(inbound=MONDAY))
    assert due(facts) == (MONDAY + DAY, "next_step", MONDAY + DAY)


def test_an_all_day_step_is_late_after_its_local_day() -> None:
    facts = lead(next_due=MIDNIGHT + DAY, next_due_all_day=True, touches=touched(inbound=MONDAY))
    assert due(facts) == (end_of(1), "next_step", end_of(1))


def test_an_unanswered_touch_speaks_up_after_two_days() -> None:
    facts = lead(next_due=MONDAY + 9 * DAY, touches=touched())
    assert due(facts) == (MONDAY + 2 * DAY, "no_answer", MONDAY + 2 * DAY)
    answered = lead(next_due=MONDAY + 9 * DAY, touches=touched(inbound=MONDAY + HOUR))
    assert due(answered)[1] == "silence"
    off = Settings(reminders=SETTINGS.reminders.but(no_answer_hours=0))
    assert due(facts, settings=off)[1] == "silence"


@pytest.mark.parametrize(("tier", "days"), [("A", 3), ("B", 3), ("C", 7)])
def test_silence_speaks_up_at_the_end_of_its_last_day(tier: str, days: int) -> None:
    facts = lead(tier=tier, next_due=MONDAY + 30 * DAY, touches=touched(inbound=MONDAY))
    assert due(facts)[:2] == (end_of(days), "silence")
    limits = SETTINGS.reminders.but(silence_a_days=0, silence_b_days=0, silence_c_days=0)
    assert due(facts, settings=Settings(reminders=limits))[1] == "next_step"


def test_the_step_of_the_cadence_goes_before_silence() -> None:
    facts = lead(next_due=MIDNIGHT + 3 * DAY, next_due_all_day=True, touches=touched(inbound=MONDAY))
    assert due(facts)[:2] == (end_of(3), "next_step")


def test_what_was_acknowledged_is_settled_until_something_happens() -> None:
    later = MONDAY + 4 * DAY
    facts = lead(next_due=MONDAY + 30 * DAY, acknowledged_at=later, touches=touched())
    assert due(facts)[1] == "next_step"
    again = lead(next_due=MONDAY + 30 * DAY, acknowledged_at=later, touches=touched(outbound=later))
    assert due(again)[:2] == (later + 2 * DAY, "no_answer")


def test_a_lead_with_nothing_planned_is_told_so_and_stays_in_the_inbox() -> None:
    facts = lead(touches=touched(inbound=MONDAY))
    assert due(facts) == (end_of(3), "no_next_step", 0)
    settled = lead(touches=touched(), acknowledged_at=MONDAY + 9 * DAY)
    assert due(settled) == (None, "no_next_step", 0)


def test_a_running_snooze_goes_first_and_lateness_counts_from_its_end() -> None:
    end = MONDAY + 5 * DAY
    for facts in (lead("new", "A"), lead(touches=touched()), lead(next_due=MONDAY, touches=touched())):
        snoozed = facts._replace(snoozed_until=end)
        assert due(snoozed)[0] == end
        assert due(snoozed)[2] == end
        assert due(snoozed, now=end + DAY)[0] == end
        assert due(snoozed, now=end + DAY)[2] <= end


def test_what_is_put_off_to_a_day_is_late_when_that_day_is_over() -> None:
    midnight = end_of(4) + 1
    for facts in (lead("new", "A"), lead(touches=touched()), lead(next_due=MONDAY, touches=touched())):
        snoozed = facts._replace(snoozed_until=midnight)
        assert (due(snoozed)[0], due(snoozed)[2]) == (end_of(5), midnight)
        assert reminders(snoozed, SETTINGS, midnight, ZONE)[0][1] in (None, end_of(5))


def test_a_snooze_that_ends_before_the_due_time_changes_nothing() -> None:
    facts = lead(next_due=MONDAY + DAY, snoozed_until=MONDAY + HOUR, touches=touched(inbound=MONDAY))
    assert due(facts) == (MONDAY + DAY, "next_step", MONDAY + DAY)


def test_a_lead_on_watch_waits_for_its_second_look_alone() -> None:
    planned = lead("watch", next_due=MONDAY + 5 * DAY)
    assert due(planned) == (MONDAY + 5 * DAY, "next_step", MONDAY + 5 * DAY)
    assert due(lead("watch", touches=touched())) == (None, "no_next_step", 0)
    assert due(lead("watch")) == (None, "no_next_step", 0)


@pytest.mark.parametrize("status", sorted(Status))
def test_only_open_leads_want_anything(status: str) -> None:
    found = stand(lead(status, next_due=MONDAY))
    assert found.open == (status in OPEN_STATUSES)
    assert (found.due_at is None) == (not found.open)
    assert bool(reminders(lead(status), SETTINGS, MONDAY, ZONE)) == found.open
    assert not (found.open and status in CLOSED_STATUSES)


def test_no_limit_for_the_first_contact_still_wants_one() -> None:
    off = SETTINGS.response.a.but(soft_hours=0, hard_hours=0)
    settings = Settings(response=SETTINGS.response.but(b=off, low=off))
    assert due(lead("new"), settings=settings) == (None, "first_contact", 0)
    assert reminders(lead("new"), settings, MONDAY, ZONE) == (("first_contact", None),)


def test_office_hours_stretch_the_limits() -> None:
    settings = Settings(work_hours=WorkHours(enabled=True))
    friday = LeadFacts(status="new", acquired_at=MONDAY + 4 * DAY + 7 * HOUR, tier_chosen="A")
    assert due(friday, settings=settings)[0] == MONDAY + 7 * DAY


def test_the_score_comes_along() -> None:
    facts = lead("new", "", company_size="large", role="decision_maker", budget_fit="full",
                 touches=Touches(events={"webinar": 4}))  # fmt: skip
    found = stand(facts)
    assert (found.score, found.score_behaviour, found.score_fit) == (100, 40, 60)
    assert (found.priority, found.stage, found.tier) == ("high", "consideration", "A")


def test_all_reminders_the_worst_first() -> None:
    facts = lead(touches=touched())
    now = MONDAY + 2 * DAY + HOUR
    assert reminders(facts, SETTINGS, now, ZONE) == (
        ("no_answer", MONDAY + 2 * DAY),
        ("no_next_step", None),
        ("silence", end_of(3)),
    )


MAYBE = st.none() | st.integers(MONDAY - 40 * DAY, MONDAY + 40 * DAY)


@st.composite
def any_facts(draw: st.DrawFn) -> LeadFacts:
    first, outbound, inbound = draw(MAYBE), draw(MAYBE), draw(MAYBE)
    known = [moment for moment in (outbound, inbound) if moment is not None]
    return LeadFacts(
        status=draw(st.sampled_from(sorted(Status))),
        acquired_at=draw(st.integers(MONDAY - 40 * DAY, MONDAY)),
        title=draw(st.sampled_from(["", "CEO", "经理"])),
        need_clarity=draw(st.sampled_from(["", "concrete", "vague"])),
        tier_chosen=draw(st.sampled_from(["", "A", "B", "C"])),
        next_due=draw(MAYBE),
        next_due_all_day=draw(st.booleans()),
        snoozed_until=draw(MAYBE),
        acknowledged_at=draw(MAYBE),
        touches=Touches(first, max(known, default=None), outbound, inbound),
    )


@given(any_facts(), st.integers(MONDAY - 50 * DAY, MONDAY + 50 * DAY))
def test_standing_and_reminders_tell_the_same(facts: LeadFacts, now: int) -> None:
    found = stand(facts, now)
    listed = reminders(facts, SETTINGS, now, ZONE)
    moments = [moment for _kind, moment in listed if moment is not None]
    assert found.due_at == min(moments, default=None)
    assert bool(listed) == found.open
    if found.open:
        assert found.due_kind in {kind for kind, _moment in listed}
    else:
        assert (found.due_at, found.due_kind, found.wake_at) == (None, "", 0)
    if facts.snoozed_until is not None and facts.snoozed_until > now and found.open:
        assert found.wake_at >= facts.snoozed_until


@given(any_facts(), st.integers(MONDAY - 50 * DAY, MONDAY + 50 * DAY))
def test_it_can_be_stored_because_only_a_snooze_knows_the_time(facts: LeadFacts, now: int) -> None:
    one, other = stand(facts, now), stand(facts, MONDAY)
    assert (one.due_at, one.due_kind, one.tier, one.score) == (
        other.due_at,
        other.due_kind,
        other.tier,
        other.score,
    )
    if facts.snoozed_until is None:
        assert one == other


def test_it_is_fast() -> None:
    facts = lead("working", "", title="采购总监", company_size="200-500", next_due=MIDNIGHT + 3 * DAY,
                 next_due_all_day=True, touches=touched())  # fmt: skip

    def once() -> float:
        start = time.perf_counter()
        for _ in range(1000):
            standing(facts, SETTINGS, MONDAY, ZONE)
        return (time.perf_counter() - start) / 1000

    assert min(once() for _ in range(5)) < 60e-6


def test_a_stale_profile_is_said_last_and_only_while_nothing_is_late() -> None:
    facts = lead(touches=touched(), next_due=MONDAY + DAY, profile_at=MONDAY - 91 * DAY)
    kinds = [kind for kind, _at in reminders(facts, SETTINGS, MONDAY, ZONE)]
    assert kinds == ["next_step", "no_answer", "silence", "stale_profile"]
    assert due(facts) == due(facts._replace(profile_at=None))
    late = reminders(facts, SETTINGS, MONDAY + 2 * DAY, ZONE)
    assert "stale_profile" not in [kind for kind, _at in late]
    off = Settings(reminders=Reminders(profile_days=0))
    assert "stale_profile" not in [kind for kind, _at in reminders(facts, off, MONDAY, ZONE)]
