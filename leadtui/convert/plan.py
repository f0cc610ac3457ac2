"""A conversion as it would be carried out: made by a read, shown, and made again before it is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import tzinfo

from leadtui.convert.besides import besides
from leadtui.convert.existing import Existing, read_existing
from leadtui.convert.gates import readiness, signals_of
from leadtui.convert.lead import ConversionRefused, Lead, read_lead, refusal, snapshot
from leadtui.convert.lines import Table, draw_lines
from leadtui.convert.mapping import Rule, mapping
from leadtui.convert.others import with_others
from leadtui.convert.questions import questions
from leadtui.convert.shown import currency_of
from leadtui.convert.sources import values_of
from leadtui.convert.targets import TargetField, new_fields, target_fields
from leadtui.convert.values import NONE, Blocked, Change, Choices, Line, Missing, Plan
from leadtui.i18n import gettext as _
from leadtui.qualify.fields import custom_fields
from leadtui.settings import Settings
from leadtui.values import RECORDS

_WANTED = (
    "customer.source_channel",
    "customer.industry",
    "customer.company_size",
    "customer.need",
    "contact.title",
    "contact.phone",
)
"""What a conversion asks for besides names (R14, C18)."""
_INSTEAD = {"contact.phone": ("contact.mobile", "contact.other_phones")}


def make_plan(
    connection: sqlite3.Connection, lead_id: str, choices: Choices, settings: Settings, zone: tzinfo
) -> Plan:
    """What converting a lead would do; ConversionRefused when it, or what was chosen, can't be used."""
    sentence = refusal(connection, lead_id)
    if sentence:
        raise ConversionRefused(sentence)
    lead = read_lead(connection, lead_id)
    others = [_other(connection, other, lead_id) for other in choices.others]
    whole = with_others(connection, lead, [other.id for other in others])
    existing = read_existing(connection, choices)
    table = table_of(connection, whole, existing, choices, settings, zone)
    lines = draw_lines(table)
    ready = readiness(whole.columns, _signals(whole, choices), settings)
    changes = _changes(lines, existing, choices)
    missing = _missing(lines, table.targets, existing)
    return Plan(
        lead_id,
        lead.number,
        lead.name,
        choices,
        ready,
        lines,
        missing,
        (
            *questions(connection, choices, ready, changes, lines),
            *(Blocked(line.target, line.problem) for line in lines if line.problem),
            *(Blocked(field.target, _("Fill this in.")) for field in missing if field.required),
        ),
        changes,
        besides(connection, whole, others, existing, choices),
        _unmapped(lines),
        {lead.number: snapshot(lead), **{other.number: snapshot(other) for other in others}},
        _seen(connection, [lead_id, *choices.others, *(one.id for one in existing.values())]),
    )


def table_of(
    connection: sqlite3.Connection,
    lead: Lead,
    existing: Mapping[str, Existing],
    choices: Choices,
    settings: Settings,
    zone: tzinfo,
) -> Table:
    """What the lines between a lead and its records are drawn from."""
    fields = target_fields(connection, settings) | new_fields(connection, settings, choices.mapping)
    targets = {ref: field for ref, field in fields.items() if getattr(choices, field.record) != NONE}
    rules = _rules(connection, settings, targets, lead, choices)
    values = values_of(lead, custom_fields(connection, settings), settings, zone)
    currency = currency_of(lead.columns, settings)
    return Table(values, targets, rules, existing, choices, currency, zone)


def _other(connection: sqlite3.Connection, other_id: str, lead_id: str) -> Lead:
    sentence = refusal(connection, other_id)
    if sentence or other_id == lead_id:
        raise ConversionRefused(sentence or _("A lead can't be merged into itself."))
    return read_lead(connection, other_id)


def _signals(lead: Lead, choices: Choices) -> frozenset[str]:
    return signals_of(lead.columns) if choices.signals is None else choices.signals


def _rules(
    connection: sqlite3.Connection,
    settings: Settings,
    targets: Mapping[str, TargetField],
    lead: Lead,
    choices: Choices,
) -> dict[str, Rule]:
    """The rules for this lead: what was chosen, then the kept mapping, bent to a lead without a company or
    without a contact."""
    rules = mapping(connection, settings, targets)
    if not lead.columns["company"]:
        for ref in ("customer.name", "opportunity.name"):
            if rules[ref].source == "company":
                rules[ref] = rules[ref]._replace(source="contact")
    if choices.contact == NONE:
        for ref, rule in [*rules.items()]:
            record, _dot, name = ref.partition(".")
            instead = f"customer.{name}"
            if record == "contact" and instead in targets and not rules.get(instead, Rule("", {})).source:
                rules[instead] = rule
    for ref, source in choices.mapping.items():
        rules[ref] = rules.get(ref, Rule("", {}))._replace(source=source)
    for ref, table in choices.translations.items():
        rule = rules.get(ref, Rule("", {}))
        rules[ref] = rule._replace(translations={**rule.translations, **table})
    return rules


def _changes(lines: Sequence[Line], existing: Mapping[str, Existing], choices: Choices) -> tuple[Change, ...]:
    found = []
    for record in RECORDS:
        if getattr(choices, record) == NONE:
            continue
        fields = tuple(
            (line.target_label, line.before, line.result)
            for line in lines
            if line.target.startswith(f"{record}.") and line.stored is not None
        )
        names = [line.result for line in lines if line.target == f"{record}.name" and line.stored is not None]
        one = existing.get(record)
        name = names[-1] if names else str(one.columns["name"]) if one else ""
        found.append(Change(record, one.id if one else "", one.number if one else "", name, fields))
    return tuple(found)


def _missing(
    lines: Sequence[Line], targets: Mapping[str, TargetField], existing: Mapping[str, Existing]
) -> tuple[Missing, ...]:
    filled = {line.target for line in lines if line.stored is not None or line.problem}

    def has(ref: str) -> bool:
        one = existing.get(targets[ref].record)
        return ref in filled or (one is not None and one.value(targets[ref]) is not None)

    required = [ref for ref, field in targets.items() if field.is_required and not has(ref)]
    wanted = [ref for ref in _WANTED if ref in targets and not any(map(has, (ref, *_INSTEAD.get(ref, ()))))]
    return tuple(
        Missing(ref, targets[ref].label, targets[ref].kind, targets[ref].choices, ref in required)
        for ref in (*required, *wanted)
    )


def _unmapped(lines: Sequence[Line]) -> dict[str, str]:
    """The values none of whose lines ends in a record."""
    somewhere = {line.source for line in lines if line.effect != "dropped"}
    return {line.source: line.value for line in lines if line.source and line.source not in somewhere}


def _seen(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """The newest change of each record."""
    statement = "SELECT coalesce(max(seq), 0) FROM journal_change WHERE row = ?"
    return {one: connection.execute(statement, (one,)).fetchone()[0] for one in ids}
