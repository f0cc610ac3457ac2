"""A plan of a conversion, and of taking one back, as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leadtui.convert.values import NEW, Change, Choices, Piece, Plan, TakingBack
from leadtui.i18n import gettext as _
from leadtui.labels import label


def plan_document(plan: Plan) -> dict[str, Any]:
    """The plan: `{"lead", "customer", "contact", "opportunity", "mapping", "unmapped", "blocked"}`, and
    what else a script wants to know."""
    changes = {change.record: change for change in plan.changes}
    return {
        "lead": {"id": plan.lead_id, "number": plan.lead_number, "name": plan.lead_name},
        "customer": _record(changes.get("customer")),
        "contact": _record(changes.get("contact")),
        "opportunity": _record(changes.get("opportunity")),
        "gates": {
            gate.record: {"met": gate.met, "wanted": gate.wanted, "of": gate.of, "passed": gate.passed}
            for gate in (plan.readiness.opportunity, plan.readiness.customer)
        },
        "mapping": [
            {
                "source": line.source,
                "value": line.value,
                "target": line.target,
                "result": line.result,
                "effect": line.effect,
            }
            for line in plan.lines
        ],
        "unmapped": dict(plan.unmapped),
        "missing": [{"target": field.target, "required": field.required} for field in plan.missing],
        "also": list(plan.besides),
        "blocked": [{"field": blocked.where, "problem": blocked.problem} for blocked in plan.blocked],
    }


def plan_text(plan: Plan) -> str:
    """The plan as text, to read and to keep: what is created and changed, what goes nowhere, what is open."""
    return "\n".join((*_head(plan), *_body(plan))) + "\n"


def taking_back_document(plan: TakingBack) -> dict[str, Any]:
    """What taking back does, as JSON."""
    return {
        "lead": {"id": plan.lead_id, "number": plan.lead_number, "name": plan.lead_name},
        "removed": [_piece(piece) for piece in plan.removed],
        "kept": [_piece(piece) | {"why": piece.why} for piece in plan.kept],
        "restored": [
            _piece(piece)
            | {"fields": [{"field": name, "now": now, "then": then} for name, now, then in piece.fields]}
            for piece in plan.restored
        ],
    }


def taking_back_text(plan: TakingBack) -> str:
    """What taking back does, as text."""
    lines = [_("{number} {name} is open again.").format(number=plan.lead_number, name=plan.lead_name)]
    for title, pieces in (
        (_("Removed"), plan.removed),
        (_("Kept, because it was touched since"), plan.kept),
        (_("Put back"), plan.restored),
    ):
        if pieces:
            lines += ["", title]
        for piece in pieces:
            called = " ".join(filter(None, (label("record", piece.record), piece.number, piece.name)))
            lines.append(f"  {called}{': ' + piece.why if piece.why else ''}")
            lines += [f"    {name}: {now or '–'} → {then or '–'}" for name, now, then in piece.fields]
    return "\n".join(lines) + "\n"


def _record(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "action": "change" if change.id else "create",
        "id": change.id or None,
        "number": change.number or None,
        "name": change.name,
        "fields": [
            {"field": name, "before": before, "after": after} for name, before, after in change.fields
        ],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {"record": piece.record, "id": piece.id, "number": piece.number, "name": piece.name}


def _head(plan: Plan) -> Iterator[str]:
    yield _("Converting {number} {name}").format(number=plan.lead_number, name=plan.lead_name)
    for gate in (plan.readiness.customer, plan.readiness.opportunity):
        yield "  " + _("{record}: {met} of {of} signals, {wanted} are wanted").format(
            record=label("record", gate.record), met=gate.met, of=gate.of, wanted=gate.wanted
        )
    if plan.choices.reason.strip():
        yield "  " + _("Reason: {reason}").format(reason=plan.choices.reason.strip())


def _body(plan: Plan) -> Iterator[str]:
    for change in plan.changes:
        yield ""
        yield _change_title(change, plan.choices)
        for name, before, after in change.fields:
            yield (
                f"  + {name}: {_indented(after)}"
                if not before
                else (f"  ~ {name}: {_indented(before)} → {_indented(after)}")
            )
    kept = [line for line in plan.lines if line.effect == "conflict" and line.stored is None]
    if kept:
        yield ""
        yield _("Stays as it is")
        for line in kept:
            told = _("{label}: {result} (the lead says {value})")
            where = label("record", line.target.partition(".")[0])
            yield (
                "  = "
                + where
                + " "
                + told.format(
                    label=line.target_label, result=_indented(line.result), value=_indented(line.value)
                )
            )
    for title, sentences in (
        (_("Also"), plan.besides),
        (
            _("Goes nowhere, kept in the customer's snapshot"),
            [
                f"{line.source_label}: {_indented(line.value)}"
                for line in plan.lines
                if line.source in plan.unmapped
            ],
        ),
        (_("Wanted"), [field.label for field in plan.missing]),
        (_("To be answered first"), [blocked.problem for blocked in plan.blocked]),
    ):
        if sentences:
            yield ""
            yield title
            yield from (f"  - {sentence}" for sentence in sentences)


def _change_title(change: Change, choices: Choices) -> str:
    record = label("record", change.record)
    if getattr(choices, change.record) == NEW:
        return _("New {record}: {name}").format(record=record, name=change.name)
    return _("{record} {number} {name}").format(record=record, number=change.number, name=change.name)


def _indented(text: str) -> str:
    return text.replace("\n", "\n      ")
