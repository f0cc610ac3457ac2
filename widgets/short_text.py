"""A text of one line."""

from __future__ import annotations

from textual.suggester import Suggester
from textual.widgets import Input


class ShortText(Input):
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
