"""The pairs of a whole file, the leads of one company, and what looks like one lead (R24, R75; C11)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from leadtui.qualify.duplicates.identity import COLUMNS, Identity, identity, identity_of
from leadtui.qualify.duplicates.matching import Match, Progress, find_matches
from leadtui.qualify.duplicates.verdicts import pair_id
from leadtui.qualify.duplicates.weighing import Evidence, weigh
from leadtui.qualify.leads import international
from leadtui.qualify.match_keys import KEY_COLUMNS, seqs_sharing
from leadtui.qualify.names import company_key, company_words
from leadtui.settings import Settings
from leadtui.store.search import match_expression

_WHO = ", ".join(COLUMNS)
_ALIVE = "deleted_at IS NULL AND status NOT IN ('merged', 'converted')"
"""Leads that a merge may change."""
_AT_ONCE = 500
_IN_ONE_GO = 5000
_MOST_HITS = 100
_MOST_GROUPS = 500


class Side(NamedTuple):
    """One lead of a pair, as it is shown."""

    seq: int
    id: str
    number: str
    company: str
    contact: str
    phone: str
    mobile: str
    email: str
    status: str
    owner: str
    tier: str
    score: int


class Pair(NamedTuple):
    """Two leads that may be the same."""

    one: Side
    other: Side
    score: int
    """How likely, in percent."""
    likely: bool
    """Whether that is enough to call them the same."""
    evidence: tuple[Evidence, ...]


class Company(NamedTuple):
    """Leads of one company with different contacts: related, not the same (C11)."""

    name: str
    leads: tuple[Side, ...]


def all_matches(
    connection: sqlite3.Connection, settings: Settings, progress: Progress = lambda done, total: None
) -> list[Match]:
    """The pairs of the file by row numbers, best first; `progress` may raise to stop."""
    (total,) = connection.execute(f"SELECT count(*) FROM lead WHERE {_ALIVE}").fetchone()
    leads = map(identity, _all_rows(connection))

    def read(seqs: list[int]) -> dict[int, Identity]:
        return {who.seq: who for who in map(identity, _rows(connection, _WHO, seqs))}

    return find_matches(leads, total, read, settings.duplicates.possible, progress)


def all_pairs(
    connection: sqlite3.Connection, settings: Settings, progress: Progress = lambda done, total: None
) -> list[Pair]:
    """The pairs of the file, best first, but those that somebody said are two."""
    return _pairs(connection, all_matches(connection, settings, progress), settings)


def pairs_of(
    connection: sqlite3.Connection, lead: Mapping[str, Any], settings: Settings, thorough: bool = True
) -> list[Pair]:
    """The pairs that a lead, or the draft of one, makes with others, best first; the others are second.

    Thoroughly, leads are searched by its names as well, which takes some milliseconds.
    """
    mine = identity_of(lead)
    texts = {name: lead.get(name) or "" for name in KEY_COLUMNS}
    seqs = seqs_sharing(connection, texts)
    if thorough:
        seqs |= _seqs_named(connection, str(texts["company"]), str(texts["contact"]))
    matches = []
    for theirs in map(identity, _rows(connection, _WHO, sorted(seqs - {mine.seq}), f"AND {_ALIVE}")):
        score, evidence = weigh(mine, theirs)
        if score >= settings.duplicates.possible:
            matches.append(Match(mine.seq, theirs.seq, score, evidence))
    matches.sort(key=lambda match: (-match.score, match.other))
    return _pairs(
        connection, matches, settings, Side(mine.seq, *(lead.get(name, "") for name in Side._fields[1:]))
    )


def pairs_of_draft(
    connection: sqlite3.Connection, draft: Mapping[str, Any], settings: Settings, before: Mapping[str, Any]
) -> list[Pair]:
    """The likely pairs that saving a draft makes; `before` is what the lead says now, empty for a new one.

    Pairs that it makes already were told before, and a draft that says nothing new of who it is makes none.
    """
    if all(draft.get(name, "") == before.get(name, "") for name in COLUMNS if name in draft):
        return []
    after = {**before, **draft}
    for name in ("phone", "mobile"):
        if after.get(name):
            after[name] = international(str(after[name]), settings.import_.default_region)
    known = {pair.other.id for pair in pairs_of(connection, before, settings) if pair.likely}
    found = pairs_of(connection, after, settings)
    return [pair for pair in found if pair.likely and pair.other.id not in known]


def companies(connection: sqlite3.Connection) -> list[Company]:
    """The leads of each company that has several open ones, the largest companies first."""
    groups: dict[str, list[int]] = {}
    for seq, company in connection.execute(
        f"SELECT seq, company FROM lead WHERE company <> '' AND {_ALIVE} ORDER BY seq"
    ):
        groups.setdefault(company_key(company), []).append(seq)
    largest = sorted((seqs for seqs in groups.values() if len(seqs) > 1), key=lambda seqs: (-len(seqs), seqs))
    shown = largest[:_MOST_GROUPS]
    sides = _sides(connection, [seq for seqs in shown for seq in seqs])
    found = []
    for seqs in shown:
        leads = tuple(sides[seq] for seq in seqs)
        found.append(Company(leads[0].company, leads))
    return found


def _seqs_named(connection: sqlite3.Connection, company: str, contact: str) -> set[int]:
    """Leads whose company or contact is found by the same words."""
    seqs: set[int] = set()
    firm = company_words(company)
    for words in (firm, contact.split(), (*firm, *contact.split())):
        expression = match_expression(words)
        if expression is not None:
            found = connection.execute(
                """SELECT seq FROM lead_search JOIN lead ON lead.rank = lead_search.rowid
                   WHERE lead_search MATCH ? ORDER BY lead_search.rowid LIMIT ?""",
                (expression, _MOST_HITS),
            )
            seqs.update(seq for (seq,) in found)
    return seqs


def _pairs(
    connection: sqlite3.Connection, matches: Sequence[Match], settings: Settings, mine: Side | None = None
) -> list[Pair]:
    """Matches with what is shown of their leads, but those known to be two; `mine` may be a draft."""
    sides = _sides(connection, {seq for match in matches for seq in match[:2]})
    if mine is not None:
        sides[mine.seq] = mine
    two = {identifier for (identifier,) in connection.execute("SELECT id FROM not_duplicate")}
    return [
        Pair(one, other, match.score, match.score >= settings.duplicates.likely, match.evidence)
        for match in matches
        if (one := sides.get(match.one)) and (other := sides.get(match.other))
        if not (two and pair_id(one.id, other.id) in two)
    ]


def _sides(connection: sqlite3.Connection, seqs: Iterable[int]) -> dict[int, Side]:
    columns = ", ".join(Side._fields)
    return {row[0]: Side._make(row) for row in _rows(connection, columns, sorted(seqs))}


def _all_rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """What tells every lead, in parts, so that nobody who wants to write waits for the end."""
    last = 0
    while rows := connection.execute(
        f"SELECT {_WHO} FROM lead WHERE seq > ? AND {_ALIVE} ORDER BY seq LIMIT ?", (last, _IN_ONE_GO)
    ).fetchall():
        yield from rows
        last = rows[-1][0]


def _rows(
    connection: sqlite3.Connection, columns: str, seqs: Sequence[int], more: str = ""
) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(seqs), _AT_ONCE):
        chunk = seqs[start : start + _AT_ONCE]
        marks = ",".join("?" * len(chunk))
        yield from connection.execute(f"SELECT {columns} FROM lead WHERE seq IN ({marks}) {more}", chunk)
