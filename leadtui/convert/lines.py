"""The table of a conversion: each value of the lead, where it goes, and what will stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from leadtui.convert.existing import Existing
from leadtui.convert.mapping import Rule
from leadtui.convert.sameness import lines_beside, says_the_same
from leadtui.convert.sources import Value, shown, typed
from leadtui.convert.targets import TargetField
from leadtui.convert.type_rules import Context, Fit, fit
from leadtui.convert.values import Choices, Line
from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.qualify.fields import FieldDefinition
from leadtui.values import CUSTOM, RECORDS

_MONEY = ("budget_min", "budget_max", "amount")


class Table(NamedTuple):
    """What the lines are drawn from."""

    values: Sequence[Value]
    targets: Mapping[str, TargetField]
    """Those of the records that the conversion goes into."""
    rules: Mapping[str, Rule]
    existing: Mapping[str, Existing]
    choices: Choices
    currency: str
    """Of amounts that have none."""
    zone: tzinfo


def draw_lines(table: Table) -> tuple[Line, ...]:
    """The lines in the order of the lead's fields; what was typed comes last."""
    choices = table.choices
    given = {ref: text for ref, text in choices.given.items() if ref in table.targets}
    currencies = _currencies(table, given)
    fed: dict[str, list[TargetField]] = {}
    for ref, target in table.targets.items():
        if ref in table.rules and ref not in given:
            fed.setdefault(table.rules[ref].source, []).append(target)
    lines = []
    for value in table.values:
        drawn = [_line(table, value, target, currencies) for target in fed.get(value.source, ())]
        lines += drawn or [_dropped(value)]
    for ref, text in given.items():
        if text.strip():
            lines.append(_line(table, typed(text), table.targets[ref], currencies))
    return tuple(_with_ordered_budget(lines, table, currencies))


def stored_values(lines: Sequence[Line], record: str) -> dict[str, Any]:
    """What is written to a record, by column, or `custom.` and key."""
    return {
        line.target.partition(".")[2]: line.stored
        for line in lines
        if line.target.startswith(f"{record}.") and line.stored is not None
    }


def _dropped(value: Value) -> Line:
    return Line(value.source, value.label, value.text, "", "", "", "", "", "dropped")


def _line(table: Table, value: Value, target: TargetField, currencies: Mapping[str, str]) -> Line:
    choices = table.choices
    existing = table.existing.get(target.record)
    before = existing.value(target) if existing else None
    currency = currencies[target.record]
    rule = table.rules.get(target.ref, Rule("", {}))
    context = Context(currency, table.zone, rule.translations, tuple(choices.added.get(target.ref, ())))
    found = _checked(fit(value, target, context), target, context)

    def show(raw: Any) -> str:
        return shown(target.name, target.kind, raw, currency, table.zone)

    line = Line(
        value.source,
        value.label,
        value.text,
        target.ref,
        target.label,
        target.kind,
        show(before),
        show(before),
        "created" if existing is None else "filled",
    )
    wins = target.ref in choices.take or not value.source
    if before is not None and not target.is_appended:
        # What was typed is written as it was typed.
        if says_the_same(target, found.stored, before) if value.source else found.stored == before:
            return line._replace(effect="kept")
        if not wins:
            return line._replace(effect="conflict", can_take=True)
        line = line._replace(effect="conflict", can_take=bool(value.source))
    if found.too_long:
        return line._replace(effect="truncated", problem=found.problem)
    if found.problem:
        if value.kind == "money" == target.kind and target.ref not in choices.mapping and value.source:
            return line._replace(effect="dropped", note=found.problem)
        return line._replace(effect="converted", problem=found.problem)
    if found.stored is None:
        return line._replace(effect="dropped", note=_("Nothing of it can be shown."))
    if before is not None and target.is_appended:
        return _appended(line, before, found.stored, target, show)
    if found.converted and line.effect != "conflict" and value.source:
        line = line._replace(effect="converted")
    return line._replace(result=show(found.stored), stored=found.stored)


def _appended(line: Line, before: Any, more: Any, target: TargetField, show: Any) -> Line:
    """What comes is added to what stands there, unless it stands there already."""
    if target.kind == "tags":
        had = {name.casefold() for name in before}
        new = tuple(name for name in more if name.casefold() not in had)
        if not new:
            return line._replace(effect="kept")
        return line._replace(result=show((*before, *new)), stored=new)
    if target.kind == "lines":
        joined = "\n".join((before, *lines_beside(target, before, more)))
    else:
        joined = before if more in before else f"{before}\n\n{more}"
    if joined == before:
        return line._replace(effect="kept")
    if target.limit and len(joined) > target.limit:
        sentence = _("Together they have {n} characters, {label} takes {most}: send it to another field.")
        return line._replace(
            effect="truncated", problem=sentence.format(n=len(joined), label=target.label, most=target.limit)
        )
    return line._replace(result=show(joined), stored=joined)


def _checked(found: Fit, target: TargetField, context: Context) -> Fit:
    """The value as the field's own check lets it through."""
    from leadtui.customers.drafts import DRAFTS
    from leadtui.qualify.custom import checked_custom
    from leadtui.qualify.drafts import checked

    if found.problem or found.stored is None or target.kind == "tags":
        return found
    try:
        if target.is_custom:
            key = target.name.removeprefix(CUSTOM)
            kind = "text" if target.kind == "block" else target.kind
            definition = FieldDefinition(key, target.label, kind, (*target.choices, *context.added))
            stored = checked_custom({key: found.stored}, [definition])[key]
        else:
            stored = checked(DRAFTS[target.record], {target.name: found.stored})[target.name]
    except FieldProblems as refused:
        return found._replace(problem=next(iter(refused.problems.values())))
    changed = found.converted or stored != found.stored
    return found._replace(stored=None if stored == "" else stored, converted=changed)


def _currencies(table: Table, given: Mapping[str, str]) -> dict[str, str]:
    """The currency in which each record will count."""
    from leadtui.capture.clean.amounts import currency_code

    by_source = {value.source: value.text for value in table.values}
    found = {}
    for record in RECORDS:
        ref = f"{record}.currency"
        existing = table.existing.get(record)
        now = str(existing.columns.get("currency", "")) if existing else ""
        rule = table.rules.get(ref)
        coming = given.get(ref, "") or (by_source.get(rule.source, "") if rule else "")
        wins = ref in given or ref in table.choices.take
        found[record] = (now if now and not wins else currency_code(coming)) or now or table.currency
    return found


def _with_ordered_budget(
    lines: Sequence[Line], table: Table, currencies: Mapping[str, str]
) -> Iterator[Line]:
    """The lines, those blocked that would end a budget below its beginning or change what an amount means."""
    stored = {line.target: line.stored for line in lines if line.stored is not None}
    customer = table.existing.get("customer")

    def bound(name: str) -> Any:
        return stored.get(f"customer.{name}", customer.columns[name] if customer else None)

    low, high = bound("budget_min"), bound("budget_max")
    crossed = low is not None and high is not None and low > high
    for line in lines:
        record, _dot, name = line.target.partition(".")
        existing = table.existing.get(record)
        if line.stored is None:
            yield line
        elif crossed and line.target in {"customer.budget_min", "customer.budget_max"}:
            yield line._replace(problem=_("The budget would end below its beginning."))
        elif (
            name == "currency"
            and existing is not None
            and existing.columns["currency"] not in ("", line.stored)
            and any(
                existing.columns.get(amount) is not None and f"{record}.{amount}" not in stored
                for amount in _MONEY
            )
        ):
            yield line._replace(
                problem=_(
                    "Its amounts are in {currency}: take them from the lead as well, or keep them."
                ).format(currency=existing.columns["currency"])
            )
        else:
            yield line
