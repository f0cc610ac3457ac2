"""Columns that are no field of a lead become custom fields (R113)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leadtui.capture.headers import HeaderMapping
from leadtui.errors import FieldProblems
from leadtui.qualify.custom import checked_custom
from leadtui.qualify.fields import FieldDefinition, custom_fields, define_fields

if TYPE_CHECKING:
    from leadtui.store.act import Act


class Customs:
    """The custom values of a file, under the keys of the fields that exist; new fields are defined."""

    def __init__(self, act: Act, mapping: HeaderMapping) -> None:
        self._act = act
        self._known = {field.key: field for field in custom_fields(act.connection, act.settings)}
        by_label = {field.label.casefold(): field.key for field in self._known.values()}
        self._labels = {column.key: column.header for column in mapping.columns}
        self._keys = {
            column.key: by_label.get(column.header.casefold(), column.key) for column in mapping.columns
        }
        self._new: dict[str, None] = {}

    def fitting(self, values: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
        """The values by the key of their field, and a line for each that its field can't hold."""
        found: dict[str, object] = {}
        refused: list[str] = []
        for key, text in values.items():
            name = self._keys.get(key, key)
            field = self._known.get(name)
            if field is None:
                self._new[name] = None
            elif field.kind != "text":
                try:
                    found |= checked_custom({name: text}, [field])
                except FieldProblems:
                    refused.append(f"{field.label}: {text}")
                continue
            found[name] = text
        return found, refused

    def define(self) -> None:
        """Add the fields that are new."""
        define_fields(self._act, [FieldDefinition(key, self._labels.get(key, key)) for key in self._new])
