"""Columns of amounts and of their currency."""

from __future__ import annotations

from leadtui.capture.clean.amounts import Money, amount, currency_code, measure_of
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
        self._known: dict[tuple[str, str], Memory[Money | None]] = {}
        self._measures = Memory(measure_of)

    def settle(self, draft: Draft) -> None:
        """Put the budget of a row in place; what is no amount is left over."""
        named = draft.values.get("currency")
        for name, header, cell in draft.amounts:
            usual, unit = self._measures[header]
            currency = str(named or usual or self._currency)
            found = self._read(currency, unit)[cell]
            if found is not None:
                _take_money(draft, name, found)
            elif text := line(cell):
                draft.leftovers.append((header, text, _("is no amount")))

    def _read(self, currency: str, unit: str) -> Memory[Money | None]:
        """What reads the cells whose column is in a currency and a unit."""
        known = self._known.get((currency, unit))
        if known is None:
            known = self._known[currency, unit] = Memory(lambda cell: amount(cell, currency, unit))
        return known


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
