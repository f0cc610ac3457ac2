"""What other systems call things: `vocabulary.toml`, ready to be looked up."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^【】]*】")
_REQUIRED = re.compile(r"必填|\brequired\b", re.IGNORECASE)
_ENTITY = re.compile(
    r"^(?:person|organi[sz]ation|lead|deal|contact|note)\s+-\s+|^(?:properties|fields|record|data)\.",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^\s*(?:q?\d{1,2}\s*[、.．)）:：]\s*)?"
    r"(?:请(?:填写|输入|留下)|(?:please )?enter |您的|你的|贵|(?:what(?:'s|’s| is) )?your )*",
    re.IGNORECASE,
)
"""How forms on the web ask for something: `1、您的姓名：`, `What's your name?`."""
_DIGITS = re.compile(r"\d+")


def folded(text: str) -> str:
    """A header or a value as it is compared: without case, width, accents, spaces and punctuation."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    wide = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(sign for sign in wide if unicodedata.category(sign)[0] in "LN" or sign == "\u094d")
    return unicodedata.normalize("NFC", kept)


def spellings(header: str) -> tuple[str, ...]:
    """The ways to look a header up, the most literal first: whole, without brackets, entity and numbers."""
    literal = _REQUIRED.sub(" ", header)
    unbracketed = _BRACKETS.sub(" ", literal)
    plain = _ENTITY.sub("", unbracketed.strip())
    ways = [folded(literal), folded(unbracketed), folded(plain), folded(_ASKED.sub("", plain))]
    ways += [_DIGITS.sub("", way) for way in ways]
    return tuple(dict.fromkeys(way for way in ways if way)) or (folded(header),)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names of fields and values."""

    fields: Mapping[str, tuple[str, int]]
    """Folded name of a column to its field, and how sure it is (0 is surest)."""
    own: frozenset[str]
    ignored: frozenset[str]
    counters: frozenset[str]
    accounts: frozenset[str]
    salutations: frozenset[str]
    values: Mapping[str, Mapping[str, str]]
    """Field to folded value to ours."""

    def lookup(self, header: str) -> tuple[str, int] | None:
        """The field that a header names, and how sure that is; None when it names none."""
        for distance, way in enumerate(spellings(header)):
            if way in self.own or way in self.ignored:
                return None
            if found := self.fields.get(way):
                return found[0], found[1] + 100 * (distance > 2)
        return None

    def field_of(self, header: str) -> str:
        """The field that a header names; empty when it names none."""
        found = self.lookup(header)
        return found[0] if found else ""

    def known(self, header: str) -> bool:
        """Whether a cell of a header row is one that we know."""
        return self.lookup(header) is not None or folded(header) in self.own | self.ignored | self.counters


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with LeadTUI."""
    with Path(__file__).with_name("vocabulary.toml").open("rb") as file:
        data = tomllib.load(file)
    fields: dict[str, tuple[str, int]] = {}
    for field, names in data["fields"].items():
        for sureness, name in enumerate((*names, field)):
            fields.setdefault(folded(name), (field, sureness))
    columns = {kind: frozenset(map(folded, names)) for kind, names in data["columns"].items()}
    return Vocabulary(
        fields=fields,
        own=columns["own"],
        ignored=columns["ignored"],
        counters=columns["counter"],
        accounts=columns["accounts"],
        salutations=columns["salutations"],
        values={
            field: {folded(word): ours for ours, words in groups.items() for word in (*words, ours)}
            for field, groups in data["values"].items()
        },
    )
