"""`leadtui customers`, `contacts` and `opportunities`: the lists, and one record."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from leadtui.cli.arguments import whole_number
from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_pairs, print_table, say
from leadtui.cli.parser import Subcommand
from leadtui.clock import Today, minutes_late
from leadtui.customers import lists
from leadtui.customers.card import record_detail
from leadtui.customers.codes import STAGES
from leadtui.customers.filters import record_filter
from leadtui.customers.lists import SORTS, VIEWS, RecordQuery
from leadtui.customers.lookup import find_record
from leadtui.customers.rows import RecordDetail, RecordRow, TimelineRow, state_text
from leadtui.customers.stages import probability
from leadtui.errors import LeadTUIError, UsageError
from leadtui.exporting.leads import iso_time
from leadtui.followup.column_text import column_text
from leadtui.followup.describe import describe_limit, describe_next, describe_past
from leadtui.followup.told import activity_head
from leadtui.i18n import gettext, ngettext
from leadtui.i18n import marked as _
from leadtui.labels import label
from leadtui.money import money_text
from leadtui.values import ReminderKind

_SHOWN = 50
_HEADINGS = {
    "customer": (_("Number"), _("Customer"), _("Contact"), _("Lifecycle"), _("Next step"), _("Due")),
    "contact": (_("Number"), _("Contact"), _("Title"), _("Customer"), _("Role"), _("Due")),
    "opportunity": (
        _("Grade"), _("Number"), _("Opportunity"), _("Customer"), _("Stage"), _("Amount"), _("Due"),
    ),
}  # fmt: skip
_HIDDEN = frozenset(
    """seq id number name status merged_into deleted_at created_by batch_id source_snapshot currency grade
    due_at due_kind next_due_all_day customer_id contact_id lead_id""".split()
)
"""Columns that the card of a record doesn't list by themselves."""


def listed(record: str) -> Callable[[Call, argparse.Namespace], int]:
    """The command that prints the records of one kind."""

    def run(call: Call, arguments: argparse.Namespace) -> int:
        now = call.clock.now()
        query = RecordQuery.of(record, arguments.view, " ".join(arguments.filter), arguments.sort)
        with call.workspace() as workspace, workspace.read() as connection:
            today = Today.at(now, call.zone)
            if problems := record_filter(record, query.filter_text, today, workspace.user).problems:
                raise UsageError(" ".join(problems))
            found = lists.order(connection, query, today, workspace.user)
            seqs = found.seqs(0, min(arguments.limit or len(found), len(found)))
            rows = lists.rows(connection, record, seqs)
        known = [rows[seq] for seq in seqs if seq in rows]
        if arguments.json:
            name = {"customer": "customers", "contact": "contacts", "opportunity": "opportunities"}[record]
            documents = [row_document(row, now, call.zone) for row in known]
            print_json({"view": query.view, "total": len(found), name: documents})
            return FINE
        if not known:
            say(gettext("Nothing here."))
            return FINE
        print_table(tuple(map(gettext, _HEADINGS[record])), [_line(row, now, call.zone) for row in known])
        if len(known) < len(found):
            say(
                ngettext(
                    "{shown} of {total} record; --limit 0 shows all.",
                    "{shown} of {total} records; --limit 0 shows all.",
                    len(found),
                ).format(shown=len(known), total=len(found))
            )
        return FINE

    return run


def show_record(call: Call, record: str, arguments: argparse.Namespace) -> int:
    """Print everything that is known of one customer, contact or opportunity."""
    now = call.clock.now()
    with call.workspace() as workspace, workspace.read() as connection:
        identity = find_record(connection, record, " ".join(arguments.lead))
        detail = record_detail(
            connection, record, identity, call.settings, now, call.zone, arguments.activities
        )
    if detail is None:
        raise LeadTUIError(gettext("The record was removed a moment ago."))
    if arguments.json:
        print_json(detail_document(detail, now, call.zone))
    else:
        _print(detail, now, call.zone)
    return FINE


def row_document(row: RecordRow, now: int, zone: tzinfo) -> dict[str, Any]:
    """One record of a list as JSON; money in minor units of its currency."""
    common: dict[str, Any] = {"id": row.id, "type": row.record, "number": row.number, "name": row.name}
    own: dict[str, dict[str, Any]] = {
        "customer": {"lifecycle": row.state, "contact": row.person},
        "contact": {"role": row.state, "title": row.person, "customer": row.company},
        "opportunity": {
            "grade": row.grade,
            "stage": row.state,
            "probability": probability(row.state, row.probability) if row.state in STAGES else None,
            "amount": row.amount,
            "currency": row.currency,
            "expected_close": iso_time(row.expected_close, zone),
            "customer": row.company,
            "contact": row.person,
        },
    }
    return {
        **common,
        **own[row.record],
        "owner": row.owner,
        "next_step": row.next_step,
        "next_due": iso_time(row.next_due, zone),
        "due": iso_time(row.due_at, zone),
        "due_kind": row.due_kind,
        "overdue_minutes": minutes_late(row.due_at, now),
    }


def detail_document(detail: RecordDetail, now: int, zone: tzinfo) -> dict[str, Any]:
    """Everything that is known of one record as JSON."""
    grade = detail.grade
    return {
        **row_document(detail.row, now, zone),
        "fields": {name: value for name, value in detail.fields.items() if name not in _HIDDEN},
        "custom": dict(detail.custom),
        "tags": list(detail.tags),
        "related": [one._asdict() for one in detail.related],
        "collaborators": list(detail.collaborators),
        "tasks": [{**task._asdict(), "due": iso_time(task.due, zone)} for task in detail.tasks],
        "objections": [
            {**one._asdict(), "at": iso_time(one.at, zone), "answered_at": iso_time(one.answered_at, zone)}
            for one in detail.objections
        ],
        "reminders": [
            {"kind": one.kind, "title": one.title, "due": iso_time(one.due, zone)} for one in detail.reminders
        ],
        "grade_detail": grade
        and {
            "total": grade.total,
            "suggested": grade.suggested,
            "because": list(grade.because),
            "lines": [line._asdict() for line in grade.lines],
        },
        "activities": [
            {**one.activity._asdict(), "at": iso_time(one.activity.at, zone), "about": one.about}
            for one in detail.timeline
        ],
        "source_snapshot": dict(detail.snapshot),
    }


def _line(row: RecordRow, now: int, zone: tzinfo) -> tuple[object, ...]:
    asks = row.asks(now)
    due = describe_limit(row.due_at, now, zone) if row.due_at is not None and asks else ""
    step = describe_next(row.due_kind if asks else "", row.next_step)
    state = state_text(row)
    if row.record == "customer":
        return row.number, row.name, row.person, state, step, due
    if row.record == "contact":
        return row.number, row.name, row.person, row.company, state, due
    amount = money_text(row.amount, row.currency)
    return row.grade, row.number, row.name, row.company, state, amount, due


def _print(detail: RecordDetail, now: int, zone: tzinfo) -> None:
    row, grade = detail.row, detail.grade
    state = state_text(row)
    say("  ".join(filter(None, (row.number, row.name, row.company, state))))
    if grade is not None:
        points = ", ".join(f"{label('field', line.name)} {line.points}" for line in grade.lines)
        told = (grade.grade, money_text(row.amount, row.currency), f"{grade.total} ({points})")
        say("  ".join(filter(None, told)))
    for reminder in detail.reminders:
        if reminder.kind == ReminderKind.STALE_PROFILE and not reminder.late_minutes:
            continue
        due = describe_limit(reminder.due, now, zone) if reminder.due is not None else ""
        say("  ".join(filter(None, (reminder.title, due))))
    say("")
    print_pairs(_pairs(detail, zone))
    if detail.timeline:
        say("")
        print_pairs((describe_past(one.activity.at, now, zone), _told(one)) for one in detail.timeline)


def _pairs(detail: RecordDetail, zone: tzinfo) -> list[tuple[str, str]]:
    pairs = [
        (label("record", one.record), "  ".join(filter(None, (one.number, one.name, one.more))))
        for one in detail.related
    ]
    currency = str(detail.fields.get("currency") or "")
    for name, value in detail.fields.items():
        if name in _HIDDEN or value in (None, "", 0):
            continue
        pairs.append((label("field", name), column_text(name, value, currency, zone)))
    pairs.append((label("field", "tags"), ", ".join(detail.tags)))
    pairs += [(gettext("Task"), task.title) for task in detail.tasks]
    for one in detail.objections:
        pairs.append((label("record", "objection"), " → ".join(filter(None, (one.content, one.answer)))))
    pairs += detail.custom_texts
    return [(name, value) for name, value in pairs if value]


def _told(one: TimelineRow) -> str:
    activity = one.activity
    head = activity_head(activity.kind, activity.channel, activity.result, activity.duration_minutes)
    return "  ".join(filter(None, (head, one.about, activity.content, activity.author)))


def _arguments(record: str) -> Callable[[argparse.ArgumentParser], None]:
    def add(parser: argparse.ArgumentParser) -> None:
        views, sorts = tuple(VIEWS[record]), tuple(SORTS[record])
        parser.add_argument(
            "--view", choices=views, default=views[0], help=gettext("which of them (default: %(default)s)")
        )
        parser.add_argument(
            "--sort", choices=sorts, default=sorts[0], help=gettext("in which order (default: %(default)s)")
        )
        parser.add_argument(
            "--filter",
            nargs="+",
            default=[],
            metavar=gettext("FILTER"),
            help=gettext("only those that match, as typed in the list"),
        )
        parser.add_argument(
            "--limit",
            type=whole_number,
            default=_SHOWN,
            metavar="N",
            help=gettext("at most so many, 0 for all (default: %(default)s)"),
        )

    return add


COMMANDS: Mapping[str, Subcommand] = {
    "customers": Subcommand(
        _("Prints the customers"),
        ("customers", "customers --filter 'tag:vip owner:me' --json"),
        listed("customer"),
        _arguments("customer"),
    ),
    "contacts": Subcommand(
        _("Prints the contacts of customers"),
        ("contacts", "contacts --filter role:decision_maker"),
        listed("contact"),
        _arguments("contact"),
    ),
    "opportunities": Subcommand(
        _("Prints the opportunities, the best first"),
        ("opportunities", "opportunities --filter 'grade:a stage:contract' --json"),
        listed("opportunity"),
        _arguments("opportunity"),
    ),
}
