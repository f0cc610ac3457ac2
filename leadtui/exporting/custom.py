"""Custom fields as columns of a table: the header says what each is, so that an import defines it anew."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from leadtui.exporting.cells import Cell
from leadtui.qualify.fields import KINDS, FieldDefinition
from leadtui.values import CUSTOM

_HEADER = re.compile(r"(.+) (\[\".*\])", re.DOTALL)
_FRAGILE = re.compile(r"[^\S ]|(?<= ) ")
"""White space that a header doesn't keep."""

Said = list[str]
"""What a field is, as text: its kind, its label, and its choices."""


def custom_keys(connection: sqlite3.Connection, record: str) -> list[str]:
    """The keys of all custom values that records of a kind have, sorted."""
    found = connection.execute(
        f"SELECT DISTINCT json_each.key FROM {record}, json_each({record}.custom) WHERE custom <> '{{}}'"
    )
    return sorted(key for (key,) in found)


def custom_header(key: str, said: object = None) -> str:
    """The header of a custom field: `custom.seats ["number", "Seats"]`, or `custom.seats` for a text called
    by its key."""
    plain = CUSTOM + key
    if said is None and read_header(plain) != FieldDefinition(key, key):
        said = ["text", key]
    if said is None:
        return plain
    return f"{plain} {_FRAGILE.sub(_escaped, json.dumps(said, ensure_ascii=False))}"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def said_of(field: FieldDefinition | None) -> Said | None:
    """What a header says of a field; None of one that is a text called by its key."""
    if field is None or (field.kind, field.label) == ("text", field.key):
        return None
    return [field.kind, field.label, *field.choices]


def read_header(header: str) -> FieldDefinition:
    """The field that `custom_header` was given."""
    name = header.removeprefix(CUSTOM)
    if found := _HEADER.fullmatch(name):
        try:
            field = read_said(found[1], json.loads(found[2]))
        except ValueError:
            field = None
        if field is not None:
            return field
    return FieldDefinition(name, name)


def read_said(key: str, said: object) -> FieldDefinition | None:
    """The field with that key of which this is said; None when nobody who defines fields says so."""
    match said:
        case [str(kind), str(label), *choices] if kind in KINDS and label.strip():
            words = tuple(word for word in choices if isinstance(word, str))
            if len(words) == len(choices) and (words or kind != "choice"):
                return FieldDefinition(key, label, kind, words)
    return None


def custom_cells(custom: str, keys: Sequence[str], fields: Mapping[str, FieldDefinition]) -> list[Cell]:
    """The cells of a record's custom values for each of `keys`; `fields` are those that are defined."""
    values = json.loads(custom)
    return [_cell(values.get(key), fields.get(key)) for key in keys]


def custom_of_document(custom: str, fields: Mapping[str, FieldDefinition]) -> dict[str, object]:
    """A record's custom values, and beside them what each field is, unless it is a text called by its key."""
    values = json.loads(custom)
    said = {key: what for key in values if (what := said_of(fields.get(key)))}
    return {"custom": values, "custom_fields": said} if said else {"custom": values}


def _cell(value: object, field: FieldDefinition | None) -> Cell:
    if isinstance(value, str):
        return _day(value) if field is not None and field.kind == "date" else value
    if value is None or isinstance(value, bool | int | float):
        return value
    return json.dumps(value, ensure_ascii=False)


def _day(text: str) -> Cell:
    """The day that a custom date is; what stood there before the field became a date is left as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.isoformat() == text else text
