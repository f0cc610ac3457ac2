"""Where a converted lead and the records that it became no longer say the same (R76; C21).

Nothing is written by itself: each difference is pushed to the record, pulled into the lead, or left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from leadtui.convert.carry_out import PlanStale
from leadtui.convert.existing import read_existing
from leadtui.convert.lead import ConversionRefused, Lead, read_lead
from leadtui.convert.lines import Table, draw_lines
from leadtui.convert.plan import table_of
from leadtui.convert.shown import currency_of
from leadtui.convert.sources import shown, source_kind
from leadtui.convert.targets import TargetField
from leadtui.convert.type_rules import TEXTS
from leadtui.convert.values import NONE, Choices
from leadtui.customers.codes import OPEN_STAGES
from leadtui.customers.records import edit_records
from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.qualify.changing import patch_custom, set_columns
from leadtui.qualify.custom import checked_custom
from leadtui.qualify.drafts import LeadDraft, checked
from leadtui.qualify.fields import custom_fields
from leadtui.settings import Settings
from leadtui.values import CUSTOM, Status

if TYPE_CHECKING:
    from leadtui.store.act import Act

_MONEY = frozenset(("budget_min", "budget_max", "amount"))
_MADE_UP = frozenset(("budget", "tags"))
"""Sources that no single field of a lead holds."""


class Difference(NamedTuple):
    """One mapped field about which a lead and its record disagree."""

    source: str
    source_label: str
    lead: str
    """What the lead says; empty for nothing."""
    target: str
    """`customer.industry`; its name for `push` and `pull`."""
    target_label: str
    record: str
    """What the record says; empty for nothing."""
    can_push: bool
    can_pull: bool
    stored: Any = None
    """What a push writes."""
    raw: Any = None
    """What a pull writes."""


def differences(
    connection: sqlite3.Connection, lead_id: str, settings: Settings, zone: tzinfo
) -> tuple[Difference, ...]:
    """The differences of a lead; ConversionRefused when it isn't converted, or its customer is gone."""
    lead = read_lead(connection, lead_id)
    if lead.columns["status"] != Status.CONVERTED:
        raise ConversionRefused(
            _("{number} isn't converted: there is nothing to compare.").format(number=lead.number)
        )
    choices = _records_of(connection, lead)
    existing = read_existing(connection, choices)
    table = table_of(connection, lead, existing, choices, settings, zone)
    taken = frozenset(ref for ref, field in table.targets.items() if field.kind != "currency")
    table = table._replace(choices=choices._replace(take=taken))
    kinds = _Kinds(connection, settings, lead)
    return (*_where_the_lead_speaks(table, kinds), *_where_it_is_silent(table, kinds))


def settle(
    act: Act, lead_id: str, expected: Sequence[Difference], push: Collection[str], pull: Collection[str]
) -> None:
    """Write the lead's side of some differences to its records, and the records' side of others to the lead.

    Both name targets. PlanStale when the differences are others by now, FieldProblems for a field that can't
    go that way.
    """
    if tuple(expected) != differences(act.connection, lead_id, act.settings, act.zone):
        raise PlanStale(_("The lead or its customer changed in the meantime: look at the differences again."))
    known = {one.target: one for one in expected}
    problems = {ref: _("Both say the same here.") for ref in {*push, *pull} - known.keys()}
    unfit = [ref for ref in push if ref in known and not known[ref].can_push]
    unfit += [ref for ref in pull if ref in known and not known[ref].can_pull]
    problems |= dict.fromkeys(unfit, _("It can't be taken over as it is."))
    problems |= {ref: _("Choose one side.") for ref in {*push} & {*pull}}
    if problems:
        raise FieldProblems(problems)
    lead = read_lead(act.connection, lead_id)
    _push(act, _records_of(act.connection, lead), [known[ref] for ref in push])
    _pull(act, lead_id, [known[ref] for ref in pull])


class _Kinds:
    """What the fields of leads take."""

    def __init__(self, connection: sqlite3.Connection, settings: Settings, lead: Lead) -> None:
        self._definitions = custom_fields(connection, settings)
        self.currency = currency_of(lead.columns, settings)

    def takes(self, source: str, target: TargetField, raw: Any, currency: str) -> Any:
        """What a lead's field stores of a record's value; None when it can't take it."""
        kind = source_kind(source, self._definitions) or "block"
        alike = kind == target.kind or {kind, target.kind} <= TEXTS
        if raw is None or not alike or source in _MADE_UP or (kind == "money" and currency != self.currency):
            return None
        try:
            if source.startswith(CUSTOM):
                key = source.removeprefix(CUSTOM)
                return checked_custom({key: raw}, self._definitions)[key]
            return checked(LeadDraft, {source: raw})[source]
        except FieldProblems:
            return None


def _where_the_lead_speaks(table: Table, kinds: _Kinds) -> Iterator[Difference]:
    for line in draw_lines(table):
        if not line.target or line.effect == "kept" or line.target_kind == "currency":
            continue
        target = table.targets[line.target]
        existing = table.existing[target.record]
        if target.is_appended or (line.stored is None and not line.before):
            continue
        raw = kinds.takes(line.source, target, existing.value(target), existing.columns.get("currency", ""))
        yield Difference(
            line.source,
            line.source_label,
            line.value,
            line.target,
            line.target_label,
            line.before,
            line.stored is not None and not line.problem,
            raw is not None,
            line.stored,
            raw,
        )


def _where_it_is_silent(table: Table, kinds: _Kinds) -> Iterator[Difference]:
    """What only the records say."""
    spoken = {value.source for value in table.values}
    for ref, target in table.targets.items():
        source = table.rules[ref].source if ref in table.rules else ""
        if not source or source in spoken or target.is_appended or target.kind == "currency":
            continue
        existing = table.existing[target.record]
        currency = existing.columns.get("currency", "")
        found = existing.value(target)
        raw = kinds.takes(source, target, found, currency)
        if raw is not None:
            told = shown(target.name, target.kind, found, currency, table.zone)
            name = source.removeprefix(CUSTOM) if source.startswith(CUSTOM) else label("field", source)
            yield Difference(source, name, "", ref, target.label, told, False, True, None, raw)


def _push(act: Act, records: Choices, some: Sequence[Difference]) -> None:
    drafts: dict[str, dict[str, Any]] = {}
    for one in some:
        record, _dot, name = one.target.partition(".")
        draft = drafts.setdefault(record, {})
        if name.startswith(CUSTOM):
            draft.setdefault("custom", {})[name.removeprefix(CUSTOM)] = one.stored
        else:
            draft[name] = one.stored
    for record, draft in drafts.items():
        identity = getattr(records, record)
        if _MONEY & draft.keys():
            (draft["currency"],) = act.connection.execute(
                f"SELECT currency FROM {record} WHERE id = ?", (identity,)
            ).fetchone()
        edit_records(act, record, [identity], draft)
    crossed = act.connection.execute(
        "SELECT 1 FROM customer WHERE id = ? AND budget_min > budget_max", (records.customer,)
    ).fetchone()
    if crossed:
        raise FieldProblems({"customer.budget_max": _("The budget would end below its beginning.")})


def _pull(act: Act, lead_id: str, some: Sequence[Difference]) -> None:
    columns = {one.source: one.raw for one in some if not one.source.startswith(CUSTOM)}
    custom = {one.source.removeprefix(CUSTOM): one.raw for one in some if one.source.startswith(CUSTOM)}
    set_columns(act, "lead", [lead_id], columns)
    patch_custom(act, "lead", [lead_id], custom)


def _records_of(connection: sqlite3.Connection, lead: Lead) -> Choices:
    """The records that the lead became; what was merged, moved or closed since is left out."""
    customer = str(lead.columns["customer_id"])
    contact = connection.execute(
        """SELECT id FROM contact WHERE id = ? AND customer_id = ? AND status = 'active'
           AND deleted_at IS NULL""",
        (lead.columns["contact_id"], customer),
    ).fetchone()
    marks = ", ".join("?" * len(OPEN_STAGES))
    opportunity = connection.execute(
        f"""SELECT id FROM opportunity WHERE id = ? AND customer_id = ? AND merged_into = ''
            AND deleted_at IS NULL AND stage IN ({marks})""",
        (lead.columns["opportunity_id"], customer, *OPEN_STAGES),
    ).fetchone()
    return Choices(
        customer, False, contact[0] if contact else NONE, opportunity=opportunity[0] if opportunity else NONE
    )
