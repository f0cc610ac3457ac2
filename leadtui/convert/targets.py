"""The fields of customers, contacts and opportunities that a conversion fills."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from leadtui.customers import codes
from leadtui.labels import label
from leadtui.qualify.fields import FieldDefinition, custom_fields, field_key
from leadtui.qualify.limits import LINE_LIMIT, TEXT_LIMIT
from leadtui.settings import Settings
from leadtui.values import CUSTOM, RECORDS

_CODES: Mapping[str, tuple[str, ...]] = {
    "role": codes.ROLES,
    "stage": codes.OPEN_STAGES,
    "urgency": codes.URGENCIES,
    "budget_level": codes.BUDGET_LEVELS,
    "competition": codes.COMPETITIONS,
    "decision_chain": codes.DECISION_CHAINS,
    "grade_chosen": codes.GRADES,
}
_LEFT_OUT = frozenset(
    ("lifecycle", "batch_id", "next_step", "next_due", "next_due_all_day", "reports_to", "handover_note")
)
"""What the conversion itself says, and what comes later."""
_LINES = frozenset(("other_phones", "other_emails"))
_APPENDED = frozenset(("notes", "remark"))
_CUSTOM_LIMIT = 10_000
_LIMITS: Mapping[str, int] = {
    **dict.fromkeys(("block", "lines"), TEXT_LIMIT),
    **dict.fromkeys(("text", "mail", "phone"), LINE_LIMIT),
}
"""How many characters a field takes, by its kind."""


class TargetField(NamedTuple):
    """A field that can be filled."""

    ref: str
    """`customer.industry`, `contact.custom.seats`."""
    record: str
    name: str
    """Its column, or `custom.` and its key."""
    label: str
    kind: str
    """text, block, lines, mail, phone, code, currency, money, number, percent, date, moment, choice, yes_no,
    tags."""
    choices: tuple[str, ...] = ()
    limit: int = 0
    """How many characters it takes; 0 when it holds no text."""

    @property
    def is_custom(self) -> bool:
        return self.name.startswith(CUSTOM)

    @property
    def is_appended(self) -> bool:
        """Whether what comes is added to what stands there."""
        return self.kind in {"lines", "tags"} or self.name in _APPENDED

    @property
    def is_required(self) -> bool:
        return self.name == "name"


def target_fields(connection: sqlite3.Connection, settings: Settings) -> dict[str, TargetField]:
    """Every field that can be filled, by its reference, customers first."""
    fields: dict[str, TargetField] = {}
    for record in RECORDS:
        fields |= {field.ref: field for field in _own_fields(record)}
        for definition in custom_fields(connection, settings, record):
            field = _custom_field(record, definition)
            fields[field.ref] = field
    return fields


def new_fields(
    connection: sqlite3.Connection, settings: Settings, sources: Mapping[str, str]
) -> dict[str, TargetField]:
    """The custom fields that a mapping (target to source) names and that nobody has defined yet, each like
    the custom field of leads that is to fill it."""
    leads = {CUSTOM + field.key: field for field in custom_fields(connection, settings)}
    known = target_fields(connection, settings)
    found = {}
    for ref, source in sources.items():
        record, _dot, name = ref.partition(".")
        key = name.removeprefix(CUSTOM)
        if ref in known or record not in RECORDS or not source.startswith(CUSTOM):
            continue
        if name.startswith(CUSTOM) and field_key(key) == key:
            like = leads.get(source, FieldDefinition(key, source.removeprefix(CUSTOM)))
            found[ref] = _custom_field(record, replace(like, key=key))
    return found


def _custom_field(record: str, field: FieldDefinition) -> TargetField:
    kind = "block" if field.kind == "text" else field.kind
    limit = _CUSTOM_LIMIT if field.kind == "text" else 0
    name = CUSTOM + field.key
    return TargetField(f"{record}.{name}", record, name, field.label or field.key, kind, field.choices, limit)


def _own_fields(record: str) -> list[TargetField]:
    from leadtui.customers.drafts import DRAFTS

    found = []
    for name, info in DRAFTS[record].model_fields.items():
        if name in _LEFT_OUT:
            continue
        kind = _special_kind(name) or _kinds().get(_check(info.metadata), "percent")
        ref, limit = f"{record}.{name}", _LIMITS.get(kind, 0)
        found.append(TargetField(ref, record, name, label("field", name), kind, _CODES.get(name, ()), limit))
    if record == "customer":
        found.append(TargetField("customer.tags", record, "tags", label("field", "tags"), "tags"))
    return found


def _special_kind(name: str) -> str:
    """The kind of a field whose type is that of other texts."""
    if name in _LINES:
        return "lines"
    return "code" if name in _CODES else ""


@cache
def _kinds() -> dict[Callable[..., Any], str]:
    """What the fields of drafts hold, by the check that their type runs."""
    from leadtui.qualify import drafts

    types: Mapping[str, Any] = {
        "text": drafts.Line,
        "block": drafts.Block,
        "mail": drafts.Mail,
        "phone": drafts.Phone,
        "currency": drafts.Currency,
        "money": drafts.Money,
        "moment": drafts.Moment,
    }
    return {_check(kind.__metadata__): name for name, kind in types.items()}


def _check(metadata: Any) -> Callable[..., Any]:
    check: Callable[..., Any] = metadata[0].func
    return check
