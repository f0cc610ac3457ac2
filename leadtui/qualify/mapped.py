"""Custom fields that a conversion carries over: they aren't removed or given another kind unnoticed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.values import CUSTOM


def why_mapped(connection: sqlite3.Connection, record: str, key: str) -> str:
    """Why a custom field of a kind of record must stay, and what to do first; empty when it needn't."""
    for source, target, field in _pairs(connection):
        if (record, CUSTOM + key) in (("lead", source), (target, field)):
            sentence = _("Conversions fill {target} from it: `leadtui mapping --map {field}=` takes it out.")
            if record != "lead":
                sentence = _("Conversions fill it: `leadtui mapping --map {field}=` takes it out of them.")
            return sentence.format(target=label("record", target), field=f"{target}.{field}")
    return ""


def _pairs(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """(source, kind of record, field) of every mapping with a custom field: those that are kept, and those
    of fields that are called the same and hold the same."""
    kept = connection.execute("SELECT source, target, field FROM conversion_mapping").fetchall()
    yield from ((source, target, field) for source, target, field in kept if source)
    said = {(target, field) for _source, target, field in kept}
    alike = connection.execute(
        """SELECT ours.key, theirs.entity, theirs.key FROM custom_field ours JOIN custom_field theirs
           ON theirs.kind = ours.kind AND (theirs.key = ours.key OR lower(theirs.label) = lower(ours.label))
           WHERE ours.entity = 'lead' AND theirs.entity <> 'lead'"""
    )
    for source, target, key in alike:
        if (target, CUSTOM + key) not in said:
            yield CUSTOM + source, target, CUSTOM + key
