"""What a filter word that is being typed can become (Tab)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from leadtui.followup.filter_words import BARE, DUE_NAMES, ITEM, KEY_OF, MISSING_NAMES, tokens
from leadtui.followup.numerals import fold
from leadtui.values import Status, Tier


def complete(text: str, cursor: int, vocabulary: Mapping[str, Sequence[str]]) -> list[str]:
    """What the piece that ends at `cursor` can become, best first; `word_at` tells what it replaces.

    `vocabulary` holds the values that this file knows by English filter word: sources, owners, tags, cities.
    """
    start, end = word_at(text, cursor)
    piece = text[start:end]
    minus = piece[:1] if piece[:1] in ("-", "－") else ""
    body = piece[len(minus) :]
    match = re.match(r"([^\s:：]+)([:：])(.*)$", body, re.DOTALL)
    key = KEY_OF.get(fold(match[1])) if match else None
    if match is None or key is None:
        folded = fold(body)
        names = [f"{name}:" for name in KEY_OF] + list(BARE)
        return [minus + name for name in names if name.startswith(folded) and name != body and folded]
    done, comma, last = _last_item(match[3])
    head = f"{minus}{match[1]}{match[2]}{done}{comma}"
    chosen = set(re.split("[,，、]", fold(done)))
    known = [value for value in _values(key, vocabulary) if fold(value) not in chosen]
    begun = fold(last.strip('"“'))
    first = [value for value in known if fold(value).startswith(begun)]
    inside = [value for value in known if begun in fold(value) and value not in first]
    return [head + _quoted(value) for value in first + inside if head + _quoted(value) != piece]


def word_at(text: str, cursor: int) -> tuple[int, int]:
    """The span of the piece that `cursor` stands in or behind, up to the cursor."""
    for token in tokens(text[:cursor]):
        if token.end == cursor:
            return token.start, cursor
    return cursor, cursor


def _last_item(values: str) -> tuple[str, str, str]:
    """What stands before the last comma outside quotes, the comma, and what stands after it."""
    items = list(re.finditer(rf"(?:^|[,，、])({ITEM})", values))
    at = items[-1].start(1) if items else 0
    return values[: max(at - 1, 0)], values[max(at - 1, 0) : at], values[at:]


def _values(key: str, vocabulary: Mapping[str, Sequence[str]]) -> Sequence[str]:
    built_in: dict[str, Sequence[str]] = {
        "tier": [tier.lower() for tier in Tier],
        "status": list(Status),
        "due": list(dict.fromkeys(DUE_NAMES.values())),
        "no": list(dict.fromkeys(MISSING_NAMES.values())),
        "owner": ["me", "none"],
        "collaborator": ["me", "none"],
        "score": [">70", ">40", "50-80"],
    }
    return [*built_in.get(key, ()), *vocabulary.get(key, ())]


def _quoted(value: str) -> str:
    if '"' in value and "”" not in value:
        return f"“{value}”"
    return f'"{value}"' if re.search(r"[\s,，、“”]", value) else value
