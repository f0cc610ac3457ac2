"""Puts sample leads into a file, a million of them if need be, as if they had been worked on for weeks.

The rows are written at once instead of lead by lead through the verbs; `refresh_all` then computes everything
derived. Their journal entry isn't an act, so that the first undo in a demo doesn't take the demo away.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice

from leadtui.clock import MINUTE
from leadtui.demo.parts import SampleLead
from leadtui.demo.sample import sample_leads
from leadtui.i18n import gettext as _
from leadtui.refresh import refresh_all
from leadtui.store.columns import (
    JOURNALED_TABLES,
    LEAD_FLAGS,
    LEAD_JOURNALED,
    LEAD_NUMBERS,
    LEAD_TEXT,
    PARENTS,
)
from leadtui.store.ids import lead_number, name_id, new_id
from leadtui.store.journal import close_entry, open_entry
from leadtui.store.opening import connect
from leadtui.store.writing import transaction
from leadtui.values import Progress, untold
from leadtui.workspace import Workspace

_CHUNK = 5_000
_EMPTY = {
    **dict.fromkeys(LEAD_TEXT, ""),
    **dict.fromkeys(LEAD_FLAGS, 0),
    **dict.fromkeys(LEAD_NUMBERS),
    "custom": "{}",
}
_EMPTY_ACTIVITY = {
    **dict.fromkeys(JOURNALED_TABLES["activity"], ""),
    **dict.fromkeys((*PARENTS, "duration_minutes", "next_due", "deleted_at")),
    "next_due_all_day": 0,
}

Row = dict[str, object]


def fill(workspace: Workspace, count: int, progress: Progress = untold) -> None:
    """Add `count` sample leads to an open database, in one transaction."""
    now, zone, me = workspace.clock.now(), workspace.zone, workspace.user
    with closing(connect(workspace.path)) as connection, transaction(connection):
        entry, _moment = open_entry(connection, _("Sample leads"), me, now, kind="outside")
        _define_fields(connection)
        (replica, first) = connection.execute(
            "SELECT replica, (SELECT coalesce(max(seq), 0) FROM lead) FROM journal_state"
        ).fetchone()
        leads = enumerate(sample_leads(count, now, zone), first + 1)
        while chunk := list(islice(leads, _CHUNK)):
            _insert(connection, [_rows(lead, lead_number(seq, replica), now, me) for seq, lead in chunk])
            progress(chunk[-1][0] - first, count)
        close_entry(connection, entry)
        refresh_all(connection, workspace.settings, now, zone, progress)


def _rows(lead: SampleLead, number: str, now: int, me: str) -> tuple[Row, list[Row], list[Row]]:
    """The lead, its activities and its tags, as rows."""
    lead_id = new_id(now)
    acquired = int(str(lead.draft["acquired_at"]))
    planned = lead.follow_ups[-1] if lead.follow_ups else {}
    row = {
        **_EMPTY,
        **lead.draft,
        **{name: str(lead.draft.get(name, "")).replace(" ", "") for name in ("phone", "mobile")},
        **{f"signal_{name}": 1 for name in lead.signals},
        "id": lead_id,
        "number": number,
        "owner": me,
        "created_by": me,
        "created_at": min(acquired + 20 * MINUTE, now),
        "snoozed_until": lead.snoozed_until,
        "custom": json.dumps(dict(lead.custom), ensure_ascii=False),
        "next_step": planned.get("next_step", ""),
        "next_due": planned.get("next_due"),
        "next_due_all_day": planned.get("next_due_all_day", False),
        **_status(lead, now),
    }
    events: Iterable[Row] = (
        {"at": at, "kind": "engagement", "channel": event, "author": ""} for event, at in lead.engagements
    )
    follow_ups: Iterable[Row] = ({**draft, "kind": "follow_up", "author": me} for draft in lead.follow_ups)
    activities = [
        {**_EMPTY_ACTIVITY, **activity, "id": new_id(now), "lead_id": lead_id}
        for activity in (*events, *follow_ups)
    ]
    tags: list[Row] = [
        {"id": name_id("tag", lead_id, name.casefold()), "lead_id": lead_id, "name": name}
        for name in lead.tags
    ]
    return row, activities, tags


def _status(lead: SampleLead, now: int) -> Row:
    """The status that the lead's story leads to."""
    if lead.verdict is not None:
        verdict, reason, note = lead.verdict
        return {"status": verdict, "status_reason": reason, "status_note": note, "screened_at": now}
    if not lead.follow_ups:
        return {"status": "new"}
    if lead.follow_ups[-1]["result"] == "not_interested":
        return {"status": "lost", "status_reason": "price", "screened_at": now}
    return {"status": "working", "screened_at": lead.follow_ups[0]["at"]}


def _insert(connection: sqlite3.Connection, leads: list[tuple[Row, list[Row], list[Row]]]) -> None:
    activities = (row for _lead, rows, _tags in leads for row in rows)
    tags = (row for _lead, _activities, rows in leads for row in rows)
    _write(connection, "lead", LEAD_JOURNALED, (lead for lead, _activities, _tags in leads))
    _write(connection, "activity", JOURNALED_TABLES["activity"], activities)
    _write(connection, "tag", ("id", "lead_id", "name"), tags)


def _write(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterator[Row]) -> None:
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
        ([row[name] for name in columns] for row in rows),
    )


def _define_fields(connection: sqlite3.Connection) -> None:
    """Two fields of the user's own, as somebody selling software would define them."""
    for key, label, kind in (("system", _("Current system"), "text"), ("seats", _("Seats"), "number")):
        connection.execute(
            "INSERT OR IGNORE INTO custom_field (id, entity, key, label, kind) VALUES (?, 'lead', ?, ?, ?)",
            (name_id("custom_field", "lead", key), key, label, kind),
        )
