from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from leadtui.clock import FixedClock, to_milliseconds
from leadtui.errors import FieldProblems, LeadTUIError, UsageError
from leadtui.qualify.completeness import missing_to_convert, missing_to_pass, missing_to_save
from leadtui.qualify.leads import create_lead
from leadtui.qualify.screening import screen
from leadtui.settings import Settings
from leadtui.workspace import Workspace

NOW = to_milliseconds(datetime(2026, 11, 20, 10, 42, tzinfo=UTC))
WHOLE = {"source_channel": "expo", "contact": "Li Wei", "phone": "+8613812345678", "need": "ERP"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def add(workspace: Workspace, **values: Any) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {**WHOLE, **values})


def judge(workspace: Workspace, lead_ids: list[str], verdict: str, reason: str = "", note: str = "") -> None:
    with workspace.act("Screen") as act:
        screen(act, lead_ids, verdict, reason, note)


def get(workspace: Workspace, lead_id: str, *columns: str) -> tuple[Any, ...]:
    with workspace.read() as connection:
        row = connection.execute(f"SELECT {', '.join(columns)} FROM lead WHERE id = ?", (lead_id,)).fetchone()
    return tuple(row)


@pytest.mark.parametrize(
    ("lead", "missing"),
    [
        ({}, ("source_channel", "company_or_contact")),
        ({"source_channel": "expo"}, ("company_or_contact",)),
        ({"source_channel": "expo", "company": " "}, ("company_or_contact",)),
        ({"source_channel": "expo", "company": "Nova"}, ()),
        ({"source_channel": "expo", "contact": "Li"}, ()),
        ({"contact": "Li"}, ("source_channel",)),
    ],
)
def test_what_it_takes_to_save(lead: dict[str, str], missing: tuple[str, ...]) -> None:
    assert missing_to_save(lead) == missing


@pytest.mark.parametrize(
    ("lead", "missing"),
    [
        ({}, ("contact", "phone_or_email", "need")),
        ({"contact": "Li", "email": "li@x.cn", "need": "ERP"}, ()),
        ({"contact": "Li", "mobile": "138", "need": "ERP"}, ()),
        ({"company": "Nova", "wechat": "li", "need": "ERP"}, ("contact", "phone_or_email")),
        ({"contact": "Li", "phone": "138"}, ("need",)),
    ],
)
def test_what_it_takes_to_pass(lead: dict[str, str], missing: tuple[str, ...]) -> None:
    assert missing_to_pass(lead, Settings()) == missing


def test_a_vague_need_passes_unless_the_settings_are_strict() -> None:
    lead = {"contact": "Li", "phone": "138", "need": "something", "need_clarity": "vague"}
    strict = Settings(screening=Settings().screening.but(strict=True))
    assert missing_to_pass(lead, Settings()) == ()
    assert missing_to_pass(lead, strict) == ("need_clarity",)
    assert missing_to_pass({**lead, "need_clarity": "concrete"}, strict) == ()


def test_what_it_takes_to_convert() -> None:
    assert missing_to_convert(WHOLE) == ("company", "industry", "company_size", "title")
    whole = {**WHOLE, "company": "Nova", "industry": "steel", "company_size": "large", "title": "CTO"}
    assert missing_to_convert(whole) == ()


def test_a_valid_lead_goes_to_work(workspace: Workspace) -> None:
    lead = add(workspace)
    judge(workspace, [lead], "valid")
    assert get(workspace, lead, "status", "screened_at", "due_kind") == ("working", NOW, "first_contact")


def test_an_incomplete_lead_does_not_pass_and_nothing_is_changed(workspace: Workspace) -> None:
    good, bad, worse = (
        add(workspace),
        add(workspace, phone="", need=""),
        add(workspace, contact="", company="N"),
    )
    with pytest.raises(
        LeadTUIError, match=r"L-\w{6} can't pass yet: it lacks a phone or a mail, a need.*1 more"
    ):
        judge(workspace, [good, bad, worse], "valid")
    assert get(workspace, good, "status", "screened_at") == ("new", None)


def test_a_lead_to_watch_gets_a_second_look_at_the_next_screening(workspace: Workspace) -> None:
    lead = add(workspace, need="")
    judge(workspace, [lead], "watch", "vague_need", "asks\x1b[2J around")
    morning = to_milliseconds(datetime(2026, 11, 21, 10, tzinfo=UTC))
    columns = ("status", "status_reason", "status_note", "next_step", "next_due", "wake_at")
    assert get(workspace, lead, *columns) == (
        "watch", "vague_need", "asks around", "second look", morning, morning,
    )  # fmt: skip


def test_a_plan_that_stands_is_kept_when_a_lead_is_watched(workspace: Workspace) -> None:
    lead = add(workspace, next_step="call", next_due=NOW + 9)
    judge(workspace, [lead], "watch")
    assert get(workspace, lead, "next_step", "next_due") == ("call", NOW + 9)


@pytest.mark.parametrize("verdict", ["invalid", "lost"])
def test_closing_a_lead_takes_a_reason(workspace: Workspace, verdict: str) -> None:
    lead = add(workspace, next_step="call", next_due=NOW + 9)
    with pytest.raises(FieldProblems, match="Say why"):
        judge(workspace, [lead], verdict, " ")
    judge(workspace, [lead], verdict, "no_budget", "next year")
    assert get(workspace, lead, "status", "status_reason", "open", "next_due") == (
        verdict,
        "no_budget",
        0,
        None,
    )
    judge(workspace, [lead], "valid")
    assert get(workspace, lead, "status", "status_reason", "open") == ("working", "", 1)


def test_a_lead_can_be_returned_to_the_pool(workspace: Workspace) -> None:
    lead = add(workspace)
    judge(workspace, [lead], "recycled")
    assert get(workspace, lead, "status", "open") == ("recycled", 0)


def test_passing_again_leaves_a_lead_where_it_is(workspace: Workspace) -> None:
    lead = add(workspace)
    with workspace.act("x") as act:
        act.connection.execute("UPDATE lead SET status = 'qualified' WHERE id = ?", (lead,))
    judge(workspace, [lead], "valid")
    assert get(workspace, lead, "status") == ("qualified",)


@pytest.mark.parametrize(("status", "words"), [("merged", "another lead"), ("converted", "its customer")])
def test_what_became_something_else_is_not_screened(workspace: Workspace, status: str, words: str) -> None:
    lead = add(workspace)
    with workspace.act("x") as act:
        act.connection.execute("UPDATE lead SET status = ? WHERE id = ?", (status, lead))
    with pytest.raises(LeadTUIError, match=words):
        judge(workspace, [lead], "invalid", "price")


def test_an_unknown_verdict_is_a_wrong_use(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="valid, watch"):
        judge(workspace, [add(workspace)], "maybe")
