"""The steps of a screen in one line: those done, the one that is open, and those to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from widgets.glyphs import Glyphs
from widgets.plain import cut

_GAP = "  "


class StepBar(Widget):
    """Shows where the user is; a click on a step that was open already goes back to it."""

    DEFAULT_CSS = """
    StepBar { height: 1; width: 1fr; color: $text-muted; }
    """

    @dataclass
    class Chosen(Message):
        """The user wants a step that was open before."""

        step: int
        """Its place, from 0."""

    def __init__(self, names: Sequence[str], glyphs: Glyphs) -> None:
        super().__init__()
        self._names = tuple(names)
        self._glyphs = glyphs
        self._step = 0
        self._skipped: frozenset[int] = frozenset()

    @property
    def step(self) -> int:
        """The place of the open step, from 0."""
        return self._step

    def show(self, step: int, skipped: frozenset[int] = frozenset()) -> None:
        """Show which step is open, and which ones there is nothing to do in."""
        self._step, self._skipped = step, skipped
        self.refresh()

    def render(self) -> Content:
        pieces: list[tuple[str, str] | str] = []
        for step, text in self._texts():
            style = "dim" if step in self._skipped else "$text-success" if step < self._step else ""
            pieces += [(text, "bold reverse" if step == self._step else style), _GAP]
        return Content.assemble(*pieces)

    def on_click(self, event: events.Click) -> None:
        column = 0
        for step, text in self._texts():
            if column <= event.x < column + cell_len(text) and step < self._step:
                self.post_message(self.Chosen(step))
            column += cell_len(text) + len(_GAP)

    def _texts(self) -> Iterator[tuple[int, str]]:
        """Each step as it is written, all of them within the width."""
        room = max(self.size.width // len(self._names) - len(_GAP), 4)
        whole = sum(cell_len(name) + 4 + len(_GAP) for name in self._names) <= self.size.width
        for step, name in enumerate(self._names):
            done = step < self._step and step not in self._skipped
            sign = self._glyphs.done if done else str(step + 1)
            text = f" {sign} {name} "
            yield step, text if whole else cut(text.rstrip(), room)
