"""Entering and editing customers, contacts and opportunities (R78, R87)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from leadtui.customers.grade import GRADE_COLUMNS, GradeFacts, grade_of
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.qualify.changing import patch_custom, set_columns
from leadtui.values import RECORDS

if TYPE_CHECKING:
    from leadtui.store.act import Act

_LINKS: dict[str, tuple[str, ...]] = {
    "customer": (),
    "contact": ("customer_id",),
    "opportunity": ("customer_id", "contact_id", "lead_id"),
}
"""The other records that each kind belongs to."""

_NO_PROFILE = frozenset(("owner", "next_step", "next_due", "next_due_all_day", "notes", "batch_id"))
"""Columns of a customer whose change says nothing about its profile (R64)."""


def create_record(
    act: Act, record: str, draft: Mapping[str, object], fixed: Mapping[str, object] = MappingProxyType({})
) -> str:
    """Enter a `customer`, `contact` or `opportunity` and return its id; FieldProblems for what is wrong.

    The draft has its columns, the ids of the records that it belongs to, and `custom` (by key); `fixed` are
    columns that no user sets, as an import or a conversion knows them.
    """
    values, custom = _read(act, record, draft)
    if not values.get("name"):
        raise FieldProblems({"name": _("Give it a name.")})
    identity = act.new_id()
    row = {
        "owner": act.author,
        **{name: value for name, value in values.items() if value is not None},
        "id": identity,
        "number": act.new_number(record),
        "created_by": act.author,
        "created_at": act.now,
        "custom": json.dumps(custom, ensure_ascii=False),
    }
    if record == "opportunity":
        row.update(_stage_times(str(row.get("stage", "discovery")), act.now))
    elif record == "customer":
        row["profile_at"] = act.now
    row.update(fixed)
    act.flush()
    marks = ", ".join("?" * len(row))
    act.connection.execute(f"INSERT INTO {record} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    if record == "opportunity":
        note_grades(act, [identity])
    return identity


def edit_records(act: Act, record: str, ids: Sequence[str], changes: Mapping[str, object]) -> None:
    """Change fields of records of one kind; `custom` is changed by key, where None takes a field away.

    FieldProblems when something is wrong, LeadTUIError when a record is gone or was merged.
    """
    known = changeable_records(act, record, ids)
    values, custom = _read(act, record, changes)
    if values.get("name", "x") == "":
        raise FieldProblems({"name": _("Give it a name.")})
    if record == "customer" and (custom or not values.keys() <= _NO_PROFILE):
        values["profile_at"] = act.now
    if values.get("stage"):
        values.update(_stage_times(values["stage"], act.now))
    set_columns(act, record, known, values)
    if record == "opportunity" and not values.keys().isdisjoint(GRADE_COLUMNS):
        note_grades(act, known)
    patch_custom(act, record, known, custom)


def changeable_records(act: Act, record: str, ids: Sequence[str]) -> list[str]:
    """The ids once more, each once, when all of them can be changed; otherwise LeadTUIError."""
    if record not in RECORDS:
        raise ValueError(record)
    act.flush()
    status = "'active'" if record == "opportunity" else "status"
    found = {
        str(identity): (str(number), str(state), str(other))
        for identity, number, state, other in act.rows(
            f"SELECT id, number, {status}, merged_into FROM {record} "
            "WHERE id IN ({marks}) AND deleted_at IS NULL",
            ids,
        )
    }
    for identity in ids:
        if identity not in found:
            raise LeadTUIError(_("The record is no longer there: load the list again."))
        number, state, other = found[identity]
        if state == "merged" or other:
            raise LeadTUIError(_("{number} was merged: work on the other one.").format(number=number))
    return list(dict.fromkeys(ids))


def _read(act: Act, record: str, draft: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, object]]:
    """The columns and the custom fields of a draft, checked."""
    from leadtui.customers.drafts import DRAFTS
    from leadtui.qualify.custom import checked_custom
    from leadtui.qualify.drafts import checked
    from leadtui.qualify.fields import custom_fields

    model = DRAFTS[record]
    links = _LINKS[record]
    unknown = draft.keys() - model.model_fields.keys() - {*links, "custom"}
    if unknown:
        raise FieldProblems({name: _("This can't be set here.") for name in unknown})
    values = checked(model, draft)
    values.update({name: draft[name] or None for name in links if name in draft})
    if (values.get("amount") or values.get("budget_min") or values.get("budget_max")) and not values.get(
        "currency"
    ):
        values["currency"] = act.settings.import_.currency
    low, high = values.get("budget_min"), values.get("budget_max")
    if low is not None and high is not None and low > high:
        raise FieldProblems({"budget_max": _("The budget ends below its beginning.")})
    given = draft.get("custom")
    custom = dict(given) if isinstance(given, Mapping) else {}
    definitions = custom_fields(act.connection, act.settings, record)
    return values, checked_custom(custom, definitions)


def _stage_times(stage: str, now: int) -> dict[str, int]:
    """What comes with a stage that is set as any other field."""
    over = {f"{stage}_at": now} if stage in ("won", "lost") else {}
    return {"stage_at": now, **over}


def note_grades(act: Act, ids: Sequence[str]) -> None:
    """Note since when opportunities are of grade A: the clock of the project report runs from then (R67)."""
    columns = ", ".join(GradeFacts._fields)
    rows = act.rows(f"SELECT id, grade_a_at, {columns} FROM opportunity WHERE id IN ({{marks}})", ids)
    for identity, since, *values in list(rows):
        is_a = grade_of(GradeFacts(*values), act.settings) == "A"  # type: ignore[arg-type]
        if is_a != (since is not None):
            set_columns(act, "opportunity", [str(identity)], {"grade_a_at": act.now if is_a else None})
