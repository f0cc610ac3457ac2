"""One lead in full: for people, and as JSON."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from leadtui.cli.output import print_pairs, say
from leadtui.details import ActivityRow, LeadDetail, TaskRow
from leadtui.exporting.leads import iso_time
from leadtui.followup.column_text import column_text
from leadtui.followup.describe import describe_limit, describe_past, format_when
from leadtui.followup.told import activity_head, content_texts, entry_text
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.store.columns import LEAD_FLAGS
from leadtui.values import SIGNALS

_SHOWN = (
    "source_channel", "source_detail", "lead_type", "industry", "company_size", "customer_type", "role",
    "phone", "mobile", "other_phones", "email", "other_emails", "wechat", "website", "address", "city",
    "state", "postal_code", "country", "need", "need_clarity", "scenario", "potential", "timing",
    "asked_for_material", "budget_min", "budget_max", "budget_fit", "remark", "notes", "tier_reason",
    "status_reason", "status_note", "retry_at", "owner", "department", "created_by", "acquired_at",
    "created_at", "external_system", "external_id",
)  # fmt: skip


def card_document(detail: LeadDetail, zone: tzinfo) -> dict[str, Any]:
    """What `show --json` adds to a lead; `sla` is null once no limit runs."""
    limit = detail.response
    return {
        "activities": [{**one._asdict(), "at": iso_time(one.at, zone)} for one in detail.activities],
        "score_detail": {**detail.score._asdict(), "lines": [line._asdict() for line in detail.score.lines]},
        "sla": limit
        and {
            "soft_due": iso_time(limit.soft_due, zone),
            "hard_due": iso_time(limit.hard_due, zone),
            "met_at": iso_time(limit.met_at, zone),
            "entry_lag_minutes": limit.entry_lag_minutes,
            "entered_late": limit.entered_late,
        },
        "collaborators": list(detail.collaborators),
        "tasks": [
            {
                "title": task.title,
                "channel": task.channel,
                "due": None if task.due is None else iso_time(task.due, zone),
                "template": task.template,
                "owner": task.owner,
            }
            for task in detail.tasks
        ],
    }


def print_card(detail: LeadDetail, now: int, zone: tzinfo) -> None:
    """Print who the lead is, why it stands where it does, what is known, and what happened."""
    row, standing, score = detail.row, detail.standing, detail.score
    say("  ".join(filter(None, (row.number, row.company, ", ".join(filter(None, (row.contact, row.title)))))))
    say(
        _("{tier} · {score} (behaviour {behaviour}/{most_behaviour}, fit {fit}/{most_fit})  {status}").format(
            tier=standing.tier,
            score=standing.score,
            behaviour=score.behaviour,
            most_behaviour=score.behaviour_cap,
            fit=score.fit,
            most_fit=score.fit_cap,
            status=label("status", row.status),
        )
    )
    for record, number, name in detail.became:
        say(
            _("Became {record} {number} {name}.").format(
                record=label("record", record), number=number, name=name
            )
        )
    if detail.merged_into:
        say(_("Merged into {number}: work on that one.").format(number=detail.merged_into))
    for reminder in detail.reminders:
        due = describe_limit(reminder.due, now, zone) if reminder.due is not None else ""
        say("  ".join(filter(None, (reminder.title, due))))
    say("")
    print_pairs(_fields(detail, zone))
    if detail.activities:
        say("")
        print_pairs((describe_past(one.at, now, zone), _told(one)) for one in detail.activities)
    if detail.possible_duplicates:
        say("")
        say(_("Possible duplicates:"))
        print_pairs((number, f"{who} ({why})") for number, who, why in detail.possible_duplicates)


def _fields(detail: LeadDetail, zone: tzinfo) -> list[tuple[str, str]]:
    found = [(label("field", name), _value(name, detail, zone)) for name in _SHOWN]
    raised = [label("signal", name) for name in SIGNALS if name in detail.facts.signals]
    found.append((_("Signals"), ", ".join(raised)))
    found.append((label("field", "tags"), ", ".join(detail.tags)))
    found.append((_("Late entry"), entry_text(detail, zone)))
    found += [(_("Nurture"), text) for text in content_texts(detail.content)]
    found.append((_("With"), ", ".join(detail.collaborators)))
    found += [(_("Task"), _task(task, zone)) for task in detail.tasks]
    found += detail.custom_texts
    return [(name, value) for name, value in found if value]


def _task(task: TaskRow, zone: tzinfo) -> str:
    due = "" if task.due is None else format_when(task.due, task.all_day, zone)
    return "  ".join(filter(None, (task.title, due)))


def _value(name: str, detail: LeadDetail, zone: tzinfo) -> str:
    value = detail.fields.get(name)
    if name in LEAD_FLAGS and not value:
        return ""
    return column_text(name, value, str(detail.fields["currency"]), zone)


def _told(one: ActivityRow) -> str:
    head = activity_head(one.kind, one.channel, one.result, one.duration_minutes)
    signals = ", ".join(label("signal", signal) for signal in one.signals)
    said = (head, one.content, one.attachment, signals, one.author)
    return "  ".join(filter(None, said))
