"""The fields of a lead that a conversion carries over, and what they hold."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import Any, NamedTuple

from leadtui.convert.lead import Lead
from leadtui.convert.shown import currency_of, range_text, tags_text, yes_no_text
from leadtui.followup.describe import format_when
from leadtui.i18n import gettext as _
from leadtui.labels import label, value_label
from leadtui.money import money_text
from leadtui.qualify.fields import FieldDefinition, custom_fields
from leadtui.settings import Settings
from leadtui.values import CUSTOM, SIGNALS

_KINDS: Mapping[str, str] = {
    "company": "text", "contact": "text", "title": "text", "department": "text", "role": "code",
    "phone": "phone", "mobile": "phone", "other_phones": "lines", "email": "mail", "other_emails": "lines",
    "wechat": "text", "website": "text", "address": "block", "city": "text", "state": "text",
    "postal_code": "text", "country": "text", "industry": "text", "company_size": "text",
    "customer_type": "text", "budget": "money", "budget_min": "money", "budget_max": "money",
    "currency": "currency", "budget_fit": "code", "need": "block", "need_clarity": "code",
    "scenario": "text", "timing": "code", "potential": "text", "lead_type": "text",
    "asked_for_material": "yes_no", "remark": "block", "notes": "block", "source_channel": "text",
    "source_detail": "text", "owner": "text", "acquired_at": "moment",
    "tier_chosen": "text", "tier_reason": "block", "external_system": "text", "external_id": "text",
    **{f"signal_{name}": "yes_no" for name in SIGNALS},
    "bant_budget": "number", "bant_authority": "number", "bant_need": "number", "bant_timing": "number",
    "tags": "tags",
}  # fmt: skip
"""The fields in the order in which they are shown; what isn't among them says how the lead is handled, and
stays with the lead."""


class Value(NamedTuple):
    """What one field of a lead holds, or what a rep typed."""

    source: str
    label: str
    kind: str
    raw: Any
    text: str
    """As people read it."""
    currency: str = ""
    """Of an amount."""


def source_kind(source: str, definitions: Sequence[FieldDefinition]) -> str:
    """What a field of leads holds; empty when there is no such field."""
    if source.startswith(CUSTOM):
        key = source.removeprefix(CUSTOM)
        return next((_custom_kind(field.kind) for field in definitions if field.key == key), "")
    return _KINDS.get(source, "")


def sources(connection: sqlite3.Connection, settings: Settings) -> tuple[tuple[str, str, str], ...]:
    """All fields of leads that can be mapped: (reference, label, kind)."""
    own = ((name, label("field", name), kind) for name, kind in _KINDS.items())
    custom = (
        (CUSTOM + field.key, field.label or field.key, _custom_kind(field.kind))
        for field in custom_fields(connection, settings)
    )
    return (*own, *custom)


def values_of(
    lead: Lead, definitions: Sequence[FieldDefinition], settings: Settings, zone: tzinfo
) -> list[Value]:
    """Everything that a lead says, in the order of the fields."""
    return [*_own_values(lead, settings, zone), *_custom_values(lead.custom, definitions)]


def shown(name: str, kind: str, raw: Any, currency: str, zone: tzinfo) -> str:
    """A stored value as people read it, by the field that holds it and its kind; empty for none."""
    if raw is None or raw == "" or raw == ():
        return ""
    if kind == "money":
        return money_text(raw, currency)
    if kind == "moment":
        return format_when(raw, False, zone)
    if kind == "yes_no":
        return yes_no_text(bool(raw))
    if kind == "tags":
        return tags_text(raw)
    return value_label(name, str(raw)) if kind in {"code", "text"} else str(raw)


def _own_values(lead: Lead, settings: Settings, zone: tzinfo) -> Iterator[Value]:
    columns = lead.columns
    currency = currency_of(columns, settings)
    for name, kind in _KINDS.items():
        if name == "budget":
            low, high = columns["budget_min"], columns["budget_max"]
            raw, text = (high if high is not None else low), range_text(low, high, currency)
        else:
            raw = lead.tags if name == "tags" else columns[name]
            text = shown(name, kind, raw, currency, zone)
        if raw is None or raw in ("", ()) or (kind == "yes_no" and not raw):
            continue
        yield Value(name, label("field", name), kind, raw, text, currency if kind == "money" else "")


def _custom_values(custom: Mapping[str, Any], definitions: Sequence[FieldDefinition]) -> Iterator[Value]:
    known = {field.key: field for field in definitions}
    ordered = [key for key in known if key in custom] + [key for key in custom if key not in known]
    for key in ordered:
        raw, field = custom[key], known.get(key)
        if raw is None or raw == "":
            continue
        name = field.label or key if field else key
        kind = _fitting_kind(raw, _custom_kind(field.kind) if field else "")
        text = yes_no_text(raw) if isinstance(raw, bool) else raw if isinstance(raw, str) else json.dumps(raw)
        yield Value(CUSTOM + key, name, kind, raw if isinstance(raw, str | int | float) else text, text)


def _custom_kind(kind: str) -> str:
    return "block" if kind == "text" else kind


def _fitting_kind(raw: object, kind: str) -> str:
    """The kind of a custom value: that of its field, unless it was there before the field got that kind."""
    if isinstance(raw, bool):
        return "yes_no"
    if isinstance(raw, int | float):
        return "number"
    if kind == "date":
        try:
            date.fromisoformat(str(raw))
        except ValueError:
            return "block"
    return kind if kind in {"date", "choice"} else "block"


def typed(text: str) -> Value:
    """What a rep typed."""
    return Value("", _("typed"), "block", text, text)
