"""Tables that lie in their sheet in a way in which no row is a record."""

from __future__ import annotations

from collections.abc import Sequence

from leadtui.capture.files.table import Samples, Table
from leadtui.capture.words.fields import NAMES
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _


def check_upright(table: Table, samples: Samples) -> None:
    """LeadTUIError when the fields stand below each other: each row then is one thing said of all leads."""
    words = vocabulary()
    down = [row[0] for row in (table.headers, *samples) if row and row[0].strip()]
    fields = [*map(words.field_of, down)]
    across = any(map(words.known, filter(None, table.headers[1:])))
    if (
        len(table.headers) > 1
        and not across
        and len(set(fields)) == len(fields) > 2
        and all(map(words.known, down))
        and not NAMES.isdisjoint(fields)
    ):
        raise LeadTUIError(
            _(
                "The table in {path} lies on its side: turn it (copy, paste special, transpose), "
                "and import that."
            ).format(path=table.path)
        )


def beside(headers: Sequence[str]) -> int:
    """The column (from 1) at which a second table with the same names begins, right of an empty column; 0
    where there is none."""
    names = [folded(header) for header in headers]
    for index in range(1, len(names) - 2):
        again = [name for name in names[index + 1 :] if name]
        if not names[index] and names[index + 1] and len(again) > 1 and set(again) <= set(names[:index]):
            return index + 2
    return 0
