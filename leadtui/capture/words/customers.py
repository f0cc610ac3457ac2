"""Which kind of record a file holds, and what its columns are: `customers.toml`, ready to be looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leadtui.capture.words.fields import FIELDS
from leadtui.capture.words.vocabulary import folded, spellings, vocabulary

KINDS: tuple[str, ...] = ("opportunity", "contact", "customer", "activity")
"""What a file may hold besides leads, in the order in which it is tried."""


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What is known of one kind of file."""

    signs: tuple[frozenset[str], ...]
    unless: frozenset[str]
    fields: Mapping[str, tuple[str, int]]
    """Folded name of a column to its field, and how sure it is (0 is surest)."""


@dataclass(frozen=True, slots=True)
class Words:
    """All of it."""

    kinds: Mapping[str, RecordWords]
    values: Mapping[str, Mapping[str, str]]
    """`stages`, `channels`, `results`: folded word to our code."""


@cache
def words() -> Words:
    """What comes with LeadTUI."""
    with Path(__file__).with_name("customers.toml").open("rb") as file:
        data = tomllib.load(file)
    kinds = {}
    for kind in KINDS:
        fields: dict[str, tuple[str, int]] = {}
        for field, names in data[kind]["fields"].items():
            for sureness, name in enumerate(names):
                fields.setdefault(folded(name), (field, sureness))
        signs = tuple(frozenset(map(folded, each)) for each in data[kind]["signs"])
        kinds[kind] = RecordWords(signs, frozenset(map(folded, data[kind]["unless"])), fields)
    values = {
        group: {folded(word): code for code, known in data[group].items() for word in (*known, code)}
        for group in ("stages", "channels", "results")
    }
    return Words(kinds, values)


def kind_of_headers(headers: Sequence[str]) -> str:
    """What a file with these headers holds: one of `KINDS`, or `lead`."""
    there = {folded(header) for header in headers}
    for kind, known in words().kinds.items():
        if any(signs <= there for signs in known.signs) and not known.unless & there:
            return kind
    return "lead"


def field_of(kind: str, header: str) -> tuple[str, int] | None:
    """The field that a header names in a file of this kind, and how sure that is; None when it names none."""
    known = words().kinds[kind].fields
    for way in spellings(header):
        if way in known:
            return known[way]
    found = vocabulary().lookup(header)
    return (found[0], found[1] + 100) if found and found[0] in FIELDS[kind] else None
