"""The history of a record, as people read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leadtui.customers.changes import told_history
from leadtui.customers.records import create_record
from leadtui.followup.activities import log_follow_up
from leadtui.i18n import use_language
from leadtui.labels import LABELS, label
from leadtui.qualify.leads import add_tags, create_lead, edit_leads
from leadtui.qualify.merging.merge import merge, read_plan
from leadtui.qualify.signals import set_signals
from leadtui.store.act import Act
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.workspace import Workspace

DAY = 86_400_000
MIDNIGHT = 1_795_305_600_000  # 2026-11-22 00:00 UTC
BUDGET = {"budget_max": 5_000_000, "currency": "EUR"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture
def nova(workspace: Workspace) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {"company": "Nova", "source_channel": "expo", **BUDGET})


def newest(workspace: Workspace, lead_id: str) -> dict[str, str]:
    """What the last act changed."""
    with workspace.read() as connection:
        told = told_history(connection, "lead", lead_id, workspace.settings, workspace.zone)
    return {change.what: change.text for change in told[0][1]}


def test_values_are_told_in_words(workspace: Workspace, nova: str) -> None:
    with workspace.act("Edit lead") as act:
        edit_leads(act, [nova], {"budget_max": 8_000_000, "currency": "EUR", "role": "influencer"})
        edit_leads(act, [nova], {"next_step": "call", "next_due": MIDNIGHT + DAY, "next_due_all_day": True})
        set_signals(act, [nova], {"budget": True})
    assert newest(workspace, nova) == {
        "Budget to": "50,000 EUR → 80,000 EUR",
        "Role": "empty → influencer",
        "Next step": "empty → call",
        "Next due": "empty → 2026-11-23",
        "Signal: budget": "no → yes",
    }


def test_what_came_and_went_is_named(workspace: Workspace, nova: str) -> None:
    with workspace.act("Log follow-up") as act:
        log_follow_up(act, [nova], {"channel": "phone", "result": "reached", "content": "wants a demo"})
        add_tags(act, [nova], ["vip"])
    told = newest(workspace, nova)
    assert told["activity created"] == "phone, reached, wants a demo"
    assert told["tag created"] == "vip"
    workspace.undo()
    told = newest(workspace, nova)
    assert told["activity removed"] == "phone, reached, wants a demo"
    with workspace.read() as connection:
        entries = told_history(connection, "lead", nova, workspace.settings, workspace.zone)
    assert ("activity created", "phone, reached, wants a demo") in entries[1][1]
    assert told["tag removed"] == "vip"


def test_fields_of_ones_own_are_told_by_their_names(workspace: Workspace, nova: str) -> None:
    with workspace.act("Import") as act:
        act.connection.execute(
            "INSERT INTO custom_field (id, entity, key, label, kind)"
            " VALUES ('f', 'lead', 'seats', 'Seats', 'text')"
        )
        act.connection.execute("UPDATE lead SET custom = ? WHERE id = ?", ('{"seats": "40"}', nova))
    assert newest(workspace, nova) == {"Seats": "empty → 40"}


def test_other_records_are_called_by_their_numbers(workspace: Workspace, nova: str) -> None:
    def twin(act: Act) -> str:
        return create_lead(act, {"company": "Nova", "contact": "Li Wei", "source_channel": "expo"})

    with workspace.act("New lead") as act:
        other = twin(act)
    with workspace.act("Merge") as act:
        merge(act, read_plan(act.connection, "lead", [nova, other], into=nova))
    with workspace.read() as connection:
        (number,) = connection.execute("SELECT number FROM lead WHERE id = ?", (nova,)).fetchone()
    assert newest(workspace, other)["Merged into"] == f"empty → {number}"


def test_codes_are_told_in_the_language_of_the_screen(workspace: Workspace, nova: str) -> None:
    with workspace.act("Edit lead") as act:
        edit_leads(act, [nova], {"timing": "later"})
    use_language("zh_CN")
    assert newest(workspace, nova) == {label("field", "timing"): f"空 → {label('timing', 'later')}"}
    assert label("timing", "later") != "later"


def test_every_column_that_may_be_told_has_a_name() -> None:
    for record in ("lead", "customer", "contact", "opportunity", "task", "objection", "playbook_run"):
        for column in JOURNALED_TABLES[record]:
            untold = {"id", "custom", "run_id", "template", "due_all_day", "source_snapshot", "playbook"}
            assert column in LABELS["field"] or column in untold, (record, column)


def test_an_opportunity_is_called_by_its_number_too(workspace: Workspace, nova: str) -> None:
    with workspace.act("Convert") as act:
        customer = create_record(act, "customer", {"name": "Nova"})
        deal = create_record(act, "opportunity", {"name": "ERP", "customer_id": customer})
        act.connection.execute("UPDATE lead SET opportunity_id = ? WHERE id = ?", (deal, nova))
        (number,) = act.connection.execute("SELECT number FROM opportunity").fetchone()
    assert newest(workspace, nova) == {label("field", "opportunity_id"): f"empty → {number}"}
