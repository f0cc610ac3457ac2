"""What a user decided about the columns of a file, remembered for the next file with the same header row."""

from __future__ import annotations

import json
import sqlite3

from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.words.fields import IGNORED


def remember(connection: sqlite3.Connection, plan: FilePlan) -> None:
    """Keep a plan's mapping, when the user had a hand in it."""
    columns = plan.mapping.columns
    if any(column.how == "user" for column in columns):
        fields = json.dumps([column.field for column in columns])
        connection.execute(
            "INSERT OR REPLACE INTO import_mapping (header, mapping) VALUES (?, ?)",
            (plan.mapping.signature, fields),
        )


def as_remembered(connection: sqlite3.Connection, plan: FilePlan) -> FilePlan:
    """The plan with the mapping that was kept for its header row; columns the user named just now stay."""
    row = connection.execute(
        "SELECT mapping FROM import_mapping WHERE header = ?", (plan.mapping.signature,)
    ).fetchone()
    fields = json.loads(row[0]) if row else []
    known = {*plan.mapping.fields, *plan.mapping.own_fields, IGNORED, ""}
    if len(fields) != len(plan.mapping.columns) or not known.issuperset(fields):
        return plan
    named = {column.field for column in plan.mapping.columns if column.how == "user"}
    for column, field in zip(plan.mapping.columns, fields, strict=True):
        if column.how != "user" and field != column.field and field not in named - {"", IGNORED}:
            plan = plan.with_field(column.header, field)
    return plan
