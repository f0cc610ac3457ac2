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

    @property
    def firm(self) -> str:
        """The company without its legal form; empty when unknown.

        Of most pairs nobody asks for it, and it takes as long as all the rest.
        """
        return company_key(self.company) if self.company else ""


def identity(row: Sequence[Any]) -> Identity:
    """Who the lead with these `COLUMNS` is about."""
    (
        seq, company, contact, phone, mobile, other_phones, email, other_emails, wechat, address, city,
        postal_code, system, external_id, website,
    ) = row  # fmt: skip
    phones = [each for each in (phone, mobile, *other_phones.split("\n")) if each]
    mails = [each.strip().lower() for each in (email, *other_emails.split("\n"))]
    someone = person(contact) if contact else None
    return Identity(
        seq,
        company,
        contact,
        someone if someone and someone.words else None,
        (*dict.fromkeys([mail for mail in mails if mail]),),
        (*dict.fromkeys([digits for each in phones if (digits := phone_digits(each))]),),
        wechat.casefold(),
        words(address) if address else (),
        "".join(words(city)) if city else "",
        "".join(words(postal_code)) if postal_code else "",
        (system, external_id) if external_id and system else None,
        () if contact else _domains(website, *mails),
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
