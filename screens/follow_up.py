"""The follow-up form: what happened, what came of it, and when the lead is next touched (R51 to R57)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import ClassVar, NamedTuple, Protocol

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from leadtui.details import ActivityRow, LeadDetail
from leadtui.followup.describe import describe_past
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.labels import label, labels
from leadtui.values import CHANNELS
from screens.form_screen import Draft, FormScreen, Save
from screens.kept_form import kept_form
from screens.unsaved import Typed
from widgets.choice_row import ChoiceRow, KeyRow, TickRow, choices
from widgets.fold import Fold
from widgets.form import FormRow, LongText
from widgets.plain import plain
from widgets.short_text import ShortText
from widgets.when_input import WhenInput

_DURATION = re.compile(
    r"\s*(?:(\d{1,3})\s*(?:h|hours?|小时))?\s*(?:(\d{1,4})\s*(?:m|min|minutes?|分钟?)?)?\s*", re.IGNORECASE
)


class Proposal(NamedTuple):
    """What the cadence suggests."""

    step: str
    after_visit: str
    """The step that follows a visit."""
    due: int | None
    all_day: bool


def _read_proposal(proposal: Mapping[str, object]) -> Proposal:
    due, step = proposal.get("next_due"), str(proposal.get("next_step") or "")
    return Proposal(
        label("step", step),
        label("step", str(proposal.get("after_visit") or step)),
        due if isinstance(due, int) else None,
        bool(proposal.get("next_due_all_day")),
    )


def minutes(text: str) -> int | None:
    """The minutes in `15`, `15 min`, `1h`, `1h30`; None when there are none or it says something else."""
    match = _DURATION.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return int(match[1] or 0) * 60 + int(match[2] or 0)


_ENDED = frozenset({"not_interested", "wrong_contact"})
"""Results after which no next step is proposed."""


class Named(Protocol):
    """Whom a follow-up is about; without a number they are several."""

    @property
    def number(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def contact(self) -> str: ...
    @property
    def title(self) -> str: ...


class Signalling(Protocol):
    """Which signals are raised already."""

    @property
    def signals(self) -> frozenset[str]: ...


class Followed(Protocol):
    """What the form needs to know of a lead, or of a record like it."""

    @property
    def row(self) -> Named: ...
    @property
    def facts(self) -> Signalling: ...
    @property
    def fields(self) -> Mapping[str, object]: ...
    @property
    def activities(self) -> tuple[ActivityRow, ...]: ...


def follow_up_screen(
    app: App[object],
    detail: Followed,
    proposal: Mapping[str, object],
    now: int,
    zone: tzinfo,
    on_save: Save[Draft] | None = None,
) -> FollowUpScreen:
    """The app's follow-up form, filled for a lead and ready to be pushed: built once, then used again."""
    return kept_form(
        app,
        "follow-up",
        lambda: FollowUpScreen(detail, proposal, now, zone, on_save),
        lambda screen: screen.fill(detail, proposal, now, on_save),
    )


class FollowUpScreen(FormScreen[Draft]):
    """Logs a follow-up on one lead; the draft has the keys of `log_follow_up`.

    `proposal` holds what the cadence suggests: `next_step` (a code or a text) and `after_visit`, where it is
    another one after a visit, `next_due` (UTC milliseconds or None) and `next_due_all_day`; it is empty for
    several leads, each with a rhythm of its own. It is taken back for results after which nothing is
    proposed. `draft["signals"]` are the signals newly ticked; the plan's keys are left out where neither the
    form nor the user filled them in.
    """

    TITLE_TEXT = marked("Follow up")
    AUTO_FOCUS = "#content"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"alt+{number}", f"channel({number})", show=False) for number in range(1, len(CHANNELS) + 1)
    ]

    def __init__(
        self,
        detail: Followed,
        proposal: Mapping[str, object],
        now: int,
        zone: tzinfo,
        on_save: Save[Draft] | None = None,
    ) -> None:
        super().__init__(on_save)
        self._detail = detail
        self._now = now
        self._zone = zone
        self._proposed = _read_proposal(proposal)
        self._signals = TickRow(choices(labels("signal")))
        self._step = ShortText()
        self._when = WhenInput(now, zone)
        self._given = ("", "")
        """The texts of step and date as the form itself filled them in."""

    def fill(
        self, detail: Followed, proposal: Mapping[str, object], now: int, on_save: Save[Draft] | None
    ) -> bool:
        """Begin again, for another lead."""
        self._detail, self._now, self._on_save = detail, now, on_save
        self._proposed = _read_proposal(proposal)
        self.begin_again()
        return True

    def fill_rows(self) -> None:
        for row in self._rows.values():
            row.fill()
        self.row("channel").fill(self._usual_channel())
        self._signals.begin(fixed=self._detail.facts.signals)
        self._step.placeholder = self._usual_step()
        self._when.begin(self._now)
        self._given = self._plan()
        self._propose()

    def about(self) -> str:
        return f"follow-up {self._detail.row.number}"

    def fill_typed(self, typed: Typed) -> None:
        # What came of it decides what is proposed, and that is no more than a proposal.
        super().fill_typed({field: typed[field] for field in ("channel", "result") if field in typed})
        self._propose()
        super().fill_typed(typed)

    def heading(self) -> Content:
        row = self._detail.row
        who = ", ".join(part for part in (row.contact, row.title) if part)
        name = "  ".join(part for part in (row.company, who) if part)
        return Content.assemble(plain(name).stylize("bold"), "\n", plain(self._last_activity()))

    def _last_activity(self) -> str:
        if not self._detail.row.number:
            return _("It is logged on each of them.")
        if not self._detail.activities:
            return _("No activity yet")
        last = self._detail.activities[0]
        group = "engagement" if last.kind == "engagement" else "channel"
        parts = [
            describe_past(last.at, self._now, self._zone),
            label(group, last.channel),
            label("result", last.result),
            last.content,
        ]
        return _("Last: {activity}").format(activity="  ".join(part for part in parts if part))

    def _usual_step(self) -> str:
        """What an empty next step leads to: leads have a rhythm of their own, by their tier."""
        return _("what its tier asks for") if isinstance(self._detail, LeadDetail) else ""

    def rows(self) -> Iterable[Widget]:
        yield FormRow("channel", _("Channel"), ChoiceRow(choices(labels("channel"))))
        yield FormRow("content", _("What happened"), LongText())
        yield FormRow("result", _("Result"), ChoiceRow(choices(labels("result"))))
        yield FormRow("signals", _("Signals"), self._signals)
        yield FormRow("next_step", _("Next step"), self._step)
        yield FormRow("next_due", _("Next due"), self._when)
        yield Fold(
            _("More: duration, feedback, mood, need priority, attachment"),
            FormRow(
                "duration_minutes",
                _("Duration"),
                ShortText(placeholder=_("15, 1h30")),
                check=lambda text: "" if minutes(text) is not None else _("Write minutes, or 1h30."),
            ),
            FormRow("feedback", _("Feedback"), ShortText()),
            FormRow("sentiment", _("Mood"), ChoiceRow(choices(labels("sentiment")))),
            FormRow("need_priority", _("Need priority"), ChoiceRow(choices(labels("level")))),
            FormRow("attachment", _("Attachment"), ShortText(placeholder=_("path or link"))),
        )

    def hint(self) -> str:
        return _("alt+1…9 channel · tab next field")

    def further_problems(self) -> Mapping[str, str]:
        if self.text("result") or self.text("channel") == "note":
            return {}
        return {"result": _("Say what came of it: press one of the letters.")}

    def draft(self) -> Draft:
        signals, when = self._signals, self._when
        planned: Draft = {
            "next_step": self.text("next_step"),
            "next_due": when.due,
            "next_due_all_day": when.all_day,
        }
        return {
            "channel": self.text("channel"),
            "result": self.text("result"),
            "content": self.text("content"),
            "signals": tuple(option.code for option in signals.options if signals.is_on(option)),
            **({} if self._plan() == self._given == ("", "") else planned),
            "duration_minutes": minutes(self.text("duration_minutes")),
            "feedback": self.text("feedback"),
            "sentiment": self.text("sentiment"),
            "need_priority": self.text("need_priority"),
            "attachment": self.text("attachment"),
        }

    @on(KeyRow.Changed, "#result, #channel")
    def _propose(self) -> None:
        """Fill in step and date, or nothing where nothing follows; what the user planned is left alone."""
        if self._plan() != self._given:
            return
        ended = self.text("result") in _ENDED or self.text("channel") == "note"
        proposed = Proposal("", "", None, False) if ended else self._proposed
        self._step.value = proposed.after_visit if self.text("channel") == "visit" else proposed.step
        self._when.propose(proposed.due, proposed.all_day)
        self._given = self._plan()

    def _plan(self) -> tuple[str, str]:
        return self.text("next_step"), self.text("next_due")

    def action_channel(self, number: int) -> None:
        self.query_one("#channel", ChoiceRow).value = CHANNELS[number - 1]
        self._propose()

    def _usual_channel(self) -> str:
        """Phone, or the first way in which the lead can be reached at all."""
        fields = self._detail.fields
        reachable = (("phone", "phone"), ("mobile", "phone"), ("email", "mail"), ("wechat", "wechat"))
        return next((channel for field, channel in reachable if fields.get(field)), "phone")
