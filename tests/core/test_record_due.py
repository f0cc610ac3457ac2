"""What customers, contacts and opportunities ask for, and when it is late."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leadtui.customers.due import RecordFacts, record_reminders
from leadtui.settings import Opportunity, Reminders, Settings, WorkHours

SETTINGS = Settings()


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def end_of(text: str) -> int:
    return at(f"{text}T23:59:59.999")


FRIDAY = at("2026-11-20T10:00")


def reminders(
    settings: Settings = SETTINGS, record: str = "opportunity", **facts: object
) -> list[tuple[int, str]]:
    values: dict[str, object] = {"record": record, "created_at": FRIDAY, "stage": "discovery", **facts}
    found = record_reminders(RecordFacts(**values), settings, UTC)  # type: ignore[arg-type]
    return [(moment, str(kind)) for moment, kind in found]


def test_an_opportunity_is_graded_again_each_week() -> None:
    assert reminders() == [(end_of("2026-11-27"), "regrade")]
    assert reminders(graded_at=at("2026-11-26T09:00")) == [(end_of("2026-12-03"), "regrade")]


def test_grade_a_wants_its_report_within_a_day() -> None:
    since = at("2026-11-21T08:00")
    assert reminders(grade="A", grade_a_at=since)[0] == (since + 24 * 3_600_000, "project_report")
    assert reminders(grade="A", grade_a_at=since, report_submitted_at=since) == reminders()
    assert reminders(grade="B", grade_a_at=None) == reminders()


def test_an_objection_wants_its_answer_within_a_day() -> None:
    assert reminders(objection_at=FRIDAY)[0] == (FRIDAY + 24 * 3_600_000, "objection")


def test_what_was_won_is_handed_over_within_a_working_day() -> None:
    won = {"stage": "won", "won_at": FRIDAY}
    assert reminders(**won) == [(at("2026-11-21T10:00"), "hand_over")]
    office = Settings(work_hours=WorkHours(enabled=True))
    assert reminders(office, **won) == [(at("2026-11-23T10:00"), "hand_over")]
    assert reminders(**won, handed_over_at=FRIDAY) == []


def test_a_closing_day_passes_when_it_ends() -> None:
    assert reminders(expected_close=at("2026-11-24T00:00"))[0] == (end_of("2026-11-24"), "close_passed")


def test_what_is_lost_asks_for_nothing() -> None:
    assert reminders(stage="lost", expected_close=FRIDAY, objection_at=FRIDAY, grade="A") == []


def test_the_earliest_comes_first() -> None:
    found = reminders(
        grade="A", objection_at=FRIDAY - 3_600_000, expected_close=FRIDAY, next_due=at("2026-11-22T09:00")
    )
    kinds = [kind for _moment, kind in found]
    assert kinds == ["close_passed", "objection", "project_report", "next_step", "regrade"]


def test_a_snooze_puts_everything_off() -> None:
    found = reminders(objection_at=FRIDAY, snoozed_until=at("2026-11-25T00:00"))
    assert found == [(end_of("2026-11-25"), "objection"), (end_of("2026-11-27"), "regrade")]


@pytest.mark.parametrize("kind", ["regrade_days", "report_hours", "objection_hours", "handover_days"])
def test_each_clock_can_be_switched_off(kind: str) -> None:
    off = Settings(opportunity=Opportunity(**{kind: 0}))
    facts = {"grade": "A", "objection_at": FRIDAY}
    both = [*reminders(off, **facts), *reminders(off, stage="won", won_at=FRIDAY)]
    usual = [*reminders(**facts), *reminders(stage="won", won_at=FRIDAY)]
    assert len(both) == len(usual) - 1


def test_a_profile_is_stale_only_where_nothing_else_is_wanted() -> None:
    kept = at("2026-08-01T12:00")
    assert reminders(record="customer", profile_at=kept) == [(end_of("2026-10-30"), "stale_profile")]
    planned = reminders(record="customer", profile_at=kept, next_due=FRIDAY)
    assert planned == [(FRIDAY, "next_step")]
    off = Settings(reminders=Reminders(profile_days=0))
    assert reminders(off, record="customer", profile_at=kept) == []
    assert reminders(record="contact", profile_at=kept) == []


def test_a_task_is_late_when_it_is_due() -> None:
    assert reminders(record="contact", task_due=FRIDAY) == [(FRIDAY, "task")]
