"""Why: a reason out of a list, and words of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import on
from textual.widget import Widget

from leadtui.i18n import gettext as _
from leadtui.labels import label
from screens.form_screen import FormScreen
from widgets.choice_row import Choice, ChoiceRow, KeyRow, numbered
from widgets.form import FormRow
from widgets.short_text import ShortText

Reason = tuple[str, str]
"""A reason (its code or the user's word, or empty) and a note."""


class ReasonScreen(FormScreen[Reason]):
    """Asks for one of `reasons` (codes or words of the settings) and a note.

    A digit chooses the reason and goes on to the note, enter there is the end. With `required` one of the two
    must be given.
    """

    AUTO_FOCUS = "#reason, #note"

    def __init__(self, title: str, reasons: Sequence[str], required: bool = True) -> None:
        super().__init__()
        self._title = title
        self._reasons = tuple(reasons)
        self._required = required

    def title_text(self) -> str:
        return self._title

    def rows(self) -> Iterable[Widget]:
        if self._reasons:
            options = [
                Choice(option.code, option.key, label("reason", option.code))
                for option in numbered(self._reasons)
            ]
            yield FormRow("reason", _("Reason"), ChoiceRow(options))
        yield FormRow("note", _("Note"), ShortText())

    def draft(self) -> Reason:
        reason = self.text("reason") if self._reasons else ""
        return reason, self.text("note")

    def further_problems(self) -> Mapping[str, str]:
        if not self._required or any(self.draft()):
            return {}
        if self._reasons:
            return {"reason": _("Choose a reason by its key, or write a note.")}
        return {"note": _("Say why in a few words.")}

    @on(KeyRow.Changed)
    def _go_on(self) -> None:
        self.row("note").focus_control()
