"""Which column of an export of ours is which: each goes back where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadtui.capture.words.fields import IGNORED
from leadtui.exporting.custom import read_header
from leadtui.exporting.records import record_columns
from leadtui.exporting.table import COLUMNS, DERIVED
from leadtui.values import CUSTOM

OWN_SYSTEM = "leadtui"
_SAID_TWICE: Mapping[str, frozenset[str]] = {
    "lead": frozenset((
        *DERIVED, "id", "tier_source", "score_behaviour", "score_fit", "priority", "source",
        "overdue_minutes", "last_activity_at",
    )),
    "customer": frozenset(("id",)),
    "contact": frozenset(("id",)),
    "opportunity": frozenset(("id", "grade", "lead")),
}  # fmt: skip
"""What is told for those who read it: computed anew, or said by another column."""
_CALLED: Mapping[str, Mapping[str, str]] = {
    "lead": {},
    "customer": {"name": "company"},
    "contact": {"name": "contact", "customer": "company"},
    "opportunity": {"customer": "company", "amount": "budget"},
}
_CALLED_EVERYWHERE: Mapping[str, str] = {
    "created_at": "acquired_at",
    "customer_number": "customer_ref",
    "contact_number": "contact_ref",
    "lead_number": "lead_ref",
}
"""The fields of columns that a file of any system calls otherwise."""


def own_columns(record: str, headers: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The columns that we wrote, by index: the field of each, empty for a custom one, and its key."""
    ours = frozenset(COLUMNS if record == "lead" else record_columns(record))
    called = {**_CALLED_EVERYWHERE, **_CALLED[record]}
    found: dict[int, tuple[str, str]] = {}
    for index, header in enumerate(headers):
        if header in headers[:index]:
            continue
        if header in _SAID_TWICE[record]:
            found[index] = (IGNORED, header)
        elif header in ours:
            found[index] = (called.get(header, header), header)
        elif header.startswith(CUSTOM) and header != CUSTOM:
            found[index] = ("", read_header(header).key)
    return found
