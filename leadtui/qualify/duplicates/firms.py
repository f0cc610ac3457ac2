"""Names of companies as they are compared: with slips, with words left out, in two scripts."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from leadtui.qualify.duplicates.identity import Identity
from leadtui.qualify.names import company_words, is_cjk
from leadtui.store.pinyin import FIRST, LAST, readings

_TELLING_SIGNS = 6
"""In a Chinese company name of so many signs one may be wrong."""


def compare_firms(one: Identity, other: Identity) -> str:
    """How alike two known companies are.

    `same`, `near` (a slip), `part` (words left out) or `other`; empty when they are written in two scripts
    and don't read the same: one may be a translation of the other.
    """
    if one.firm == other.firm:
        return "same"
    signs = is_cjk(one.firm), is_cjk(other.firm)
    if all(signs):
        slip = min(len(one.firm), len(other.firm)) >= _TELLING_SIGNS
        return "near" if slip and OSA.distance(one.firm, other.firm, score_cutoff=1) <= 1 else "other"
    if any(signs):
        same = one.firm in firm_readings(other.firm) or other.firm in firm_readings(one.firm)
        return "same" if same else ""
    if JaroWinkler.similarity(one.firm, other.firm) >= 0.9:
        return "near"
    ours, theirs = " ".join(company_words(one.company)), " ".join(company_words(other.company))
    if fuzz.token_sort_ratio(ours, theirs) >= 90:
        return "near"
    return "part" if fuzz.token_set_ratio(ours, theirs) >= 95 else "other"


@lru_cache(maxsize=8192)
def firm_readings(firm: str) -> tuple[str, ...]:
    """How a company is written in Latin letters whose name is Chinese from end to end; else nothing."""
    if firm.isascii() or not all(FIRST <= ord(sign) <= LAST for sign in firm):
        return ()
    return tuple(dict.fromkeys("".join(way) for way in readings(firm)))
