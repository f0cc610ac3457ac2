"""Columns that are no field of a lead become custom fields (R113)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from leadtui.capture.columns.headers import Column, HeaderMapping
from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.errors import FieldProblems
from leadtui.exporting.custom import read_header
from leadtui.qualify.custom import checked_custom
from leadtui.qualify.fields import FieldDefinition, custom_fields, define_fields

if TYPE_CHECKING:
    from leadtui.store.act import Act


class Customs:
    """The custom values of a file, under the keys of the fields that exist; new fields are defined."""

    def __init__(self, act: Act, mapping: HeaderMapping) -> None:
        self._act = act
        self._record = mapping.record
        known = custom_fields(act.connection, act.settings, mapping.record)
        self._known = {field.key: field for field in known}
        by_label = {field.label.casefold(): field.key for field in self._known.values()}
        self._is_ours = mapping.system == OWN_SYSTEM
        self._offered = {column.key: self._field_of(column) for column in mapping.columns}
        self._fields = {**self._offered, **self._known}
        self._keys = {
            column.key: by_label.get(column.header.casefold(), column.key) for column in mapping.columns
        }
        self._new: dict[str, None] = {}

    def fitting(self, values: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
        """The values by the key of their field, and a line for each that its field can't hold.

        What a lead of ours has beside its field, because that was defined later, it keeps.
        """
        found: dict[str, object] = {}
        refused: list[str] = []
        for key, text in values.items():
            name = self._keys.get(key, key)
            field = self._fields.get(name)
            if field is not None and field.kind != "text":
                try:
                    found |= checked_custom({name: text}, [field])
                    continue
                except FieldProblems:
                    if not self._is_ours:
                        refused.append(f"{field.label}: {text}")
                        continue
            found[name] = text
        return found, refused

    def note(self, values: Iterable[str]) -> None:
        """Remember the keys of values that a lead gets."""
        self._new.update((key, None) for key in values if key not in self._known)

    def define(self) -> None:
        """Add the fields that leads, or other records, got and that are new."""
        fields = [self._offered.get(key) or FieldDefinition(key, key) for key in self._new]
        define_fields(self._act, fields, self._record)

    def _field_of(self, column: Column) -> FieldDefinition:
        """The field that a column becomes where none has its key: an export of ours says what it was."""
        if self._is_ours:
            return replace(read_header(column.header), key=column.key)
        return FieldDefinition(column.key, column.header)
