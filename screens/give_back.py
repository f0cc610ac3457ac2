"""Putting leads into the pool: why, and when they may be tried again (R107)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from textual import on
from textual.widget import Widget

from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.settings import Settings
from screens.form_screen import FormScreen, Save
from screens.snooze import day_start
from widgets.choice_row import Choice, ChoiceRow, KeyRow, numbered
from widgets.form import FormRow
from widgets.short_text import ShortText
from widgets.when_input import WhenInput


class Return(NamedTuple):
    """What the form says, as `give_back` takes it."""

    reason: str
    note: str
    retry_at: int | None


class GiveBackScreen(FormScreen[Return]):
    """Asks for a reason, words of one's own, and the day from which somebody may try again."""

    AUTO_FOCUS = "#reason"

    def __init__(self, title: str, settings: Settings, now: int, zone: tzinfo, on_save: Save[Return]) -> None:
        super().__init__(on_save)
        self._title = title
        self._settings = settings
        self._now = now
        self._zone = zone

    def title_text(self) -> str:
        return self._title

    def rows(self) -> Iterable[Widget]:
        options = [
            Choice(option.code, option.key, label("reason", option.code))
            for option in numbered(self._settings.screening.loss_reasons)
        ]
        yield FormRow(
            "reason", _("Reason"), ChoiceRow(options), required=_("Say why, for whoever tries next.")
        )
        yield FormRow("note", _("Note"), ShortText())
        rest = day_start(self._now, self._zone, self._settings.team.retry_days)
        yield FormRow("retry_at", _("Try again from"), WhenInput(self._now, self._zone, rest, True))

    def draft(self) -> Return:
        when = self.query_one(WhenInput)
        return Return(self.text("reason"), self.text("note"), when.due)

    @on(KeyRow.Changed)
    def _go_on(self) -> None:
        self.row("note").focus_control()
