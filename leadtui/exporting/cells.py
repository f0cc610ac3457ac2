"""What stands in one cell of a table, whatever kind of file the table goes to."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

from leadtui.exporting.formulas import guard

Filled = str | bool | int | float | Decimal | date | datetime
"""A datetime is aware and exact to the millisecond."""
Cell = Filled | None
"""None is an empty cell."""

JsonValue = str | bool | int | float | list[object] | dict[str, object] | None


def as_text(cell: Cell) -> str:
    """The cell of a text table; what a spreadsheet would take for a formula is guarded."""
    if isinstance(cell, str):
        return guard(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return plain_text(cell)


def plain_text(cell: float | Decimal | date | datetime) -> str:
    """A number or a moment as a text that says it to the last digit."""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="milliseconds" if cell.microsecond else "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else json.dumps(cell)


def as_json(cell: Cell) -> JsonValue:
    """The cell as JSON knows it; a number that a float would not hold to the last digit is a text."""
    if isinstance(cell, Decimal):
        if cell == cell.to_integral_value():
            return int(cell)
        return float(cell) if Decimal(repr(float(cell))) == cell else plain_text(cell)
    return plain_text(cell) if isinstance(cell, date) else cell


def fits_a_float(cell: float | Decimal) -> bool:
    """Whether the fifteen digits of a spreadsheet's number say it to the last digit."""
    try:
        return Decimal(f"{float(cell):.15g}") == (
            cell if isinstance(cell, Decimal) else Decimal(json.dumps(cell))
        )
    except OverflowError:
        return False
