"""Many new leads at once: rows, tags, match keys, derived columns and search text in one pass."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from operator import add, itemgetter
from typing import TYPE_CHECKING, Any

from leadtui.capture.batch.derived import Newborns
from leadtui.store import search
from leadtui.store.columns import LEAD_DERIVED, LEAD_FLAGS, LEAD_JOURNALED, LEAD_NUMBERS, LEAD_TEXT
from leadtui.store.ids import name_id
from leadtui.store.newborn import insert_leads, insert_rows
from leadtui.store.search_text import number_words

if TYPE_CHECKING:
    from leadtui.store.act import Act

EMPTY_LEAD: Mapping[str, Any] = {
    **dict.fromkeys(LEAD_TEXT, ""),
    **dict.fromkeys(LEAD_FLAGS, 0),
    **dict.fromkeys(LEAD_NUMBERS),
    "status": "new",
    "custom": "{}",
}
_ALWAYS = frozenset(
    "id number source_channel source_detail company contact phone mobile other_phones email other_emails "
    "remark status status_reason owner created_by external_system external_id batch_id acquired_at "
    "created_at custom currency website".split()
)
"""What every import may set, whatever its columns are."""
_SELDOM_ENTERED = frozenset(("ix_lead_customer_id", "ix_lead_merged_into", "ix_unplanned"))
"""Indexes of which new leads enter few or none: making them anew would read every lead."""
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_TEXTS_AT_ONCE = 20_000
_CACHED_KILOBYTES = 48_000
"""With SQLite's two megabytes, pages of match keys are read and written many times; and once a page doesn't
fit, nobody can read the file until the import ends. This holds 50 thousand rows and more."""


@dataclass(slots=True)
class Birth:
    """A lead that is about to be written."""

    lead: dict[str, Any]
    """Its journaled columns, and `seq`."""
    custom: dict[str, Any]
    tags: tuple[str, ...]
    keys: tuple[int, ...]
    words: str
    """Its search words, but for its number."""


class Births:
    """Writes new leads in chunks, and their search text when enough has come together.

    `fields` are those that the columns of the file have; other columns of a lead keep their defaults.
    """

    def __init__(self, act: Act, fields: Collection[str]) -> None:
        self._act = act
        budget = {"budget_min", "budget_max"} if "budget" in fields else set()
        plan = {"next_due_all_day"} if "next_due" in fields else set()
        wanted = _ALWAYS | budget | plan | set(fields)
        given = ("seq", *(name for name in LEAD_JOURNALED if name in wanted))
        self._columns = (*given, *LEAD_DERIVED)
        self._given: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*given)
        self._newborns = Newborns(act.settings, act.now, act.zone, given)
        self._next = act.next_lead_seq()
        self._texts: list[tuple[int, str]] = []
        self._put_off: list[str] = []
        self._newest = 0
        """The last change in the journal before these."""

    def prepare(self, keep: Collection[str] = ()) -> int:
        """Hold more of the file in memory; of an empty one, make the big indexes, and the trigger that
        `insert_leads` stands in for, when all leads are there.

        Indexes to `keep` are left alone. Returns the row number that the first new lead will get.
        """
        connection = self._act.connection
        connection.execute(f"PRAGMA cache_size = {-_CACHED_KILOBYTES}")
        (self._newest,) = connection.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()
        if connection.execute("SELECT 1 FROM lead LIMIT 1").fetchone():
            return self._next
        found = connection.execute(
            """SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'lead' AND sql <> ''
               AND (type = 'index' OR name = 'journal_lead_birth')"""
        ).fetchall()
        for kind, name, statement in found:
            if name not in keep and name not in _SELDOM_ENTERED:
                connection.execute(f'DROP {kind} "{name}"')
                self._put_off.append(statement)
        return self._next

    def new_seq(self) -> int:
        """The row number of the next new lead."""
        seq, self._next = self._next, self._next + 1
        return seq

    def write(self, births: list[Birth]) -> None:
        """Insert leads whose `seq`, `id` and `number` are set."""
        connection = self._act.connection
        for birth in births:
            if birth.custom:
                birth.lead["custom"] = _as_json(birth.custom)
        leads = [birth.lead for birth in births]
        derived = [*map(self._newborns.derived, leads)]
        rows = [*map(add, map(self._given, leads), derived)]
        keys = sorted([(key, birth.lead["seq"]) for birth in births for key in birth.keys])
        tags = [
            (name_id("tag", birth.lead["id"], name.casefold()), birth.lead["id"], name)
            for birth in births
            for name in birth.tags
        ]
        self._texts += [
            (values[-1], " ".join((birth.words, *number_words(birth.lead["number"]))))
            for birth, values in zip(births, derived, strict=True)
        ]
        insert_leads(connection, self._act.entry, self._columns, rows)
        insert_rows(connection, "INSERT OR IGNORE INTO match_key (key, seq)", keys)
        connection.executemany("INSERT OR IGNORE INTO tag (id, lead_id, name) VALUES (?, ?, ?)", tags)
        if len(self._texts) >= _TEXTS_AT_ONCE:
            self._write_texts()

    def finish(self, still_wanted: Callable[[], None] = lambda: None) -> None:
        """Write what is left and make what was put off; what is derived is then in step with the journal, if
        it was before."""
        self._write_texts()
        for statement in self._put_off:
            still_wanted()
            self._act.connection.execute(statement)
        self._act.connection.execute(
            """UPDATE journal_state SET refreshed = (SELECT coalesce(max(seq), 0) FROM journal_change)
               WHERE refreshed >= ?""",
            (self._newest,),
        )
        self._act.connection.execute("PRAGMA cache_size = -2000")

    def _write_texts(self) -> None:
        search.add(self._act.connection, self._texts)
        self._texts = []
