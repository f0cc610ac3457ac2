"""The columns of a file by name: told apart, with a key for a custom field, and as a system calls them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from leadtui.capture.words.vocabulary import spellings
from leadtui.i18n import gettext as _

_SLUG = re.compile(r"[^\w]+")


def unique_headers(headers: Sequence[str]) -> list[str]:
    """Headers that can be told apart: empty ones get a number, repeated ones a count."""
    seen: dict[str, int] = {}
    result: list[str] = []
    for number, header in enumerate(headers, start=1):
        name = header or _("Column {number}").format(number=number)
        seen[name.casefold()] = count = seen.get(name.casefold(), 0) + 1
        result.append(name if count == 1 else f"{name} ({count})")
    return result


def column_keys(headers: Sequence[str]) -> list[str]:
    """A key for a custom field of each column, each once."""
    result: list[str] = []
    for number, header in enumerate(headers, start=1):
        slug = (
            _SLUG.sub("_", unicodedata.normalize("NFKC", header).casefold()).strip("_")[:40]
            or f"column_{number}"
        )
        result.append(slug if slug not in result else f"{slug}_{number}")
    return result


def said_of(header: str, columns: Mapping[str, str]) -> str | None:
    """The field that the system gives a column; None where it says nothing."""
    return next((columns[way] for way in spellings(header) if way in columns), None) if columns else None
