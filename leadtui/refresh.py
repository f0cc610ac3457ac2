"""Keeping what is derived in step with what changed: standing, rank, match keys, search text.

It reads the journal from where it last stopped, so the same code serves an act, an undo, a merge, and an edit
that was made with another tool.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from hashlib import blake2b
from typing import Any

from leadtui.customers.refreshing import refresh_all_records, refresh_records
from leadtui.details import LeadFacts
from leadtui.followup.derived import derived_columns
from leadtui.followup.facts import facts_of_lead
from leadtui.followup.rank import rank
from leadtui.followup.standing import standing
from leadtui.qualify.match_keys import KEY_COLUMNS, match_keys
from leadtui.settings import Settings
from leadtui.store import search
from leadtui.store.columns import LEAD_DERIVED
from leadtui.store.named import named_rows
from leadtui.store.old_rows import OldRows
from leadtui.store.search_text import search_text
from leadtui.store.touched import Touched, touched_since
from leadtui.values import Progress, untold

_UPDATE = f"UPDATE lead SET {', '.join(f'{name} = ?' for name in LEAD_DERIVED)} WHERE seq = ?"
_CHUNK = 500
_TEXTS_AT_ONCE = 20_000
"""Search texts that are held before they are written: the index takes many together far faster."""


def lead_text(lead: Mapping[str, Any], tags: Iterable[str]) -> str:
    """The search text of a lead."""
    phones = [lead["phone"], lead["mobile"], *str(lead["other_phones"]).split("\n")]
    emails = [lead["email"], *str(lead["other_emails"]).split("\n")]
    return search_text(
        number=lead["number"],
        company=lead["company"],
        contact=lead["contact"],
        title=lead["title"],
        phones=[phone for phone in phones if phone],
        emails=[email for email in emails if email],
        wechat=lead["wechat"],
        tags=sorted(tags),
    )


def derived_values(
    lead: Mapping[str, Any], facts: LeadFacts, settings: Settings, now: int, zone: tzinfo
) -> tuple[Any, ...]:
    """The values of `LEAD_DERIVED` for a lead whose `seq` is known."""
    found = standing(facts, settings, now, zone)
    return (*derived_columns(found, facts.touches), rank(found.tier, found.score, found.due_at, lead["seq"]))


def refresh(
    connection: sqlite3.Connection,
    settings: Settings,
    now: int,
    zone: tzinfo,
    progress: Progress = untold,
) -> list[str]:
    """Bring everything derived up to the journal's end, in the running transaction; returns the lead ids."""
    (mark,) = connection.execute("SELECT refreshed FROM journal_state").fetchone()
    refresh_records(connection, mark, settings, zone)
    touched = touched_since(connection, mark)
    lead_ids = list(touched)
    if _few_are_left(connection, touched):
        refresh_all(connection, settings, now, zone, progress)
        return lead_ids
    old_rows, texts = OldRows(connection, "lead"), _Texts(connection)
    for start in range(0, len(lead_ids), _CHUNK):
        progress(start, len(lead_ids))
        chunk = lead_ids[start : start + _CHUNK]
        leads = _leads(connection, f"id IN ({_marks(chunk)})", chunk)
        tags = _tags(connection, chunk)
        kept = _kept(connection, old_rows, [touched[lead_id].death for lead_id in chunk])
        keys, rows = _Keys(connection), []
        for lead_id in chunk:
            what, lead = touched[lead_id], leads.get(lead_id)
            before = what.before(lead, kept.get(what.death or 0))
            if before is not None:
                texts.forget(before["rank"], lead_text(before, what.tags_before(tags[lead_id])))
                keys.forget(before)
            if lead is not None:
                derived = derived_values(lead, facts_of_lead(connection, lead), settings, now, zone)
                if derived != tuple(lead[name] for name in LEAD_DERIVED):
                    rows.append((*derived, lead["seq"]))
                texts.remember(derived[-1], lead_text(lead, tags[lead_id]))
                keys.remember(lead)
        connection.executemany(_UPDATE, rows)
        keys.write()
        texts.write(_TEXTS_AT_ONCE)
    texts.write()
    mark_refreshed(connection)
    return lead_ids


def _few_are_left(connection: sqlite3.Connection, touched: Mapping[str, Touched]) -> bool:
    """Whether so many leads are gone that computing the others anew is less work than forgetting them."""
    gone = sum(what.death is not None for what in touched.values())
    if gone < _TEXTS_AT_ONCE:
        return False
    (left,) = connection.execute("SELECT count(*) FROM lead").fetchone()
    return bool(left < gone)


def mark_refreshed(connection: sqlite3.Connection) -> None:
    """Say that everything derived is in step with the journal's end."""
    connection.execute(
        "UPDATE journal_state SET refreshed = (SELECT coalesce(max(seq), 0) FROM journal_change)"
    )


def refresh_all(
    connection: sqlite3.Connection,
    settings: Settings,
    now: int,
    zone: tzinfo,
    progress: Progress = untold,
) -> None:
    """Compute everything derived anew, because rules changed or something is out of step."""
    (total,) = connection.execute("SELECT count(*) FROM lead").fetchone()
    connection.execute("DELETE FROM match_key")
    keys = _Keys(connection)
    for done, (lead, _tags) in enumerate(_all_leads(connection)):
        derived = derived_values(lead, facts_of_lead(connection, lead), settings, now, zone)
        if derived != tuple(lead[name] for name in LEAD_DERIVED):
            connection.execute(_UPDATE, (*derived, lead["seq"]))
        keys.remember(lead)
        if done % _CHUNK == 0:
            keys.write()
            progress(done, total)
    keys.write()
    search.rebuild(
        connection, ((lead["rank"], lead_text(lead, tags)) for lead, tags in _all_leads(connection))
    )
    refresh_all_records(connection, settings, zone)
    connection.execute(
        "UPDATE journal_state SET rules = ?, search_version = ?",
        (rules_mark(settings), search.SEARCH_TEXT_VERSION),
    )
    mark_refreshed(connection)
    progress(total, total)


def apply_rules(
    connection: sqlite3.Connection, settings: Settings, now: int, zone: tzinfo
) -> tuple[int, int] | None:
    """Compute what the next few hundred leads are worth by the rules, in the running transaction.

    Where it stands is kept in the file, so that it goes on from there after a killed process, and acts may
    come between. Returns (row number reached, last row number); None when every lead is done.
    """
    (rules,) = connection.execute("SELECT rules FROM journal_state").fetchone()
    mark, reached = rules_mark(settings), _reached(rules, settings)
    if reached is None:
        return None
    leads = _leads(connection, "seq > ? ORDER BY seq LIMIT ?", (reached, _CHUNK))
    tags, texts, rows = _tags(connection, list(leads)), _Texts(connection), []
    for lead_id, lead in leads.items():
        derived = derived_values(lead, facts_of_lead(connection, lead), settings, now, zone)
        if derived != tuple(lead[name] for name in LEAD_DERIVED):
            rows.append((*derived, lead["seq"]))
        if derived[-1] != lead["rank"]:
            text = lead_text(lead, tags[lead_id])
            texts.forget(lead["rank"], text)
            texts.remember(derived[-1], text)
        reached = lead["seq"]
    connection.executemany(_UPDATE, rows)
    texts.write()
    done = len(leads) < _CHUNK
    connection.execute("UPDATE journal_state SET rules = ?", (mark if done else f"{mark}:{reached}",))
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM lead").fetchone()
    return None if done else (reached, last)


def _reached(rules: str, settings: Settings) -> int | None:
    """The row number up to which the rules of `settings` were applied; None when they were to all leads."""
    applied, _colon, reached = rules.partition(":")
    if applied != rules_mark(settings):
        return 0
    return int(reached) if reached else None


def rules_mark(settings: Settings) -> str:
    """A short text that differs whenever a setting differs that what is derived depends on."""
    rules = (
        settings.scoring,
        settings.tiers,
        settings.titles,
        settings.response,
        settings.cadence,
        settings.reminders,
        settings.work_hours,
        settings.opportunity,
        settings.import_,
        settings.look.timezone,
    )
    return blake2b(repr(rules).encode(), digest_size=8).hexdigest()


def _all_leads(connection: sqlite3.Connection) -> Iterator[tuple[dict[str, Any], set[str]]]:
    """Every lead with its tags, in chunks by row number, so that rows may be updated meanwhile."""
    last = 0
    while leads := _leads(connection, "seq > ? ORDER BY seq LIMIT ?", (last, _CHUNK)):
        tags = _tags(connection, list(leads))
        for lead_id, lead in leads.items():
            last = lead["seq"]
            yield lead, tags[lead_id]


def _leads(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> dict[str, dict[str, Any]]:
    """The rows of leads, by id."""
    cursor = connection.execute(f"SELECT * FROM lead WHERE {where}", values)
    return {lead["id"]: lead for lead in named_rows(cursor)}


def _tags(connection: sqlite3.Connection, lead_ids: Sequence[str]) -> dict[str, set[str]]:
    """The tags of each lead."""
    tags: dict[str, set[str]] = {lead_id: set() for lead_id in lead_ids}
    for lead_id, name in connection.execute(
        f"SELECT lead_id, name FROM tag WHERE lead_id IN ({_marks(lead_ids)})", lead_ids
    ):
        tags[lead_id].add(name)
    return tags


def _kept(
    connection: sqlite3.Connection, old_rows: OldRows, deaths: Iterable[int | None]
) -> dict[int, dict[str, Any]]:
    """The leads that these changes kept when they died."""
    seqs = [seq for seq in deaths if seq is not None]
    found = connection.execute(f"SELECT seq, old FROM journal_change WHERE seq IN ({_marks(seqs)})", seqs)
    return {seq: old_rows.row(old) for seq, old in found}


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


class _Keys:
    """Gathers what happens to match keys, so that it is written at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._gone: set[tuple[int, int]] = set()
        self._new: set[tuple[int, int]] = set()

    def remember(self, lead: Mapping[str, Any]) -> None:
        self._new.update(_keys(lead))

    def forget(self, lead: Mapping[str, Any]) -> None:
        self._gone.update(_keys(lead))

    def write(self) -> None:
        self._connection.executemany(
            "DELETE FROM match_key WHERE key = ? AND seq = ?", sorted(self._gone - self._new)
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO match_key (key, seq) VALUES (?, ?)", sorted(self._new - self._gone)
        )
        self._gone, self._new = set(), set()


class _Texts:
    """Gathers what happens to search texts, so that many are written at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._gone: set[tuple[int, str]] = set()
        self._new: set[tuple[int, str]] = set()

    def remember(self, rank: int, text: str) -> None:
        self._new.add((rank, text))

    def forget(self, rank: int, text: str) -> None:
        self._gone.add((rank, text))

    def write(self, least: int = 1) -> None:
        """Write what came together, if it is at least so much."""
        if len(self._gone) + len(self._new) < least:
            return
        search.remove(self._connection, self._gone - self._new)
        search.add(self._connection, self._new - self._gone)
        self._gone, self._new = set(), set()


def _keys(lead: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [(key, lead["seq"]) for key in match_keys({name: lead[name] for name in KEY_COLUMNS})]
