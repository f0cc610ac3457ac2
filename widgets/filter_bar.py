"""The line under the list in which a filter is typed; the list follows every letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.message import Message

if TYPE_CHECKING:
    from widgets.filter_input import FilterInput, FilterLine

Complete = Callable[[str], Sequence[str]]
"""What a text can become when its last word is completed, best first."""


class FilterBar(Horizontal):
    """Hidden and empty until it is opened; stays as long as a filter holds."""

    BLANK = True
    _LEAVING: ClassVar[dict[str, str]] = {"enter": "", "down": "move-down", "up": "move-up"}

    class Left(Message):
        """Typing is over: with enter or an arrow, or with escape, which clears."""

        def __init__(self, move: str = "") -> None:
            super().__init__()
            self.move = move

    def __init__(self, on_text: Callable[[str], None], complete: Complete, words: str = "") -> None:
        """`words` is what the empty line says of what can be typed, where that isn't about leads."""
        super().__init__()
        self._words = words
        self._on_text = on_text
        self._complete = complete
        self._completions: list[str] = []
        self._silent = False
        self._line: FilterLine | None = None
        self.display = False

    @property
    def text(self) -> str:
        return self._line.field.value if self._line is not None else ""

    async def open(self) -> None:
        """Show the bar and type in it."""
        field = await self._shown()
        field.cursor_position = len(field.value)
        field.focus()

    async def set_text(self, text: str) -> None:
        """Show a filter that already holds, or hide the bar when none does."""
        if text or self._line is not None:
            self._silent = True
            (await self._shown()).value = text
            self._silent = False
        self.hint("")
        self.display = bool(text)

    def hint(self, text: str) -> None:
        """Say something short at the right end: what wasn't understood."""
        if self._line is not None:
            self._line.hint(text)

    async def _shown(self) -> FilterInput:
        """The field, made when it is first wanted."""
        self.display = True
        if self._line is None:
            from widgets.filter_input import FilterLine

            self._line = FilterLine(self._typed, self._handle, self._words)
            await self.mount(self._line)
        return self._line.field

    def _typed(self, text: str) -> None:
        if not self._silent:
            self._on_text(text)

    def _handle(self, key: str) -> bool:
        """Do what a key means here beside typing; False when it is for the field."""
        if key == "tab":
            self._next_completion()
            return True
        self._completions = []
        if key in self._LEAVING:
            self.post_message(self.Left(self._LEAVING[key]))
        elif key == "escape" and self._line is not None:
            self._line.field.value = ""
            self.display = False
            self.post_message(self.Left())
        else:
            return False
        return True

    def _next_completion(self) -> None:
        """Put the next completion of the last word in its place; tab again goes on to the next one."""
        if self._line is None:
            return
        field = self._line.field
        if not self._completions:
            text = field.value
            self._completions = [longer for longer in self._complete(text) if longer != text]
        if self._completions:
            chosen = self._completions.pop(0)
            field.value = chosen
            field.cursor_position = len(chosen)
