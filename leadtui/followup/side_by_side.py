"""A merge as people read it: each field with what every record says, and what will stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from leadtui.followup.column_text import column_text
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.qualify.fields import FieldDefinition
from leadtui.qualify.merging.kinds import Field
from leadtui.qualify.merging.plan import MergePlan, is_empty, value_of
from leadtui.store.columns import LEAD_FLAGS
from leadtui.values import CUSTOM

_FOLLOWING = frozenset({"currency", "next_due_all_day", "external_system"})
"""Columns that are told with another one."""


class Line(NamedTuple):
    """One field of a merge."""

    name: str
    label: str
    texts: tuple[str, ...]
    """What each record says, empty for nothing; long texts have several lines."""
    result: str
    """What will stand there."""
    chosen: int | None
    """The record that it is taken from, or None for all together."""
    can_join: bool
    differs: bool
    """Whether the records say different things."""


def lines(plan: MergePlan, definitions: Sequence[FieldDefinition], zone: tzinfo) -> list[Line]:
    """The fields of which any record says something, in the order of the fields."""
    labels = {CUSTOM + each.key: each.label for each in definitions}
    results = plan.results()
    found = []
    for field, side, can_join in plan.choices:
        values = [{column: value_of(each, column) for column in field.columns} for each in plan.sides]
        texts = tuple(_text(field, each, zone) for each in values)
        result = _text(field, {column: results[column] for column in field.columns}, zone)
        if any(texts) or result:
            differs = len({text.casefold() for text in texts}) > 1
            found.append(Line(field.name, _label(field, labels), texts, result, side, can_join, differs))
    return found


def _label(field: Field, labels: Mapping[str, str]) -> str:
    if field.name.startswith(CUSTOM):
        return labels.get(field.name, field.name.removeprefix(CUSTOM).replace("_", " "))
    return label("field", field.name)


def _text(field: Field, values: Mapping[str, Any], zone: tzinfo) -> str:
    texts = [_value(column, values, zone) for column in field.columns if column not in _FOLLOWING]
    return ", ".join(text for text in texts if text)


def _value(column: str, values: Mapping[str, Any], zone: tzinfo) -> str:
    value = values[column]
    if is_empty(value) or (column in LEAD_FLAGS and not value):
        return ""
    if isinstance(value, bool):
        return _("yes")
    return column_text(column, value, str(values.get("currency") or ""), zone)
