"""Moving opportunities: along the stages (R10), won with a hand-over (R68), lost with a reason (R96)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.customers.codes import OPEN_STAGES, STAGES
from leadtui.customers.records import changeable_records, edit_records
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.followup import runs
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.qualify.changing import set_columns
from leadtui.text import clean, one_line

if TYPE_CHECKING:
    from leadtui.store.act import Act

_UNPLANNED = {"next_step": "", "next_due": None, "next_due_all_day": 0, "snoozed_until": None}
_NOT_OVER = {"won_at": None, "lost_at": None, "lost_reason": "", "lost_note": "", "handed_over_at": None}
WIN_FIELDS: tuple[str, ...] = (
    "amount", "currency", "contract_delivery", "contract_payment", "contract_breach", "contract_legal",
    "handover_note",
)  # fmt: skip
"""What is said of an opportunity when it is won (R86)."""


def probability(stage: str, chosen: int | None) -> int:
    """The probability in per cent: by the stage, unless it was set by hand; settled once it is over."""
    return chosen if chosen is not None and stage in OPEN_STAGES else STAGES[stage]


def stage_beside(stage: str, steps: int) -> str:
    """The stage `steps` further on (or back); the same at the ends. After the last comes `won`."""
    line = (*OPEN_STAGES, "won")
    if stage not in line:
        return stage
    return line[min(max(line.index(stage) + steps, 0), len(line) - 1)]


def move_stage(act: Act, ids: Sequence[str], stage: str, note: str = "") -> None:
    """Move open opportunities to another open stage; the probability follows unless it was set by hand."""
    if stage not in OPEN_STAGES:
        raise ValueError(stage)
    known = in_stages(act, ids, OPEN_STAGES)
    moved = [identity for identity, before in known.items() if before != stage]
    set_columns(
        act, "opportunity", moved, {"stage": stage, "stage_at": act.now, "stage_note": clean(note).strip()}
    )


def win(act: Act, ids: Sequence[str], terms: Mapping[str, object]) -> None:
    """Win open opportunities, on the terms of `WIN_FIELDS`; their prospects become customers (C13).

    FieldProblems while the amount is unknown.
    """
    unknown = terms.keys() - set(WIN_FIELDS)
    if unknown:
        raise FieldProblems({name: _("This can't be set here.") for name in unknown})
    known = list(in_stages(act, ids, OPEN_STAGES))
    if terms:
        edit_records(act, "opportunity", known, terms)
    statement = "SELECT 1 FROM opportunity WHERE id IN ({marks}) AND amount IS NULL"
    if list(act.rows(statement, known)):
        raise FieldProblems({"amount": _("Say for how much it was won.")})
    over = {**_NOT_OVER, **_UNPLANNED, "stage": "won", "stage_at": act.now, "won_at": act.now}
    set_columns(act, "opportunity", known, over)
    won = list(act.rows("SELECT DISTINCT customer_id FROM opportunity WHERE id IN ({marks})", known))
    act.connection.executemany(
        """UPDATE customer SET lifecycle = 'customer', became_customer_at = coalesce(became_customer_at, ?)
           WHERE id = ? AND (lifecycle <> 'customer' OR became_customer_at IS NULL)""",
        ((act.now, customer) for (customer,) in won),
    )


def lose(act: Act, ids: Sequence[str], reason: str, note: str = "") -> None:
    """Give open opportunities up, for a reason (R96); their playbooks end. FieldProblems without one."""
    reason, note = one_line(reason), clean(note).strip()
    if not reason:
        raise FieldProblems({"lost_reason": _("Say why, so that it can be learned from.")})
    known = list(in_stages(act, ids, OPEN_STAGES))
    runs.end(act, list(known), "opportunity")
    over = {"stage": "lost", "stage_at": act.now, "lost_at": act.now}
    set_columns(act, "opportunity", known, {**_UNPLANNED, **over, "lost_reason": reason, "lost_note": note})


def reopen(act: Act, ids: Sequence[str]) -> None:
    """Take up again what was won or lost, at the stage at which it ended.

    A customer that was made by this alone is a prospect again.
    """
    known = in_stages(act, ids, ("won", "lost"))
    for identity in known:
        stage = _stage_before(act, identity)
        act.connection.execute(
            """UPDATE customer SET lifecycle = 'prospect', became_customer_at = NULL
               WHERE id = (SELECT customer_id FROM opportunity WHERE id = ?1)
                 AND became_customer_at = (SELECT won_at FROM opportunity WHERE id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM opportunity AS other WHERE other.customer_id = customer.id
                   AND other.stage = 'won' AND other.id <> ?1 AND other.deleted_at IS NULL)""",
            (identity,),
        )
        set_columns(act, "opportunity", [identity], {**_NOT_OVER, "stage": stage, "stage_at": act.now})


def hand_over(act: Act, ids: Sequence[str], note: str = "") -> None:
    """Say that won opportunities were handed over to service or delivery (R68)."""
    known = in_stages(act, ids, ("won",))
    values: dict[str, Any] = {"handed_over_at": act.now}
    if clean(note).strip():
        values["handover_note"] = clean(note).strip()
    set_columns(act, "opportunity", list(known), values)


def submit_report(act: Act, ids: Sequence[str]) -> None:
    """Say that the project report of open opportunities was handed in (R67)."""
    known = in_stages(act, ids, OPEN_STAGES)
    set_columns(act, "opportunity", list(known), {"report_submitted_at": act.now})


def in_stages(act: Act, ids: Sequence[str], stages: Sequence[str]) -> dict[str, str]:
    """The stage of each of these opportunities, all of which must be in one of `stages`."""
    known = changeable_records(act, "opportunity", ids)
    found: dict[str, str] = {}
    rows = act.rows("SELECT id, number, stage FROM opportunity WHERE id IN ({marks})", known)
    for identity, number, stage in list(rows):
        if stage not in stages:
            raise LeadTUIError(_refusal(str(number), str(stage), stages))
        found[str(identity)] = str(stage)
    return {identity: found[identity] for identity in known}


def _refusal(number: str, stage: str, stages: Sequence[str]) -> str:
    values = {"number": number, "stage": label("opportunity_stage", stage)}
    if stage in OPEN_STAGES:
        if tuple(stages) == ("won",):
            return _("{number} isn't won yet: win it first.").format(**values)
        return _("{number} is still open ({stage}).").format(**values)
    return _("{number} is over ({stage}): reopen it first.").format(**values)


def _stage_before(act: Act, identity: str) -> str:
    """The open stage at which an opportunity ended, as the journal knows it."""
    rows = act.connection.execute(
        """SELECT old FROM journal_change WHERE row = ? AND record = 'opportunity' AND field = 'stage'
           ORDER BY seq DESC""",
        (identity,),
    )
    return next((stage for (stage,) in rows if stage in OPEN_STAGES), OPEN_STAGES[0])
