"""Converting a lead with 40 custom fields and 500 activities: the plan, and the act with its commit.

The floor runs the very statements of the act with nothing but `sqlite3`, on a copy of the same file.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from contextlib import closing
from itertools import groupby
from pathlib import Path

from measure import median, p95, table

from leadtui.clock import SystemClock
from leadtui.convert.carry_out import carry_out
from leadtui.convert.choices import first_choices
from leadtui.convert.plan import make_plan
from leadtui.convert.suggestions import suggest_customers
from leadtui.convert.values import Plan
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.qualify.leads import create_lead
from leadtui.qualify.signals import set_signals
from leadtui.settings import Settings
from leadtui.store.opening import connect
from leadtui.workspace import Workspace

FIELDS = 40
ACTIVITIES = 500
KINDS = ("text", "number", "date", "choice", "yes_no")
VALUES = ("text 王芳", 12, "2026-12-03", "full", True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=20, help="how often it is measured (20)")
    options = parser.parse_args()
    plans, acts, floors = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.db"
        with closing(Workspace.open(path, Settings(), SystemClock(), "ana")) as workspace:
            workspace.maintain()
            _define(workspace)
            for run in range(options.runs + 1):
                lead_id = _lead(workspace, run)
                copy = Path(shutil.copy(path, Path(folder) / "copy.db"))
                start = time.perf_counter()
                plan = _plan(workspace, lead_id)
                planned = time.perf_counter()
                statements = _convert(workspace, plan)
                done = time.perf_counter()
                if run:  # the first one imports what it needs
                    plans.append((planned - start) * 1000)
                    acts.append((done - planned) * 1000)
                    floors.append(_replay(copy, statements))
    rows = [
        {"what": "suggestions and plan", "p50 ms": median(plans), "p95 ms": p95(plans), "goal": 100},
        {"what": "act with commit", "p50 ms": median(acts), "p95 ms": p95(acts), "goal": 100},
        {"what": "its statements alone", "p50 ms": median(floors), "p95 ms": p95(floors), "goal": ""},
        {"what": "ratio", "p50 ms": median(acts) / median(floors), "p95 ms": "", "goal": 3},
    ]
    table(f"Converting a lead with {FIELDS} custom fields and {ACTIVITIES} activities", rows)


def _define(workspace: Workspace) -> None:
    with workspace.act("Fields") as act:
        for record in ("lead", "customer"):
            define_fields(
                act,
                (
                    FieldDefinition(f"f{number}", f"Field {number}", KINDS[number % 5], ("basic", "full"))
                    for number in range(FIELDS)
                ),
                record,
            )


def _lead(workspace: Workspace, run: int) -> str:
    with workspace.act("New lead") as act:
        lead_id = create_lead(
            act,
            {
                "source_channel": "expo",
                "company": f"启明 Robotics {run}",
                "contact": f"Li Wei {run}",
                "email": f"li@firm{run}.example",
                "need": "ERP",
                "budget_max": 50_000_000,
                "custom": {f"f{number}": VALUES[number % 5] for number in range(FIELDS)},
            },
        )
        set_signals(act, [lead_id], dict.fromkeys(("intent", "budget", "demo", "timeline"), True))
        act.connection.executemany(
            """INSERT INTO activity (id, lead_id, at, channel, result, content, author)
               VALUES (?, ?, ?, 'phone', 'reached', 'wants a quote', 'ana')""",
            [(act.new_id(), lead_id, act.now - number * 60_000) for number in range(ACTIVITIES)],
        )
    return lead_id


def _plan(workspace: Workspace, lead_id: str) -> Plan:
    with workspace.read() as connection:
        suggest_customers(connection, lead_id)
        choices = first_choices(connection, lead_id, workspace.settings)
        return make_plan(connection, lead_id, choices, workspace.settings, workspace.zone)


def _convert(workspace: Workspace, plan: Plan) -> list[str]:
    """Carry it out; returns its statements, each once: SQLite tells one again for each of its triggers."""
    statements: list[str] = []
    with workspace.act("Convert") as act:
        act.connection.set_trace_callback(statements.append)
        connection = act.connection
        carry_out(act, plan)
    connection.set_trace_callback(None)
    once = (one for one, _again in groupby(statements))
    return [statement for statement in once if not statement.startswith(("--", "BEGIN", "COMMIT"))]


def _replay(path: Path, statements: list[str]) -> float:
    """How long the statements take alone, in ms."""
    with closing(connect(path)) as connection:
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement).fetchall()
        connection.execute("COMMIT")
        return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
