"""Planning the next step of a lead, or the same one for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import NamedTuple, Protocol

from textual.suggester import SuggestFromList
from textual.widget import Widget

from leadtui.i18n import gettext as _
from leadtui.labels import labels
from screens.form_screen import FormScreen, Save
from widgets.form import FormRow
from widgets.plain import plain
from widgets.short_text import ShortText
from widgets.when_input import WhenInput


class Step(NamedTuple):
    """What the form says, as `plan` takes it."""

    step: str
    due: int | None
    all_day: bool


class Planned(Protocol):
    """What the form begins with: a lead, or a record like it."""

    @property
    def next_step(self) -> str: ...
    @property
    def next_due(self) -> int | None: ...
    @property
    def next_due_all_day(self) -> bool: ...


class PlanScreen(FormScreen[Step]):
    """Asks what is to be done and when; it begins with the step of `row`, or empty."""

    AUTO_FOCUS = "#step"
    TITLE_TEXT = "Plan next step"

    def __init__(
        self, row: Planned | None, now: int, zone: tzinfo, on_save: Save[Step], title: str = ""
    ) -> None:
        super().__init__(on_save)
        self._title = title
        self._row = row
        self._now = now
        self._zone = zone

    def title_text(self) -> str:
        return self._title or _("Plan next step")

    def rows(self) -> Iterable[Widget]:
        row = self._row
        known = SuggestFromList(tuple(labels("step").values()), case_sensitive=False)
        text = plain(row.next_step).plain if row else ""
        yield FormRow("step", _("Next step"), ShortText(text, suggester=known))
        due, all_day = (row.next_due, bool(row.next_due_all_day)) if row else (None, False)
        yield FormRow("next_due", _("Next due"), WhenInput(self._now, self._zone, due, all_day))

    def draft(self) -> Step:
        when = self.query_one(WhenInput)
        return Step(self.text("step"), when.due, when.all_day)

    def further_problems(self) -> Mapping[str, str]:
        """A step needs a day; both empty plan nothing."""
        if self.draft().step and self.draft().due is None:
            return {"next_due": _("Say when, so that it comes back to you.")}
        return {}
