"""What becomes of every field: where it comes from, its value, where it goes, what will stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets.option_list import Option

from leadtui.i18n import gettext as _
from leadtui.labels import label
from widgets.convert_texts import target_name
from widgets.glyphs import Glyphs
from widgets.plain import fit
from widgets.pointed_list import PointedList

if TYPE_CHECKING:
    from leadtui.convert.values import Line

INKS = {
    "created": "$text-success",
    "filled": "$text-success",
    "kept": "$text-muted",
    "conflict": "bold $text-warning",
    "converted": "$text-accent",
    "truncated": "bold $text-error",
    "dropped": "$text-warning",
}
BLOCKED_INK = "bold $text-error"
_QUIET = frozenset({"created", "filled", "kept"})
_GAPS = 6
"""Cells between the columns."""


def matters(line: Line) -> bool:
    """Whether a line asks for a second look."""
    return bool(line.problem) or line.can_take or line.effect not in _QUIET


def effect_word(line: Line) -> str:
    """What happens, in the user's word."""
    return _("blocked") if line.problem else label("effect", line.effect)


class MappingTable(PointedList):
    """A line for each value of a lead; says what the user wants done with the one under the cursor."""

    DEFAULT_CSS = "MappingTable { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "wish('side')", show=False),
        Binding("t", "wish('target')", show=False),
        Binding("x", "wish('nowhere')", show=False),
        Binding("a", "wish('value')", show=False),
        Binding("o", "wish('only')", show=False),
    ]

    @dataclass
    class Wished(Message):
        """The user wants something done: `side`, `target`, `nowhere`, `value` or `only`."""

        wish: str

    def __init__(self, glyphs: Glyphs, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, compact=True)
        self._glyphs = glyphs
        self.lines: tuple[Line, ...] = ()
        """What is listed."""

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self.lines):
            return None
        return self.lines[self.highlighted]

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, or the same ones changed; the cursor stays with its field."""
        before = self.line
        self.lines = tuple(lines)
        self._list()
        if lines:
            self.highlighted = _place(lines, before) if before else 0

    def go_to_first(self) -> None:
        """Put the cursor on the line that asks for most: a blocked one, a conflict, the first."""
        lines = self.lines
        first = next((line for line in lines if line.problem), None)
        first = first or next((line for line in lines if line.can_take), lines[0] if lines else None)
        if first is not None:
            self.go_to(first)

    def go_to(self, line: Line) -> None:
        """Put the cursor on a line that is listed."""
        self.highlighted = self.lines.index(line)

    def on_resize(self, event: events.Resize) -> None:
        highlighted = self.highlighted
        self._list()
        self.highlighted = highlighted

    def heads(self) -> Content:
        """The names of the columns, as wide as they are."""
        source, value, target, result, effect = self._widths()
        names = (_("Lead"), _("Value"), _("Becomes"), _("Will say"), _("Effect"))
        texts = (
            fit(name, width)
            for name, width in zip(names, (source, value + 2, target, result, effect), strict=True)
        )
        return Content(" ".join(texts)).stylize("$text-muted underline")

    def _list(self) -> None:
        self.clear_options()
        widths = self._widths()
        self.add_options(Option(self._drawn(line, widths)) for line in self.lines)

    def _widths(self) -> tuple[int, int, int, int, int]:
        """Cells of the source, its value, the target, the result and the effect."""
        width = max((self.size.width or 76) - 1, 60)
        effect = 9
        room = width - effect - _GAPS
        source, target = room * 3 // 13, room * 4 // 13
        value = (room - source - target) // 2
        return source, value, target, room - source - target - value, effect

    def _drawn(self, line: Line, widths: tuple[int, int, int, int, int]) -> Content:
        source, value, target, result, effect = widths
        ink = BLOCKED_INK if line.problem else INKS.get(line.effect, "")
        body = ink if line.problem else ""
        goes = target_name(line.target, line.target_label)
        return Content.assemble(
            (fit(line.source_label or _("typed"), source), body or "$text-muted"),
            " ",
            (fit(line.value, value), body),
            (f" {self._glyphs.arrow} ", "$text-muted"),
            (fit(goes, target), body or ("$text-muted" if not line.target else "")),
            " ",
            (fit(line.result, result), body or "bold"),
            " ",
            (fit(effect_word(line), effect), ink),
        )

    def on_click(self, event: events.Click) -> None:
        """A double click does what the line asks for most."""
        line = self.line
        if event.chain >= 2 and line is not None:
            self.post_message(self.Wished("side" if line.can_take else "target"))

    def action_wish(self, wish: str) -> None:
        self.post_message(self.Wished(wish))


def _place(lines: Sequence[Line], wanted: Line) -> int:
    """Where the same field stands now, or the same source, or the first line."""
    for place, line in enumerate(lines):
        if (line.source, line.target) == (wanted.source, wanted.target):
            return place
    return next(
        (place for place, line in enumerate(lines) if line.source and line.source == wanted.source), 0
    )
