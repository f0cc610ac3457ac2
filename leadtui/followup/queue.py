"""The queue: which leads a view holds, in which order, page by page.

Only the standard library is used here, because the first screen waits for it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from leadtui.clock import Today
from leadtui.store.chunks import rows_of
from leadtui.values import Filter, LeadRow, ReminderKind

VIEWS: dict[str, str] = {
    "inbox": "open = 1 AND wake_at <= :day_end",
    "waiting": "open = 1 AND wake_at > :day_end",
    "overdue": "open = 1 AND due_at < :now",
    "today": "open = 1 AND due_at >= :now AND due_at <= :day_end",
    "new": "status = 'new'",
    "watch": "status = 'watch'",
    "pool": "status = 'recycled'",
    "retry": "status IN ('recycled', 'lost') AND retry_at <= :day_end",
    "converted": "status = 'converted'",
    "closed": "status IN ('invalid', 'lost', 'merged')",
    "open": "open = 1",
    "all": "1",
}
"""What each view holds, as a condition over the columns of `ix_inbox`; `retry` looks at few leads more."""

_ROW = """lead.seq, lead.id, lead.number, lead.tier, lead.score, lead.status, lead.company, lead.contact,
lead.title, lead.next_step, lead.next_due, lead.next_due_all_day, lead.due_at, lead.due_kind, lead.owner"""
_WIDTH = 9
"""Digits of a row number in an `Order`: enough for a billion leads."""


class Query(NamedTuple):
    """Which leads are wanted: a view, narrowed by a filter."""

    view: str = "inbox"
    filter: Filter = Filter()


class Counts(NamedTuple):
    """The numbers of the header."""

    views: Mapping[str, int]
    """How many leads each of the views holds that were asked for."""
    handled: int
    """Leads with an activity of ours since the day began."""
    empty: bool
    """Whether there is no lead at all."""


class Order:
    """The frozen order of a whole view: row numbers, nine digits each, in one string.

    A million leads take nine megabytes and no parsing.
    """

    def __init__(self, digits: str) -> None:
        self._digits = digits

    def __len__(self) -> int:
        return len(self._digits) // _WIDTH

    def seq(self, index: int) -> int:
        """The row number at a place; IndexError outside."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        return int(self._digits[index * _WIDTH : (index + 1) * _WIDTH])

    def seqs(self, start: int, stop: int) -> list[int]:
        """The row numbers of the places from `start` to before `stop`."""
        digits = self._digits[max(start, 0) * _WIDTH : max(stop, 0) * _WIDTH]
        return [int(digits[at : at + _WIDTH]) for at in range(0, len(digits), _WIDTH)]

    def index(self, seq: int) -> int | None:
        """The place of a row number, or None."""
        wanted = f"{seq:0{_WIDTH}d}"
        at = self._digits.find(wanted)
        while at >= 0 and at % _WIDTH:
            at = self._digits.find(wanted, at + 1)
        return at // _WIDTH if at >= 0 else None

    @classmethod
    def of(cls, seqs: Sequence[int]) -> Order:
        """The order of the given row numbers."""
        return cls("".join(f"{seq:0{_WIDTH}d}" for seq in seqs))


def first_page(
    connection: sqlite3.Connection, query: Query, today: Today, me: str, limit: int = 64
) -> list[LeadRow]:
    """The first rows of a query, in inbox order."""
    source, place, parameters = _source(query, today, me)
    statement = f"""SELECT {_ROW} FROM (SELECT lead.seq AS wanted, {place} AS place {source}
        ORDER BY {place} LIMIT :limit) JOIN lead ON lead.seq = wanted ORDER BY place"""
    found = connection.execute(statement, {**parameters, "limit": limit})
    return _with_tasks(connection, [_row(values) for values in found])


def order(connection: sqlite3.Connection, query: Query, today: Today, me: str) -> Order:
    """The whole order of a query."""
    source, place, parameters = _source(query, today, me)
    (digits,) = connection.execute(
        f"""SELECT group_concat(printf('%0{_WIDTH}d', wanted), '')
            FROM (SELECT lead.seq AS wanted {source} ORDER BY {place})""",
        parameters,
    ).fetchone()
    return Order(digits or "")


def total(connection: sqlite3.Connection, query: Query, today: Today, me: str) -> int:
    """How many leads a query finds."""
    source, _place, parameters = _source(query, today, me)
    (number,) = connection.execute(f"SELECT count(*) {source}", parameters).fetchone()
    return int(number)


def rows(connection: sqlite3.Connection, seqs: Sequence[int]) -> dict[int, LeadRow]:
    """The rows with these row numbers; those that are gone are missing."""
    statement = f"SELECT {_ROW} FROM lead WHERE seq IN ({{marks}})"
    found = [_row(values) for values in rows_of(connection, statement, seqs)]
    return {row.seq: row for row in _with_tasks(connection, found)}


def ids(connection: sqlite3.Connection, seqs: Sequence[int]) -> list[str]:
    """The ids of the leads with these row numbers, in their order."""
    found = dict(rows_of(connection, "SELECT seq, id FROM lead WHERE seq IN ({marks})", seqs))
    return [found[seq] for seq in seqs if seq in found]


def shared_names(
    connection: sqlite3.Connection, seqs: Sequence[int], table: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in `table` (`tag`, `collaborator`) that all of these leads have, and that only some have."""
    names: dict[str, str] = {}
    had: Counter[str] = Counter()
    statement = f"SELECT name FROM {table} JOIN lead ON lead.id = lead_id WHERE seq IN ({{marks}})"
    for (name,) in rows_of(connection, statement, seqs):
        had[names.setdefault(name.casefold(), name)] += 1
    whole = tuple(name for name in sorted(had) if had[name] == len(seqs))
    return whole, tuple(name for name in sorted(had) if had[name] < len(seqs))


def seqs_of(connection: sqlite3.Connection, lead_ids: Sequence[str]) -> list[int]:
    """The row numbers of leads, in no order."""
    return [seq for (seq,) in rows_of(connection, "SELECT seq FROM lead WHERE id IN ({marks})", lead_ids)]


def seq_of(connection: sqlite3.Connection, lead_id: str) -> int | None:
    """The row number of a lead."""
    row = connection.execute("SELECT seq FROM lead WHERE id = ?", (lead_id,)).fetchone()
    return row[0] if row else None


def names(connection: sqlite3.Connection, lead_ids: Sequence[str]) -> list[str]:
    """What leads are called, those of them that are there: by company, contact or number."""
    called = "coalesce(nullif(company, ''), nullif(contact, ''), number)"
    found = rows_of(connection, f"SELECT {called} FROM lead WHERE id IN ({{marks}})", lead_ids)
    return [name for (name,) in found]


def counts(connection: sqlite3.Connection, today: Today, views: Iterable[str]) -> Counts:
    """The numbers of the header; a pass for each view is quicker than one pass that adds up all of them."""
    bounds = {"now": today.now, "day_end": today.end}
    held: dict[str, int] = {}
    for view in views:
        (held[view],) = connection.execute(
            f"SELECT count(*) FROM lead INDEXED BY ix_inbox WHERE {VIEWS[view]}", bounds
        ).fetchone()
    (handled,) = connection.execute(
        """SELECT count(DISTINCT lead_id) FROM activity INDEXED BY ix_activity_at
           WHERE at BETWEEN ? AND ? AND kind = 'follow_up' AND deleted_at IS NULL""",
        (today.start, today.end),
    ).fetchone()
    empty = connection.execute("SELECT 1 FROM lead LIMIT 1").fetchone() is None
    return Counts(held, handled, empty)


def _source(query: Query, today: Today, me: str) -> tuple[str, str, dict[str, object]]:
    """`FROM … WHERE …` of a query, the column that has its order, and its parameters.

    With words the search leads and its own order is used: asked for the lead's, SQLite would sort every hit.
    """
    conditions = [VIEWS[query.view]]
    parameters: dict[str, object] = {"now": today.now, "day_end": today.end}
    if query.filter.conditions:
        from leadtui.followup.filters import to_sql

        where, more = to_sql(query.filter, today, me)
        conditions.append(f"({where})")
        parameters |= more
    parameters["match"] = _match(query.filter.words)
    if parameters["match"] is None:
        return f"FROM lead INDEXED BY ix_inbox WHERE {' AND '.join(conditions)}", "lead.rank", parameters
    return (
        f"""FROM lead_search CROSS JOIN lead INDEXED BY ix_inbox ON lead.rank = lead_search.rowid
            WHERE lead_search MATCH :match AND {" AND ".join(conditions)}""",
        "lead_search.rowid",
        parameters,
    )


def _match(words: Sequence[str]) -> str | None:
    """What to ask the search index for; the first screen has no words, and doesn't load the search."""
    if not words:
        return None
    from leadtui.store.search import match_expression

    return match_expression(words)


def _with_tasks(connection: sqlite3.Connection, found: list[LeadRow]) -> list[LeadRow]:
    """The rows with what is to be done on those that wait for a task."""
    waiting = [row.id for row in found if row.due_kind == ReminderKind.TASK]
    if not waiting:
        return found
    from leadtui.followup.facts import LEAD_TASK

    tasks = f"SELECT lead_id, title FROM task WHERE lead_id IN ({{marks}}) AND {LEAD_TASK}"
    titles = dict(rows_of(connection, f"{tasks} ORDER BY due DESC, task.id DESC", waiting))
    return [row._replace(task=str(titles.get(row.id, ""))) for row in found]


def _row(values: Sequence[object]) -> LeadRow:
    return LeadRow(*values)  # type: ignore[arg-type]
