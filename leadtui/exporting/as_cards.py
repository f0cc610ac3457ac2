"""Leads, customers and contacts as vCards 4.0 (RFC 6350) for an address book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, BinaryIO, NamedTuple

from icalendar import Component, vAdr, vCategory, vN, vOrg, vText, vUri

from leadtui.clock import to_local
from leadtui.exporting.job import Job
from leadtui.exporting.reading import LeadValues
from leadtui.text import one_line

_PHONE = re.compile(r"\+[0-9]{5,15}")
_LAST_WORD = re.compile(r"(.+) (\S+)", re.DOTALL)


def write_cards(file: BinaryIO, job: Job) -> None:
    """A card for each record; an address book that is given the same one again knows it by its identity."""
    for sheet in job.sheets:
        for lead in job.counted(sheet.as_leads()):
            file.write(card(lead, job.now))
            job.written += 1


def card(lead: LeadValues, now: int) -> bytes:
    """One card, its lines folded at 75 octets; `now` is when it was written."""
    card = _Card()
    for name, value, parameters in _properties(lead.columns, lead.tags, now):
        card.add(name, value, parameters)
    written: bytes = card.to_ical(sorted=False)
    return written


class _Card(Component):
    name = "VCARD"


class _Property(NamedTuple):
    name: str
    value: Any
    parameters: dict[str, str] = {}  # noqa: RUF012 - never changed


def _properties(lead: dict[str, Any], tags: Sequence[str], now: int) -> Iterator[_Property]:
    name = lead["contact"] or lead["company"] or lead["number"]
    yield _Property("VERSION", vText("4.0"))
    yield _Property("PRODID", vText("-//LeadTUI//LeadTUI//EN"))
    yield _Property("UID", vUri(f"urn:uuid:{lead['id']}"))
    yield _Property("REV", vText(f"{to_local(now, UTC):%Y%m%dT%H%M%SZ}"))
    yield _Property("KIND", vText("individual" if lead["contact"] else "org"))
    yield _Property("FN", vText(name))
    if lead["contact"]:
        yield _Property("N", vN((*_family_and_given(name), "", "", "")))
    if lead["company"]:
        yield _Property("ORG", vOrg((lead["company"],)))
    if lead["title"]:
        yield _Property("TITLE", vText(lead["title"]))
    yield from _ways(lead)
    if any(lead[part] for part in ("address", "city", "state", "postal_code", "country")):
        parts = ("", "", lead["address"], lead["city"], lead["state"], lead["postal_code"], lead["country"])
        yield _Property("ADR", vAdr(parts), {"TYPE": "work"})
    if lead["website"]:
        yield _Property("URL", vUri(one_line(lead["website"])))
    if note := "\n\n".join(lead[part] for part in ("need", "remark", "notes") if lead[part]):
        yield _Property("NOTE", vText(note))
    if tags:
        yield _Property("CATEGORIES", vCategory([*tags]))


def _ways(lead: dict[str, Any]) -> Iterator[_Property]:
    """How to reach the lead, the first mail address preferred."""
    numbers = [("cell", lead["mobile"]), ("work", lead["phone"])]
    numbers += [("work", other) for other in lead["other_phones"].split("\n")]
    for kind, number in numbers:
        if _PHONE.fullmatch(number):
            yield _Property("TEL", vUri(f"tel:{number}"), {"VALUE": "uri", "TYPE": kind})
        elif number:
            yield _Property("TEL", vText(number), {"TYPE": kind})
    for place, email in enumerate(filter(None, [lead["email"], *lead["other_emails"].split("\n")]), 1):
        yield _Property("EMAIL", vText(email), {"TYPE": "work", "PREF": str(place)})
    if lead["wechat"]:
        yield _Property("X-WECHAT", vText(lead["wechat"]))


def _family_and_given(name: str) -> tuple[str, str]:
    """A Western name parted at its last blank; one without blanks, as in Chinese, is kept in one piece."""
    parted = _LAST_WORD.fullmatch(name)
    return (parted[2], parted[1]) if parted else (name, "")
