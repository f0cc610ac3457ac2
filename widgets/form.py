"""The rows of a form: a label, a control, and the sentence that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from widgets.choice_row import ChoiceRow, TickRow
from widgets.plain import cut, plain
from widgets.when_input import WhenInput

_LABEL_WIDTH = 16

Check = Callable[[str], str]
"""What is wrong with a text, in one sentence, or empty."""


class LongText(TextArea):
    """A text of several lines in a form: tab moves on, enter begins a new line."""

    def __init__(self, text: str = "", *, placeholder: str = "") -> None:
        super().__init__(text, tab_behavior="focus", placeholder=placeholder)
        self.add_class("-textual-compact", update=False)


class FormRow(Widget):
    """One field of a form. `field` is its name in the draft and the id of its control; `check` is tried on
    leaving and on saving. The row draws its label itself: left of the control, above it when it is long."""

    DEFAULT_CSS = """
    FormRow {
        height: auto; layout: vertical; color: $text-muted;
        &:focus-within { color: $text-accent; }
        & > * { margin: 0 0 0 17; }
        &.-long > * { margin: 1 0 0 17; }
        & > .problem { height: auto; color: $text-error; margin: 0 0 0 17; }
        & LongText { height: 3; padding: 0; background: $boost; }
        & Input { background: $boost; }
    }
    """

    def __init__(
        self, field: str, label: str, control: Widget, *, check: Check | None = None, required: str = ""
    ) -> None:
        super().__init__()
        self.field = field
        self.label = label
        self.control = control
        if field.isidentifier():
            control.id = field
        self._check = check
        self._required = required
        """What to say when it is empty on saving; empty when it may be."""
        self.set_class(cell_len(label) > _LABEL_WIDTH, "-long", update=False)
        self.problem = ""

    def compose(self) -> ComposeResult:
        yield self.control

    def render(self) -> Content:
        return Content(cut(self.label, self.size.width))

    @property
    def value(self) -> object:
        """What stands in the control: a text, a code, or a collection of codes."""
        control = self.control
        if isinstance(control, TextArea):
            return control.text
        if isinstance(control, Input | WhenInput):
            return control.value
        return getattr(control, "value", "")

    def problem_on(self, saving: bool) -> str:
        """What is wrong with the value now; emptiness counts on `saving` only."""
        value = self.value
        if not value or (isinstance(value, str) and not value.strip()):
            return self._required if saving else ""
        if isinstance(self.control, WhenInput):
            return self.control.problem
        return self._check(value) if self._check and isinstance(value, str) else ""

    def show_problem(self, sentence: str) -> None:
        """Show a sentence under the control, or take it away when it is empty."""
        if sentence == self.problem:
            return
        self.problem = sentence
        shown = self.query(".problem")
        if not sentence:
            shown.remove()
        elif shown:
            shown.first(Static).update(plain(sentence))
        else:
            self.mount(Static(plain(sentence), classes="problem"))

    def fill(self, value: object = "") -> None:
        """Begin with a text, a code or a collection of codes, and forget what was done to the one before."""
        control = self.control
        if isinstance(control, TextArea):
            if control.is_attached or value:
                control.text = str(value)
        elif isinstance(control, Input):
            control.value = str(value)
            control.cursor_position = len(control.value)
        elif isinstance(control, ChoiceRow):
            control.value = str(value)
        elif isinstance(control, TickRow):
            control.begin(cast("Iterable[str]", value))

    @property
    def lasting(self) -> object:
        """The value as it can be written down, and brought back on another day."""
        control = self.control
        if isinstance(control, WhenInput):
            return control.lasting
        return self.value if isinstance(self.value, str) else sorted(cast("Iterable[str]", self.value))

    def bring_back(self, value: object) -> None:
        """Write into the control what was `lasting`, as far as it can still be said."""
        control = self.control
        if isinstance(control, TickRow):
            if isinstance(value, list):
                known = {option.code for option in control.options}
                control.begin(known.intersection(map(str, value)), control.fixed)
        elif not isinstance(value, str):
            return
        elif isinstance(control, WhenInput):
            control.value = value
        elif not isinstance(control, ChoiceRow) or not value or control.offers(value):
            self.fill(value)
            if isinstance(control, TextArea):
                control.move_cursor(control.document.end)

    def focus_control(self) -> None:
        """Put the cursor into the control."""
        (self.control.input if isinstance(self.control, WhenInput) else self.control).focus()


class FormBody(VerticalScroll, can_focus=False):
    """The rows of a form, scrolling inside when the terminal is low; up and down go from row to row.

    The scrollbar takes the place of the padding: rows that wrapped because of it would keep it there when
    there is room for all of them again.
    """

    DEFAULT_CSS = """
    FormBody { height: auto; padding: 0 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        self.styles.padding = (0, 0 if shown else 1, 0, 1)


class Heading(Static):
    """The title of the rows that follow it."""

    DEFAULT_CSS = """
    Heading { color: $text-accent; text-style: bold; height: 1; margin: 1 0 0 0; }
    Heading:first-child { margin: 0; }
    """

    def __init__(self, title: str) -> None:
        super().__init__(plain(title))
