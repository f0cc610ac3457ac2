"""Which lead a row is about: asked of the match keys, settled by what row and lead say of themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.capture.batch.ahead import ReadyRow
from leadtui.capture.batch.asked import AskedKeys
from leadtui.capture.batch.births import Birth
from leadtui.capture.batch.blanks import as_known, read_leads
from leadtui.capture.rows.leads import SYSTEM_OF_FILES
from leadtui.qualify.match_keys import is_shared, phone_digits
from leadtui.qualify.names import company_key, person_key
from leadtui.settings import Settings
from leadtui.store.chunks import rows_of

if TYPE_CHECKING:
    from leadtui.qualify.duplicates.identity import Identity

_MERGED = "status = 'merged' AND merged_into <> ''"
_MOST_COMPARED = 20
"""With so many leads that share a key a row is compared."""


class Nearby:
    """The leads that the rows of a chunk may be about: those in the file, and those of earlier rows."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        rows: Sequence[ReadyRow],
        asked: AskedKeys,
        added: Mapping[int, int],
        numbers: Mapping[str, int],
        first_of_ours: int | None,
    ) -> None:
        """`added` are keys that earlier rows gave to leads, `numbers` say which lead has which.

        With `first_of_ours`, the file is an export of ours: its rows are different leads whatever they share,
        so the leads that it brought, from that row number on, are told by their numbers alone.
        """
        self._connection = connection
        self._numbers = numbers
        self._first_of_ours = first_of_ours
        self.known = _leads_by_key(connection, asked.worth_asking(key for row in rows for key in row.all))
        if added:
            for key in added.keys() & {key for row in rows for key in row.all}:
                self.known.setdefault(key, []).append(added[key])
        proving = (key for row in rows for key in (row.external, row.mail) if key in self.known)
        self.leads = read_leads(
            connection, [*(seq for key in proving for seq in self.known[key]), *numbers.values()]
        )
        self._survivors = _survivors(connection, self.leads)
        self.leads |= read_leads(connection, self._survivors.values())
        self.born: dict[int, Birth] = {}
        """New leads of this chunk, by row number."""
        self._rows = rows
        self._identities: dict[int, Identity] | None = None

    def lead_at(self, seq: int) -> dict[str, Any]:
        """A lead of the file, or one that is about to be written."""
        if seq not in self.leads:
            self.leads[seq] = as_known(self.born[seq])
        return self.leads[seq]

    def lead_of(self, values: Mapping[str, Any], row: ReadyRow) -> int | None:
        """The lead that a row is about: the one with its number, its identity or its mail address; else None.

        A lead that was merged into another stands for that one.

        A number, or an identity of a file whose system is unknown (1, 2, 3 …), counts only when something
        else agrees, and a shared mailbox only for the same person.
        """
        seq = self._named(values, row)
        return seq if seq is None else self._survivors.get(seq, seq)

    def _named(self, values: Mapping[str, Any], row: ReadyRow) -> int | None:
        numbered = self._numbers.get(values["number"])
        if numbered is not None and not _strangers(values, self.lead_at(numbered)):
            return numbered
        if row.external is not None:
            for seq in self._having(row.external):
                if values["external_system"] != SYSTEM_OF_FILES or not _strangers(values, self.lead_at(seq)):
                    return seq
        if row.mail is not None:
            for seq in self._having(row.mail):
                if not (is_shared(values["email"]) and _other_person(values, self.lead_at(seq))):
                    return seq
        return None

    def _having(self, key: int) -> Iterable[int]:
        """The leads with a key that a row may be about."""
        seqs = self.known.get(key, ())
        if self._first_of_ours is None:
            return seqs
        return [seq for seq in seqs if seq < self._first_of_ours]

    def suspicion(self, values: Mapping[str, Any], row: ReadyRow, settings: Settings) -> str:
        """Why a row that is a new lead may be about a known one, in words; empty when nothing says so."""
        seqs = self._alike(row)
        if not seqs:
            return ""
        from leadtui.qualify.duplicates.identity import identity_of
        from leadtui.qualify.duplicates.reasons import brief
        from leadtui.qualify.duplicates.weighing import weigh

        mine = identity_of(values)
        theirs = [who for seq in seqs if (who := self._identity(seq))]
        least = settings.duplicates.possible
        best = max((weigh(mine, each, least) for each in theirs), key=lambda weighed: weighed.score)
        return brief(best.evidence) if best.score >= least else ""

    def _alike(self, row: ReadyRow) -> list[int]:
        """The first leads that share a key with a row."""
        if self.known.keys().isdisjoint(row.all):
            return []
        shared = [self.known[key] for key in (*row.weak, row.mail) if key in self.known]
        return sorted({seq for seqs in shared for seq in seqs[:_MOST_COMPARED]})[:_MOST_COMPARED]

    def _identity(self, seq: int) -> Identity | None:
        """Who a lead is about; those of the file are read together for all rows of the chunk."""
        from leadtui.qualify.duplicates.identity import identity_of

        if self._identities is None:
            seqs = {seq for row in self._rows for seq in self._alike(row)}
            self._identities = _identities(self._connection, seqs - self.born.keys())
        found = self._identities.get(seq)
        if found is None and seq in self.born:
            found = self._identities[seq] = identity_of(self.born[seq].lead)
        return found

    def note(self, row: ReadyRow, seq: int) -> None:
        """A row turned out to be about a lead: the next rows find it."""
        for key in row.all:
            if key in self.known:
                self.known[key].append(seq)
            else:
                self.known[key] = [seq]


def _leads_by_key(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, list[int]]:
    """The row numbers of the leads that have each key; keys that nobody has are left out."""
    found: dict[int, list[int]] = {}
    statement = "SELECT key, seq FROM match_key WHERE key IN ({marks}) ORDER BY seq"
    for key, seq in rows_of(connection, statement, wanted):
        found.setdefault(key, []).append(seq)
    return found


def _identities(connection: sqlite3.Connection, seqs: Iterable[int]) -> dict[int, Identity]:
    """Who these leads are about, by row number."""
    from leadtui.qualify.duplicates.identity import COLUMNS, identity

    statement = f"SELECT {', '.join(COLUMNS)} FROM lead WHERE seq IN ({{marks}})"
    return {row[0]: identity(row) for row in rows_of(connection, statement, sorted(seqs))}


def _survivors(connection: sqlite3.Connection, seqs: Iterable[int]) -> dict[int, int]:
    """The leads that the merged ones among `seqs` became part of in the end, by row number."""
    statement = f"SELECT seq, merged_into FROM lead WHERE seq IN ({{marks}}) AND {_MERGED}"
    merged = list(rows_of(connection, statement, sorted(seqs)))
    survivors = ((seq, _survivor(connection, into)) for seq, into in merged)
    return {seq: stays for seq, stays in survivors if stays is not None}


def _survivor(connection: sqlite3.Connection, lead_id: str) -> int | None:
    """The row number of the lead that stayed of those that were merged one into the other."""
    seq, passed = None, set()
    while lead_id and lead_id not in passed:
        passed.add(lead_id)
        row = connection.execute(
            f"SELECT seq, CASE WHEN {_MERGED} THEN merged_into END FROM lead WHERE id = ?", (lead_id,)
        ).fetchone()
        seq, lead_id = row or (seq, "")
    return seq


def _strangers(row: Mapping[str, Any], lead: Mapping[str, Any]) -> bool:
    """Whether nothing agrees and something differs."""
    pairs = (
        ({row["email"].lower()}, {lead["email"].lower(), *lead["other_emails"].lower().split("\n")}),
        (_digits(row), _digits(lead)),
        ({person_key(row["contact"])}, {person_key(lead["contact"])}),
        ({company_key(row["company"])}, {company_key(lead["company"])}),
    )
    told = [(ours - {""}, theirs - {""}) for ours, theirs in pairs]
    compared = [bool(ours & theirs) for ours, theirs in told if ours and theirs]
    return bool(compared) and not any(compared)


def _digits(lead: Mapping[str, Any]) -> set[str]:
    return {
        phone_digits(phone) for phone in (lead["phone"], lead["mobile"], *lead["other_phones"].split("\n"))
    }


def _other_person(row: Mapping[str, Any], lead: Mapping[str, Any]) -> bool:
    ours, theirs = person_key(row["contact"]), person_key(lead["contact"])
    return bool(ours and theirs) and ours != theirs
