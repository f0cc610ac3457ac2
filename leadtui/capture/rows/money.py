"""Columns of amounts and of their currency."""

from __future__ import annotations

from leadtui.capture.clean.amounts import Money, amount, currency_code
from leadtui.capture.clean.text import line
from leadtui.capture.columns.headers import Column
from leadtui.capture.rows.draft import Draft, Memory, Step
from leadtui.i18n import gettext as _


def amount_step(column: Column) -> Step:
    """Amounts wait for the end of the row, because another column may name their currency."""
    name, header = column.field, column.header

    def step(draft: Draft, cell: str) -> None:
        draft.amounts.append((name, header, cell))

    return step


class Amounts:
    """Reads the amounts of rows whose other cells were read."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._known: dict[str, Memory[Money | None]] = {}

    def settle(self, draft: Draft) -> None:
        """Put the budget of a row in place; what is no amount is left over."""
        currency = str(draft.values.get("currency") or self._currency)
        if currency not in self._known:
            self._known[currency] = Memory(lambda cell: amount(cell, currency))
        for name, header, cell in draft.amounts:
            found = self._known[currency][cell]
            if found is not None:
                _take_money(draft, name, found)
            elif text := line(cell):
                draft.leftovers.append((header, text, _("is no amount")))


def _take_money(draft: Draft, name: str, found: Money) -> None:
    if not found.low and not found.high:
        return
    if name != "budget_max" and found.low is not None:
        draft.values["budget_min"] = found.low
    if name != "budget_min" and found.high is not None:
        draft.values["budget_max"] = found.high
    draft.values["currency"] = found.currency


def take_currency(draft: Draft, cell: str) -> None:
    if code := currency_code(cell):
        draft.values["currency"] = code
