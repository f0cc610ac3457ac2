"""Which pairs are worth weighing: those that share a key, in groups small enough to tell anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

from rapidfuzz.distance import OSA

from leadtui.qualify.duplicates.firms import firm_readings
from leadtui.qualify.duplicates.identity import Identity

MOST = 24
"""A key that more leads share tells nobody from anybody."""
MOST_LOOSE = 6
"""The same for keys of which one part is common by itself."""
_LOOSE = frozenset(("person and place", "sound and place", "firm and place"))
_LAST_DIGITS = 10
"""So many tell a phone number, with a country code or without."""
_NEIGHBOURS = 4
_SLIPS = 3
_PLACE_BITS = 40
_PLACE_MASK = (1 << _PLACE_BITS) - 1
_VOWELS = dict.fromkeys(map(ord, "aeiouyhw"), None)


def block_keys(lead: Identity) -> Iterator[tuple[str, ...]]:
    """The keys of a lead: one that is right on both sides brings a pair together, whatever is misspelt."""
    for mail in lead.mails:
        yield "mail", mail
    for phone in lead.phones:
        yield "phone", phone[-_LAST_DIGITS:]
    if lead.wechat:
        yield "wechat", lead.wechat
    if lead.external:
        yield ("external", *lead.external)
    places = [place for place in (lead.postal_code, lead.city) if place]
    if lead.person:
        letters = lead.person.letters
        yield "person", letters
        if lead.firm:
            yield "person and firm", letters, lead.firm[:4]
            initials = "".join(sorted(word[0] for word in lead.person.words))
            yield "firm and initials", lead.firm, initials
        for place in places:
            yield "person and place", letters, place
            for word in lead.person.words:
                yield "sound and place", _sound(word), place
    elif lead.firm:
        yield "firm", lead.firm
        for reading in firm_readings(lead.firm):
            yield "firm", reading
    for host in lead.domains:
        yield "domain", host
    if lead.firm and places:
        yield "firm and place", lead.firm[:5], places[0]
    if lead.street:
        yield "street", "".join(sorted(lead.street))
        numbers = [word for word in lead.street if word[0].isdigit()]
        if numbers and lead.postal_code:
            yield "number and place", numbers[0], lead.postal_code


def _sound(word: str) -> str:
    """A word by its first letter and its consonants, doubled ones once."""
    rest = word[1:].translate(_VOWELS)
    return word[0] + "".join(letter for at, letter in enumerate(rest) if at == 0 or rest[at - 1] != letter)


class Blocks:
    """Gathers the keys of all leads, a number for each key and lead, and gives the pairs that share one."""

    def __init__(self) -> None:
        self._keys: list[int] = []
        self._loose: list[int] = []
        self._names: list[tuple[str, int]] = []

    def add(self, lead: Identity) -> None:
        """Take a lead in."""
        for key in set(block_keys(lead)):
            keys = self._loose if key[0] in _LOOSE else self._keys
            keys.append(hash(key) << _PLACE_BITS | lead.seq)
        name = f"{lead.firm} {lead.person.letters if lead.person else ''}"
        if len(name) > 5:
            self._names.append((name, lead.seq))

    def pairs(self) -> set[tuple[int, int]]:
        """Each pair once, the smaller row number first."""
        found: set[tuple[int, int]] = set()
        for keys, most in ((self._keys, MOST), (self._loose, MOST_LOOSE)):
            keys.sort()
            for _key, block in groupby(keys, key=lambda packed: packed >> _PLACE_BITS):
                seqs = [packed & _PLACE_MASK for packed in block]
                if 1 < len(seqs) <= most:
                    found.update(combinations(seqs, 2))
            keys.clear()
        self._names.sort()
        for at, (name, seq) in enumerate(self._names):
            for other_name, other in self._names[at + 1 : at + _NEIGHBOURS]:
                if OSA.distance(name, other_name, score_cutoff=_SLIPS) <= _SLIPS:
                    found.add((seq, other) if seq < other else (other, seq))
        self._names.clear()
        return found
