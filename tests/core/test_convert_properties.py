"""Whatever a lead says, converting it loses nothing, undo gives all back, a failure leaves nothing behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from convert_world import ALL_SIGNALS, add_lead, add_record, everything, plan_of, row
from hypothesis import given, settings
from hypothesis import strategies as st

from leadtui.clock import FixedClock
from leadtui.convert.carry_out import carry_out
from leadtui.convert.choices import first_choices
from leadtui.convert.taking_back import take_back_conversion, taking_back
from leadtui.convert.values import NONE, Choices, Plan
from leadtui.exporting.reading import lead_values
from leadtui.exporting.table import lead_cells
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.settings import Settings
from leadtui.store.columns import LEAD_TEXT
from leadtui.values import CUSTOM
from leadtui.workspace import Workspace

TEXTS = tuple(
    name
    for name in LEAD_TEXT
    if name
    not in {
        *("number", "status", "status_reason", "batch_id", "merged_into"),
        *("customer_id", "contact_id", "opportunity_id"),
    }
)
MOVED = {"status", "status_note", "next_step", "next_due"}
"""What a conversion changes of a lead."""
FIELDS = (
    FieldDefinition("words", "Words"),
    FieldDefinition("seats", "Seats", "number"),
    FieldDefinition("start", "Start", "date"),
    FieldDefinition("plan", "Plan", "choice", ("basic", "full")),
    FieldDefinition("vip", "VIP", "yes_no"),
)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
custom = st.fixed_dictionaries(
    {},
    optional={
        "words": anything.filter(bool),
        "seats": st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False),
        "start": st.dates().map(str) | st.just("soon"),
        "plan": st.sampled_from(["basic", "full", "Full", "other"]),
        "vip": st.booleans(),
        "unknown": anything.filter(bool),
    },
)
amounts = st.none() | st.integers(0, 10**12)


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with closing(Workspace.open(tmp_path / "leads.db", Settings(), clock, "ana")) as opened:
        opened.maintain()
        for record in ("lead", "customer"):
            with opened.act("Fields") as act:
                define_fields(act, FIELDS, record)
        yield opened


def raw_lead(
    workspace: Workspace, columns: dict[str, object], values: dict[str, object], tags: set[str]
) -> str:
    """A lead with any texts whatever, as another tool may have written them."""
    lead_id = add_lead(workspace)
    with workspace.act("Raw") as act:
        texts = {**columns, "custom": json.dumps(values, ensure_ascii=False)}
        assignments = ", ".join(f"{name} = ?" for name in texts)
        act.connection.execute(f"UPDATE lead SET {assignments} WHERE id = ?", (*texts.values(), lead_id))
        act.connection.executemany(
            "INSERT INTO tag (id, lead_id, name) VALUES (?, ?, ?)",
            ((act.new_id(), lead_id, name) for name in tags),
        )
        log_follow_up(act, [lead_id], {"channel": "phone", "result": "reached", "content": "hello"})
    return lead_id


def unblocked(workspace: Workspace, lead_id: str, choices: Choices) -> Plan:
    """The plan with what doesn't fit sent nowhere, as a rep would do it, and every name filled in."""
    given: dict[str, str] = {}
    mapping: dict[str, str] = {}
    for _round in range(4):
        plan = plan_of(workspace, lead_id, choices._replace(given=given, mapping=mapping))
        if not plan.blocked:
            return plan
        for blocked in plan.blocked:
            if blocked.where.endswith(".name"):
                given[blocked.where] = "Somebody"
            else:
                mapping[blocked.where] = ""
    raise AssertionError(plan.blocked)


def exported(workspace: Workspace, lead_id: str) -> dict[str, Any]:
    with workspace.read() as connection:
        (seq,) = connection.execute("SELECT seq FROM lead WHERE id = ?", (lead_id,)).fetchone()
        (lead,) = lead_values(connection, [seq])
        cells = lead_cells(lead, workspace.zone) | {"custom": lead.columns["custom"]}
    return {name: cell for name, cell in cells.items() if name not in MOVED | {"tier", "score"}}


def test_nothing_is_lost_and_everything_comes_back(workspace: Workspace) -> None:
    existing = add_record(
        workspace, "customer", name="Halden", industry="optics", notes="old", budget_min=100, currency="CNY"
    )

    @settings(max_examples=50)
    @given(
        columns=st.dictionaries(st.sampled_from(TEXTS), anything, max_size=12),
        values=custom,
        tags=st.sets(anything.filter(bool), max_size=3),
        low=amounts,
        high=amounts,
        into=st.booleans(),
        deal=st.booleans(),
    )
    def check(
        columns: dict[str, object],
        values: dict[str, object],
        tags: set[str],
        low: int | None,
        high: int | None,
        into: bool,
        deal: bool,
    ) -> None:
        columns = {**columns, "budget_min": low, "budget_max": high}
        lead_id = raw_lead(workspace, columns, values, tags)
        before = everything(workspace.path)
        kept = exported(workspace, lead_id)
        lead = row(workspace, "lead", lead_id)
        with workspace.read() as connection:
            choices = first_choices(connection, lead_id, workspace.settings)
        choices = choices._replace(
            customer=existing if into else "new",
            opportunity="new" if deal else NONE,
            reason="because",
            same_name=True,
            same_contact=True,
        )
        plan = unblocked(workspace, lead_id, choices)
        with workspace.act("Convert") as act:
            made = carry_out(act, plan)
        ids = {"customer": made.customer.id}
        ids |= {"contact": made.contact.id} if made.contact else {}
        ids |= {"opportunity": made.opportunity.id} if made.opportunity else {}
        _holds_what_the_plan_said(workspace, plan, ids)
        _snapshot_has_it_all(workspace, lead, plan, made.customer.id)
        assert exported(workspace, lead_id) == kept
        workspace.undo()
        assert everything(workspace.path) == before
        workspace.redo()
        with workspace.read() as connection:
            back = taking_back(connection, lead_id, workspace.zone)
        with workspace.act("Take back") as act:
            take_back_conversion(act, back)
        after = everything(workspace.path)
        after["conversion_mapping"] = before["conversion_mapping"]
        assert after == before
        assert back.kept == ()
        with workspace.act("Away") as act:
            for table in ("activity", "tag", "conversion_mapping", "lead"):
                act.connection.execute(f"DELETE FROM {table}")

    check()


def _holds_what_the_plan_said(workspace: Workspace, plan: Plan, ids: dict[str, str]) -> None:
    for line in plan.lines:
        record, _dot, name = line.target.partition(".")
        if line.stored is None or name == "tags":
            assert line.effect in {"kept", "conflict", "dropped"} or name == "tags"
            continue
        cells = row(workspace, record, ids[record])
        found = (
            json.loads(str(cells["custom"]))[name.removeprefix(CUSTOM)]
            if name.startswith(CUSTOM)
            else cells[name]
        )
        assert found == line.stored, line


def _snapshot_has_it_all(workspace: Workspace, lead: dict[str, Any], plan: Plan, customer: str) -> None:
    """Every value that isn't empty, to the letter."""
    snapshots = json.loads(str(row(workspace, "customer", customer)["source_snapshot"]))
    snapshot = snapshots[plan.lead_number]
    derived = {"seq", "rank", "score", "custom"}
    for name in (*TEXTS, "budget_min", "budget_max", "acquired_at"):
        if name not in derived and lead[name] not in ("", None, 0):
            assert snapshot[name] == lead[name]
    assert snapshot.get("custom", {}) == json.loads(lead["custom"])
    shown = {line.source for line in plan.lines}
    assert all(CUSTOM + key in shown for key in json.loads(lead["custom"]))


class FailingConnection:
    """A connection whose `nth` statement fails."""

    def __init__(self, connection: sqlite3.Connection, nth: int) -> None:
        self._connection = connection
        self.left = nth

    def __getattr__(self, name: str) -> Any:
        found: Callable[..., Any] = getattr(self._connection, name)
        if name not in {"execute", "executemany"}:
            return found

        def counted(*arguments: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise sqlite3.OperationalError("disk I/O error")
            return found(*arguments)

        return counted


@pytest.mark.parametrize("what", ["convert", "take back"])
def test_a_failure_at_any_statement_leaves_nothing_behind(workspace: Workspace, what: str) -> None:
    customer = add_record(workspace, "customer", name="Nova", owner="ben", next_step="visit")
    lead_id = add_lead(workspace, signals=ALL_SIGNALS, custom={"seats": 4})
    other = add_lead(workspace, contact="Wang Fang", email="", phone="")
    plan = plan_of(
        workspace,
        lead_id,
        customer=customer,
        others=(other,),
        reason="because",
        mapping={"customer.focus": "need"},
    )
    if what == "take back":
        with workspace.act("Convert") as act:
            carry_out(act, plan)
    before = everything(workspace.path)
    failed = 0
    for nth in range(1, 2000):
        try:
            with workspace.act("Fail") as act:
                failing = FailingConnection(act.connection, nth)
                act.connection = failing  # type: ignore[assignment]
                if what == "convert":
                    carry_out(act, plan)
                else:
                    take_back_conversion(act, taking_back(act.connection, lead_id, act.zone))
        except Exception:
            failed += 1
            assert everything(workspace.path) == before
            continue
        assert failing.left > 0
        break
    assert failed > 40
    assert everything(workspace.path) != before


def test_an_interruption_at_any_point_of_the_act_leaves_nothing_behind(workspace: Workspace) -> None:
    lead_id = add_lead(workspace)
    plan = plan_of(workspace, lead_id)
    before = everything(workspace.path)
    for limit in (*range(1, 40), *range(40, 100_000, 15)):
        steps = 0

        def count(limit: int = limit) -> int:
            nonlocal steps
            steps += 1
            return int(steps >= limit)

        connection: sqlite3.Connection | None = None
        try:
            with workspace.act("Convert") as act:
                connection = act.connection
                connection.set_progress_handler(count, 20)
                carry_out(act, plan)
        except Exception:
            assert connection is not None
            # Where taking it back was interrupted too, the connection was closed.
            with suppress(sqlite3.ProgrammingError):
                connection.set_progress_handler(None, 0)
            assert everything(workspace.path) == before
            continue
        break
    assert limit > 100
    assert row(workspace, "lead", lead_id)["status"] == "converted"
