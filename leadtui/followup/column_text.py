"""What stands in a column of any record, as people read it."""

from __future__ import annotations

from datetime import time, tzinfo

from leadtui.clock import to_local
from leadtui.followup.describe import format_when
from leadtui.i18n import gettext as _
from leadtui.labels import value_label
from leadtui.money import money_text
from leadtui.store.columns import LEAD_FLAGS

_AMOUNTS = frozenset(("budget_min", "budget_max", "amount"))
_FLAGS = frozenset(LEAD_FLAGS)
_MOMENTS = frozenset(("at", "due", "since"))
_MOMENT_ENDINGS = ("_at", "_due", "_until", "_close")


def column_text(column: str, value: object, currency: str, zone: tzinfo) -> str:
    """A stored value in words, empty for none; amounts are in minor units of `currency`.

    A moment at which a day begins in `zone` is that day.
    """
    if value is None or value == "":
        return ""
    if column in _FLAGS:
        return _("yes") if value else _("no")
    if isinstance(value, int) and column in _AMOUNTS:
        return money_text(value, currency)
    if isinstance(value, int) and (column in _MOMENTS or column.endswith(_MOMENT_ENDINGS)):
        return format_when(value, to_local(value, zone).time() == time(), zone)
    return value_label(column, str(value))
