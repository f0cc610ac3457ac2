"""A text of one line."""

from __future__ import annotations

from textual import events
from textual.suggester import Suggester
from textual.widgets import Input

from leadtui.text import clean, one_line


def pasted_line(text: str) -> str:
    """What was pasted, on one line: an address of three lines is all there."""
    text = clean(text.strip("\r\n"))
    return one_line(text) if "\n" in text or "\t" in text else text


class LineInput(Input):
    """An input that takes all of what is pasted; Textual keeps the first line, and drops the rest unsaid."""

    def _on_paste(self, event: events.Paste) -> None:
        event.text = pasted_line(event.text)


class ShortText(LineInput):
    """A text of one line, without a frame.

    Textual's own `compact` styles the field before it stands anywhere, which takes as long as building it.
    """

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        suggester: Suggester | None = None,
        max_length: int = 0,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(value, placeholder, suggester=suggester, max_length=max_length, id=id)
        self.add_class("-textual-compact", update=False)
