"""Identities: UUIDv7 for records, names made of a record's content, short numbers that people can say."""

from __future__ import annotations

import os
import threading
import uuid
from functools import lru_cache

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(first + second for first in _CROCKFORD for second in _CROCKFORD)
_NUMBER_SPACE = 1 << 30
_SPREAD = 0x2545F491
"""Odd, so that multiplying by it visits every number of the space once."""


_VARIANT = {f"{digit:x}": "89ab"[digit & 3] for digit in range(16)}
"""The first digit of a UUID's last half says its variant with two bits; two are left to chance."""
NAMESPACE = uuid.UUID("6f2d0c0e-8b54-5c1e-9d0a-1ead70100000")

_lock = threading.Lock()
_latest = 0
_made = 0


def new_id(now: int) -> str:
    """A UUIDv7 (RFC 9562) for a record born at `now` (ms), above those made before at the same `now`."""
    return new_ids(now, 1)[0]


def new_ids(now: int, count: int) -> list[str]:
    """So many identities, as `new_id` makes them, one above the other."""
    global _latest, _made
    with _lock:
        first = _made + 1 if now == _latest else 0
        _latest, _made = now, first + count - 1
    start = (now << 12) + first
    stamps = [f"{stamp:015x}" for stamp in range(start, start + count)]
    # The system is asked for chance once for all of them.
    chance = os.urandom(8 * count).hex()
    tails = [chance[at : at + 16] for at in range(0, 16 * count, 16)]
    return [
        f"{stamp[:8]}-{stamp[8:12]}-7{stamp[12:]}-{_VARIANT[tail[0]]}{tail[1:4]}-{tail[4:]}"
        for stamp, tail in zip(stamps, tails, strict=True)
    ]


def name_id(*parts: str) -> str:
    """The UUIDv5 of a natural key: two replicas that make the same thing give it the same identity."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


LETTERS: dict[str, str] = {"lead": "L", "customer": "C", "contact": "P", "opportunity": "O"}
"""The letter before the number of each kind of record."""
_APART = {record: place * 0x0B3D_51E7 for place, record in enumerate(LETTERS)}
"""So that a lead and its customer don't have the same six letters."""


def lead_number(order: int, replica: str) -> str:
    """The number of the `order`-th lead of a replica, as `L-7K3QF2`; no two orders below 2**30 share one."""
    return record_number("lead", order, replica)


def record_number(record: str, order: int, replica: str) -> str:
    """The number of the `order`-th record of its kind, as `C-7K3QF2` for a customer."""
    value = (order * _SPREAD + _salt(replica) + _APART[record]) % _NUMBER_SPACE
    return f"{LETTERS[record]}-{_PAIRS[value >> 20]}{_PAIRS[value >> 10 & 1023]}{_PAIRS[value & 1023]}"


@lru_cache(maxsize=8)
def _salt(replica: str) -> int:
    return uuid.UUID(replica).int % _NUMBER_SPACE


def read_number(text: str) -> str | None:
    """The lead number that `text` writes, forgiving case, a missing `L-` and the letters O, I, L; or None."""
    body = text.strip().upper().removeprefix("L-")
    body = body.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(body) == 6 and all(letter in _CROCKFORD for letter in body):
        return "L-" + body
    return None
