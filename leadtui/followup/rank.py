"""The inbox order as one integer: tier, then score, then due time, then the local row number."""

from __future__ import annotations

_TIERS = {"A": 0, "B": 1, "C": 2}
_SEQ_BITS = 28
_MINUTE_BITS = 26
_SCORE_BITS = 7
_NEVER = (1 << _MINUTE_BITS) - 1
_EPOCH_MINUTE = 946_684_800 // 60
"""Minutes are counted from the year 2000, so that 26 bits last until 2127."""
_SEQ_MASK = (1 << _SEQ_BITS) - 1


def rank(tier: str, score: int, due_at: int | None, seq: int) -> int:
    """The place of a lead in the inbox: the smaller, the sooner; different for each `seq`."""
    minute = _NEVER
    if due_at is not None:
        minute = min(max(due_at // 60_000 - _EPOCH_MINUTE, 0), _NEVER - 1)
    tier_part = _TIERS.get(tier, 3)
    score_part = 127 - min(max(score, 0), 127)
    return ((((tier_part << _SCORE_BITS) | score_part) << _MINUTE_BITS | minute) << _SEQ_BITS) | (
        seq & _SEQ_MASK
    )


def with_seq(place: int, seq: int) -> int:
    """The rank of a lead, from the one of a lead without a row number that is alike."""
    return place | (seq & _SEQ_MASK)
