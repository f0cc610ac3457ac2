"""What the detail says of a customer, a contact or an opportunity, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from leadtui.capture.clean.amounts import amount
from leadtui.customers.codes import STAGES
from leadtui.customers.rows import RecordDetail, Related, state_text
from leadtui.followup.describe import describe_limit, describe_past, format_when
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.money import money_text
from leadtui.values import ReminderKind
from widgets.card_text import CardText, Line
from widgets.glyphs import Glyphs
from widgets.panel import Piece
from widgets.plain import cut, joined

_DIMENSIONS: dict[str, tuple[str, ...]] = {
    "basic": ("phone", "other_phones", "email", "wechat", "website", "address", "city", "country"),
    "industry": ("industry", "company_size", "customer_type", "business_type"),
    "behaviour": ("behaviour_visits", "behaviour_interactions", "behaviour_content"),
    "need": ("need", "budget", "budget_range", "purchase_cycle", "focus"),
    "decision": ("approval_path",),
}
"""The five dimensions of a profile and the columns that say their values (R87)."""
_PLAN = ("plan_pains", "plan_advantages", "plan_negotiation", "plan_dates")
_CONTRACT = ("contract_delivery", "contract_payment", "contract_breach", "contract_legal")
_WAYS = ("phone", "mobile", "email", "wechat")
_RELATED = ("customer", "contact", "opportunity", "lead")
_SAID = (
    "company", "contact", "title", "department", "phone", "mobile", "other_phones", "email", "other_emails",
    "wechat", "website", "address", "city", "need", "scenario", "remark", "notes", "source_detail",
)  # fmt: skip
"""The fields of a lead that hold its own words."""


class RecordCard(CardText):
    """Writes the card of a record, as wide as the panel is."""

    def __init__(self, detail: RecordDetail, now: int, zone: tzinfo, width: int, glyphs: Glyphs) -> None:
        super().__init__(now, zone, width, glyphs)
        self._detail = detail

    def lines(self) -> Iterator[Line]:
        """All lines, in the order of how much they matter for the next act."""
        record = self._detail.row.record
        yield from {"customer": self._customer, "contact": self._contact, "opportunity": self._deal}[record]()
        for reminder in self._detail.reminders:
            if reminder.kind != ReminderKind.STALE_PROFILE or reminder.late_minutes > 0:
                yield self.reminder(reminder)
        yield from self.playbook(self._detail.run, self._detail.proposed)
        yield from self._tasks()
        yield from self._links()
        yield from self.named(_("Tags"), "  ".join(f"#{cut(tag, 30)}" for tag in self._detail.tags), "good")
        yield from self.named(_("Notes"), self._value("notes"), "text", most=6)
        if record == "customer":
            yield from self._profile()
        elif record == "opportunity":
            yield from self._objections()
            yield from self._parts(_("Plan"), _PLAN)
            yield from self._parts(_("Contract"), _CONTRACT)
        yield from self._timeline()
        yield from self._facts()

    # The first lines

    def _customer(self) -> Iterator[Line]:
        row = self._detail.row
        since = self._moment("became_customer_at")
        state = _("customer since {day}").format(day=since) if since else state_text(row)
        about = [self._value(name) for name in ("industry", "company_size", "customer_type")]
        yield from self.flowing([(state, "strong"), *((text, "text") for text in about)])
        yield from self.flowing([(self._value(name), "text") for name in (*_WAYS[:1], "email", "website")])

    def _contact(self) -> Iterator[Line]:
        row = self._detail.row
        who = [(state_text(row), "strong"), (row.person, "text"), (self._value("department"), "text")]
        yield from self.flowing(who)
        yield from self.flowing([(self._value(name), "text") for name in _WAYS])
        yield from self.named(label("field", "reports_to"), self._value("reports_to"), "text", most=1)

    def _deal(self) -> Iterator[Line]:
        detail, row = self._detail, self._detail.row
        open_ = row.state not in ("won", "lost")
        chance = row.probability if row.probability is not None and open_ else STAGES.get(row.state, 0)
        pieces: list[Piece] = [
            (row.grade or "-", f"tier-{row.grade.lower()}" if row.grade else "dim"),
            (f"{state_text(row)} {chance} %", "strong"),
            (money_text(row.amount, row.currency), "strong"),
        ]
        if row.expected_close is not None and open_:
            day = format_when(row.expected_close, True, self.zone)
            pieces.append((_("closes {day}").format(day=day), "text"))
        yield from self.flowing(pieces)
        grade = detail.grade
        if grade is not None:
            dot = f" {self.glyphs.dot} "
            points = ", ".join(
                f"{label('field', line.name)} {_short(line.name, line.code)} {line.points}".replace("  ", " ")
                for line in grade.lines
            )
            why = ", ".join(label("grade_reason", code) for code in grade.because)
            told = [_("{points} points").format(points=grade.total), points]
            if grade.suggested and grade.suggested != grade.grade:
                told.append(_("the rule says {grade}").format(grade=grade.suggested))
            if why:
                told.append(why)
            yield from self.named(_("Grade"), dot.join(told), "dim", most=3)
        yield from self.named(_("Because"), self._value("grade_reason"), "dim")
        lost = ", ".join(filter(None, (_reason(self._value("lost_reason")), self._value("lost_note"))))
        yield from self.named(_("Lost"), lost, "late")
        if row.state == "won":
            handed = self._moment("handed_over_at") or _("not yet")
            yield from self.named(_("Hand-over"), f"{handed}  {self._value('handover_note')}", "text")
        yield from self.named(_("Need"), self._value("need"), "text", most=3)

    # What belongs to it

    def _tasks(self) -> Iterator[Line]:
        for task in self._detail.tasks:
            due = describe_limit(task.due, self.now, self.zone) if task.due is not None else ""
            text = "  ".join(filter(None, (task.title, task.owner, due)))
            late = task.due is not None and task.due < self.now
            yield from self.named(_("Task"), text, "late" if late else "text")

    def _links(self) -> Iterator[Line]:
        names = {
            "customer": _("Customer"),
            "contact": _("Contacts"),
            "opportunity": _("Deals"),
            "lead": _("Leads"),
        }
        for record in _RELATED:
            name = names[record]
            for one in self._detail.of(record):
                ink = "strong" if one.state == "decision_maker" else "text"
                yield from self.named(name, self._link(one), ink, most=1)
                name = " "
        yield from self.named(_("With"), ", ".join(self._detail.collaborators), "text")

    def _link(self, one: Related) -> str:
        parts = (one.name, one.more, state_text(one), money_text(one.amount, one.currency))
        return f"{one.number}  " + ", ".join(part for part in parts if part)

    def _profile(self) -> Iterator[Line]:
        names = {
            "basic": _("Basics"),
            "industry": _("Industry"),
            "behaviour": _("Behaviour"),
            "need": _("Needs"),
            "decision": _("Decision"),
        }
        for dimension, columns in _DIMENSIONS.items():
            texts = [self._budget() if name == "budget" else self._value(name) for name in columns]
            said = f" {self.glyphs.dot} ".join(text for text in texts if text.strip())
            difficulty, remedy = (self._value(f"{dimension}_{part}") for part in ("difficulty", "remedy"))
            if dimension == "decision":
                chain = [
                    f"{label('role', one.state)}: {one.name}"
                    for one in self._detail.of("contact")
                    if one.state
                ]
                said = f" {self.glyphs.dot} ".join(filter(None, (*chain, said)))
            yield from self.named(
                names[dimension], said or ("-" if difficulty or remedy else ""), "text", most=3
            )
            if difficulty:
                yield from self.named(" ", _("Difficulty: {text}").format(text=difficulty), "soon")
            if remedy:
                yield from self.named(" ", _("Remedy: {text}").format(text=remedy), "good")

    def _objections(self) -> Iterator[Line]:
        for one in self._detail.objections:
            asked = describe_past(one.at, self.now, self.zone)
            helped = f" ({one.escalated_to})" if one.escalated_to else ""
            ink = "text" if one.answered_at else "late"
            yield from self.named(_("Objection"), f"{asked}  {one.content}{helped}", ink)
            yield from self.named(" ", one.answer, "good")

    def _parts(self, title: str, names: tuple[str, ...]) -> Iterator[Line]:
        for name in names:
            text = self._value(name)
            if text:
                yield from self.named(title, f"{label('field', name)}: {text}", "text", most=4)
                title = " "
        if names is _PLAN and self._moment("plan_approved_at"):
            approved = f"{self._value('plan_approved_by')}, {self._moment('plan_approved_at')}"
            yield from self.named(" ", _("approved by {who}").format(who=approved), "good")

    def _timeline(self) -> Iterator[Line]:
        detail = self._detail
        for one in detail.timeline:
            yield from self.activity(one.activity, one.about)
        yield from self.older(detail.activity_count - len(detail.timeline))

    def _facts(self) -> Iterator[Line]:
        channel = self._value("source_channel")
        source = " ".join(filter(None, (label("source", channel), self._value("source_detail"))))
        yield from self.named(_("Source"), source, "text", most=1)
        yield from self.named(_("Owner"), self._value("owner"), "text", most=1)
        yield from self.own_fields(self._detail.custom_texts)
        for number, values in self._detail.snapshot.items():
            yield from self.named(_("From lead"), f"{number}  {_said(values)}", "dim", most=3)

    # Values

    def _value(self, name: str) -> str:
        value = self._detail.fields.get(name)
        text = "" if value is None else str(value)
        if name == "company_size":
            return label(name, text)
        return text if name == "notes" else text.replace("\n", " ")

    def _moment(self, name: str) -> str:
        value = self._detail.fields.get(name)
        return format_when(value, True, self.zone) if isinstance(value, int) else ""

    def _budget(self) -> str:
        """The budget in figures, where its range doesn't say the same."""
        low, high = self._detail.fields.get("budget_min"), self._detail.fields.get("budget_max")
        currency = self._value("currency")
        said = amount(self._value("budget_range"), currency)
        if said is not None and (said.low, said.high) == (low, high):
            return ""
        ends = [money_text(end, currency) if isinstance(end, int) else "" for end in (low, high)]
        return " - ".join(dict.fromkeys(end for end in ends if end))


def _short(name: str, code: str) -> str:
    """The word of a grading code without its explanation."""
    return label(name, code).partition(",")[0].partition("，")[0] if code else "?"


def _reason(code: str) -> str:
    return label("reason", code) if code else ""


def _said(values: Mapping[str, Any]) -> str:
    """What a lead said in its own words, when it was converted."""
    texts = [(label("field", name), values.get(name)) for name in _SAID]
    texts += dict(values.get("custom") or {}).items()
    return joined(f"{name}: {value}" for name, value in texts if value not in (None, ""))
