from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.clock import FixedClock
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.qualify.drafts import LeadDraft, checked
from leadtui.qualify.leads import add_tags, create_lead, edit_leads, remove_tags, set_custom
from leadtui.qualify.owners import change_owner
from leadtui.qualify.signals import set_bant, set_signals
from leadtui.qualify.tier import choose_tier
from leadtui.settings import CustomField, Settings
from leadtui.workspace import Workspace

NOW = 1_795_344_120_000
LEAD = {"source_channel": "expo", "company": "Nova Robotics"}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    fields = (
        CustomField(key="seats", label="Seats", kind="number"),
        CustomField(key="end", label="End", kind="date"),
        CustomField(key="plan", label="Plan", kind="choice", choices=("basic", "pro")),
        CustomField(key="vip", label="VIP", kind="yes_no"),
    )
    opened = Workspace.open(tmp_path / "leads.db", Settings(fields=fields), FixedClock(NOW), "ana")
    yield opened
    opened.close()


def add(workspace: Workspace, **values: Any) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {**LEAD, **values})


def get(workspace: Workspace, lead_id: str, *columns: str) -> tuple[Any, ...]:
    with workspace.read() as connection:
        row = connection.execute(f"SELECT {', '.join(columns)} FROM lead WHERE id = ?", (lead_id,)).fetchone()
    return tuple(row)


def custom(workspace: Workspace, lead_id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(workspace, lead_id, "custom")[0])
    return found


def tags(workspace: Workspace, lead_id: str) -> set[str]:
    with workspace.read() as connection:
        return {name for (name,) in connection.execute("SELECT name FROM tag WHERE lead_id = ?", (lead_id,))}


def problems(workspace: Workspace, **values: Any) -> dict[str, str]:
    with pytest.raises(FieldProblems) as caught:
        add(workspace, **values)
    with workspace.read() as connection:
        assert connection.execute("SELECT count(*) FROM lead").fetchone() == (0,)
    return caught.value.problems


def test_a_new_lead_is_complete_and_stands_in_the_inbox(workspace: Workspace) -> None:
    who = {"contact": "Li\tWei", "title": "CTO", "phone": "138 1234 5678", "email": " Li@Nova.Example "}
    more = {"tags": ["#Fair", "fair", "ERP"], "custom": {"seats": "12"}, "colour": "red"}
    lead = add(workspace, **who, **more, budget_max=50_000_00)
    columns = ("contact", "phone", "email", "currency", "status", "owner", "created_by")
    assert get(workspace, lead, *columns) == (
        "Li Wei", "+8613812345678", "li@nova.example", "CNY", "new", "ana", "ana",
    )  # fmt: skip
    assert get(workspace, lead, "acquired_at", "created_at", "open", "due_kind") == (
        NOW,
        NOW,
        1,
        "first_contact",
    )
    assert get(workspace, lead, "score", "tier") == (40, "B")
    assert get(workspace, lead, "number")[0].startswith("L-")
    assert custom(workspace, lead) == {"seats": 12, "colour": "red"}
    assert tags(workspace, lead) == {"Fair", "ERP"}


def test_a_lead_needs_a_source_and_a_name(workspace: Workspace) -> None:
    assert problems(workspace, source_channel="", company="") == {
        "source_channel": "Every lead needs a source.",
        "company": "Every lead needs a company or a contact.",
    }


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("email", "ana", "no mail address"),
        ("email", "a b@c.de", "no mail address"),
        ("phone", "call me", "no phone number"),
        ("role", "boss", "decision_maker"),
        ("timing", "soon", "within_3_months"),
        ("need", "x" * 100_001, "Shorten"),
        ("company", "x" * 501, "Shorten"),
        ("company", ["x"], "Write a text"),
        ("budget_max", -1, "amount"),
        ("budget_max", 1.5, "amount"),
        ("currency", "EURO", "three letters"),
        ("asked_for_material", "maybe", "yes or no"),
        ("acquired_at", NOW + 2 * 86_400_000, "future"),
        ("score", 99, "can't be set"),
        ("id", "x", "can't be set"),
        ("status", "won", "can't be set"),
        ("seats", "many", "a number"),
        ("end", "2026-02-30", "a date"),
        ("plan", "gold", "basic, pro"),
        ("vip", "perhaps", "yes or no"),
        ("tags", ["x" * 61], "Shorten"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_kept(
    workspace: Workspace, name: str, value: object, words: str
) -> None:
    found = problems(workspace, **{name: value})
    assert words in found[name]


def test_a_budget_must_not_end_below_its_beginning(workspace: Workspace) -> None:
    assert list(problems(workspace, budget_min=5, budget_max=4)) == ["budget_max"]


def test_text_from_outside_is_made_harmless(workspace: Workspace) -> None:
    lead = add(workspace, company="No\x1b]0;x\x07va\u202e", need="one\r\ntwo\x00", remark="a\tb")
    assert get(workspace, lead, "company", "need", "remark") == ("No]0;xva", "one\ntwo", "a\tb")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+49 30 901820", "+4930901820"),
        ("(010) 6552-9988", "+861065529988"),
        ("12345", "12345"),
        ("+1 415 555 2671 ext 12", "+14155552671 x12"),
    ],
)
def test_phones_are_international_where_they_are_certain(workspace: Workspace, typed: str, kept: str) -> None:
    assert get(workspace, add(workspace, phone=typed), "phone") == (kept,)


def test_editing_changes_only_what_is_said(workspace: Workspace) -> None:
    one, other = add(workspace, need="ERP"), add(workspace)
    with workspace.act("Edit") as act:
        edit_leads(
            act, [one, other], {"industry": "steel", "colour": "blue", "tags": ["x"], "acquired_at": None}
        )
    assert get(workspace, one, "industry", "need", "company", "acquired_at") == (
        "steel",
        "ERP",
        LEAD["company"],
        NOW,
    )
    assert custom(workspace, other) == {"colour": "blue"}
    assert tags(workspace, one) == {"x"}
    assert workspace.undo() is not None
    assert get(workspace, one, "industry") == ("",)
    assert (custom(workspace, one), tags(workspace, one)) == ({}, set())


def test_a_lead_keeps_its_source_and_a_name(workspace: Workspace) -> None:
    lead = add(workspace, contact="Li")
    for changes in ({"source_channel": ""}, {"company": "", "contact": " "}):
        with pytest.raises(FieldProblems), workspace.act("Edit") as act:
            edit_leads(act, [lead], changes)
    with workspace.act("Edit") as act:
        edit_leads(act, [lead], {"company": ""})
    with pytest.raises(FieldProblems), workspace.act("Edit") as act:
        edit_leads(act, [lead], {"contact": ""})
    with workspace.act("Edit") as act:
        edit_leads(act, [lead], {"contact": "", "company": "Nova"})
    assert get(workspace, lead, "company", "contact") == ("Nova", "")


def test_custom_values_fit_their_kind_and_empty_ones_go(workspace: Workspace) -> None:
    lead = add(workspace)
    with workspace.act("Edit") as act:
        set_custom(
            act, [lead], {"seats": "1,200", "end": "2026-12-03", "plan": "pro", "vip": "yes", "free": "x"}
        )
    assert custom(workspace, lead) == {
        "seats": 1200, "end": "2026-12-03", "plan": "pro", "vip": True, "free": "x",
    }  # fmt: skip
    with workspace.act("Edit") as act:
        set_custom(act, [lead], {"seats": None, "plan": "", "vip": False})
    assert custom(workspace, lead) == {"end": "2026-12-03", "vip": False, "free": "x"}


def test_tags_come_and_go_whatever_their_case(workspace: Workspace) -> None:
    lead = add(workspace)
    with workspace.act("Tag") as act:
        add_tags(act, [lead], ["Expo", " #hot ", "expo", ""])
        add_tags(act, [lead], ["EXPO"])
    assert tags(workspace, lead) == {"Expo", "hot"}
    with workspace.act("Tag") as act:
        remove_tags(act, [lead], ["expo", "unheard of"])
    assert tags(workspace, lead) == {"hot"}


def test_owner_signals_bant_and_tier(workspace: Workspace) -> None:
    lead = add(workspace)
    with workspace.act("Change") as act:
        change_owner(act, [lead], "bo")
        set_signals(act, [lead], {"demo": True, "budget": True})
        set_bant(act, [lead], {"need": 8, "timing": None})
    assert get(workspace, lead, "owner", "signal_demo", "bant_need", "tier", "tier_source") == (
        "bo",
        1,
        8,
        "A",
        "rule",
    )
    with workspace.act("Change") as act:
        choose_tier(act, [lead], "C", "they\nwait")
        set_signals(act, [lead], {"demo": False})
    assert get(workspace, lead, "tier", "tier_source", "tier_reason", "signal_demo") == (
        "C",
        "manual",
        "they wait",
        0,
    )
    with workspace.act("Change") as act:
        choose_tier(act, [lead], "", "ignored")
    assert get(workspace, lead, "tier", "tier_source", "tier_reason") == ("B", "rule", "")


@pytest.mark.parametrize(
    ("verb", "argument"),
    [
        (set_signals, {"love": True}),
        (set_bant, {"need": 11}),
        (set_bant, {"love": 1}),
        (set_bant, {"need": True}),
    ],
)
def test_wrong_signals_are_refused(workspace: Workspace, verb: Any, argument: dict[str, Any]) -> None:
    lead = add(workspace)
    with pytest.raises(FieldProblems), workspace.act("Change") as act:
        verb(act, [lead], argument)
    with pytest.raises(FieldProblems), workspace.act("Change") as act:
        choose_tier(act, [lead], "D", "")


def test_what_is_gone_or_has_become_something_else_is_left_alone(workspace: Workspace) -> None:
    lead = add(workspace)
    with pytest.raises(LeadTUIError, match="no longer there"), workspace.act("Edit") as act:
        edit_leads(act, [lead, "nobody"], {"need": "x"})
    with workspace.act("x") as act:
        act.connection.execute("UPDATE lead SET status = 'converted' WHERE id = ?", (lead,))
    with pytest.raises(LeadTUIError, match="its customer"), workspace.act("Edit") as act:
        edit_leads(act, [lead], {"need": "x"})
    assert get(workspace, lead, "need") == ("",)


@given(
    st.dictionaries(
        st.sampled_from(sorted(LeadDraft.model_fields)),
        st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.lists(st.text(), max_size=2),
        max_size=6,
    )
)
def test_no_draft_breaks_the_check(values: dict[str, Any]) -> None:
    try:
        found = checked(LeadDraft, values)
    except FieldProblems as refused:
        assert set(refused.problems) <= set(values)
        assert all(refused.problems.values())
    else:
        assert set(found) == set(values)


def test_thousands_of_leads_are_changed_in_a_moment(workspace: Workspace) -> None:
    with workspace.act("Import") as act:
        ids = [create_lead(act, LEAD) for _ in range(1000)]
    start = time.perf_counter()
    with workspace.act("Edit") as act:
        before = time.perf_counter()
        edit_leads(act, ids, {"industry": "steel"})
        set_signals(act, ids, {"intent": True})
        add_tags(act, ids, ["x"])
        verbs = time.perf_counter() - before
    assert verbs < 2
    assert time.perf_counter() - start < 30
