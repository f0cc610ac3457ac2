"""The keys by which customers and contacts are recognised: for suggestions, duplicates and imports."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.qualify.match_keys import external_key, hashed, mail_key, phone_key
from leadtui.qualify.names import company_key, person_key

FREE_MAIL: frozenset[str] = frozenset(
    """gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk ymail.com
    icloud.com me.com mac.com aol.com gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.com
    mail.ru yandex.ru qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com
    189.cn 21cn.com aliyun.com tom.com naver.com hanmail.net zoho.com fastmail.com""".split()
)
"""Hosts of mail addresses that tell nothing about the company."""


def company_name_key(name: str) -> int | None:
    """The key of a company's name without its legal form; None when nothing is left."""
    key = company_key(name)
    return hashed("company", key) if key else None


def person_name_key(name: str) -> int | None:
    """The key of a person's name."""
    key = person_key(name)
    return hashed("person", key) if key else None


def domain_of(text: str) -> str:
    """The host of a mail address or a website that tells the company, or empty."""
    host = text.strip().lower().rpartition("@")[2]
    host = host.partition("://")[2] or host
    host = host.partition("/")[0].partition(":")[0].removeprefix("www.")
    return "" if "." not in host or host in FREE_MAIL else host


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
