"""Carrying out a conversion: everything in one act, or nothing (R72, R73, R76; C13, C21)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.convert.besides import collaborators_of
from leadtui.convert.existing import Existing, read_existing
from leadtui.convert.lead import Lead, read_lead
from leadtui.convert.lines import stored_values
from leadtui.convert.mapping import save_mapping
from leadtui.convert.others import merge_plan, with_others
from leadtui.convert.plan import make_plan
from leadtui.convert.targets import target_fields
from leadtui.convert.values import NEW, NONE, Converted, Made, Plan
from leadtui.customers.records import create_record, edit_records
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import set_columns
from leadtui.qualify.collaborators import collaborator_id
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.qualify.leads import tag_id
from leadtui.qualify.merging.merge import merge
from leadtui.store.columns import OPEN_TASK
from leadtui.text import clean, one_line
from leadtui.values import CUSTOM, RECORDS, SIGNALS, Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

_PARENT = "{record}_id"
_MONEY = frozenset(("budget_min", "budget_max", "amount"))


class PlanStale(LeadTUIError):
    """Something that the plan looked at has changed since: it must be made and looked at again."""


def carry_out(act: Act, plan: Plan) -> Converted:
    """Write what the plan says; PlanStale when it isn't what would be planned now.

    FieldProblems, by target, when something still blocks it.
    """
    if make_plan(act.connection, plan.lead_id, plan.choices, act.settings, act.zone) != plan:
        raise PlanStale(
            _("{number} or what it goes into changed in the meantime: look at the plan again.").format(
                number=plan.lead_number
            )
        )
    if plan.blocked:
        raise FieldProblems({blocked.where: blocked.problem for blocked in plan.blocked})
    choices = plan.choices
    lead = read_lead(act.connection, plan.lead_id)
    existing = read_existing(act.connection, choices)
    _add_choices(act, plan)
    save_mapping(act, choices.mapping, choices.translations)
    if choices.others:
        whole = with_others(act.connection, lead, choices.others)
        merge(act, merge_plan(act.connection, lead.id, choices.others))
        lead = whole
    ids = _write_records(act, plan, existing)
    _write_tags(act, plan, ids["customer"])
    _keep_snapshot(act, plan, ids["customer"])
    supporters = collaborators_of(
        act.connection, [lead.id, *choices.others], lead.columns, existing.get("customer")
    )
    _collaborate(act, supporters, ids["customer"])
    _note_reason(act, plan, ids)
    _take_along(act, lead, ids)
    _close_lead(act, lead, plan, ids)
    return Converted(
        _made(act, "customer", ids["customer"]) or Made("", "", ""),
        _made(act, "contact", ids["contact"]),
        _made(act, "opportunity", ids["opportunity"]),
    )


def _add_choices(act: Act, plan: Plan) -> None:
    """Give custom fields the choices that were added to them."""
    targets = target_fields(act.connection, act.settings)
    for ref, added in plan.choices.added.items():
        field = targets.get(ref)
        if field is None or field.kind != "choice":
            raise FieldProblems({ref: _("Only custom fields with choices take more of them.")})
        new = tuple(filter(None, map(one_line, added)))
        choices = tuple(dict.fromkeys((*field.choices, *new)))
        if choices != field.choices:
            key = field.name.removeprefix(CUSTOM)
            define_fields(act, [FieldDefinition(key, field.label, "choice", choices)], field.record)


def _write_records(act: Act, plan: Plan, existing: Mapping[str, Existing]) -> dict[str, str]:
    """Create and fill the records; their ids by kind, empty for none."""
    ids = dict.fromkeys(RECORDS, "")
    for record in RECORDS:
        chosen = getattr(plan.choices, record)
        if chosen == NONE:
            continue
        links = _links(record, ids, plan.lead_id)
        draft = _draft(plan, record, existing.get(record))
        if chosen == NEW:
            ids[record] = create_record(act, record, {**draft, **links})
            continue
        ids[record] = chosen
        blank = {name: link for name, link in links.items() if not existing[record].columns[name]}
        if draft or blank:
            edit_records(act, record, [chosen], {**draft, **blank})
    return ids


def _links(record: str, ids: Mapping[str, str], lead_id: str) -> dict[str, str | None]:
    if record == "customer":
        return {}
    if record == "contact":
        return {"customer_id": ids["customer"]}
    return {"customer_id": ids["customer"], "contact_id": ids["contact"] or None, "lead_id": lead_id}


def _draft(plan: Plan, record: str, existing: Existing | None) -> dict[str, Any]:
    """The columns of a record, and its custom fields by key; amounts never come without their currency."""
    stored = stored_values(plan.lines, record)
    stored.pop("tags", None)
    custom = {name.removeprefix(CUSTOM): stored.pop(name) for name in list(stored) if name.startswith(CUSTOM)}
    if _MONEY & stored.keys() and "currency" not in stored:
        now = existing.columns["currency"] if existing is not None else ""
        stored["currency"] = now or plan.readiness.currency
    return stored | ({"custom": custom} if custom else {})


def _write_tags(act: Act, plan: Plan, customer_id: str) -> None:
    names = stored_values(plan.lines, "customer").get("tags", ())
    act.connection.executemany(
        "INSERT OR IGNORE INTO tag (id, customer_id, name) VALUES (?, ?, ?)",
        ((tag_id(customer_id, name), customer_id, name) for name in names),
    )


def _keep_snapshot(act: Act, plan: Plan, customer_id: str) -> None:
    """The customer keeps everything that its leads said, by their numbers."""
    (text,) = act.connection.execute(
        "SELECT source_snapshot FROM customer WHERE id = ?", (customer_id,)
    ).fetchone()
    kept = json.dumps({**json.loads(text), **plan.snapshot}, ensure_ascii=False)
    act.connection.execute("UPDATE customer SET source_snapshot = ? WHERE id = ?", (kept, customer_id))


def _collaborate(act: Act, names: Sequence[str], customer_id: str) -> None:
    act.connection.executemany(
        "INSERT OR IGNORE INTO collaborator (id, customer_id, name, since) VALUES (?, ?, ?, ?)",
        ((collaborator_id(customer_id, name), customer_id, name, act.now) for name in names),
    )


def _note_reason(act: Act, plan: Plan, ids: Mapping[str, str]) -> None:
    """Why it was converted below a gate stands in the timeline as well."""
    reason = clean(plan.choices.reason).strip()
    if reason:
        act.connection.execute(
            """INSERT INTO activity (id, lead_id, at, kind, channel, content, author)
               VALUES (?, ?, ?, 'follow_up', 'note', ?, ?)""",
            (act.new_id(), plan.lead_id, act.now, _("Converted: {reason}").format(reason=reason), act.author),
        )


def _take_along(act: Act, lead: Lead, ids: Mapping[str, str]) -> None:
    """Activities belong to all records; open tasks, playbooks and the next step to the opportunity, or to the
    customer."""
    parents = {_PARENT.format(record=record): one for record, one in ids.items() if one}
    _give(act, "activity", parents, lead.id, "1")
    goal = "opportunity" if ids["opportunity"] else "customer"
    _give(act, "task", {_PARENT.format(record=goal): ids[goal]}, lead.id, OPEN_TASK)
    if ids["opportunity"]:
        _give(act, "playbook_run", {"opportunity_id": ids["opportunity"]}, lead.id, "ended_at IS NULL")
    _pass_on_next_step(act, lead, goal, ids[goal])


def _give(act: Act, table: str, parents: Mapping[str, str], lead_id: str, condition: str) -> None:
    assignments = ", ".join(f"{name} = ?" for name in parents)
    act.connection.execute(
        f"UPDATE {table} SET {assignments} WHERE lead_id = ? AND {condition}", (*parents.values(), lead_id)
    )


def _pass_on_next_step(act: Act, lead: Lead, record: str, identity: str) -> None:
    """A record that has a step of its own gets that of the lead as a task."""
    step, due, all_day = (lead.columns[name] for name in ("next_step", "next_due", "next_due_all_day"))
    if not step and due is None:
        return
    planned = act.connection.execute(
        f"SELECT 1 FROM {record} WHERE id = ? AND (next_step <> '' OR next_due IS NOT NULL)", (identity,)
    ).fetchone()
    if planned is None:
        act.connection.execute(
            f"UPDATE {record} SET next_step = ?, next_due = ?, next_due_all_day = ? WHERE id = ?",
            (step, due, all_day, identity),
        )
        return
    act.connection.execute(
        f"""INSERT INTO task (id, lead_id, {record}_id, title, due, due_all_day, owner, author, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            act.new_id(),
            lead.id,
            identity,
            step or _("Next step"),
            due,
            all_day,
            lead.columns["owner"] or act.author,
            act.author,
            act.now,
        ),
    )


def _close_lead(act: Act, lead: Lead, plan: Plan, ids: Mapping[str, str]) -> None:
    values: dict[str, object] = {
        "status": Status.CONVERTED,
        "converted_at": act.now,
        "next_step": "",
        "next_due": None,
        "next_due_all_day": 0,
        "snoozed_until": None,
        **{_PARENT.format(record=record): one for record, one in ids.items()},
    }
    if plan.choices.signals is not None:
        values |= {f"signal_{name}": int(name in plan.choices.signals) for name in SIGNALS}
    if plan.choices.reason.strip():
        values["status_note"] = clean(plan.choices.reason).strip()
    set_columns(act, "lead", [lead.id], values)


def _made(act: Act, record: str, identity: str) -> Made | None:
    found: Sequence[Any] | None = act.connection.execute(
        f"SELECT id, number, name FROM {record} WHERE id = ?", (identity,)
    ).fetchone()
    return Made(*found) if found else None
