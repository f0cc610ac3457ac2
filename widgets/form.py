"""The rows of a form: a label, a control, and the sentence that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from widgets.choice_row import KeyRow
from widgets.plain import plain
from widgets.when_input import WhenInput

Check = Callable[[str], str]
"""What is wrong with a text, in one sentence, or empty."""


class LongText(TextArea):
    """A text of several lines in a form: tab moves on, enter begins a new line."""

    def __init__(self, text: str = "", *, placeholder: str = "") -> None:
        super().__init__(text, compact=True, tab_behavior="focus", placeholder=placeholder)


class FormRow(Container):
    """One field of a form. `field` is its name in the draft and the id of its control; `check` is tried on
    leaving and on saving."""

    DEFAULT_CSS = """
    FormRow {
        layout: grid; grid-size: 2; grid-columns: 17 1fr; grid-rows: auto; height: auto;
        & > .label { height: auto; color: $text-muted; padding: 0 1 0 0; }
        &:focus-within > .label { color: $text-accent; text-style: bold; }
        & > .problem { column-span: 2; padding: 0 0 0 17; height: auto; color: $text-error; }
        & LongText { height: 3; min-height: 3; padding: 0; background: $boost; }
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
        self.problem = ""

    def compose(self) -> ComposeResult:
        yield Static(plain(self.label), classes="label")
        yield self.control

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

    def focus_control(self) -> None:
        """Put the cursor into the control."""
        target = self.control.query_one(Input) if isinstance(self.control, WhenInput) else self.control
        target.focus()


class FormBody(VerticalScroll, can_focus=False):
    """The rows of a form, scrolling inside when the terminal is low; up and down go from row to row."""

    DEFAULT_CSS = """
    FormBody { height: auto; padding: 0 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]


class Section(Container):
    """Rows under a heading."""

    DEFAULT_CSS = """
    Section { height: auto; layout: vertical; }
    Section > .heading { color: $text-accent; text-style: bold; height: 1; margin: 1 0 0 0; }
    """

    def __init__(self, title: str, *rows: Widget) -> None:
        super().__init__()
        self.title_text = title
        self._rows = rows

    def compose(self) -> ComposeResult:
        yield Static(plain(self.title_text), classes="heading")
        yield from self._rows


def is_control(widget: Widget) -> bool:
    """Whether enter in `widget` saves the form: a one-line field or a row of choices."""
    return isinstance(widget, Input | KeyRow)
