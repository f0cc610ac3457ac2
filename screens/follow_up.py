"""The follow-up form: what happened, what came of it, and when the lead is next touched (R51 to R57)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from leadtui.followup.describe import describe_past
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.labels import label, labels
from leadtui.settings import Settings
from leadtui.values import CHANNELS, LeadDetail
from screens.form_screen import Draft, FormScreen, Save
from widgets.choice_row import ChoiceRow, TickRow, choices
from widgets.fold import Fold
from widgets.form import FormRow, LongText
from widgets.plain import plain
from widgets.when_input import WhenInput

_DURATION = re.compile(
    r"\s*(?:(\d{1,3})\s*(?:h|hours?|小时))?\s*(?:(\d{1,4})\s*(?:m|min|minutes?|分钟?)?)?\s*", re.IGNORECASE
)


def minutes(text: str) -> int | None:
    """The minutes in `15`, `15 min`, `1h`, `1h30`; None when there are none or it says something else."""
    match = _DURATION.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return int(match[1] or 0) * 60 + int(match[2] or 0)


class FollowUpScreen(FormScreen[Draft]):
    """Logs a follow-up on one lead; the draft has the keys of `log_follow_up`.

    `proposal` holds what the cadence suggests: `next_step`, `next_due` (UTC milliseconds or None) and
    `next_due_all_day`. `draft["signals"]` are the signals that were newly ticked.
    """

    TITLE_TEXT = marked("Follow up")
    AUTO_FOCUS = "#content"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"alt+{number}", f"channel({number})", show=False) for number in range(1, len(CHANNELS) + 1)
    ]

    def __init__(
        self,
        detail: LeadDetail,
        proposal: Mapping[str, object],
        now: int,
        zone: tzinfo,
        settings: Settings,
        on_save: Save[Draft] | None = None,
    ) -> None:
        super().__init__(on_save)
        self._detail = detail
        self._proposal = proposal
        self._now = now
        self._zone = zone
        self._settings = settings

    def heading(self) -> Content:
        row = self._detail.row
        who = ", ".join(part for part in (row.contact, row.title) if part)
        name = "  ".join(part for part in (row.company, who) if part)
        return Content.assemble(plain(name).stylize("bold"), "\n", plain(self._last_activity()))

    def _last_activity(self) -> str:
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

    def rows(self) -> Iterable[Widget]:
        due = self._proposal.get("next_due")
        yield FormRow("channel", _("Channel"), ChoiceRow(choices(labels("channel")), self._usual_channel()))
        yield FormRow("content", _("What happened"), LongText())
        yield FormRow(
            "result",
            _("Result"),
            ChoiceRow(choices(labels("result"))),
            required=_("Say what came of it: press one of the letters."),
        )
        raised = self._detail.facts.signals
        yield FormRow("signals", _("Signals"), TickRow(choices(labels("signal")), fixed=raised))
        yield FormRow(
            "next_step",
            _("Next step"),
            Input(str(self._proposal.get("next_step") or ""), compact=True),
        )
        yield FormRow(
            "next_due",
            _("Next due"),
            WhenInput(
                self._now,
                self._zone,
                due if isinstance(due, int) else None,
                bool(self._proposal.get("next_due_all_day")),
            ),
        )
        yield Fold(
            _("More: duration, feedback, mood, need priority, attachment"),
            FormRow(
                "duration_minutes",
                _("Duration"),
                Input(placeholder=_("15, 1h30"), compact=True),
                check=lambda text: "" if minutes(text) is not None else _("Write minutes, or 1h30."),
            ),
            FormRow("feedback", _("Feedback"), Input(compact=True)),
            FormRow("sentiment", _("Mood"), ChoiceRow(choices(labels("sentiment")))),
            FormRow("need_priority", _("Need priority"), ChoiceRow(choices(labels("level")))),
            FormRow("attachment", _("Attachment"), Input(placeholder=_("path or link"), compact=True)),
        )

    def hint(self) -> str:
        return _("alt+1…9 channel · tab next field")

    def draft(self) -> Draft:
        signals = self.query_one("#signals", TickRow)
        when = self.query_one("#next_due", WhenInput)
        return {
            "channel": self.query_one("#channel", ChoiceRow).value,
            "result": self.query_one("#result", ChoiceRow).value,
            "content": self.text("content"),
            "signals": tuple(option.code for option in signals.options if signals.is_on(option)),
            "next_step": self.text("next_step"),
            "next_due": when.due,
            "next_due_all_day": when.all_day,
            "duration_minutes": minutes(self.text("duration_minutes")),
            "feedback": self.text("feedback"),
            "sentiment": self.text("sentiment"),
            "need_priority": self.text("need_priority"),
            "attachment": self.text("attachment"),
        }

    def action_channel(self, number: int) -> None:
        self.query_one("#channel", ChoiceRow).value = CHANNELS[number - 1]

    def _usual_channel(self) -> str:
        """Phone, or the first way in which the lead can be reached at all."""
        fields = self._detail.fields
        reachable = (("phone", "phone"), ("mobile", "phone"), ("email", "mail"), ("wechat", "wechat"))
        return next((channel for field, channel in reachable if fields.get(field)), "phone")
