"""The records of one kind on their way out, in each of the forms in which they can leave."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from leadtui.exporting.cells import Cell
from leadtui.exporting.custom import custom_cells, custom_header, custom_keys, said_of
from leadtui.exporting.leads import complete_documents
from leadtui.exporting.reading import LeadValues, cleaned, lead_values
from leadtui.exporting.records import (
    in_columns_of_a_lead,
    record_cells,
    record_columns,
    record_document,
    record_values,
)
from leadtui.exporting.table import COLUMNS, lead_cells
from leadtui.qualify.fields import FieldDefinition

KINDS: Mapping[str, str] = {
    "leads": "lead",
    "customers": "customer",
    "contacts": "contact",
    "opportunities": "opportunity",
}
"""What users call each kind of record, and its table."""


class Sheet(NamedTuple):
    """Records of one kind; each form is read when it is asked for, some hundred records at a time."""

    kind: str
    """One of `KINDS`."""
    seqs: Sequence[int]
    """The row numbers of the records, in their order."""
    headers: tuple[str, ...]
    rows: Callable[[], Iterator[list[Cell]]]
    """The cells of each record in the order of `headers`."""
    documents: Callable[[], Iterator[dict[str, Any]]]
    """Each record as JSON."""
    as_leads: Callable[[], Iterator[LeadValues]]
    """Each record in the columns of a lead, as far as a card or a calendar asks for them."""


def kinds_there(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The kinds of record, leads apart, of which the file has any."""
    return tuple(
        kind
        for kind, record in KINDS.items()
        if record != "lead" and connection.execute(f"SELECT 1 FROM {record} LIMIT 1").fetchone()
    )


def sheet_of(
    connection: sqlite3.Connection,
    kind: str,
    seqs: Sequence[int],
    fields: Mapping[str, FieldDefinition],
    now: int,
    zone: tzinfo,
) -> Sheet:
    """The records with these row numbers; `fields` are their custom fields by key."""
    record = KINDS[kind]
    keys = custom_keys(connection, record)
    custom = tuple(custom_header(key, said_of(fields.get(key))) for key in keys)

    def cells(values: LeadValues, own: Mapping[str, Cell]) -> list[Cell]:
        return [*own.values(), *custom_cells(values.columns["custom"], keys, fields)]

    if record == "lead":
        return Sheet(
            kind,
            seqs,
            (*COLUMNS, *custom),
            lambda: (cells(lead, lead_cells(lead, zone)) for lead in lead_values(connection, seqs)),
            lambda: complete_documents(connection, seqs, fields, now, zone),
            lambda: map(cleaned, lead_values(connection, seqs)),
        )

    def found() -> Iterator[LeadValues]:
        return record_values(connection, record, seqs)

    return Sheet(
        kind,
        seqs,
        (*record_columns(record), *custom),
        lambda: (cells(row, record_cells(record, row, zone)) for row in found()),
        lambda: (record_document(record, row, fields, zone) for row in found()),
        lambda: (cleaned(in_columns_of_a_lead(record, row)) for row in found()),
    )
