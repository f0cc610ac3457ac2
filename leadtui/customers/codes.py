"""The fixed words in the columns of customers, contacts and opportunities; what users read is their label."""

from __future__ import annotations

LIFECYCLES: tuple[str, ...] = ("prospect", "customer")
"""A conversion makes a prospect; the first opportunity that is won makes it a customer (C13)."""

ROLES: tuple[str, ...] = ("decision_maker", "influencer", "user", "blocker")
"""A contact's role in the decision chain."""

STAGES: dict[str, int] = {
    "discovery": 20,
    "proposal": 40,
    "quotation": 60,
    "negotiation": 75,
    "contract": 90,
    "won": 100,
    "lost": 0,
}
"""The nodes of an opportunity (R10, R11) in their order, each with its probability in per cent."""

OPEN_STAGES: tuple[str, ...] = tuple(stage for stage in STAGES if stage not in {"won", "lost"})

URGENCIES: tuple[str, ...] = ("immediate", "urgent", "general")
"""Within a month, two to three months, later (R79, C17)."""

BUDGET_LEVELS: tuple[str, ...] = ("high", "medium", "low")
COMPETITIONS: tuple[str, ...] = ("advantage", "even", "disadvantage")
DECISION_CHAINS: tuple[str, ...] = ("simple", "medium", "complex")
"""One decides, departments do, several levels do (R81)."""

GRADES: tuple[str, ...] = ("A", "B", "C")
