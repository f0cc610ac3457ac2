"""`leadtui add` and `log`: a lead and a follow-up without opening the app."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from leadtui.cli.arguments import pair, whole_number
from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, say, warn
from leadtui.cli.parser import Subcommand
from leadtui.details import LeadDetail
from leadtui.errors import UsageError
from leadtui.exporting.leads import lead_documents
from leadtui.followup.describe import describe_due
from leadtui.followup.when import parse_when
from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.labels import LABELS, label
from leadtui.values import CHANNELS, RESULTS, SIGNALS
from leadtui.workspace import Workspace

_SHORT = {"source_channel": "source"}
_TEXTS = (
    "company", "contact", "source_channel", "source_detail", "title", "role", "phone", "mobile", "email",
    "wechat", "website", "need", "need_clarity", "timing", "scenario", "potential", "budget_fit", "industry",
    "company_size", "customer_type", "lead_type", "address", "city", "state", "postal_code", "country",
    "owner", "remark", "notes", "external_system", "external_id", "next_step",
)  # fmt: skip
"""The fields of a lead that take a text, in the order in which the help shows them."""
_LISTS = {"other_phone": "other_phones", "other_email": "other_emails"}
_CODES = frozenset(("role", "need_clarity", "timing", "budget_fit"))


def add(call: Call, arguments: argparse.Namespace) -> int:
    """Enter one lead."""
    from leadtui.followup.newcomers import start_on_entered
    from leadtui.qualify.leads import create_lead
    from leadtui.qualify.signals import set_signals

    draft = _lead_draft(call, arguments)
    with call.workspace(begins=True) as workspace:
        with workspace.act(gettext("New lead")) as act:
            lead_id = create_lead(act, draft)
            set_signals(act, [lead_id], dict.fromkeys(arguments.signal, True))
            start_on_entered(act, [lead_id])
        return _answer(call, workspace, lead_id, arguments, gettext("Added {lead}."), _tell_duplicates)


def log(call: Call, arguments: argparse.Namespace) -> int:
    """Log one follow-up, from a line as the app takes it, or from flags; flags win."""
    from leadtui.followup.activities import log_follow_up
    from leadtui.followup.lookup import find_lead
    from leadtui.qualify.leads import add_tags

    draft, tags = _follow_up_draft(call, arguments)
    with call.workspace() as workspace:
        with workspace.read() as connection:
            lead_id = find_lead(connection, arguments.lead)
        with workspace.act(gettext("Log follow-up")) as act:
            log_follow_up(act, [lead_id], draft)
            add_tags(act, [lead_id], tags)
        return _answer(call, workspace, lead_id, arguments, gettext("Logged for {lead}."), _tell_next_step)


def _lead_draft(call: Call, arguments: argparse.Namespace) -> dict[str, object]:
    given = vars(arguments)
    draft: dict[str, object] = {name: given[name] for name in _TEXTS if given[name] is not None}
    draft |= {name: "\n".join(given[flag]) for flag, name in _LISTS.items() if given[flag]}
    draft |= {"tags": arguments.tag, "custom": dict(arguments.custom)}
    if arguments.asked_for_material:
        draft["asked_for_material"] = True
    if arguments.budget is not None:
        draft |= _budget(arguments.budget, call.settings.import_.currency)
    if arguments.acquired_at is not None:
        draft["acquired_at"] = parse_when(arguments.acquired_at, call.clock.now(), call.zone).at_ms
    return draft | _next_due(call, arguments)


def _follow_up_draft(call: Call, arguments: argparse.Namespace) -> tuple[dict[str, object], tuple[str, ...]]:
    """The draft and the tags that a line and flags say together."""
    from leadtui.followup.oneline import parse_line

    draft: dict[str, object] = {}
    tags: tuple[str, ...] = ()
    if arguments.line:
        words = filter(None, (arguments.channel, *arguments.line))
        entry = parse_line(" ".join(words), call.clock.now(), call.zone)
        if entry.problems:
            raise UsageError(" ".join(entry.problems))
        draft, tags = dict(entry.draft), entry.tags
    given = vars(arguments)
    names = (
        "channel",
        "result",
        "content",
        "duration_minutes",
        "feedback",
        "sentiment",
        "need_priority",
        "attachment",
        "next_step",
    )
    draft |= {name: given[name] for name in names if given[name] is not None}
    if arguments.signal:
        draft["signals"] = tuple(arguments.signal)
    if arguments.at is not None:
        draft["at"] = parse_when(arguments.at, call.clock.now(), call.zone).at_ms
    if arguments.no_next_step:
        draft |= {"next_step": "", "next_due": None}
    return draft | _next_due(call, arguments), tags


def _next_due(call: Call, arguments: argparse.Namespace) -> dict[str, object]:
    if arguments.next_due is None:
        return {}
    when = parse_when(arguments.next_due, call.clock.now(), call.zone)
    return {"next_due": when.at_ms, "next_due_all_day": when.all_day}


def _budget(text: str, currency: str) -> dict[str, object]:
    from leadtui.capture.clean.amounts import amount

    money = amount(text, currency)
    if money is None:
        raise UsageError(
            gettext("{text} is no amount: write it like 300k, 20-30万 or 50000 USD.").format(text=text)
        )
    return {"budget_min": money.low, "budget_max": money.high, "currency": money.currency}


def _answer(
    call: Call,
    workspace: Workspace,
    lead_id: str,
    arguments: argparse.Namespace,
    sentence: str,
    tell_more: Callable[[Call, LeadDetail], None],
) -> int:
    """Print the lead as it stands now."""
    from leadtui.followup.card import lead_detail

    now = call.clock.now()
    with workspace.read() as connection:
        detail = lead_detail(connection, lead_id, call.settings, now, call.zone, 1)
        if detail is None:
            return FINE
        if arguments.json:
            print_json(next(lead_documents(connection, [detail.row.seq], now, call.zone)))
            return FINE
    row = detail.row
    say(sentence.format(lead=" ".join(filter(None, (row.number, row.company or row.contact)))))
    tell_more(call, detail)
    return FINE


def _tell_duplicates(call: Call, detail: LeadDetail) -> None:
    for number, who, why in detail.possible_duplicates:
        told = gettext("Possible duplicate: {number} {who} ({why}).")
        warn(told.format(number=number, who=who, why=why))


def _tell_next_step(call: Call, detail: LeadDetail) -> None:
    row = detail.row
    if row.next_due is not None:
        due = describe_due(row.next_due, row.next_due_all_day, call.clock.now(), call.zone)
        say(gettext("Next: {step}").format(step="  ".join(filter(None, (row.next_step, due)))))


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    for name in _TEXTS:
        flag = _SHORT.get(name, name).replace("_", "-")
        help_text = ", ".join(LABELS[name]) if name in _CODES else label("field", name)
        parser.add_argument(f"--{flag}", dest=name, metavar="TEXT", help=help_text)
    for flag, name in _LISTS.items():
        parser.add_argument(
            f"--{flag.replace('_', '-')}",
            action="append",
            default=[],
            metavar="TEXT",
            help=label("field", name),
        )
    parser.add_argument(
        "--asked-for-material", action="store_true", help=label("field", "asked_for_material")
    )
    parser.add_argument("--budget", metavar="AMOUNT", help=gettext("300k, 20-30万, 50000 USD"))
    parser.add_argument(
        "--acquired", dest="acquired_at", metavar="WHEN", help=gettext("when it came in (default: now)")
    )
    parser.add_argument("--tag", action="append", default=[], metavar="TEXT", help=label("field", "tags"))
    parser.add_argument(
        "--custom",
        action="append",
        default=[],
        type=pair("KEY=VALUE"),
        metavar="KEY=VALUE",
        help=gettext("a field of your own"),
    )
    _signal_argument(parser)
    _due_argument(parser)


def _log_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lead", metavar="LEAD", help=gettext("its number, its id, or words in quotes"))
    parser.add_argument(
        "line", nargs="*", metavar="LINE", help=gettext("'phone reached, wants demo, budget ok > fri 10'")
    )
    parser.add_argument("--channel", choices=CHANNELS)
    parser.add_argument("--result", choices=RESULTS)
    parser.add_argument("--content", metavar="TEXT", help=gettext("what happened"))
    parser.add_argument("--next-step", metavar="TEXT", help=label("field", "next_step"))
    _due_argument(parser)
    parser.add_argument(
        "--no-next-step", action="store_true", help=gettext("plan nothing; else the cadence proposes a step")
    )
    _signal_argument(parser)
    parser.add_argument(
        "--minutes",
        dest="duration_minutes",
        type=whole_number,
        metavar="N",
        help=gettext("how long it took"),
    )
    parser.add_argument("--feedback", metavar="TEXT", help=gettext("what the customer said"))
    parser.add_argument("--sentiment", choices=tuple(LABELS["sentiment"]))
    parser.add_argument("--need-priority", choices=tuple(LABELS["level"]))
    parser.add_argument("--attachment", metavar="TEXT", help=gettext("a file or a link that belongs to it"))
    parser.add_argument("--at", metavar="WHEN", help=gettext("when it was (default: now)"))


def _signal_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--signal", action="append", default=[], choices=SIGNALS)


def _due_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--next-due", metavar="WHEN", help=gettext("+2d, 'tomorrow 9', fri, '3 dec 14:00', 下周三10点")
    )


COMMANDS: dict[str, Subcommand] = {
    "add": Subcommand(
        _("Enters a lead"),
        (
            "add --company 'Nova Robotics' --contact 'Li Wei' --source expo --phone '+86 138 1234 5678'",
            "add --contact 王芳 --source referral --budget 20-30万 --next-due 'tomorrow 10'",
        ),
        add,
        _add_arguments,
    ),
    "log": Subcommand(
        _("Logs a follow-up on a lead and plans the next step"),
        (
            "log L-7K3QF2 'phone reached, wants demo, budget ok > fri 10'",
            "log 'nova robotics' --channel mail --result replied --content 'asks for a quote' --next-due +2d",
        ),
        log,
        _log_arguments,
    ),
}
