"""The lead that is to be converted, as it stands, and why some leads can't be."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, NamedTuple

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.store.columns import LEAD_JOURNALED
from leadtui.values import CLOSED_STATUSES, Status


class ConversionRefused(LeadTUIError):
    """The lead can't be converted; the sentence says what to do instead."""


class Lead(NamedTuple):
    """All that a lead says."""

    columns: dict[str, Any]
    custom: dict[str, Any]
    tags: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.columns["id"])

    @property
    def number(self) -> str:
        return str(self.columns["number"])

    @property
    def name(self) -> str:
        return str(self.columns["company"] or self.columns["contact"])


def read_lead(connection: sqlite3.Connection, lead_id: str) -> Lead:
    """The lead with that id, whatever its status; ConversionRefused when it is gone."""
    values = connection.execute(
        f"SELECT {', '.join(LEAD_JOURNALED)} FROM lead WHERE id = ? AND deleted_at IS NULL", (lead_id,)
    ).fetchone()
    if values is None:
        raise ConversionRefused(_("The lead is no longer there: sort the list again."))
    columns = dict(zip(LEAD_JOURNALED, values, strict=True))
    custom = json.loads(columns.pop("custom"))
    tags = connection.execute("SELECT name FROM tag WHERE lead_id = ? ORDER BY name", (lead_id,))
    return Lead(columns, custom, tuple(name for (name,) in tags))


def refusal(connection: sqlite3.Connection, lead_id: str) -> str:
    """Why the lead can't be converted, and what to do instead; empty when it can."""
    try:
        lead = read_lead(connection, lead_id)
    except ConversionRefused as gone:
        return str(gone)
    status = lead.columns["status"]
    if status == Status.CONVERTED:
        return _("{number} is converted: go on with its customer {customer}.").format(
            number=lead.number, customer=_called(connection, "customer", lead.columns["customer_id"])
        )
    if status == Status.MERGED:
        return _("{number} was merged: convert {other} instead.").format(
            number=lead.number, other=_called(connection, "lead", lead.columns["merged_into"])
        )
    if status in CLOSED_STATUSES:
        return _("{number} is closed ({status}): screen it as valid first, then convert it.").format(
            number=lead.number, status=label("status", status)
        )
    return ""


def snapshot(lead: Lead) -> dict[str, Any]:
    """Every value that a lead has, as the customer keeps it: columns by name, `custom` by key, `tags`."""
    values = {name: value for name, value in lead.columns.items() if value not in ("", None, 0)}
    values |= {"custom": lead.custom} if lead.custom else {}
    return values | ({"tags": list(lead.tags)} if lead.tags else {})


def _called(connection: sqlite3.Connection, record: str, identity: str) -> str:
    name = "company" if record == "lead" else "name"
    found = connection.execute(f"SELECT number, {name} FROM {record} WHERE id = ?", (identity,)).fetchone()
    return " ".join(filter(None, found)) if found else _("which is gone")
