"""What can be merged, and by which rule each field of it comes together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from leadtui.store.columns import JOURNALED_TABLES


class Rule(StrEnum):
    """How the values of several records become one."""

    PICK = "pick"
    """One record's, the columns of a field as a whole."""
    JOIN = "join"
    """All texts, each once, one after the other; or one record's."""
    ANY = "any"
    """The highest number: a signal that one record has, the better answer; or one record's."""
    EARLIEST = "earliest"
    """The first moment; or one record's."""
    LINES = "lines"
    """Every line that any record has, and what was not picked of `SPILLS`."""


class Field(NamedTuple):
    """What is decided at once: the columns of a table that belong together."""

    name: str
    columns: tuple[str, ...]
    rule: Rule


class Kind(NamedTuple):
    """A kind of record that can be merged."""

    name: str
    fields: tuple[Field, ...]
    parts: tuple[str, ...]
    """The tables whose rows belong to such a record by `<name>_id`, and move over to the one that stays."""
    named_parts: tuple[str, ...]
    """The tables of names on such a record: each name is put on the one that stays as well."""
    texts: tuple[str, ...]
    """The columns that say who it is."""


OWN = frozenset(
    "id number created_at created_by deleted_at merged_into batch_id acknowledged_at snoozed_until retry_at "
    "profile_at converted_at customer_id contact_id opportunity_id source_snapshot custom".split()
)
"""What a record keeps for itself: the one that stays goes on as it is."""
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "address": ("address", "city", "state", "postal_code", "country"),
    "budget_max": ("budget_min", "budget_max", "currency"),
    "next_step": ("next_step", "next_due", "next_due_all_day"),
    "source_channel": ("source_channel", "source_detail"),
    "tier_chosen": ("tier_chosen", "tier_reason"),
    "status": ("status", "status_reason", "status_note", "screened_at"),
    "external_id": ("external_system", "external_id"),
}
"""Columns that say nothing apart; the field is called like the column that is told first."""
SPILLS: Mapping[str, tuple[str, ...]] = {
    "other_phones": ("phone", "mobile"),
    "other_emails": ("email",),
}
"""Where the values go that another record's was picked over."""
_JOINED = frozenset(
    "need remark notes basic_difficulty basic_remedy industry_difficulty industry_remedy "
    "behaviour_difficulty behaviour_remedy need_difficulty need_remedy decision_difficulty "
    "decision_remedy".split()
)
_ANY = ("signal_", "bant_", "asked_for_")
_EARLIEST = frozenset({"acquired_at", "became_customer_at"})
_NAMED = frozenset({"tag", "collaborator"})


def _fields(table: str) -> Iterator[Field]:
    columns = [name for name in JOURNALED_TABLES[table] if name not in OWN]
    grouped = {
        column: name for name, group in TOGETHER.items() if set(group) <= set(columns) for column in group
    }
    for column in columns:
        if column in SPILLS:
            yield Field(column, (column,), Rule.LINES)
        elif column in _JOINED:
            yield Field(column, (column,), Rule.JOIN)
        elif column in _EARLIEST:
            yield Field(column, (column,), Rule.EARLIEST)
        elif column.startswith(_ANY):
            yield Field(column, (column,), Rule.ANY)
        elif column not in grouped:
            yield Field(column, (column,), Rule.PICK)
        elif column == grouped[column]:
            yield Field(column, TOGETHER[column], Rule.PICK)


def _kind(name: str, *texts: str) -> Kind:
    parts = [table for table, columns in JOURNALED_TABLES.items() if f"{name}_id" in columns]
    return Kind(
        name,
        tuple(_fields(name)),
        tuple(table for table in parts if table not in _NAMED),
        tuple(table for table in parts if table in _NAMED),
        texts,
    )


LEAD = _kind("lead", "company", "contact")
CUSTOMER = _kind("customer", "name")
CONTACT = _kind("contact", "name", "title")
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (LEAD, CUSTOMER, CONTACT)}
