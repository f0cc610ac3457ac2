"""Handing leads over: to whom, and what goes along (R101)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.suggester import SuggestFromList
from textual.widget import Widget

from leadtui.i18n import gettext as _
from screens.form_screen import FormScreen, Save
from widgets.choice_row import Choice, TickRow
from widgets.form import FormRow
from widgets.plain import plain
from widgets.short_text import ShortText

_TASKS, _RECORDS = "tasks", "records"


class HandOver(NamedTuple):
    """What the form says, as `change_owner` takes it."""

    owner: str
    department: str | None
    """None to leave it as it is."""
    tasks: bool
    records: bool


class OwnerScreen(FormScreen[HandOver]):
    """Asks for the new owner; `known` are offered as completions, taken with the right arrow.

    For `several` leads an empty department leaves those that they have.
    """

    AUTO_FOCUS = "#owner"
    TITLE_TEXT = "Owner"

    def __init__(
        self, owner: str, department: str, known: Sequence[str], several: bool, on_save: Save[HandOver]
    ) -> None:
        super().__init__(on_save)
        self._owner = owner
        self._department = department
        self._known = tuple(known)
        self._several = several

    def title_text(self) -> str:
        return _("Owner")

    def hint(self) -> str:
        return _("the former owner becomes a collaborator")

    def rows(self) -> Iterable[Widget]:
        suggester = SuggestFromList(self._known, case_sensitive=False) if self._known else None
        yield FormRow("owner", _("Owner"), ShortText(plain(self._owner).plain, suggester=suggester))
        yield FormRow("department", _("Department"), ShortText(plain(self._department).plain))
        options = (
            Choice(_TASKS, "t", _("open tasks")),
            Choice(_RECORDS, "r", _("follow-ups written so far")),
        )
        yield FormRow("along", _("Goes along"), TickRow(options, (_TASKS,)))

    def draft(self) -> HandOver:
        ticked = self.query_one(TickRow).value
        department = self.text("department")
        return HandOver(
            self.text("owner"),
            None if self._several and not department else department,
            _TASKS in ticked,
            _RECORDS in ticked,
        )
