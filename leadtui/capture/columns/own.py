"""Which column of an export of ours is which: each goes back where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadtui.capture.words.fields import IGNORED
from leadtui.exporting.custom import CUSTOM
from leadtui.exporting.records import record_columns
from leadtui.exporting.table import COLUMNS, DERIVED

OWN_SYSTEM = "leadtui"
_SAID_TWICE = frozenset(
    "id tier_source score_behaviour score_fit priority source overdue_minutes last_activity_at".split()
)
"""What our JSON says beside the fields, for those who read it."""
_SAID_TWICE_OF_RECORDS = frozenset(("id", "grade", "lead"))
"""What is told for those who read it: computed anew, or named by its number."""
_CALLED: Mapping[str, Mapping[str, str]] = {
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


def own_columns(headers: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The columns that we wrote, by index: the field of each, empty for a custom one, and its key."""
    found: dict[int, tuple[str, str]] = {}
    for index, header in enumerate(headers):
        if header in headers[:index]:
            continue
        if header in COLUMNS:
            found[index] = (IGNORED if header in DERIVED else header, header)
        elif header.startswith(CUSTOM) and header != CUSTOM:
            found[index] = ("", header.removeprefix(CUSTOM))
        elif header in _SAID_TWICE:
            found[index] = (IGNORED, header)
    return found


def own_record_columns(record: str, headers: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The columns that we wrote, by index: the field of each, empty for a custom one, and its key."""
    ours = {*record_columns(record), "id"}
    called = {**_CALLED_EVERYWHERE, **_CALLED[record]}
    found: dict[int, tuple[str, str]] = {}
    for index, header in enumerate(headers):
        if header in headers[:index]:
            continue
        if header in _SAID_TWICE_OF_RECORDS & ours:
            found[index] = (IGNORED, header)
        elif header in ours:
            found[index] = (called.get(header, header), header)
        elif header.startswith(CUSTOM) and header != CUSTOM:
            found[index] = ("", header.removeprefix(CUSTOM))
    return found
