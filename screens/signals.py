"""Signals of readiness, BANT answers, and what the lead did by itself (R40, R43, R70, R71)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from leadtui.details import LeadDetail
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.labels import label, labels
from leadtui.values import SIGNALS
from screens.form_screen import Draft, FormScreen, Save
from widgets.choice_row import CountRow, TickRow, choices
from widgets.form import FormRow
from widgets.plain import plain
from widgets.short_text import ShortText

BANT = ("budget", "authority", "need", "timing")


def bant_problem(text: str) -> str:
    """What is wrong with a BANT answer, or empty."""
    if text.strip().isdecimal() and int(text) <= 10:
        return ""
    return _("Write a number from 0 to 10, or leave it empty.")


class SignalsScreen(FormScreen[Draft]):
    """The draft holds only what changed: `signals` {name: bool}, `bant` {name: 0-10 or None}, and
    `engagements`, the events that happened, one code each time."""

    TITLE_TEXT = marked("Signals")
    AUTO_FOCUS = "#signals"

    def __init__(self, detail: LeadDetail, on_save: Save[Draft] | None = None) -> None:
        super().__init__(on_save)
        self._detail = detail

    def heading(self) -> Content:
        row = self._detail.row
        return plain("  ".join(part for part in (row.company, row.contact) if part)).stylize("bold")

    def rows(self) -> Iterable[Widget]:
        facts = self._detail.facts
        yield FormRow("signals", _("Signals"), TickRow(choices(labels("signal")), facts.signals))
        yield FormRow("engagements", _("It did"), CountRow(choices(labels("engagement"))))
        for name, rating in zip(BANT, facts.bant, strict=True):
            field = ShortText("" if rating is None else str(rating), placeholder=_("0 to 10"), max_length=2)
            yield FormRow(
                f"bant_{name}", _("BANT {name}").format(name=label("bant", name)), field, check=bant_problem
            )

    def hint(self) -> str:
        return _("letters tick and count")

    def draft(self) -> Draft:
        ticked = self.query_one("#signals", TickRow).value
        raised = self._detail.facts.signals
        answers = {name: self._rating(name) for name in BANT}
        return {
            "signals": {name: name in ticked for name in SIGNALS if (name in ticked) != (name in raised)},
            "bant": {
                name: answers[name]
                for name, known in zip(BANT, self._detail.facts.bant, strict=True)
                if answers[name] != known
            },
            "engagements": self.query_one("#engagements", CountRow).value,
        }

    def _rating(self, name: str) -> int | None:
        text = self.text(f"bant_{name}")
        return int(text) if text else None
