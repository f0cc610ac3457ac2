"""The match keys of a row, made once and used to find the leads that it may be about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from leadtui.qualify.match_keys import external_key, mail_key, phone_key, who_key


class RowKeys(NamedTuple):
    """The match keys of a row, by how much they prove."""

    external: int | None
    mail: int | None
    """Of the first address."""
    weak: tuple[int, ...]
    """Of the phones, and of company and person together."""
    all: tuple[int, ...]
    """All keys under which the row will be found as a lead."""


def row_keys(values: Mapping[str, Any], phones: Iterable[str], emails: Iterable[str]) -> RowKeys:
    """The keys of a row's values, with all its phones and mail addresses; columns that are missing are
    empty."""
    get = values.get
    mails = [mail_key(email) for email in emails]
    found = [phone_key(phone) for phone in phones]
    found.append(who_key(get("company", ""), get("contact", "")))
    weak = (*dict.fromkeys([key for key in found if key is not None]),)
    external = external_key(get("external_system", ""), get("external_id", ""))
    everything = (*dict.fromkeys(mails), *weak, *(() if external is None else (external,)))
    return RowKeys(external, mails[0] if mails else None, weak, everything)


def each_line(*texts: str | None) -> list[str]:
    """The lines that are not empty, of texts that may be missing."""
    lines: list[str] = []
    for text in texts:
        if not text:
            continue
        if "\n" in text:
            lines += filter(None, text.split("\n"))
        else:
            lines.append(text)
    return lines
