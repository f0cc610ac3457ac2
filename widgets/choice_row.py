"""Short lists that are answered with one key each, drawn as one line that wraps between the choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from widgets.plain import cut


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its code, the key that chooses it, and the user's word for it."""

    code: str
    key: str
    label: str


def choices(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    """A choice for each `{code: label}`, its key the first free letter of the code, else a digit.

    Keys come from codes and not from labels: they are the same in every language.
    """
    taken: dict[str, None] = {}
    for position, code in enumerate(labels):
        letters = [letter for letter in code.lower() if letter.isascii() and letter.isalpha()]
        spare = [*letters, str((position + 1) % 10), *"abcdefghijklmnopqrstuvwxyz0123456789"]
        taken[next((key for key in spare if key not in taken), f"-{position}")] = None
    return tuple(Choice(code, key, label) for key, (code, label) in zip(taken, labels.items(), strict=True))


def numbered(labels: Iterable[str]) -> tuple[Choice, ...]:
    """A choice for each text that a user wrote, which is its own code; keys 1 to 9, then letters."""
    keys = "123456789abcdefghijklmnopqrstuvwxyz"
    return tuple(
        Choice(text, keys[position] if position < len(keys) else f"-{position}", text)
        for position, text in enumerate(labels)
    )


def _shown_key(option: Choice) -> str:
    return "" if option.key.startswith("-") else f"{option.key} "


class KeyRow(Widget, can_focus=True):
    """What rows of choices have in common: drawing, wrapping, keys, arrows and the mouse."""

    DEFAULT_CSS = """
    KeyRow { height: auto; width: 1fr; color: $foreground; }
    KeyRow:focus { background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("space", "press", show=False),
        Binding("enter", "submit", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """The user chose something in `row`."""

        row: KeyRow

        @property
        def control(self) -> KeyRow:
            return self.row

    @dataclass
    class Submitted(Message):
        """The user pressed enter in `row`."""

        row: KeyRow

        @property
        def control(self) -> KeyRow:
            return self.row

    def __init__(self, options: Iterable[Choice]) -> None:
        super().__init__()
        self.options = tuple(options)

    def offer(self, options: Iterable[Choice]) -> None:
        """Offer other options."""
        offered = tuple(options)
        self.set_reactive(KeyRow.cursor, 0)
        if offered != self.options:
            self.options = offered
            self.refresh(layout=True)

    def mark(self, option: Choice) -> str:
        """What stands before an option: whether it is chosen."""
        raise NotImplementedError

    def is_on(self, option: Choice) -> bool:
        """Whether an option is chosen."""
        raise NotImplementedError

    def choose(self, option: Choice) -> None:
        """Act on the key of an option."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for number, line in enumerate(self._lines(self.content_size.width)):
            if number:
                parts.append(("\n", ""))
            for _start, position, label in line:
                option = self.options[position]
                style = "reverse" if self.is_on(option) else ""
                key = _shown_key(option)
                parts.append((self.mark(option), style or "dim"))
                parts.append((key, f"bold {style or '$text-accent'}"))
                under = " underline" if self.has_focus and position == self.cursor else ""
                parts.append((label, style + under))
                parts.append(("  ", ""))
        return Content.assemble(*parts)

    def _lines(self, width: int) -> list[list[tuple[int, int, str]]]:
        """The (column, position of the option, label) of each line at a width in cells."""
        lines: list[list[tuple[int, int, str]]] = [[]]
        column = 0
        for position, option in enumerate(self.options):
            before = len(self.mark(option)) + len(_shown_key(option))
            label = cut(option.label, max(width - before, 4))
            if column and column + before + cell_len(label) > width:
                lines.append([])
                column = 0
            lines[-1].append((column, position, label))
            column += before + cell_len(label) + 2
        return lines

    def on_key(self, event: events.Key) -> None:
        option = next((option for option in self.options if option.key == event.character), None)
        if option is not None:
            event.stop()
            event.prevent_default()
            self._take(option)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        lines = self._lines(self.content_size.width)
        if offset is None or offset.y >= len(lines):
            return
        for start, position, _label in reversed(lines[offset.y]):
            if start <= offset.x:
                self._take(self.options[position])
                return

    def action_step(self, by: int) -> None:
        if self.options:
            self.cursor = (self.cursor + by) % len(self.options)

    def action_press(self) -> None:
        if self.options:
            self._take(self.options[self.cursor])

    def action_submit(self) -> None:
        self.post_message(self.Submitted(self))

    def _take(self, option: Choice) -> None:
        self.cursor = self.options.index(option)
        self.choose(option)
        self.refresh(layout=True)
        self.post_message(self.Changed(self))


class ChoiceRow(KeyRow):
    """One of a few: `value` is the code that is chosen, or empty."""

    def __init__(self, options: Iterable[Choice], value: str = "") -> None:
        super().__init__(options)
        self._value = ""
        self.value = value

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, code: str) -> None:
        self._value = code
        self.set_reactive(KeyRow.cursor, self._position())
        self.refresh()

    def offers(self, code: str) -> bool:
        """Whether that code can be chosen."""
        return any(option.code == code for option in self.options)

    def mark(self, option: Choice) -> str:
        return ">" if option.code == self._value else " "

    def is_on(self, option: Choice) -> bool:
        return option.code == self._value

    def choose(self, option: Choice) -> None:
        self.value = "" if option.code == self._value else option.code

    def action_step(self, by: int) -> None:
        """Arrows choose at once, from the first or the last when nothing is chosen."""
        if self.options:
            start = self._position() if self._value else (-1 if by > 0 else 0)
            self._take(self.options[(start + by) % len(self.options)])

    def _position(self) -> int:
        return next((at for at, option in enumerate(self.options) if option.code == self._value), 0)


class TickRow(KeyRow):
    """Any of a few: `value` is the set of codes that are ticked; those of `fixed` stay ticked."""

    def __init__(
        self,
        options: Iterable[Choice],
        value: Iterable[str] = (),
        fixed: Iterable[str] = (),
    ) -> None:
        super().__init__(options)
        self.begin(value, fixed)

    def begin(self, value: Iterable[str] = (), fixed: Iterable[str] = ()) -> None:
        """Start again with other ticks."""
        self.fixed = frozenset(fixed)
        self._value = frozenset(value) | self.fixed
        self.set_reactive(KeyRow.cursor, 0)
        self.refresh()

    @property
    def value(self) -> frozenset[str]:
        return self._value

    def mark(self, option: Choice) -> str:
        return "[x] " if option.code in self._value else "[ ] "

    def is_on(self, option: Choice) -> bool:
        return option.code in self._value and option.code not in self.fixed

    def choose(self, option: Choice) -> None:
        self._value = (self._value ^ {option.code}) | self.fixed


class CountRow(KeyRow):
    """How often each of a few happened now: a key counts one up, backspace takes the last one back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("backspace", "take_back", show=False)]

    def __init__(self, options: Iterable[Choice]) -> None:
        super().__init__(options)
        self._value: tuple[str, ...] = ()

    @property
    def value(self) -> tuple[str, ...]:
        """The codes in the order in which their keys were pressed."""
        return self._value

    def mark(self, option: Choice) -> str:
        count = self._value.count(option.code)
        return f"+{count} " if count else " "

    def is_on(self, option: Choice) -> bool:
        return option.code in self._value

    def choose(self, option: Choice) -> None:
        self._value = (*self._value, option.code)

    def action_take_back(self) -> None:
        self._value = self._value[:-1]
        self.refresh(layout=True)
        self.post_message(self.Changed(self))
