"""The fields that users add to a kind of record (R113), defined in the settings or in the app."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.qualify.mapped import why_mapped
from leadtui.settings import Settings
from leadtui.store.ids import name_id

if TYPE_CHECKING:
    from leadtui.store.act import Act

KINDS: tuple[str, ...] = ("text", "number", "date", "choice", "yes_no")


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A custom field: its key in `custom`, what users read, what it holds."""

    key: str
    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


def field_key(label: str) -> str:
    """The key for a label: letters, digits and underscores of any script, folded."""
    return re.sub(r"\W+", "_", label.strip().casefold()).strip("_") or "field"


def custom_fields(
    connection: sqlite3.Connection, settings: Settings, record: str = "lead"
) -> tuple[FieldDefinition, ...]:
    """Every custom field of a kind of record: those of the settings (for leads) first, then those defined in
    the app."""
    fields = {
        field.key: FieldDefinition(field.key, field.label, field.kind, field.choices)
        for field in (settings.fields if record == "lead" else ())
    }
    rows = connection.execute(
        "SELECT key, label, kind, choices FROM custom_field WHERE entity = ? ORDER BY rowid", (record,)
    )
    for key, label, kind, choices in rows:
        fields.setdefault(key, FieldDefinition(key, label, kind, tuple(json.loads(choices))))
    return tuple(fields.values())


def custom_texts(
    custom: Mapping[str, object], fields: Iterable[FieldDefinition]
) -> tuple[tuple[str, str], ...]:
    """Values under the labels of their fields, in the order of the fields; one without a field comes last."""
    names = {field.key: field.label for field in fields}
    names.update({key: key.replace("_", " ") for key in custom if key not in names})
    flags = {True: _("yes"), False: _("no")}
    return tuple(
        (name, flags[value] if isinstance(value, bool) else str(value))
        for key, name in names.items()
        if (value := custom.get(key)) not in (None, "")
    )


def define_fields(act: Act, fields: Iterable[FieldDefinition], record: str = "lead") -> None:
    """Add fields, or give existing ones another label, kind or choices; FieldProblems for a bad one, and for
    another kind of one that conversions carry over.

    Values that records have stay as they are; a field that is no longer defined keeps its values too.
    """
    for field in fields:
        _check(field)
        identity = name_id("custom_field", record, field.key)
        choices = json.dumps(field.choices, ensure_ascii=False)
        known = act.connection.execute("SELECT kind FROM custom_field WHERE id = ?", (identity,)).fetchone()
        if known and known[0] != field.kind:
            _refuse_mapped(act, record, field.key, field.label)
        if known:
            act.connection.execute(
                "UPDATE custom_field SET label = ?, kind = ?, choices = ? WHERE id = ?",
                (field.label, field.kind, choices, identity),
            )
        else:
            act.connection.execute(
                """INSERT INTO custom_field (id, entity, key, label, kind, choices)
                   VALUES (?, ?, ?, ?, ?, ?)""",
                (identity, record, field.key, field.label, field.kind, choices),
            )


def remove_fields(act: Act, keys: Sequence[str], record: str = "lead") -> None:
    """Take definitions away; the values that records have are kept and still shown under their keys.

    FieldProblems for one that conversions carry over.
    """
    for key in keys:
        _refuse_mapped(act, record, key, key)
        act.connection.execute(
            "DELETE FROM custom_field WHERE id = ?", (name_id("custom_field", record, key),)
        )


def _refuse_mapped(act: Act, record: str, key: str, name: str) -> None:
    """A field that conversions use isn't removed or given another kind before it is taken out of them."""
    why = why_mapped(act.connection, record, key)
    if why:
        raise FieldProblems({name: why})


def _check(field: FieldDefinition) -> None:
    problems = {}
    if not field.label.strip():
        problems["label"] = _("Give the field a name.")
    if field.kind not in KINDS:
        problems["kind"] = _("A field holds text, a number, a date, a choice, or yes or no.")
    if field.kind == "choice" and not field.choices:
        problems["choices"] = _("List at least one choice.")
    if problems:
        raise FieldProblems(problems)
