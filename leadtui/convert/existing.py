"""The records that a conversion goes into instead of creating new ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from leadtui.convert.lead import ConversionRefused
from leadtui.convert.targets import TargetField
from leadtui.convert.values import NEW, NONE, Choices
from leadtui.customers.codes import OPEN_STAGES
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.values import CUSTOM, RECORDS


class Existing(NamedTuple):
    """A record as it stands."""

    record: str
    columns: Mapping[str, Any]
    custom: Mapping[str, Any]
    tags: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.columns["id"])

    @property
    def number(self) -> str:
        return str(self.columns["number"])

    def value(self, field: TargetField) -> Any:
        """What a field holds; None when that is nothing."""
        if field.kind == "tags":
            found: Any = self.tags
        elif field.is_custom:
            found = self.custom.get(field.name.removeprefix(CUSTOM))
        else:
            found = self.columns[field.name]
        return None if found in ("", ()) else found


def read_existing(connection: sqlite3.Connection, choices: Choices) -> dict[str, Existing]:
    """The chosen records by kind; ConversionRefused when one is gone, merged, or belongs to somebody else."""
    found: dict[str, Existing] = {}
    for record in RECORDS:
        chosen = getattr(choices, record)
        if chosen in {NEW, NONE}:
            continue
        columns = JOURNALED_TABLES[record]
        row = connection.execute(
            f"SELECT {', '.join(columns)} FROM {record} WHERE id = ? AND deleted_at IS NULL", (chosen,)
        ).fetchone()
        if row is None:
            raise ConversionRefused(
                _("The {record} is no longer there: choose another one.").format(
                    record=label("record", record)
                )
            )
        values = dict(zip(columns, row, strict=True))
        tags = ()
        if record == "customer":
            names = connection.execute("SELECT name FROM tag WHERE customer_id = ? ORDER BY name", (chosen,))
            tags = tuple(name for (name,) in names)
        found[record] = Existing(record, values, json.loads(values.pop("custom")), tags)
        _check(found[record], found.get("customer"))
    return found


def _check(existing: Existing, customer: Existing | None) -> None:
    columns = existing.columns
    if columns["merged_into"] or columns.get("status", "active") != "active":
        raise ConversionRefused(
            _("{number} was merged: choose the other one.").format(number=existing.number)
        )
    if existing.record == "customer":
        return
    if customer is None or columns["customer_id"] != customer.id:
        raise ConversionRefused(
            _("{number} belongs to another customer: choose one of this customer.").format(
                number=existing.number
            )
        )
    if existing.record == "opportunity" and columns["stage"] not in OPEN_STAGES:
        raise ConversionRefused(
            _("{number} is closed: choose an open opportunity, or a new one.").format(number=existing.number)
        )
