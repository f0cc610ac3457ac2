"""An export of customers, contacts or opportunities of ours: each column goes back where it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from leadtui.capture.columns.headers import Column
from leadtui.capture.rows.draft import Draft, Step
from leadtui.capture.rows.own import own_step, text_step
from leadtui.customers import codes
from leadtui.exporting.formulas import unguard
from leadtui.i18n import gettext as _
from leadtui.text import clean

_CODES: Mapping[str, Sequence[str]] = {
    "lifecycle": codes.LIFECYCLES,
    "role": codes.ROLES,
    "urgency": codes.URGENCIES,
    "budget_level": codes.BUDGET_LEVELS,
    "competition": codes.COMPETITIONS,
    "decision_chain": codes.DECISION_CHAINS,
    "grade_chosen": codes.GRADES,
}
_BLOCKS = frozenset(
    "need remark notes address other_phones other_emails focus approval_path stage_note competitors "
    "grade_reason lost_note handover_note".split()
)
_BEGINNINGS_OF_BLOCKS = ("plan_", "contract_", "basic_", "industry_", "behaviour_", "need_", "decision_")
_NOT_TEXT = frozenset(("budget", "budget_min", "budget_max", "probability", "next_due", "expected_close"))


def own_record_step(column: Column, ordinary: Step, *, guarded: bool) -> Step:
    """What to do with a cell of an export of ours; `ordinary` is for what we would not have written."""
    name = column.field
    if not name or name == "tags":
        return own_step(column, ordinary, guarded=guarded)
    if name in _NOT_TEXT or name.endswith("_at"):
        return ordinary
    given = unguard if guarded else str
    if name in _CODES:
        return _code(column, given)
    is_block = name in _BLOCKS or name.startswith(_BEGINNINGS_OF_BLOCKS)
    return text_step(name, ordinary, given, is_block=is_block)


def _code(column: Column, given: Callable[[str], str]) -> Step:
    """One of our words; another one, which somebody wrote into the file, is left over."""
    name, header = column.field, column.header
    words = frozenset(_CODES[name])

    def step(draft: Draft, cell: str) -> None:
        text = clean(given(cell))
        if text in words:
            draft.values[name] = text
        elif text:
            draft.leftovers.append((header, text, _("is none of our words")))

    return step
