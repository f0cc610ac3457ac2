"""Which field of a lead fills which field of its customer, contact and opportunity (R74).

What the documents say, and custom fields of the same name and type, holds unless the database says otherwise.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from leadtui.convert.sources import source_kind
from leadtui.convert.targets import TargetField, new_fields, target_fields
from leadtui.convert.type_rules import can_take
from leadtui.convert.values import Choices, Line
from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.qualify.fields import FieldDefinition, custom_fields, define_fields
from leadtui.settings import Settings
from leadtui.store.ids import name_id
from leadtui.values import CUSTOM, RECORDS

if TYPE_CHECKING:
    from leadtui.store.act import Act

_SAME_EVERYWHERE = ("source_channel", "source_detail", "owner")
_REACHED = ("phone", "other_phones", "website", "address", "city", "state", "postal_code", "country")
_CUSTOMER: Mapping[str, str] = {
    "name": "company",
    "budget_range": "budget",
    "purchase_cycle": "timing",
    "focus": "scenario",
    **{
        name: name
        for name in (
            *("industry", "company_size", "customer_type", "currency", "budget_min", "budget_max"),
            *("need", "remark", "notes", "tags"),
            *_REACHED,
            *_SAME_EVERYWHERE,
        )
    },
}
_CONTACT: Mapping[str, str] = {
    "name": "contact",
    **{
        name: name
        for name in (
            *("title", "department", "role", "mobile", "email", "other_emails", "wechat"),
            *(name for name in _REACHED if name != "website"),
            *_SAME_EVERYWHERE,
        )
    },
}
_OPPORTUNITY: Mapping[str, str] = {
    "name": "company",
    "amount": "budget",
    "urgency": "timing",
    **{name: name for name in ("currency", "need", *_SAME_EVERYWHERE)},
}
_DEFAULTS: Mapping[str, str] = {
    f"{record}.{name}": source
    for record, fields in (("customer", _CUSTOMER), ("contact", _CONTACT), ("opportunity", _OPPORTUNITY))
    for name, source in fields.items()
}
_TRANSLATIONS: Mapping[str, Mapping[str, str]] = {
    "opportunity.urgency": {
        "within_3_months": "urgent",
        "3_to_6_months": "general",
        "later": "general",
    }
}
"""R79: within a month would be `immediate`; a lead doesn't say that."""


class Rule(NamedTuple):
    """What fills one target."""

    source: str
    """Empty when nothing does."""
    translations: Mapping[str, str]


def mapping(
    connection: sqlite3.Connection, settings: Settings, targets: Mapping[str, TargetField]
) -> dict[str, Rule]:
    """The rule of every target that has one, by its reference."""
    leads = custom_fields(connection, settings)
    rules = {
        target: Rule(source, _TRANSLATIONS.get(target, {}))
        for target, source in {**_DEFAULTS, **_alike(leads, targets)}.items()
    }
    kept = connection.execute("SELECT target, field, source, choices FROM conversion_mapping")
    for record, name, source, choices in kept:
        rules[f"{record}.{name}"] = Rule(source, json.loads(choices))
    return rules


def save_mapping(
    act: Act, sources: Mapping[str, str], translations: Mapping[str, Mapping[str, str]] | None = None
) -> None:
    """Keep which source fills each of these targets (empty for none), and their tables of values.

    A custom field that isn't there yet is defined like the custom field of leads that fills it.
    FieldProblems, by target, for fields that don't exist and kinds that never fit.
    """
    _define_new(act, sources)
    targets = target_fields(act.connection, act.settings)
    rules = mapping(act.connection, act.settings, targets)
    changed = {
        target: Rule(
            sources.get(target, rules[target].source if target in rules else ""),
            {
                **(rules[target].translations if target in rules else {}),
                **(translations or {}).get(target, {}),
            },
        )
        for target in {*sources, *(translations or {})}
    }
    problems = _mistakes(act.connection, act.settings, targets, changed)
    if problems:
        raise FieldProblems(problems)
    for target, rule in sorted(changed.items()):
        if rules.get(target, Rule("", {})) == rule:
            continue
        record, _dot, name = target.partition(".")
        identity = name_id("conversion_mapping", record, name)
        choices = json.dumps(dict(rule.translations), ensure_ascii=False, sort_keys=True)
        updated = act.connection.execute(
            "UPDATE conversion_mapping SET source = ?, choices = ? WHERE id = ?",
            (rule.source, choices, identity),
        )
        if not updated.rowcount:
            act.connection.execute(
                """INSERT INTO conversion_mapping (id, target, field, source, choices)
                   VALUES (?, ?, ?, ?, ?)""",
                (identity, record, name, rule.source, choices),
            )


def retarget(choices: Choices, line: Line, target: str) -> Choices:
    """The choices with the value of a line sent to another target, or nowhere with an empty one.

    A target has one source: what filled it before goes nowhere.
    """
    changed = {**choices.mapping}
    if line.target:
        changed[line.target] = ""
    if target:
        changed[target] = line.source
    given = {name: text for name, text in choices.given.items() if name not in {target, line.target}}
    return choices._replace(mapping=changed, given=given)


def _define_new(act: Act, sources: Mapping[str, str]) -> None:
    for field in new_fields(act.connection, act.settings, sources).values():
        kind = "text" if field.kind == "block" else field.kind
        key = field.name.removeprefix(CUSTOM)
        define_fields(act, [FieldDefinition(key, field.label, kind, field.choices)], field.record)


class Possible(NamedTuple):
    """A target in the menu of a line."""

    field: TargetField
    source: str
    """What fills it now, by default; empty when nothing does."""
    is_new: bool = False
    """Whether it would be defined by mapping something to it."""


def targets_for(connection: sqlite3.Connection, settings: Settings, source: str) -> tuple[Possible, ...]:
    """The targets that some value of a lead's field fits into; for a custom field also new ones like it."""
    targets = target_fields(connection, settings)
    new = new_fields(connection, settings, {f"{record}.{source}": source for record in RECORDS})
    rules = mapping(connection, settings, targets)
    kind = source_kind(source, custom_fields(connection, settings)) or "block"
    return tuple(
        Possible(field, rules[ref].source if ref in rules else "")
        for ref, field in targets.items()
        if can_take(kind, field.kind)
    ) + tuple(Possible(field, "", True) for field in new.values())


def _alike(leads: Sequence[FieldDefinition], targets: Mapping[str, TargetField]) -> dict[str, str]:
    """Custom fields of the same key or name and of the same kind; none where several are called the same."""
    found: dict[str, str] = {}
    for target in targets.values():
        if not target.is_custom:
            continue
        same_kind = [
            field for field in leads if target.kind == ("block" if field.kind == "text" else field.kind)
        ]
        alike = [field for field in same_kind if CUSTOM + field.key == target.name] or [
            field for field in same_kind if _folded(field.label) == _folded(target.label)
        ]
        if len(alike) == 1:
            found[target.ref] = CUSTOM + alike[0].key
    return found


def _mistakes(
    connection: sqlite3.Connection,
    settings: Settings,
    targets: Mapping[str, TargetField],
    rules: Mapping[str, Rule],
) -> dict[str, str]:
    leads = custom_fields(connection, settings)
    in_use = _custom_keys_in_use(connection, (rule.source for rule in rules.values()))
    problems = {}
    for target, rule in rules.items():
        kind = source_kind(rule.source, leads) or ("block" if rule.source in in_use else "")
        if target not in targets:
            problems[target] = _("There is no field {name} to fill.").format(name=target)
        elif rule.source and not kind:
            problems[target] = _("Leads have no field {name}.").format(name=rule.source)
        elif rule.source and not can_take(kind, targets[target].kind):
            problems[target] = _("{kind} never fits into {label}.").format(
                kind=label("kind", kind), label=targets[target].label
            )
    return problems


def _custom_keys_in_use(connection: sqlite3.Connection, sources: Iterable[str]) -> set[str]:
    """Those of the sources that are values of leads without a definition."""
    return {
        source
        for source in sources
        if source.startswith(CUSTOM)
        and connection.execute(
            "SELECT 1 FROM lead, json_each(lead.custom) WHERE json_each.key = ? LIMIT 1",
            (source.removeprefix(CUSTOM),),
        ).fetchone()
    }


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
