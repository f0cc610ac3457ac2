"""The pairs of a whole file, the leads of one company, and what looks like one lead (R24, R75; C11)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from leadtui.qualify.duplicates.identity import COLUMNS, Identity, identity, identity_of
from leadtui.qualify.duplicates.matching import Match, find_matches
from leadtui.qualify.duplicates.sources import LEAD, SOURCES, Side, Source, all_rows, count, rows, sides
from leadtui.qualify.duplicates.verdicts import pair_id
from leadtui.qualify.duplicates.weighing import Evidence, weigh
from leadtui.qualify.leads import international
from leadtui.qualify.match_keys import KEY_COLUMNS, seqs_sharing
from leadtui.qualify.names import company_key, company_words
from leadtui.settings import Settings
from leadtui.store.search import match_expression
from leadtui.values import Progress, untold

_MOST_HITS = 100
_MOST_AT_A_GLANCE = 50
"""The lead under the cursor is compared with no more that share a key: a switchboard may have hundreds."""
MOST_COMPANIES = 500
_THERE = "lead.deleted_at IS NULL AND lead.status <> 'merged'"


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


def all_pairs(
    connection: sqlite3.Connection,
    settings: Settings,
    progress: Progress = untold,
    kind: str = "lead",
) -> list[Pair]:
    """The pairs among all records of a kind, best first, but those that somebody said are two.

    `progress` may raise to stop.
    """
    source = SOURCES[kind]
    total = count(connection, source)
    told = map(identity, all_rows(connection, source))

    def read(seqs: list[int]) -> dict[int, Identity]:
        return {who.seq: who for who in map(identity, rows(connection, source, source.told_by, seqs))}

    matches = find_matches(told, total, read, settings.duplicates.possible, progress)
    return _pairs(connection, matches, settings, source)


def pairs_of(
    connection: sqlite3.Connection,
    lead: Mapping[str, Any],
    settings: Settings,
    thorough: bool = True,
    alive: str = LEAD.alive,
) -> list[Pair]:
    """The pairs that a lead, or the draft of one, makes with others, best first; the others are second.

    Thoroughly, leads are searched by its names as well, which takes some milliseconds. `alive` says in SQL
    which leads count.
    """
    mine = identity_of(lead)
    texts = {name: lead.get(name) or "" for name in KEY_COLUMNS}
    seqs = seqs_sharing(connection, texts)
    if thorough:
        seqs |= _seqs_named(connection, str(texts["company"]), str(texts["contact"]))
    matches = []
    others = sorted(seqs - {mine.seq})[: None if thorough else _MOST_AT_A_GLANCE]
    for theirs in map(identity, rows(connection, LEAD, LEAD.told_by, others, alive)):
        score, evidence = weigh(mine, theirs, settings.duplicates.possible)
        if score >= settings.duplicates.possible:
            matches.append(Match(mine.seq, theirs.seq, score, evidence))
    matches.sort(key=lambda match: (-match.score, match.other))
    me = Side(mine.seq, *(lead.get(name, "") for name in Side._fields[1:]))
    return _pairs(connection, matches, settings, LEAD, me)


def pairs_of_draft(
    connection: sqlite3.Connection, draft: Mapping[str, Any], settings: Settings, before: Mapping[str, Any]
) -> list[Pair]:
    """The likely pairs that saving a draft makes; `before` is what the lead says now, empty for a new one.

    Pairs that it makes already were told before, and a draft that says nothing new of who it is makes none. A
    lead that became a customer counts.
    """
    if all(draft.get(name, "") == before.get(name, "") for name in COLUMNS if name in draft):
        return []
    after = {**before, **draft}
    for name in ("phone", "mobile"):
        if after.get(name):
            after[name] = international(str(after[name]), settings.import_.default_region)
    known = {pair.other.id for pair in pairs_of(connection, before, settings, alive=_THERE) if pair.likely}
    found = pairs_of(connection, after, settings, alive=_THERE)
    return [pair for pair in found if pair.likely and pair.other.id not in known]


def companies(connection: sqlite3.Connection) -> list[Company]:
    """The leads of each company that has several open ones: the largest companies first, and no more
    than `MOST_COMPANIES`."""
    groups: dict[str, list[int]] = {}
    for seq, company in connection.execute(
        f"SELECT seq, company FROM lead WHERE company <> '' AND {LEAD.alive} ORDER BY seq"
    ):
        groups.setdefault(company_key(company), []).append(seq)
    largest = sorted((seqs for seqs in groups.values() if len(seqs) > 1), key=lambda seqs: (-len(seqs), seqs))
    shown = largest[:MOST_COMPANIES]
    known = sides(connection, LEAD, [seq for seqs in shown for seq in seqs])
    found = []
    for seqs in shown:
        leads = tuple(known[seq] for seq in seqs)
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
    connection: sqlite3.Connection,
    matches: Sequence[Match],
    settings: Settings,
    source: Source,
    mine: Side | None = None,
) -> list[Pair]:
    """Matches with what is shown of their records, but those known to be two; `mine` may be a draft."""
    known = sides(connection, source, {seq for match in matches for seq in match[:2]})
    if mine is not None:
        known[mine.seq] = mine
    two = {identifier for (identifier,) in connection.execute("SELECT id FROM not_duplicate")}
    return [
        Pair(one, other, match.score, match.score >= settings.duplicates.likely, match.evidence)
        for match in matches
        if (one := known.get(match.one)) and (other := known.get(match.other))
        if not (two and pair_id(one.id, other.id) in two)
    ]
