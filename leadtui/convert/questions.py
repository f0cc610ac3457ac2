"""What must be answered before a lead is converted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from leadtui.convert.suggestions import called_the_same, same_person
from leadtui.convert.values import NEW, NONE, Blocked, Change, Choices, Gate, Line, Readiness
from leadtui.i18n import gettext as _
from leadtui.labels import label


def questions(
    connection: sqlite3.Connection,
    choices: Choices,
    ready: Readiness,
    changes: Sequence[Change],
    lines: Sequence[Line],
) -> tuple[Blocked, ...]:
    """Gates without a reason, and new records that look like one that is there."""
    return (*_gates(choices, ready), *_names(connection, choices, changes, lines))


def gates_below(choices: Choices, ready: Readiness) -> tuple[Gate, ...]:
    """The gates of the records that would be created which aren't passed."""
    return tuple(
        gate
        for gate in (ready.customer, ready.opportunity)
        if getattr(choices, gate.record) == NEW and not gate.passed
    )


def _gates(choices: Choices, ready: Readiness) -> Iterator[Blocked]:
    below = gates_below(choices, ready)
    if below and not choices.reason.strip():
        counted = "; ".join(
            _("{record}: {met} of {of} signals, {wanted} are wanted").format(
                record=label("record", gate.record), met=gate.met, of=gate.of, wanted=gate.wanted
            )
            for gate in below
        )
        yield Blocked(
            "reason", _("{counted}. Raise them, or write why you convert it anyway.").format(counted=counted)
        )


def _names(
    connection: sqlite3.Connection, choices: Choices, changes: Sequence[Change], lines: Sequence[Line]
) -> Iterator[Blocked]:
    names = {change.record: change.name for change in changes}
    if choices.customer == NEW:
        if not choices.same_name:
            for number, name in called_the_same(connection, names["customer"]):
                yield Blocked(
                    "customer",
                    _(
                        "{number} is called {name} too: choose it, or say that this is another company."
                    ).format(number=number, name=name),
                )
    elif choices.contact == NEW and not choices.same_contact:
        mails = [line.result for line in lines if line.target == "contact.email"]
        for number, name in same_person(
            connection, choices.customer, names["contact"], mails[-1] if mails else ""
        ):
            yield Blocked(
                "contact",
                _(
                    "{number} {name} looks like the same person: choose them, or say that this is another."
                ).format(number=number, name=name),
            )
    if choices.customer == NONE:
        yield Blocked("customer", _("A lead becomes a customer: choose one, or a new one."))
