"""Keeping what is derived in step with what changed: standing, rank, match keys, search text.

It reads the journal from where it last stopped, so the same code serves an act, an undo, a merge, and an edit
that was made with another tool.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from hashlib import blake2b
from typing import Any

from leadtui.followup.facts import facts_of, touches_of_lead
from leadtui.followup.rank import rank
from leadtui.followup.standing import standing
from leadtui.qualify.match_keys import match_keys
from leadtui.settings import Settings
from leadtui.store import search
from leadtui.store.columns import LEAD_DERIVED
from leadtui.store.search_text import search_text

TEXT_COLUMNS: tuple[str, ...] = (
    "number",
    "company",
    "contact",
    "title",
    "phone",
    "mobile",
    "other_phones",
    "email",
    "other_emails",
    "wechat",
)
"""The columns of a lead whose words can be searched for."""

KEY_COLUMNS: tuple[str, ...] = (
    "company",
    "contact",
    "phone",
    "mobile",
    "other_phones",
    "email",
    "other_emails",
    "external_system",
    "external_id",
)
"""The columns by which a lead is recognised."""

_UPDATE = f"UPDATE lead SET {', '.join(f'{name} = ?' for name in LEAD_DERIVED)} WHERE seq = ?"
_CHUNK = 2000


@dataclass
class _Touched:
    """What the journal says of one lead since the last refresh."""

    old_values: dict[str, Any] = field(default_factory=dict)
    """The value that each changed column had."""
    born: bool = False
    old_row: dict[str, Any] | None = None
    """The whole row, when the lead died."""
    tags_added: set[str] = field(default_factory=set)
    tags_removed: set[str] = field(default_factory=set)


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
    lead: Mapping[str, Any], touches: Any, settings: Settings, now: int, zone: tzinfo
) -> tuple[Any, ...]:
    """The values of `LEAD_DERIVED` for a lead whose `seq` is known."""
    found = standing(facts_of(lead, touches), settings, now, zone)
    return (
        int(found.open),
        found.score,
        found.score_behaviour,
        found.score_fit,
        found.tier,
        found.tier_source,
        found.priority,
        found.stage,
        found.response_due,
        found.due_at,
        found.due_kind,
        found.wake_at,
        touches.first_contact_at,
        touches.last_activity_at,
        rank(found.tier, found.score, found.due_at, lead["seq"]),
    )


def refresh(connection: sqlite3.Connection, settings: Settings, now: int, zone: tzinfo) -> list[str]:
    """Bring everything derived up to the journal's end, in the running transaction; returns the lead ids."""
    (mark,) = connection.execute("SELECT refreshed FROM journal_state").fetchone()
    touched = _touched_since(connection, mark)
    names = [row[1] for row in connection.execute("PRAGMA table_info(lead)")]
    text_gone: list[tuple[int, str]] = []
    text_new: list[tuple[int, str]] = []
    for lead_id, what in touched.items():
        values = connection.execute("SELECT * FROM lead WHERE id = ?", (lead_id,)).fetchone()
        lead = dict(zip(names, values, strict=True)) if values else None
        tags = {name for (name,) in connection.execute("SELECT name FROM tag WHERE lead_id = ?", (lead_id,))}
        before = _before(lead, what)
        if before is not None:
            tags_before = (tags | what.tags_removed) - what.tags_added
            text_gone.append((before["rank"], lead_text(before, tags_before)))
            _forget_keys(connection, before)
        if lead is not None:
            derived = derived_values(lead, touches_of_lead(connection, lead_id), settings, now, zone)
            if derived != tuple(lead[name] for name in LEAD_DERIVED):
                connection.execute(_UPDATE, (*derived, lead["seq"]))
            text_new.append((derived[-1], lead_text(lead, tags)))
            _remember_keys(connection, lead)
    gone, new = set(text_gone), set(text_new)
    search.remove(connection, sorted(gone - new))
    search.add(connection, sorted(new - gone))
    mark_refreshed(connection)
    return list(touched)


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
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Compute everything derived anew, because rules changed or something is out of step."""
    (total,) = connection.execute("SELECT count(*) FROM lead").fetchone()
    connection.execute("DELETE FROM match_key")
    for done, (lead, _tags) in enumerate(_all_leads(connection)):
        derived = derived_values(lead, touches_of_lead(connection, lead["id"]), settings, now, zone)
        if derived != tuple(lead[name] for name in LEAD_DERIVED):
            connection.execute(_UPDATE, (*derived, lead["seq"]))
        _remember_keys(connection, lead)
        if done % _CHUNK == 0:
            progress(done, total)
    search.rebuild(
        connection, ((lead["rank"], lead_text(lead, tags)) for lead, tags in _all_leads(connection))
    )
    connection.execute(
        "UPDATE journal_state SET rules = ?, search_version = ?",
        (rules_mark(settings), search.SEARCH_TEXT_VERSION),
    )
    mark_refreshed(connection)
    progress(total, total)


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


def _all_leads(connection: sqlite3.Connection) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Every lead with its tags, in chunks by row number, so that rows may be updated meanwhile."""
    names = [row[1] for row in connection.execute("PRAGMA table_info(lead)")]
    last = 0
    while True:
        rows = connection.execute(
            "SELECT * FROM lead WHERE seq > ? ORDER BY seq LIMIT ?", (last, _CHUNK)
        ).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        tags: dict[str, list[str]] = {}
        for lead_id, name in connection.execute(
            "SELECT lead_id, name FROM tag JOIN lead ON lead.id = lead_id WHERE seq BETWEEN ? AND ?",
            (rows[0][0], last),
        ):
            tags.setdefault(lead_id, []).append(name)
        for row in rows:
            lead = dict(zip(names, row, strict=True))
            yield lead, tags.get(lead["id"], [])


def _touched_since(connection: sqlite3.Connection, mark: int) -> dict[str, _Touched]:
    touched: dict[str, _Touched] = {}
    changes = connection.execute(
        "SELECT record, row, field, old FROM journal_change WHERE seq > ? ORDER BY seq", (mark,)
    ).fetchall()
    for record, row, name, old in changes:
        if record == "lead":
            what = touched.setdefault(row, _Touched())
            if name is not None:
                what.old_values.setdefault(name, old)
            elif old is None:
                what.born = what.old_row is None
            elif not what.born:
                what.old_row = what.old_row or json.loads(old)
        elif record in {"activity", "tag"}:
            lead_id, name_of_tag = _parent(connection, record, row, old if name is None else None)
            if lead_id is None:
                continue
            what = touched.setdefault(lead_id, _Touched())
            if record == "tag" and name is None:
                _note_tag(what, name_of_tag, born=old is None)
    return touched


def _parent(
    connection: sqlite3.Connection, record: str, row: str, old_row: str | None
) -> tuple[str | None, str]:
    """The lead that an activity or a tag belongs to, and the tag's name."""
    if old_row is not None:
        values = json.loads(old_row)
        return values["lead_id"], values.get("name", "")
    found = connection.execute(
        "SELECT lead_id, name FROM tag WHERE id = ?"
        if record == "tag"
        else "SELECT lead_id, '' FROM activity WHERE id = ?",
        (row,),
    ).fetchone()
    return (found[0], found[1]) if found else (None, "")


def _note_tag(what: _Touched, name: str, *, born: bool) -> None:
    if born:
        if name in what.tags_removed:
            what.tags_removed.discard(name)
        else:
            what.tags_added.add(name)
    elif name in what.tags_added:
        what.tags_added.discard(name)
    else:
        what.tags_removed.add(name)


def _before(lead: dict[str, Any] | None, what: _Touched) -> dict[str, Any] | None:
    """The lead as it was when it was last refreshed, or None when it didn't exist then."""
    if what.old_row is not None:
        return {**what.old_row, **what.old_values}
    if what.born or lead is None:
        return None
    return {**lead, **what.old_values}


def _keys(lead: Mapping[str, Any]) -> set[int]:
    return set(match_keys({name: lead[name] for name in KEY_COLUMNS}))


def _remember_keys(connection: sqlite3.Connection, lead: Mapping[str, Any]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO match_key (key, seq) VALUES (?, ?)",
        [(key, lead["seq"]) for key in _keys(lead)],
    )


def _forget_keys(connection: sqlite3.Connection, lead: Mapping[str, Any]) -> None:
    connection.executemany(
        "DELETE FROM match_key WHERE key = ? AND seq = ?", [(key, lead["seq"]) for key in _keys(lead)]
    )
