"""The customers, contacts and opportunities that a lead may belong to, each with why; and leads beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from leadtui.convert.lead import Lead, read_lead
from leadtui.convert.values import Candidate, OtherLead
from leadtui.customers.codes import OPEN_STAGES
from leadtui.customers.keys import company_name_key, domain_key
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.money import money_text
from leadtui.qualify.domains import domain_of
from leadtui.qualify.match_keys import mail_key, phone_key
from leadtui.qualify.names import company_key, company_words, is_cjk, person_key
from leadtui.store import record_search
from leadtui.store.search import match_expression

_SCORES = {"name": 100, "company": 95, "contact_mail": 92, "domain": 90, "phone": 85}
_MORE = 3
"""Points for each further reason."""
_ALIKE = 85
"""From which similarity on (0 to 100) two names are worth a look."""
_READS_THE_SAME = 70
_MOST_HITS = 50
_MOST_WORDS = 4
CERTAIN_CONTACT = 80
"""From which score on a contact is the same person, as far as the file knows."""
_CUSTOMER = "SELECT seq, id, number, name, city, industry, owner FROM customer"
_ALIVE = "deleted_at IS NULL AND status = 'active'"

_Found = dict[int, dict[str, str]]
"""Row number of a customer to its reasons: their code, their sentence."""


def suggest_customers(connection: sqlite3.Connection, lead_id: str, limit: int = 8) -> tuple[Candidate, ...]:
    """The customers that the lead's company may be, the likeliest first."""
    lead = read_lead(connection, lead_id)
    found: _Found = {}
    _by_keys(connection, lead, found)
    _by_its_contacts(connection, lead, found)
    similar = _by_words(connection, str(lead.columns["company"]), found)
    rows = _customers(connection, found)
    candidates = []
    for seq, reasons in found.items():
        if seq not in rows:
            continue
        best = max((_SCORES[code] for code in reasons if code in _SCORES), default=0)
        score = min(100, max(best, similar.get(seq, 0)) + _MORE * (len(reasons) - 1))
        candidates.append(
            rows[seq]._replace(why=tuple(reasons.values()), score=score, exact_name="name" in reasons)
        )
    candidates.sort(key=lambda one: (not one.exact_name, -one.score, one.name))
    return tuple(candidates[:limit])


def find_customers(connection: sqlite3.Connection, words: str, limit: int = 50) -> tuple[Candidate, ...]:
    """The customers that all words match, found as leads are in the inbox; the newest first without words."""
    expression = match_expression(words.split())
    if expression is None:
        seqs = [
            seq
            for (seq,) in connection.execute(
                f"SELECT seq FROM customer WHERE {_ALIVE} ORDER BY seq DESC LIMIT ?", (limit,)
            )
        ]
    else:
        seqs = record_search.hits(connection, "customer", expression, limit)
    rows = _customers(connection, seqs)
    return tuple(rows[seq] for seq in seqs if seq in rows)


def suggest_contacts(connection: sqlite3.Connection, lead_id: str, customer_id: str) -> tuple[Candidate, ...]:
    """All contacts of a customer, those first that may be the lead's person; a phone alone names nobody."""
    lead = read_lead(connection, lead_id)
    mails, phones = set(_mails(lead.columns)), set(_phone_keys(lead.columns))
    name = person_key(str(lead.columns["contact"]))
    found = []
    for row in _contacts(connection, "customer_id = ?", customer_id):
        why, score = [], 0
        shared = mails & set(_mails(row))
        same_phone = bool(phones & set(_phone_keys(row)))
        same_name = bool(name) and person_key(row["name"]) == name
        if shared:
            why.append(_("same mail {mail}").format(mail=min(shared)))
            score = 100
        if same_name:
            why.append(_("same name"))
            score = max(score + _MORE, CERTAIN_CONTACT)
        if same_phone and (shared or same_name or not name):
            why.append(_("same phone"))
            score = max(score + _MORE, CERTAIN_CONTACT)
        found.append(_person(row)._replace(why=tuple(why), score=min(score, 100), exact_name=same_name))
    found.sort(key=lambda one: (-one.score, one.name))
    return tuple(found)


def contacts_elsewhere(
    connection: sqlite3.Connection, lead_id: str, customer_id: str
) -> tuple[Candidate, ...]:
    """Contacts of other customers with a mail address of the lead: a warning."""
    lead = read_lead(connection, lead_id)
    found = []
    for mail in _mails(lead.columns):
        rows = connection.execute(
            "SELECT seq FROM record_key WHERE record = 'contact' AND key = ?", (mail_key(mail),)
        ).fetchall()
        for (seq,) in rows:
            for row in _contacts(connection, "seq = ?", seq):
                if row["customer_id"] != customer_id:
                    why = _("same mail {mail}").format(mail=mail)
                    found.append(_person(row)._replace(why=(why,), score=100, customer=row["customer"] or ""))
    return tuple(found)


def open_opportunities(connection: sqlite3.Connection, customer_id: str) -> tuple[Candidate, ...]:
    """The opportunities of a customer that are neither won nor lost, the newest first."""
    marks = ", ".join("?" * len(OPEN_STAGES))
    rows = connection.execute(
        f"""SELECT id, number, name, stage, amount, currency, owner FROM opportunity WHERE customer_id = ?
            AND deleted_at IS NULL AND merged_into = '' AND stage IN ({marks}) ORDER BY seq DESC""",
        (customer_id, *OPEN_STAGES),
    )
    return tuple(
        Candidate("opportunity", identity, number, name, _deal(stage, amount, currency), owner)
        for identity, number, name, stage, amount, currency, owner in rows
    )


def leads_of_company(connection: sqlite3.Connection, lead_id: str) -> tuple[OtherLead, ...]:
    """Other leads of the same company that can be merged into the conversion (R75)."""
    lead = read_lead(connection, lead_id)
    company = str(lead.columns["company"])
    key, expression = company_key(company), match_expression(company_words(company))
    if not key or expression is None:
        return ()
    rows = connection.execute(
        """SELECT id, number, company, contact, title, status, owner FROM lead_search
           JOIN lead ON lead.rank = lead_search.rowid WHERE lead_search MATCH ? AND id <> ?
           AND deleted_at IS NULL AND status NOT IN ('converted', 'merged', 'invalid', 'lost')
           ORDER BY lead_search.rowid LIMIT 100""",
        (expression, lead_id),
    )
    why = (_("same company"),)
    return tuple(OtherLead._make((*row, why)) for row in rows if company_key(row[2]) == key)


def called_the_same(connection: sqlite3.Connection, name: str) -> list[tuple[str, str]]:
    """(number, name) of the customers that are called just the same, but for case, width and punctuation."""
    key, wanted = company_name_key(name), person_key(name)
    rows = connection.execute(
        f"""SELECT number, name FROM record_key JOIN customer USING (seq)
            WHERE record = 'customer' AND key = ? AND {_ALIVE} ORDER BY seq""",
        (key,),
    )
    return [(number, found) for number, found in rows if person_key(found) == wanted]


def same_person(
    connection: sqlite3.Connection, customer_id: str, name: str, mail: str
) -> list[tuple[str, str]]:
    """(number, name) of the contacts of a customer with this name or this mail address."""
    wanted = person_key(name)
    return [
        (row["number"], row["name"])
        for row in _contacts(connection, "customer_id = ?", customer_id)
        if (wanted and person_key(row["name"]) == wanted) or (mail and mail.lower() in _mails(row))
    ]


def _by_keys(connection: sqlite3.Connection, lead: Lead, found: _Found) -> None:
    """Customers with the same name, host of mail and website, or phone."""
    columns = lead.columns
    company = str(columns["company"])
    wanted: dict[int, tuple[str, str]] = {}
    for text in (*_mails(columns), str(columns["website"])):
        key = domain_key(text)
        if key is not None:
            wanted[key] = ("domain", _("same mail domain {domain}").format(domain=domain_of(text)))
    for key in _phone_keys(columns):
        wanted[key] = ("phone", _("same phone"))
    for mail in _mails(columns):
        wanted[mail_key(mail)] = ("contact_mail", _("same mail {mail}").format(mail=mail))
    name = company_name_key(company) if company else None
    if name is not None:
        wanted[name] = ("company", _("same company name without its legal form"))
    for seq, key in _sharing(connection, "customer", wanted):
        code, sentence = wanted[key]
        if code == "company":
            (called,) = connection.execute("SELECT name FROM customer WHERE seq = ?", (seq,)).fetchone()
            if person_key(called) == person_key(company):
                code, sentence = "name", _("same name")
        found.setdefault(seq, {})[code] = sentence


def _by_its_contacts(connection: sqlite3.Connection, lead: Lead, found: _Found) -> None:
    """Customers one of whose contacts has a mail address, a host of mail or a phone of the lead."""
    mails = _mails(lead.columns)
    same_mail, same_phone = _("same mail as its contact {name}"), _("same phone as its contact {name}")
    wanted = {mail_key(mail): ("contact_mail", same_mail) for mail in mails}
    wanted |= dict.fromkeys(_phone_keys(lead.columns), ("phone", same_phone))
    for seq, key in _sharing(connection, "contact", wanted):
        for row in _contacts(connection, "seq = ?", seq):
            code, sentence = wanted[key]
            found.setdefault(row["customer_seq"], {}).setdefault(code, sentence.format(name=row["name"]))
    for domain in dict.fromkeys(filter(None, map(domain_of, mails))):
        expression = match_expression([domain])
        seqs = record_search.hits(connection, "contact", expression, _MOST_HITS) if expression else []
        for seq in seqs:
            for row in _contacts(connection, "seq = ?", seq):
                if domain in map(domain_of, _mails(row)):
                    sentence = _("same mail domain {domain} as its contact {name}")
                    found.setdefault(row["customer_seq"], {}).setdefault(
                        "domain", sentence.format(domain=domain, name=row["name"])
                    )


def _by_words(connection: sqlite3.Connection, company: str, found: _Found) -> dict[int, int]:
    """Customers whose names are alike, or read the same in the other script; how alike, by row number."""
    from rapidfuzz.fuzz import ratio

    words = [word for word in company_words(company) if len(word) > 1][:_MOST_WORDS]
    whole = match_expression(company_words(company))
    if whole is None:
        return {}
    key, alike = company_key(company), {}
    reading = set(record_search.hits(connection, "customer", whole, _MOST_HITS))
    near = {
        seq
        for word in words
        for expression in (match_expression([word]),)
        if expression is not None
        for seq in record_search.hits(connection, "customer", expression, _MOST_HITS)
    }
    for seq, row in _customers(connection, reading | near).items():
        if found.get(seq, {}).keys() & {"name", "company"}:
            continue
        theirs = company_key(row.name)
        similarity = round(ratio(key, theirs))
        if similarity >= _ALIKE:
            found.setdefault(seq, {})["alike"] = _("similar name")
            alike[seq] = round(similarity * 0.8)
        elif seq in reading and is_cjk(company) != is_cjk(row.name):
            found.setdefault(seq, {})["reading"] = _("its name reads the same")
            alike[seq] = _READS_THE_SAME
    return alike


def _sharing(connection: sqlite3.Connection, record: str, keys: Iterable[int]) -> Iterator[tuple[int, int]]:
    for key in keys:
        rows = connection.execute(
            "SELECT seq FROM record_key WHERE key = ? AND record = ? LIMIT ?", (key, record, _MOST_HITS)
        ).fetchall()
        for (seq,) in rows:
            yield seq, key


def _customers(connection: sqlite3.Connection, seqs: Iterable[int]) -> dict[int, Candidate]:
    """The customers with these row numbers that are alive."""
    wanted = list(seqs)
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(f"{_CUSTOMER} WHERE seq IN ({marks}) AND {_ALIVE}", wanted)
    return {
        seq: Candidate("customer", identity, number, name, ", ".join(filter(None, (city, industry))), owner)
        for seq, identity, number, name, city, industry, owner in rows
    }


def _contacts(connection: sqlite3.Connection, condition: str, value: object) -> Iterator[Mapping[str, Any]]:
    names = (
        "id",
        "number",
        "name",
        "title",
        "phone",
        "mobile",
        "other_phones",
        "email",
        "other_emails",
        "owner",
    )
    columns = ", ".join(f"contact.{name}" for name in (*names, "customer_id"))
    told = ("customer_id", "customer", "customer_seq")
    rows = connection.execute(
        f"""SELECT {columns}, customer.number || ' ' || customer.name, customer.seq FROM contact
            LEFT JOIN customer ON customer.id = contact.customer_id
            WHERE contact.{condition} AND contact.deleted_at IS NULL AND contact.status = 'active'
            ORDER BY contact.seq LIMIT 1000""",
        (value,),
    )
    for row in rows.fetchall():
        yield dict(zip((*names, *told), row, strict=True))


def _person(row: Mapping[str, Any]) -> Candidate:
    detail = ", ".join(filter(None, (row["title"], row["email"], row["phone"] or row["mobile"])))
    return Candidate("contact", row["id"], row["number"], row["name"], detail, row["owner"])


def _deal(stage: str, amount: int | None, currency: str) -> str:
    name = label("opportunity_stage", stage)
    return ", ".join(filter(None, (name, money_text(amount, currency))))


def _mails(row: Mapping[str, Any]) -> Sequence[str]:
    given = (row["email"], *str(row["other_emails"]).split("\n"))
    return tuple(dict.fromkeys(mail.strip().lower() for mail in given if mail.strip()))


def _phone_keys(row: Mapping[str, Any]) -> Sequence[int]:
    given = (row["phone"], row["mobile"], *str(row["other_phones"]).split("\n"))
    found = (phone_key(phone) for phone in given if phone)
    return tuple(dict.fromkeys(key for key in found if key is not None))
