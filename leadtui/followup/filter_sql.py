"""What the filter lines of leads and of customers, contacts and opportunities have in common as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leadtui.clock import Today
from leadtui.followup.numerals import fold
from leadtui.i18n import gettext as _
from leadtui.labels import labels

_LONGEST = 500
"""Characters of a filter line that count: SQLite takes no condition that is nested a thousand deep."""

DUE: Mapping[str, str] = {
    "overdue": "due_at < :now",
    "today": "due_at BETWEEN :now AND :day_end",
    "tomorrow": "due_at > :day_end AND due_at <= :tomorrow_end",
    "week": "due_at BETWEEN :now AND :week_end",
    "none": "due_at IS NULL",
}
"""When something is due; a week is the seven days that begin today."""


class Bound:
    """The parameters of a statement while it is being written; those of the day are there from the start."""

    def __init__(self, today: Today) -> None:
        self._values: dict[str, object] = {
            "now": today.now,
            "day_end": today.end,
            "tomorrow_end": today.tomorrow_end,
            "week_end": today.week_end,
        }

    def __call__(self, value: object) -> str:
        """Bind a value; returns what stands for it."""
        name = f"filter_{len(self._values)}"
        self._values[name] = value
        return f":{name}"

    def used(self, sql: str) -> dict[str, object]:
        """The parameters that a statement names."""
        return {name: value for name, value in self._values.items() if f":{name}" in sql}


def counting(text: str, problems: list[str]) -> str:
    """The part of a filter line that counts, as SQLite takes it; a longer one is a problem."""
    if len(text) > _LONGEST:
        problems.append(_("The filter is too long; its first {n} characters count.").format(n=_LONGEST))
    return text[:_LONGEST].encode(errors="replace").decode()


def either(clauses: Iterable[str], negated: bool) -> str:
    """That one of the conditions holds, or with `negated` that none does."""
    any_of = f"({' OR '.join(f'({clause})' for clause in clauses)})"
    return f"{any_of} IS NOT TRUE" if negated else any_of


def contains(columns: Iterable[str], value: str, bound: Bound) -> list[str]:
    """That a text stands somewhere in one of the columns."""
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    part = bound(f"%{escaped}%")
    return [f"{column} LIKE {part} ESCAPE '\\'" for column in columns]


def is_nobody(value: str) -> bool:
    """Whether a value means that no person is named."""
    return fold(value) in ("none", "无")


def is_person(column: str, value: str, me: str, bound: Bound) -> str:
    """That a column names somebody, by a part of the name, or the user."""
    if fold(value) in ("me", "我"):
        return f"{column} = {bound(me)}"
    return contains([column], value, bound)[0]


def owned(table: str, value: str, me: str, bound: Bound) -> str:
    """That somebody owns a record, or nobody does."""
    return f"{table}.owner = ''" if is_nobody(value) else is_person(f"{table}.owner", value, me, bound)


def sourced(table: str, value: str, bound: Bound) -> list[str]:
    """That a record came from a source: by a part of what is stored, or of what the channel is called."""
    shown = [code for code, name in labels("source").items() if fold(value) in fold(name)]
    return [
        *contains([f"{table}.source_channel", f"{table}.source_detail"], value, bound),
        *(f"{table}.source_channel = {bound(code)}" for code in shown),
    ]
