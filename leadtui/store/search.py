"""The search index: which leads hold the words that are being typed, in inbox order.

`lead_search` is a full-text table without content of its own. Its rowid is the rank of the lead, so hits come
in inbox order, and the first page needs no sorting. It knows which words a lead has, not where they stand:
three and more Chinese characters are found by their pairs.
"""

from __future__ import annotations

import re
import sqlite3
import string
from collections.abc import Iterable, Sequence
from itertools import islice

from leadtui.store.search_text import (
    COMMON,
    NUMBER_MARK,
    PHONE_MARK,
    SEARCH_TEXT_VERSION,
    WORD_LENGTH,
    domain_labels,
    fold,
    runs_of,
    without_country,
    without_legal_form,
    words_of,
)

__all__ = [
    "SEARCH_TEXT_VERSION",
    "add",
    "all_ranks",
    "create",
    "hits",
    "match_expression",
    "rebuild",
    "remove",
]

_BULK = 100_000
_FEW = 1000
_MERGED_PAGES, _MERGED_BY_FEW = 128, 32
"""Pages that a write merges: few after a write of few leads, because somebody waits for each of them."""
_SETTINGS = {
    # Bytes that are held before they are written out; only bulk loads ever fill them.
    "hashsize": 64 << 20,
    # Left to itself, the index now and then merges all of itself in one go, which takes seconds and doubles
    # the file. Instead each write merges a few pages, and only when enough has gathered.
    "automerge": 0,
    "crisismerge": 1000,
    "usermerge": 16,
}
_MOST_WORDS = 12
_MOST_TERMS = 24
_WORD_TYPED = 100
_PHONE = re.compile(r"\+?[0-9 ()./-]*[0-9][0-9 ()./-]*")
_NUMBER = re.compile(r"(?:l-|l(?=[a-z]*[0-9]))([0-9a-z]{1,6})|([0-9a-z]{6})")
"""A lead's number: `L-` or `L` and its beginning, or the whole of what follows."""


def create(connection: sqlite3.Connection) -> None:
    """Make the empty index."""
    connection.execute(
        "CREATE VIRTUAL TABLE lead_search USING fts5"
        "(text, content = '', tokenize = 'ascii', detail = none, columnsize = 0)"
    )
    for name, value in _SETTINGS.items():
        _command(connection, name, value)


def add(connection: sqlite3.Connection, entries: Iterable[tuple[int, str]]) -> None:
    """Store leads, given as (rank, search text), in the running transaction; 50 thousand a second in bulk."""
    remaining = iter(entries)
    chunks = size = 0
    # A rank that goes backwards makes the index write out what it holds, so each chunk goes in by rank.
    while chunk := sorted(islice(remaining, _BULK)):
        connection.executemany("INSERT INTO lead_search (rowid, text) VALUES (?, ?)", chunk)
        chunks, size = chunks + 1, len(chunk)
    if chunks > 1:
        _command(connection, "optimize")
    else:
        _command(connection, "merge", _MERGED_BY_FEW if size < _FEW else _MERGED_PAGES)


def remove(connection: sqlite3.Connection, entries: Iterable[tuple[int, str]]) -> None:
    """Forget leads, given as the (rank, search text) they were stored with, in the running transaction."""
    connection.executemany(
        "INSERT INTO lead_search (lead_search, rowid, text) VALUES ('delete', ?, ?)", sorted(entries)
    )


def rebuild(connection: sqlite3.Connection, entries: Iterable[tuple[int, str]]) -> None:
    """Make the index anew from (rank, search text) of every lead, in the running transaction."""
    _command(connection, "delete-all")
    add(connection, entries)


def hits(connection: sqlite3.Connection, expression: str, limit: int, after: int | None = None) -> list[int]:
    """The ranks of the first leads that an expression finds, in inbox order, behind the rank `after`."""
    found = connection.execute(
        "SELECT rowid FROM lead_search WHERE lead_search MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?",
        (expression, -1 if after is None else after, limit),
    )
    return [rank for (rank,) in found]


def all_ranks(connection: sqlite3.Connection, expression: str) -> list[int]:
    """The ranks of all leads that an expression finds, in inbox order."""
    (ranks,) = connection.execute(
        "SELECT group_concat(rowid) FROM lead_search WHERE lead_search MATCH ?", (expression,)
    ).fetchone()
    return [int(rank) for rank in ranks.split(",")] if ranks else []


def match_expression(words: Sequence[str]) -> str | None:
    """What `MATCH` is given for words as they were typed: every word must begin a word of the lead.

    None when they hold nothing that can be looked for. What is typed is only ever looked for, never obeyed.
    """
    typed = [folded for word in words[:_MOST_WORDS] if (folded := fold(word[:_WORD_TYPED]))]
    found = [expression for expression in map(_word, typed) if expression]
    if not found:
        return None
    together = _together(typed)
    every = " AND ".join(found)
    return f"({every}) OR {together}" if together else every


def _together(typed: Sequence[str]) -> str | None:
    """What was typed apart but stands together: `138 1234 5678`, `wang xiao ming`."""
    if len(typed) < 2:
        return None
    joined = "".join(typed)
    if joined.isascii() and joined.isalpha():
        return _begins(joined[:WORD_LENGTH])
    if all(_PHONE.fullmatch(word) for word in typed):
        return _phone(joined)
    return None


def _word(typed: str) -> str | None:
    """The expression for one folded word."""
    ways = [_text(typed)]
    if _PHONE.fullmatch(typed):
        ways.append(_phone(typed))
    if number := _NUMBER.fullmatch(typed):
        ways.append(f'"{NUMBER_MARK}{number[1] or number[2]}"*')
    return _any([way for way in ways if way])


def _text(typed: str) -> str | None:
    """The words of a mail address or a host, or any other words and Chinese runs, all of them."""
    local, at, host = typed.partition("@")
    words = words_of(local)
    if at and host:
        words += domain_labels(words_of(host))
    elif "." in typed:
        words = domain_labels(words)
    terms = [f'"{word}"' for word in words[:-1]]
    # A word with more behind it is complete; the last one may still be growing.
    terms += [_begins(word) for word in words[-1:]]
    for run in runs_of(typed):
        terms += _pairs(without_legal_form(run))
    return " AND ".join(dict.fromkeys(terms[:_MOST_TERMS])) or None


def _begins(word: str) -> str:
    """The words that begin so; one or two characters have entries of their own."""
    if len(word) == 1 and word.isascii():
        return _any(
            [f'"{word}"', *(f'"{word}{second}"' for second in string.ascii_lowercase + string.digits)]
        )
    return f'"{word}"' if len(word) == 2 else f'"{word}"*'


def _pairs(run: str) -> list[str]:
    """The entries of a Chinese run."""
    if len(run) == 1:
        return [f'"{run}"' if run in COMMON else f'"{run}"*']
    return [f'"{run[at : at + 2]}"' for at in range(len(run) - 1)]


def _phone(typed: str) -> str | None:
    """Phone numbers whose start, last group or last four digits begin so; the country code may lead."""
    digits = re.sub("[^0-9]", "", typed)
    bare = digits.lstrip("0")
    starts = (without_country(bare),) if typed.startswith("+") else (digits, bare, without_country(bare))
    return _any([f'"{PHONE_MARK}{start}"*' for start in dict.fromkeys(starts) if len(start) > 2])


def _any(ways: Sequence[str]) -> str:
    return f"({' OR '.join(ways)})" if len(ways) > 1 else "".join(ways)


def _command(connection: sqlite3.Connection, name: str, value: int | None = None) -> None:
    connection.execute("INSERT INTO lead_search (lead_search, rank) VALUES (?, ?)", (name, value))
