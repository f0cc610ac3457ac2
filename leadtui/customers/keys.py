"""The keys by which customers and contacts are recognised: for suggestions, duplicates and imports."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.qualify.domains import domain_of
from leadtui.qualify.match_keys import external_key, hashed, mail_key, phone_key
from leadtui.qualify.names import company_key, person_key


def company_name_key(name: str) -> int | None:
    """The key of a company's name without its legal form; None when nothing is left."""
    key = company_key(name)
    return hashed("company", key) if key else None


def person_name_key(name: str) -> int | None:
    """The key of a person's name."""
    key = person_key(name)
    return hashed("person", key) if key else None


def domain_key(text: str) -> int | None:
    """The key of the host of a mail address or a website."""
    domain = domain_of(text)
    return hashed("domain", domain) if domain else None


def record_keys(record: str, row: Mapping[str, object]) -> list[int]:
    """All keys of a customer or a contact, from its columns by name; each once. Opportunities have none."""
    if record == "opportunity":
        return []
    emails = [email for email in (str(row["email"]), *str(row["other_emails"]).split("\n")) if email]
    phones = [str(row["phone"]), str(row.get("mobile", "")), *str(row["other_phones"]).split("\n")]
    name = str(row["name"])
    found = [
        *(mail_key(email) for email in emails),
        *(phone_key(phone) for phone in phones if phone),
        external_key(str(row["external_system"]), str(row["external_id"])),
    ]
    if record == "customer":
        found += [company_name_key(name), domain_key(str(row["website"])), *map(domain_key, emails)]
    else:
        found.append(person_name_key(name))
    return list(dict.fromkeys(key for key in found if key is not None))
