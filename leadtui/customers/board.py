"""Opportunities by stage (R111): what stands in each column, and what it is worth together."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from leadtui.clock import Today
from leadtui.customers.codes import STAGES
from leadtui.customers.filters import record_filter
from leadtui.customers.lists import THERE, rows
from leadtui.customers.rows import RecordRow

_SHOWN = 200
"""Cards of a column that are read: the best, or the latest of those that are over."""
_BEST = "grade = '', grade, expected_close IS NULL, expected_close, seq"
_LATEST = "stage_at DESC, seq DESC"


class BoardColumn(NamedTuple):
    """One stage."""

    stage: str
    total: int
    sums: tuple[tuple[str, int], ...]
    """The amounts together, by currency, the largest number of them first; those without one aren't in it."""
    rows: tuple[RecordRow, ...]


def board(
    connection: sqlite3.Connection, today: Today, me: str, filter_text: str = ""
) -> tuple[BoardColumn, ...]:
    """All stages in their order, narrowed by a filter line."""
    wanted = record_filter("opportunity", filter_text, today, me)
    where = " AND ".join(f"({one})" for one in (THERE["opportunity"], wanted.where) if one)
    totals: dict[str, int] = dict.fromkeys(STAGES, 0)
    sums: dict[str, list[tuple[str, int]]] = {stage: [] for stage in STAGES}
    for stage, currency, count, amount in connection.execute(
        f"""SELECT stage, CASE WHEN amount IS NULL THEN '' ELSE currency END AS unit, count(*), sum(amount)
            FROM opportunity WHERE {where} GROUP BY stage, unit ORDER BY count(*) DESC, unit""",
        wanted.parameters,
    ):
        if stage in totals:
            totals[stage] += count
            sums[stage] += [(currency, amount)] if amount is not None else []
    return tuple(
        BoardColumn(
            stage, totals[stage], tuple(sums[stage]), _cards(connection, stage, where, wanted.parameters)
        )
        for stage in STAGES
    )


def _cards(
    connection: sqlite3.Connection, stage: str, where: str, parameters: dict[str, object]
) -> tuple[RecordRow, ...]:
    order = _LATEST if stage in ("won", "lost") else _BEST
    seqs = [
        seq
        for (seq,) in connection.execute(
            f"SELECT seq FROM opportunity WHERE {where} AND stage = :stage ORDER BY {order} LIMIT {_SHOWN}",
            {**parameters, "stage": stage},
        )
    ]
    found = rows(connection, "opportunity", seqs)
    return tuple(found[seq] for seq in seqs)
