"""The keys by which a lead is recognised when it comes again."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from hashlib import blake2b

from leadtui.qualify.names import company_key, person_key

KEY_COLUMNS: tuple[str, ...] = (
    "company",
    "contact",
    "phone",
    "mobile",
    "other_phones",
    "email",
    "other_emails",
    "external_system",
    "external_id",
)
"""The columns by which a lead is recognised."""

_SHARED_MAILBOXES = frozenset(
    "admin contact hello hi hr info inquiry mail marketing office post reception sales service support team "
    "webmaster kontakt vertrieb buero contacto ventas".split()
)
"""What stands before the @ of a mailbox that several people read."""
_BEGINNINGS = {
    kind: blake2b(f"{kind}:".encode(), digest_size=8)
    for kind in ("mail", "phone", "who", "ext", "company", "person", "domain")
}
_POSITIVE = (1 << 63) - 1
_EXTENSION = re.compile(r"\s*(?:x|ext\.?|extension|转|分机|#)\s*\d{1,8}$", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"\D+")


def hashed(kind: str, text: str) -> int:
    """A match key: 63 bits, the same on every machine."""
    # What each kind begins with is hashed once.
    found = _BEGINNINGS[kind].copy()
    found.update(text.encode())
    return int.from_bytes(found.digest(), "big") & _POSITIVE


def phone_digits(text: str) -> str:
    """The digits of a phone number without its extension, as phones are compared; empty under 7 digits."""
    if not text[1:].isdigit():
        text = _NOT_DIGIT.sub("", _EXTENSION.sub("", text))
    digits = text.lstrip("+").removeprefix("00")
    return digits if len(digits) >= 7 else ""


def is_shared(mail: str) -> bool:
    """Whether several people read the mailbox of an address."""
    return mail.partition("@")[0].lower() in _SHARED_MAILBOXES


def mail_key(email: str) -> int:
    """The key of one mail address."""
    return hashed("mail", email.strip().lower())


def phone_key(phone: str) -> int | None:
    """The key of one phone number, or None when it has too few digits to tell anybody by."""
    digits = phone_digits(phone)
    return hashed("phone", digits) if digits else None


def who_key(company: str, contact: str) -> int | None:
    """The key of a person at a company; None when either is unknown."""
    if not company or not contact:
        return None
    firm, person = company_key(company), person_key(contact)
    return hashed("who", f"{firm}\0{person}") if firm and person else None


def external_key(system: str, identity: str) -> int | None:
    """The key of a lead in the system that it came from."""
    return hashed("ext", f"{system}\0{identity}") if identity else None


def seqs_sharing(connection: sqlite3.Connection, lead: Mapping[str, object]) -> set[int]:
    """The row numbers of the leads that share a key with this one, itself included once it is saved."""
    keys = match_keys(lead)
    marks = ",".join("?" * len(keys))
    return {seq for (seq,) in connection.execute(f"SELECT seq FROM match_key WHERE key IN ({marks})", keys)}


def match_keys(lead: Mapping[str, object]) -> list[int]:
    """All keys of a lead, from its columns by name; each once."""
    emails = (str(lead["email"]), *str(lead["other_emails"]).split("\n"))
    phones = (str(lead["phone"]), str(lead["mobile"]), *str(lead["other_phones"]).split("\n"))
    found = (
        *(mail_key(email) for email in emails if email),
        *(phone_key(phone) for phone in phones if phone),
        who_key(str(lead["company"]), str(lead["contact"])),
        external_key(str(lead["external_system"]), str(lead["external_id"])),
    )
    return list(dict.fromkeys(key for key in found if key is not None))
