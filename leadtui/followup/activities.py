"""Logging what was done with a lead, and what it did by itself (R40, R51 to R58)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from leadtui.clock import MINUTE
from leadtui.errors import FieldProblems
from leadtui.followup.cadence import next_touch, visit_late
from leadtui.followup.facts import FACT_COLUMNS, facts_of_lead
from leadtui.followup.runs import PAUSING, pause
from leadtui.followup.standing import standing
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.qualify.changing import WORKABLE, changeable, set_columns
from leadtui.settings.working_hours import late_after
from leadtui.values import ENGAGEMENTS, Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

_SLACK = 5 * MINUTE
NOTE = "note"
"""The channel of what is only written down: it touches nobody."""
_TALKED = frozenset({"reached", "replied", "meeting_set"})
"""Results after which there is something to tell."""
_ENDED = frozenset({"not_interested", "wrong_contact"})
"""Results after which no next touch is proposed: the rep decides what becomes of the lead."""
_BEGUN = frozenset({Status.NEW, Status.SCREENING, Status.RECYCLED})
"""Where a touch takes a lead into work."""
_COLUMNS = (
    "id", "lead_id", "at", "kind", "channel", "result", "content", "feedback", "sentiment", "need_priority",
    "duration_minutes", "next_step", "next_due", "next_due_all_day", "signals", "attachment", "author",
)  # fmt: skip


class _Plan(NamedTuple):
    """The columns of a next step."""

    next_step: str
    next_due: int | None
    next_due_all_day: int


_UNPLANNED = _Plan("", None, 0)


def log_follow_up(act: Act, lead_ids: Sequence[str], draft: Mapping[str, object]) -> None:
    """Log a follow-up on one or many leads; FieldProblems when something is missing or wrong.

    Raises the signals of the draft, takes a new lead into work, ends a snooze, settles what was due, pauses a
    playbook on an answer, and plans the next step: what the draft says (`next_due` None plans nothing), and
    what it leaves out as the cadence proposes. A note touches nobody: it adds to the record, and plans only
    what it says.
    """
    values = checked_follow_up(draft, act)
    leads = changeable(act, lead_ids, WORKABLE)
    ids = [lead.id for lead in leads]
    plans = _plans(act, ids, values)
    _insert(act, ids, {**values, "kind": "follow_up"}, plans)
    if values["result"] in PAUSING:
        pause(act, ids, values["result"])
    touched = {"acknowledged_at": act.now, "snoozed_until": None} if values["channel"] != NOTE else {}
    raised = {f"signal_{name}": 1 for name in values["signals"]}
    alike: dict[tuple[bool, _Plan | None], list[str]] = {}
    for lead in leads:
        begins = bool(touched) and lead.status in _BEGUN
        alike.setdefault((begins, plans.get(lead.id)), []).append(lead.id)
    for (begins, plan), some in alike.items():
        begun = {"status": Status.WORKING} if begins else {}
        planned = {**plan._asdict(), "snoozed_until": None} if plan else {}
        set_columns(act, "lead", some, {**touched, **raised, **begun, **planned})


def log_engagement(act: Act, lead_ids: Sequence[str], event: str, at: int | None = None) -> None:
    """Record that leads did something by themselves (R40), now or at a moment that is past."""
    if event not in ENGAGEMENTS:
        raise FieldProblems({"event": _("Choose one of {words}.").format(words=", ".join(ENGAGEMENTS))})
    if at is not None and at > act.now + _SLACK:
        raise FieldProblems({"at": _("This lies in the future; say when it happened.")})
    ids = [lead.id for lead in changeable(act, lead_ids, WORKABLE)]
    values = dict.fromkeys(_COLUMNS, "") | {
        "kind": "engagement", "channel": event, "at": act.now if at is None else at, "signals": (),
        "duration_minutes": None,
    }  # fmt: skip
    _insert(act, ids, values, {})


def checked_follow_up(draft: Mapping[str, object], act: Act) -> dict[str, Any]:
    """The draft of a follow-up with every key, and `dated` for whether it plans; or FieldProblems."""
    from leadtui.followup.drafts import FollowUpDraft
    from leadtui.qualify.drafts import checked

    values = {**FollowUpDraft().model_dump(), **checked(FollowUpDraft, draft)}
    values["at"] = act.now if values["at"] is None else values["at"]
    problems: dict[str, str] = {}
    if not values["channel"]:
        problems["channel"] = _("Say how: by phone, mail, visit…")
    if not values["result"] and values["channel"] != NOTE:
        problems["result"] = _("Say what came of it.")
    if not values["content"] and (values["channel"] == NOTE or values["result"] in _TALKED):
        problems["content"] = _("Write one sentence about what happened.")
    if values["at"] > act.now + _SLACK:
        problems["at"] = _("This lies in the future; plan it as the next step instead.")
    due = values["next_due"]
    if due is not None:
        late = late_after(due, values["next_due_all_day"], act.zone)
        if late < values["at"]:
            problems["next_due"] = _("This is past; give the next step a date to come.")
    if problems:
        raise FieldProblems(problems)
    values["dated"] = "next_due" in draft
    return values


def _plans(act: Act, lead_ids: Sequence[str], values: Mapping[str, Any]) -> dict[str, _Plan]:
    """The next step of each lead whose plan this follow-up changes."""
    step, due, all_day = (values[name] for name in _Plan._fields)
    if values["dated"]:
        return dict.fromkeys(lead_ids, _Plan(step, due, int(all_day and due is not None)))
    if values["channel"] == NOTE and not step:
        return {}
    if values["result"] in _ENDED and not step:
        return dict.fromkeys(lead_ids, _UNPLANNED)
    plans = {}
    rows = act.rows(
        """SELECT id, first_contact_at,
        (SELECT max(at) FROM activity WHERE lead_id = lead.id AND channel = 'visit' AND deleted_at IS NULL),
        tier, stage, status FROM lead WHERE id IN ({marks})""",
        lead_ids,
    )
    for lead_id, met, visited, *known in rows:
        tier, stage, status = map(str, known) if known[1] else _worth(act, str(lead_id))
        seen = values["at"] if values["channel"] == "visit" else visited
        late = visit_late(stage, cast("int | None", seen), cast("int | None", met), act.settings, act.zone)
        touch = next_touch(tier, stage, status, act.now, act.settings, act.zone, late)
        plans[str(lead_id)] = _Plan(step or label("step", touch.step), touch.due, int(touch.all_day))
    return plans


def _worth(act: Act, lead_id: str) -> tuple[str, str, str]:
    """The tier, stage and status of a lead that this act made: what is derived of it isn't there yet."""
    names = ("id", *FACT_COLUMNS)
    ((*values,),) = act.connection.execute(f"SELECT {', '.join(names)} FROM lead WHERE id = ?", (lead_id,))
    facts = facts_of_lead(act.connection, dict(zip(names, values, strict=True)))
    found = standing(facts, act.settings, act.now, act.zone)
    return found.tier, found.stage, facts.status


def _insert(act: Act, lead_ids: Sequence[str], values: Mapping[str, Any], plans: Mapping[str, _Plan]) -> None:
    common = {**values, "signals": ",".join(values["signals"]), "author": act.author}
    rows = (
        {**common, **plans.get(lead_id, _UNPLANNED)._asdict(), "id": act.new_id(), "lead_id": lead_id}
        for lead_id in lead_ids
    )
    act.connection.executemany(
        f"INSERT INTO activity ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})",
        ({name: row[name] for name in _COLUMNS} for row in rows),
    )
