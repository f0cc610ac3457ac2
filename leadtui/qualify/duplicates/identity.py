"""What a lead says of who it is, made comparable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from leadtui.qualify.domains import domain_of
from leadtui.qualify.duplicates.people import Person, person
from leadtui.qualify.match_keys import phone_digits
from leadtui.qualify.names import company_key, folded

COLUMNS = (
    "seq", "company", "contact", "phone", "mobile", "other_phones", "email", "other_emails", "wechat",
    "address", "city", "postal_code", "external_system", "external_id", "website",
)  # fmt: skip
"""The columns of a lead that tell who it is, in the order that `identity` takes them."""
_WORDS = re.compile(r"[^\W_]+")


class Identity(NamedTuple):
    """Who a lead is about."""

    seq: int
    company: str
    """As it is written."""
    contact: str
    firm: str
    """The company without its legal form; empty when unknown."""
    person: Person | None
    mails: tuple[str, ...]
    phones: tuple[str, ...]
    """Their digits."""
    wechat: str
    street: tuple[str, ...]
    """The words of the address."""
    city: str
    postal_code: str
    external: tuple[str, str] | None
    domains: tuple[str, ...]
    """The hosts of its website and mails that tell the company, where nobody is named: whoever is named may
    have changed it."""


def identity(row: Sequence[object]) -> Identity:
    """Who the lead with these `COLUMNS` is about."""
    (
        seq, company, contact, phone, mobile, other_phones, email, other_emails, wechat, address, city,
        postal_code, system, external_id, website,
    ) = row  # fmt: skip
    firm, name = str(company), str(contact)
    phones = [each for each in (str(phone), str(mobile), *str(other_phones).split("\n")) if each]
    mails = [each.strip().lower() for each in (str(email), *str(other_emails).split("\n"))]
    someone = person(name) if name else None
    return Identity(
        int(str(seq)),
        firm,
        name,
        company_key(firm) if firm else "",
        someone if someone and someone.words else None,
        (*dict.fromkeys([mail for mail in mails if mail]),),
        (*dict.fromkeys([digits for each in phones if (digits := phone_digits(each))]),),
        str(wechat).casefold(),
        words(str(address)) if address else (),
        "".join(words(str(city))) if city else "",
        "".join(words(str(postal_code))) if postal_code else "",
        (str(system), str(external_id)) if external_id and system else None,
        () if name else _domains(str(website), *mails),
    )


def _domains(*texts: str) -> tuple[str, ...]:
    return (*dict.fromkeys([host for text in texts if text and (host := domain_of(text))]),)


def identity_of(lead: Mapping[str, Any]) -> Identity:
    """Who a lead, or the draft of one, is about, from its columns by name; missing ones are empty."""
    get = lead.get
    return identity([get("seq") or 0, *[get(name) or "" for name in COLUMNS[1:]]])


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORDS.findall(folded(text)))
