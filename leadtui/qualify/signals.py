"""Signals of readiness (R70, R71; C12) and the BANT answers (R43; C24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import EDITABLE, changeable, set_columns
from leadtui.values import SIGNALS

if TYPE_CHECKING:
    from leadtui.store.act import Act

BANT: tuple[str, ...] = ("budget", "authority", "need", "timing")
BANT_MOST = 10


def set_signals(act: Act, lead_ids: Sequence[str], signals: Mapping[str, bool]) -> None:
    """Raise or lower signals of leads; FieldProblems for a signal that doesn't exist."""
    unknown = [name for name in signals if name not in SIGNALS]
    if unknown:
        sentence = _("Signals are {words}.").format(words=", ".join(SIGNALS))
        raise FieldProblems(dict.fromkeys(unknown, sentence))
    if signals:
        ids = [lead.id for lead in changeable(act, lead_ids, EDITABLE)]
        set_columns(act, "lead", ids, {f"signal_{name}": int(on) for name, on in signals.items()})


def set_bant(act: Act, lead_ids: Sequence[str], points: Mapping[str, int | None]) -> None:
    """Note BANT answers of leads, 0 to 10 points each, None for unknown; FieldProblems otherwise."""
    problems = {
        name: _("BANT asks for budget, authority, need, timing.") for name in points if name not in BANT
    }
    for name, given in points.items():
        if given is not None and (type(given) is not int or not 0 <= given <= BANT_MOST):
            problems[name] = _("Give 0 to {most} points.").format(most=BANT_MOST)
    if problems:
        raise FieldProblems(problems)
    if points:
        ids = [lead.id for lead in changeable(act, lead_ids, EDITABLE)]
        set_columns(act, "lead", ids, {f"bant_{name}": given for name, given in points.items()})
