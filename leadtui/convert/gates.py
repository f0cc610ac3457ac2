"""Is a lead ready to be converted? Both gates over one checklist of seven signals (R70, R71; C12); pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from leadtui.convert.shown import currency_of
from leadtui.convert.values import Gate, Readiness, SignalLine
from leadtui.i18n import gettext as _
from leadtui.money import money_text
from leadtui.settings import Settings
from leadtui.settings.model import minor_units
from leadtui.values import SIGNALS

OPPORTUNITY_SIGNALS: tuple[str, ...] = ("intent", "budget", "decision_maker", "timeline")
CUSTOMER_SIGNALS: tuple[str, ...] = ("intent", "budget", "demo", "contract", "referral")
_WANTED_FOR_OPPORTUNITY = 2
_WANTED_FOR_CUSTOMER = 3


def signals_of(lead: Mapping[str, Any]) -> frozenset[str]:
    """The signals that a lead, given by its columns, has raised."""
    return frozenset(name for name in SIGNALS if lead[f"signal_{name}"])


def readiness(lead: Mapping[str, Any], signals: Collection[str], settings: Settings) -> Readiness:
    """What speaks for converting a lead with its columns by name and these signals.

    A budget counts for an opportunity when it reaches the minimum amount, taken in the lead's own currency.
    """
    currency = currency_of(lead, settings)
    amount = lead["budget_max"] if lead["budget_max"] is not None else lead["budget_min"]
    minimum = settings.opportunity.minimum_amount * minor_units(currency)
    short = ""
    if amount is None:
        short = _("no amount is known")
    elif amount < minimum:
        short = _("the budget is below {amount}").format(amount=money_text(minimum, currency))
    lines = tuple(
        SignalLine(
            name,
            name in signals,
            name in OPPORTUNITY_SIGNALS,
            name in CUSTOMER_SIGNALS,
            short if name == "budget" and name in signals else "",
        )
        for name in SIGNALS
    )
    return Readiness(
        lines,
        Gate(
            "opportunity",
            sum(line.on and line.for_opportunity and not line.note for line in lines),
            _WANTED_FOR_OPPORTUNITY,
            len(OPPORTUNITY_SIGNALS),
        ),
        Gate(
            "customer",
            sum(line.on and line.for_customer for line in lines),
            _WANTED_FOR_CUSTOMER,
            len(CUSTOMER_SIGNALS),
        ),
        amount,
        minimum,
        currency,
    )
