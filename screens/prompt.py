"""One line asked for: the name of a view, an owner, a file to write."""

from __future__ import annotations

from collections.abc import Iterable

from textual.suggester import SuggestFromList
from textual.widget import Widget

from screens.form_screen import FormScreen, Save
from widgets.form import FormRow
from widgets.plain import plain
from widgets.short_text import ShortText


class PromptScreen(FormScreen[str]):
    """Asks for one line and returns it trimmed; `required` is what to say when it is empty, if it may not be.

    `known` are offered as completions, taken with the right arrow.
    """

    AUTO_FOCUS = "#text"

    def __init__(
        self,
        title: str,
        label: str,
        value: str = "",
        required: str = "",
        known: Iterable[str] = (),
        on_save: Save[str] | None = None,
    ) -> None:
        super().__init__(on_save)
        self._title = title
        self._label = label
        self._value = value
        self._empty = required
        self._known = tuple(known)

    def title_text(self) -> str:
        return self._title

    def rows(self) -> Iterable[Widget]:
        suggester = SuggestFromList(self._known, case_sensitive=False) if self._known else None
        field = ShortText(plain(self._value).plain, suggester=suggester)
        yield FormRow("text", self._label, field, required=self._empty)

    def draft(self) -> str:
        return self.text("text")
