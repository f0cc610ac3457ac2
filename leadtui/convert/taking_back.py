"""Taking back a conversion at any time: what nobody touched since is removed, the rest is kept and named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from leadtui.convert.carry_out import PlanStale
from leadtui.convert.footprint import (
    RECORDS,
    Cell,
    Footprint,
    Row,
    footprint,
    references,
)
from leadtui.convert.lead import ConversionRefused, Lead, read_lead
from leadtui.convert.values import Piece, Step, TakingBack
from leadtui.followup.column_text import column_text
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.store.journal import changed_since
from leadtui.store.named import named_row
from leadtui.store.old_rows import OldRows
from leadtui.text import one_line, shortened
from leadtui.values import Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

_SNAPSHOT = "source_snapshot"
_LINKS = frozenset(("lead_id", "customer_id", "contact_id", "opportunity_id"))
_UNTOLD = _LINKS | {"converted_at", "next_due_all_day", "merged_into", "profile_at"}
"""What follows from the rest."""
_NAMES: Mapping[str, tuple[str, str]] = {
    "lead": ("number", "company"),
    "customer": ("number", "name"),
    "contact": ("number", "name"),
    "opportunity": ("number", "name"),
    "activity": ("''", "content"),
    "task": ("''", "title"),
    "tag": ("''", "name"),
    "collaborator": ("''", "name"),
    "playbook_run": ("''", "playbook"),
}
_NAMELESS = ("''", "''")
_TOLD = frozenset(("lead", *RECORDS))
"""Of the rest nobody wants to read to whom it belongs now."""
_MOST_NAME = 60


def taking_back(connection: sqlite3.Connection, lead_id: str, zone: tzinfo) -> TakingBack:
    """What taking back the conversion of a lead would do; ConversionRefused when it isn't converted."""
    lead = read_lead(connection, lead_id)
    if lead.columns["status"] != Status.CONVERTED:
        raise ConversionRefused(
            _("{number} isn't converted: there is nothing to take back.").format(number=lead.number)
        )
    return _Reversal(connection, lead, footprint(connection, lead), zone).plan()


def take_back_conversion(act: Act, expected: TakingBack) -> None:
    """Do what was shown; PlanStale when it isn't what would be done now."""
    if taking_back(act.connection, expected.lead_id, act.zone) != expected:
        raise PlanStale(
            _("{number} or its customer changed in the meantime: look at the list again.").format(
                number=expected.lead_number
            )
        )
    for step in expected.steps:
        if step.field:
            act.connection.execute(
                f"UPDATE {step.table} SET {step.field} = ? WHERE id = ?", (step.value, step.row)
            )
        elif step.value is None:
            act.connection.execute(f"DELETE FROM {step.table} WHERE id = ?", (step.row,))
        else:
            old = OldRows(act.connection, step.table)
            act.connection.execute(old.insert, tuple(old.row(step.value).values()))


class _Reversal:
    """Sorts what a conversion did into what is removed, kept and put back."""

    def __init__(self, connection: sqlite3.Connection, lead: Lead, done: Footprint, zone: tzinfo) -> None:
        self._connection = connection
        self._lead = lead
        self._done = done
        self._zone = zone
        self._kept = self._touched()

    def plan(self) -> TakingBack:
        removed: list[Piece] = []
        kept: list[Piece] = []
        restored: list[Piece] = []
        steps: list[Step] = []
        for row, why in self._kept.items():
            kept.append(self._piece(row)._replace(why=why))
        for piece, updates in self._updates():
            steps += updates
            if piece is not None:
                (kept if piece.why else restored).append(piece)
        steps += [
            Step(table, row, "", text)
            for (table, row), text in self._done.gone.items()
            if not self._exists((table, row))
        ]
        for row in self._removable():
            steps.append(Step(*row, "", None))
            removed.append(self._piece(row))
        return TakingBack(
            self._lead.id,
            self._lead.number,
            self._lead.name,
            int(self._lead.columns["converted_at"]),
            tuple(piece for piece in removed if piece.record in RECORDS or piece.record == "task"),
            tuple(kept),
            tuple(restored),
            tuple(steps),
        )

    def _touched(self) -> dict[Row, str]:
        """What the conversion created and somebody touched since, and why it stays."""
        kept: dict[Row, str] = {}
        for row in self._done.born:
            if self._exists(row):
                fields = changed_since(self._connection, row[1], self._done.until)
                fields = [name for name in fields if name != _SNAPSHOT]
                why = self._called(fields) if fields else self._newcomers(row)
                if why:
                    kept[row] = why
        self._keep_what_they_belong_to(kept)
        return kept

    def _called(self, fields: list[str]) -> str:
        return _("changed since: {fields}").format(fields=", ".join(label("field", name) for name in fields))

    def _newcomers(self, row: Row) -> str:
        """What came to a record since, in words; empty when nothing did."""
        if row[0] not in RECORDS:
            return ""
        new = [cell for cell in references(self._connection, *row) if not self._is_ours(cell, row[1])]
        if not new:
            return ""
        piece = self._piece((new[0].table, new[0].row))
        called = " ".join(filter(None, (label("record", piece.record), piece.number, piece.name)))
        return _("came since: {what}").format(what=called)

    def _is_ours(self, cell: Cell, identity: str) -> bool:
        """Whether the conversion itself made something belong to a record."""
        if (cell.table, cell.row) in self._done.born:
            return cell.field not in changed_since(self._connection, cell.row, self._done.until)
        _old, new = self._done.updates.get(cell, (None, None))
        return bool(new == identity)

    def _keep_what_they_belong_to(self, kept: dict[Row, str]) -> None:
        """A contact that stays keeps its customer, an opportunity both."""
        for record in RECORDS[:-1]:
            for table, row in [*kept]:
                if table != record:
                    continue
                why = _("belongs to {what}").format(what=self._name((table, row)))
                for parent in RECORDS[RECORDS.index(record) + 1 :]:
                    (identity,) = self._connection.execute(
                        f"SELECT {parent}_id FROM {table} WHERE id = ?", (row,)
                    ).fetchone()
                    if identity and (parent, identity) in self._done.born:
                        kept.setdefault((parent, identity), why)

    def _updates(self) -> Iterator[tuple[Piece | None, list[Step]]]:
        """For each row that was there before: what is told of it, and the old values that are written."""
        by_row: dict[Row, dict[str, tuple[Any, Any]]] = {}
        for cell, values in self._done.updates.items():
            by_row.setdefault((cell.table, cell.row), {})[cell.field] = values
        kept_ids = {row for _table, row in self._kept}
        for row, fields in by_row.items():
            if not self._exists(row):
                continue
            now = self._values(row)
            steps, shown, changed = [], [], []
            for field, (old, new) in fields.items():
                if row[0] != "lead" and field in _LINKS and new in kept_ids:
                    continue
                if field == _SNAPSHOT:
                    steps.append(Step(*row, field, _without(now[field], old, new)))
                elif now[field] == new:
                    steps.append(Step(*row, field, old))
                    if field not in _UNTOLD:
                        shown.append(
                            (label("field", field), self._text(now, field, new), self._text(now, field, old))
                        )
                elif now[field] != old and (row[0] in _TOLD or field not in _LINKS):
                    changed.append(field)
            piece = self._piece(row)
            if changed:
                yield piece._replace(why=self._called(changed)), []
            yield piece._replace(fields=tuple(shown)) if shown else None, steps

    def _removable(self) -> list[Row]:
        """What was created and isn't kept, parts before the records that they belong to."""
        kept_ids = {row for _table, row in self._kept}
        rows = []
        for row in self._done.born:
            if row in self._kept or not self._exists(row):
                continue
            if row[0] in {"tag", "collaborator"} and self._values(row)["customer_id"] in kept_ids:
                continue
            rows.append(row)
        order = {record: place for place, record in enumerate(RECORDS, start=1)}
        return sorted(rows, key=lambda row: order.get(row[0], 0))

    def _exists(self, row: Row) -> bool:
        found = self._connection.execute(f"SELECT 1 FROM {row[0]} WHERE id = ?", (row[1],)).fetchone()
        return found is not None

    def _values(self, row: Row) -> dict[str, Any]:
        return named_row(self._connection, f"SELECT * FROM {row[0]} WHERE id = ?", row[1]) or {}

    def _piece(self, row: Row) -> Piece:
        columns = ", ".join(_NAMES.get(row[0], _NAMELESS))
        number, name = self._connection.execute(
            f"SELECT {columns} FROM {row[0]} WHERE id = ?", (row[1],)
        ).fetchone()
        return Piece(row[0], row[1], number, shortened(name, _MOST_NAME))

    def _name(self, row: Row) -> str:
        piece = self._piece(row)
        return " ".join(filter(None, (piece.number, piece.name)))

    def _text(self, row: Mapping[str, Any], field: str, value: Any) -> str:
        return one_line(column_text(field, value, str(row.get("currency", "")), self._zone))


def _without(now: str, old: Any, new: Any) -> str:
    """A customer's snapshots without those that the conversion put there."""
    ours = json.loads(new).keys() - json.loads(old).keys()
    return json.dumps(
        {number: values for number, values in json.loads(now).items() if number not in ours},
        ensure_ascii=False,
    )
