"""How likely two leads are about the same person: what agrees counts for it, what differs against it.

Each field adds points, the natural logarithm of how much more often it comes out so for the same person than
for two people; the sum is a probability in percent. What is unknown on either side counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from leadtui.qualify.duplicates.firms import compare_firms
from leadtui.qualify.duplicates.identity import Identity
from leadtui.qualify.duplicates.people import compare_people
from leadtui.qualify.match_keys import is_shared

BEFORE = -4.0
"""Two leads that share a candidate's key are more often two people than one."""
MAIL = {"same": 6.0, "shared": 1.5, "near": 2.5, "other": -0.5}
PHONE = {"same": 4.0, "near": 0.4, "other": -0.7}
WECHAT = {"same": 6.0, "other": -0.5}
PERSON = {"same": 3.2, "near": 2.6, "part": 1.4, "half": -4.5, "other": -5.0}
COMPANY = {"same": 2.5, "near": 2.0, "part": 1.2, "other": -2.5}
COMPANY_ALONE = {"same": 3.6, "near": 2.8, "part": 1.8, "other": -3.5}
"""Where nobody is named, the company is who the lead is about."""
ADDRESS = {"same": 3.0, "near": 2.2, "part": 1.0, "other": -1.2}
CITY = {"same": 0.5, "near": 0.4, "other": -0.4}
POSTAL_CODE = {"same": 1.2, "near": 0.4, "other": -0.5}
EXTERNAL = {"same": 6.0}
DOMAIN = {"same": 8.0}
"""Where nobody is named: enough to look at two companies that are called otherwise."""

_TELLING = 8
"""An address of so many letters may stand inside a longer one."""

_TELLING_MAILBOX = 5
"""What stands before the @ of an address has so many letters before one of them may be wrong."""


class Evidence(NamedTuple):
    """What one field says: its name, how it compares, both values as written, its points."""

    field: str
    degree: str
    ours: str
    theirs: str
    points: float


class Weighed(NamedTuple):
    """A pair of leads, weighed."""

    score: int
    """0 to 100: how likely they are the same."""
    evidence: tuple[Evidence, ...]


def weigh(one: Identity, other: Identity, least: int = 0) -> Weighed:
    """How likely two leads are about the same person, and what says so.

    Two people who share neither a mail nor a number are two, however near to each other they work. Who asks
    for a `least` score is told 0 of pairs that can't have it, wherever they are.
    """
    person = _people(one, other)
    if person is not None and person.points <= PERSON["half"] and not _share_a_way(one, other):
        return Weighed(0, (person,))
    evidence = (*_ways(one, other), *((person,) if person else ()))
    if least and _score(evidence, _places_at_best(one, other)) < least:
        return Weighed(0, evidence)
    evidence = (*evidence, *_places(one, other))
    return Weighed(_score(evidence), evidence)


def _score(evidence: tuple[Evidence, ...], more: float = 0) -> int:
    """What evidence, and so many points more, come to."""
    points = BEFORE + sum([each.points for each in evidence]) + more
    return round(100 / (1 + exp(-points)))


def _people(one: Identity, other: Identity) -> Evidence | None:
    if not (one.person and other.person):
        return None
    return _told("contact", compare_people(one.person, other.person), PERSON, one.contact, other.contact)


def _share_a_way(one: Identity, other: Identity) -> bool:
    """Whether there is a mail, a number or an identity that both have."""
    return bool(
        (one.external is not None and one.external == other.external)
        or (one.mails and not set(one.mails).isdisjoint(other.mails))
        or (one.phones and not set(one.phones).isdisjoint(other.phones))
        or (one.wechat and one.wechat == other.wechat)
    )


def _ways(one: Identity, other: Identity) -> Iterator[Evidence]:
    """What the ways to reach them say, and the system that they came from."""
    if one.external is not None and one.external == other.external:
        yield _told("external_id", "same", EXTERNAL, one.external[1], other.external[1])
    if one.mails and other.mails:
        yield _mails(one.mails, other.mails)
    if one.phones and other.phones:
        yield _phones(one.phones, other.phones)
    if one.wechat and other.wechat:
        degree = "same" if one.wechat == other.wechat else "other"
        yield _told("wechat", degree, WECHAT, one.wechat, other.wechat)
    if hosts := [host for host in one.domains if host in other.domains]:
        yield _told("domain", "same", DOMAIN, hosts[0], hosts[0])


def _places(one: Identity, other: Identity) -> Iterator[Evidence]:
    """What the company and its address say."""
    if one.firm and other.firm and (degree := compare_firms(one, other)):
        points = COMPANY if one.person or other.person else COMPANY_ALONE
        yield _told("company", degree, points, one.company, other.company)
    if one.street and other.street:
        degree = _compare_streets(one.street, other.street)
        yield _told("address", degree, ADDRESS, " ".join(one.street), " ".join(other.street))
    if one.city and other.city:
        yield _told("city", _compare_words(one.city, other.city, 2), CITY, one.city, other.city)
    if one.postal_code and other.postal_code:
        degree = _compare_words(one.postal_code, other.postal_code, 1)
        yield _told("postal_code", degree, POSTAL_CODE, one.postal_code, other.postal_code)


def _places_at_best(one: Identity, other: Identity) -> float:
    """The points of `_places` when all of them are the same."""
    points = 0.0
    if one.company and other.company:
        points += (COMPANY if one.person or other.person else COMPANY_ALONE)["same"]
    if one.street and other.street:
        points += ADDRESS["same"]
    if one.city and other.city:
        points += CITY["same"]
    if one.postal_code and other.postal_code:
        points += POSTAL_CODE["same"]
    return points


def _told(field: str, degree: str, points: dict[str, float], ours: str, theirs: str) -> Evidence:
    return Evidence(field, degree, ours, theirs, points[degree])


def _mails(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Evidence:
    shared = set(ours).intersection(theirs)
    if shared:
        own = min(shared, key=lambda mail: (is_shared(mail), mail))
        return _told("email", "shared" if is_shared(own) else "same", MAIL, own, own)
    for one in ours:
        for other in theirs:
            if _is_slip(one, other):
                return _told("email", "near", MAIL, one, other)
    return _told("email", "other", MAIL, ours[0], theirs[0])


def _is_slip(one: str, other: str) -> bool:
    """Whether two mail addresses differ by one letter of a long name; another digit is another mailbox."""
    if min(one.find("@"), other.find("@")) < _TELLING_MAILBOX or abs(len(one) - len(other)) > 1:
        return False
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    numbers = [[letter for letter in mail if letter.isdigit()] for mail in (one, other)]
    return numbers[0] == numbers[1]


def _phones(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Evidence:
    shared = set(ours).intersection(theirs)
    if shared:
        return _told("phone", "same", PHONE, min(shared), min(shared))
    for one in ours:
        for other in theirs:
            if one.endswith(other) or other.endswith(one):
                return _told("phone", "same", PHONE, one, other)
            if len(one) == len(other) >= 9 and OSA.distance(one, other, score_cutoff=1) <= 1:
                return _told("phone", "near", PHONE, one, other)
    return _told("phone", "other", PHONE, ours[0], theirs[0])


def _compare_streets(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Words may be in any order, run together, broken apart, or left out at the end."""
    if one == other:
        return "same"
    ours, theirs = "".join(one), "".join(other)
    like = max(fuzz.token_set_ratio(" ".join(one), " ".join(other)), fuzz.ratio(ours, theirs))
    if min(len(ours), len(theirs)) >= _TELLING:
        like = max(like, fuzz.partial_ratio(ours, theirs))
    return "near" if like >= 82 else "part" if like >= 70 else "other"


def _compare_words(one: str, other: str, slips: int) -> str:
    if one == other:
        return "same"
    near = OSA.distance(one, other, score_cutoff=slips) <= slips
    return "near" if near or one.startswith(other) or other.startswith(one) else "other"
