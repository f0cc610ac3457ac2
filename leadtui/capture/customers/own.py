"""An export of customers, contacts or opportunities of ours: each column goes back where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from leadtui.capture.draft import Draft, Step
from leadtui.capture.headers import IGNORED, Column
from leadtui.capture.own import own_step, text_step
from leadtui.customers import codes
from leadtui.exporting.custom import CUSTOM
from leadtui.exporting.formulas import unguard
from leadtui.exporting.records import record_columns
from leadtui.i18n import gettext as _
from leadtui.store.ids import LETTERS
from leadtui.text import clean

FIELDS: Mapping[str, tuple[str, ...]] = {
    "customer": tuple(
        "number external_system lifecycle became_customer_at profile_at business_type currency budget_min "
        "budget_max budget_range purchase_cycle focus approval_path behaviour_visits behaviour_interactions "
        "behaviour_content basic_difficulty basic_remedy industry_difficulty industry_remedy "
        "behaviour_difficulty behaviour_remedy need_difficulty need_remedy decision_difficulty "
        "decision_remedy".split()
    ),
    "contact": ("number", "external_system"),
    "opportunity": tuple(
        "number external_system lead_ref stage_at stage_note urgency budget_level competition decision_chain "
        "competitors grade_chosen grade_reason graded_at grade_a_at report_submitted_at plan_pains "
        "plan_advantages plan_negotiation plan_dates plan_approved_at plan_approved_by contract_delivery "
        "contract_payment contract_breach contract_legal won_at lost_at lost_note handed_over_at "
        "handover_note".split()
    ),
    "activity": (),
}
"""What only an export of ours has, beside the fields of any such file."""
_SAID_TWICE = frozenset(("id", "grade", "lead"))
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
_NUMBER = re.compile("[0-9A-HJKMNP-TV-Z]{6}")


def own_record_columns(record: str, headers: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The columns that we wrote, by index: the field of each, empty for a custom one, and its key."""
    ours = {*record_columns(record), "id"}
    called = {**_CALLED_EVERYWHERE, **_CALLED[record]}
    found: dict[int, tuple[str, str]] = {}
    for index, header in enumerate(headers):
        if header in headers[:index]:
            continue
        if header in _SAID_TWICE & ours:
            found[index] = (IGNORED, header)
        elif header in ours:
            found[index] = (called.get(header, header), header)
        elif header.startswith(CUSTOM) and header != CUSTOM:
            found[index] = ("", header.removeprefix(CUSTOM))
    return found


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


def own_number(record: str, number: str) -> bool:
    """Whether `number` is one that we give to records of this kind."""
    letter, _dash, body = number.partition("-")
    return letter == LETTERS[record] and _NUMBER.fullmatch(body) is not None


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
